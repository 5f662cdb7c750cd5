"""What people of many trades, desks and countries say beside a rule, in a letter or by word of mouth, and their own
names for what is known: lines of the vocabulary."""

DESK_WORDS = """
act long: load it, load up, load up on it, im a buyer, i'm a buyer, i am a buyer, comprar, compra, compro, compramos,
  acheter, achat, kaufen, kaufe, new longs, new long positions
act sell: vender, venda, vende, vendo, vendre, vente, verkaufen, verkaufe
up: from underneath, from beneath, from under, from under to over, from underneath to above, from below to over, from
  under to above
down: from over, from over to under, from above to under, from over to below
ma sma: simple mean, arithmetic mean
ma ema: exponential mean
ma wma: weighted mean
act long: own it, own her
act short: hit it short
unclear threshold: by a fair bit, a fair bit, by a good bit, a good bit, by a lot, by a bit, quite a bit, a good deal,
  by a decent amount
sizeword: notional, notional size, notional value, notional per trade
unclear definition: ioc, fok, aon, immediate or cancel, fill or kill, all or none
risenoun: pop
fallnoun: on sale
filler: admissible, permissible, permitted, eligible, anymore, any more
at: taps, tap, tapped, tagging, tapping
moveup: overshoots, overshoot, overshooting, tops out above
px close: spot price, ltp, last traded price, cmp
edge upper: superior one, superior line, upper rail, upper boundary, upper border, upper edge, top line, top rail,
  high band
edge lower: inferior one, inferior line, lower rail, lower boundary, lower border, lower edge, bottom line, bottom
  rail, low band
edge middle: median band, median line, median one, middle rail, medium band, central band, central line, mid rail
inrow: behind each other, one behind other, one behind another, back after back
account: deposit, my deposit, our deposit, endowment, our endowment, nav, aum, kitty, war chest, savings pot, trading
  balance, trading fund, cash pile, my savings, our savings
opposite: countercrossing, counter crossing, counter cross, converse, contrary crossing, opposite crossing, reverse
  crossing, inverse crossing, inverse cross, crossing back, opposite crossover, reverse crossover
otherwise: in other case, in other cases, in all other cases, in any other case, in every other case, in all the other
  cases, at all other times
act sell: flog it, flog, flogging, resell, resells, get shot of it, get shot of, let go of them, let go of it, part
  with it
act exit: discontinue, terminate, bin it, liquidate it, i'm gone, i'd be gone, i'm through with it, am through with
  it, disembark, get off the train
act long: get aboard, i'd have a bit, have a bit, take some, i'd have some, snap some up, snap it up, scoop some up
untiltomorrow: cease operations till tomorrow, cease operations until tomorrow, cease operations for the day, cease
  trading till tomorrow, pull the plug till tomorrow, pull the plug until tomorrow, pull the plug for the day, game
  over till tomorrow, game over until tomorrow, game over till next day, game over until next day, game over for the
  day, no more trading in that day, no more trades in that day, no more trade in that day, no trade more that day,
  no further orders until tomorrow, stop trading today, not trading any more that day, day is over for me, no more
  trading on that day, no more trades on that day, stop for today
filler: g'day, servus, siema, salam, salaam, namaste, namaskar, ola, bonjour, ciao, hola, ahoj, guten tag, gruezi,
  moin, selam, merhaba, privet, konnichiwa, annyeong, ni hao, hiya, howdy, aloha, greetings from, peace be upon you,
  peace be with you, peace and blessings, god willing, god helping us, god helping, inshallah, inshalla, mashallah,
  alhamdulillah, deo volente, touch wood, bless your heart, bless you, xd, xoxo, lmao, rofl, kek, tbh, imho, fwiw,
  iirc, afaik, smh, fr, fr fr, no cap, deadass, ong, istg, pog, sheesh, bruh, fam, sis, m8, yaar, bhai, bhaiya, arre,
  accha, theek hai, bas, bas itna hi, itna hi, didi, beta ji, ji, oye, macha, da bro, innit, guv, lads, lassie, wee,
  aye, legends, legend, cobber, champs, amigos, amigo, hermano, irmao, galera, kollegen, tovarisch, habibi, akhi,
  sweetie, sweetheart, honey, hon, darling, love, luv, pet, duck, petal, my dear, my dears, buttercup, sunshine
filler: darn, dang, damn, damned, bloody, freaking, frigging, flipping, blasted, goddamn, heck, hell of, ruddy
filler: do the needful, do needful, needful, revert back to me, as per, as per my, set and forget, acceptance criteria,
  user story, definition of done, mvp is, mvp, tldr, tl dr, final answer, ez money, easy money, free money, happy days,
  cheers ears, new strategy, new system, new rule, new rules, new bot, new setup, new idea, new project, new plan, best
  strat, best strategy, best system, best setup, expert advisor, ea, ea logic, i'm doing is, what i'm doing is, and no
  messing, no messing, without drama, and no nonsense, over and out, roger, copy that, wilco, that's an order
filler: english is weak, english is bad, english is poor, english is not good, english is not so good, english is
  terrible, english is basic, english is limited, english is rusty, sorry for my english, sorry my english, excuse my
  english, forgive my english, english no good, my english not good, sorry about english, english not very good
filler: going back and forth, back and forth, been going back and forth, where i've landed, where i landed, what i've
  landed on, what i landed on, for weeks, for weeks now, all week, for months now, all month, these past weeks,
  for the past few weeks
filler: keen for, keen on, smash out, smash one out, chuck on, she'll be right, she'll be apples, fair dinkum,
  no dramas, no wukkas, hard yakka, too easy, ripper, bonza, sure look, sure look it, grand job, grand so, so it is, to
  be sure, like i say, as i say, ya know, you know yourself, look man, look mate, listen here, now listen here
filler: indicator, indicators, formality, discipline, entrance signal, patience, formula one, attack, reinforce success,
  weakness within strength, checklist, administer, regimen, prognosis, diagnosis, treatment, symptoms, contraindication
"""
DESK_PRODUCTS = (
    ("filler", "no, without, without any, with no, and no", "exceptions, exception, discussion, excuse, excuses, ifs "
     "or buts, ifs and buts, hesitation, mercy, pity, regrets, regret, remorse, heroics, gambling, babysitting, "
      "fiddling, "
     "messing, messing about, messing around, faffing, faffing about, self control, self discipline, willpower, time "
      "to "
     "look, time to watch, fomo, panic, ego, egos, hopium, crying, whining, moaning, begging, stories, opinions, "
     "opinion, arguments, waffle, hassle, stress, headache, headaches, brainer, monkey business, funny business, funny "
     "stuff, sentiment about it, further ado, faff, bother, backtalk, second chances, second thoughts, rush please"),
    ("filler", "at, in, from, to, after", "church, the church, mass, the mosque, mosque, the temple, temple, the gym, "
     "gym, the pub, pub, bingo, golf, the golf club, my club, the club, the barber, the barbershop, the bakery, the "
     "shop, the cottage, the farm, the dacha, the lake, the cabin, the beach, the hospital, the clinic, the factory, "
     "the plant, the depot, the dock, the harbour, the harbor, the station, the cockpit, the ward, uni, class, prayer, "
     "prayers, my desk at work, reddit, the forum, discord, tiktok, substack, a substack, linkedin, whatsapp, "
      "telegram"),
    ("onceaday", "one, 1, single, one single, only one, max one, just one, maximum one, maximum 1, max 1, only 1, not "
     "more than one, no more than one, no more than 1, at most one, not more than 1, never more than one",
     "trade, entry, operation, deal, transaction, purchase, order, position, shot, setup, buy, go, flight, opening, "
     "trade only", "a day, per day, each day, every day, daily, in a day, on day, in day, by day, on one day, "
     "in one day, each session, per session, in the day"),
    ("onceaday", "once, one time, only once, just once, only one time, not more than once, no more than once, at most "
     "once, never more than once, max once, not more than one time", "a day, per day, each day, every day, daily, in a "
     "day, in one day, each session, per session, in the day"),
    ("daytrades", "operations, deals, transactions, orders, openings, shots, setups, goes, attempts",
     "a day, per day, each day, every day, daily, in a day, by day, in one day, each session, per session"),
    ("losers", "losing, lost, bad, failed", "operations, deals, transactions, positions, shots"),
    ("filler", "so, so i, and, and i, so that i, therefore i, because i", "can't watch it, cannot watch it, can't "
     "look, "
     "cannot look, have no time to look, have not time to look, have not time, have no time, can't sit there, can't be "
     "watching, can't babysit it, can't stare at it, don't have time to look, don't have time"),
    ("filler", "i don't, i do not, don't, do not", "understand those indicators, understand these indicators, "
     "understand indicators, want to overthink it, want any of that fancy stuff, want none of that fancy stuff, want "
     "any fancy stuff, like risk, like risk so much, like risk very much, like risks, like to lose, want to lose the "
     "farm, care what anybody says, care what anyone says"),
    ("filler", "i ain't, ain't, i'm not, i am not", "about to lose the farm, a gambler, gambling, made of money, "
     "getting any younger, a computer person, a rich man, rich, a professional, an engineer, a doctor"),
)
"""As in `composed_words`: what is said by one of each part, in this order."""
