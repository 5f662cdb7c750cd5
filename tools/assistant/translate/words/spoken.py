"""Idioms of English and of traders, by what they become."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from .sayings import SAYINGS

IDIOMS = """
act long: send it, full send, smash buy, smash the buy button, smash that buy button, smash long, slam long, mash buy,
  mash the buy button, hit buy, hit the buy button, press buy, press the buy button, push the buy button, click buy,
  click the buy button, slam the buy button, climb aboard, climbing aboard, jump aboard, hop aboard, get aboard, all
  aboard, hop on, hop on it, jump on it, jump on board, climb in, i'm in, im in, i am in, we're in, we are in, count
  me in, sign me up, get me some, get some, back up the truck, backing up the truck, load the truck, load the wagon,
  take the plunge, take a bite, take a nibble, take a stab, have a nibble, we ride, i ride, pounce, enter in long,
  enter in a long, entering in long, enters in long, enter in buy, entering in buy, entering in purchase, enter in
  purchase, enter on long, entering on long, enter to long, entering to long, enter into long, entering into long,
  enter with a long, enter with long, enter a buy, entering a buy, enter into a buy, enter in a buy, entering in
  position, enter in position, enter in the position, enter in the market, entering in the market, entering in market,
  enter in trade, enter in a trade, entering in trade, entering in a trade
act short: enter in short, enter in a short, entering in short, enters in short, enter on short, entering on short,
  enter to short, entering to short, enter into short, entering into short, enter with a short, enter with short, hit
  the short button, smash short, slam short, smash the short button
act sell: hit sell, hit the sell button, press sell, press the sell button, smash sell, smash the sell button, click
  sell, click the sell button, mash sell, push the sell button, exit from long, exit from the long, exiting from long,
  leave from long, exit in long
act exit: toss it, toss it out, chuck it, chuck it out, kick it, kick it out, kick it to the curb, boot it, ring the
  register, ring the cash register, ring it up, book it, yank it, axe it, nuke it, punt it out, hop off, jump off, get
  off, we hide, i hide, done with it, wave goodbye, say goodbye to it, kiss it goodbye, call it quits, throw in the
  towel, pull the ripcord, pull the cord, run for it, run for cover, shut it, shut the trade, shut the position, shut
  everything, end it, end the trade, finish it, wrap it up, wind it up, clear out, clear the position, clear my
  position, hit the exit, hit the exit button, hit the exits, we're out, we are out, we're gone, escape, escape the
  trade, escape from the trade, escape the position, exit from the trade, exit from trade, exit from the position,
  exit from position, exit from the market, exit from market, leave the market, leaving the market, leave the trade,
  leaving the trade, leave the position, leaving the position, leave from the trade, leave from the market, leaving,
  leave from the position
targetword: shooting for, shoot for, shoots for, aiming for, aim for, aims for, aiming at, aim at, gunning for, gun
  for, hoping for, going for, playing for, in it for, profit objective, price objective, target objective
above: upper than, upper then, superior to, superior than, upper to, more high of, more elevated than, in excess of
below: inferior to, inferior than, more low of
moveup: surpasses, surpass, surpassing, surpassed, overcomes, overcome, overcoming, overcame, outgrows, overtakes,
  overtake, overtaking, overtook
movedown: undercuts, undercut, undercutting
inrow: one after the other, one right after the other, right after each other, after each other, in succession, in
  sequence, one by one, without a break, without interruption, uninterrupted
account: acct, my acct, the acct, acc, my acc, accnt, trading account, my trading account, trading capital, my trading
  capital, net worth, buying power, my funds, my portfolio, my bankroll, my stack, nest egg
sizeword: allocate, allocates, allocating, allocation, allocation of, deploy, deploying, commit, wager
wait: sit on my hands for, sit on my hands, sitting on my hands for, sit on hands for, take a break of, take a break
  for, take a pause of, cool off for, chill for, stand down for, lay off for, stay off for, keep off for, breathe for
clip: clips
"""
"""Idioms that mean one thing that is known, as lines of the vocabulary."""

_FAMILIES = """
don't, do not, dont, pls don't, please don't | mess up, mess this up, mess it up, mess that up, screw up, screw this
up, screw it up, disappoint me, fail me, let me down, make me wait, make me beg, make me repeat myself, make me say it
twice, make me laugh, waste my time, argue, argue with me, complain, lecture me, ask me, ask me why, ask questions,
ask any questions, tell me, tell anyone, tell my wife, give me, give me that, talk back, be stupid, be an idiot, be
dumb, be lazy, be late, be greedy, be a hero, be shy, be mad, be angry, even think, even think about it, think so,
think twice, bother, bother me, bother explaining, hesitate, hesitate to ask, be afraid, panic, blame me, hate me, get
me wrong, get cute, get fancy, get clever, need anything else, need anything more, want anything else, want to think,
want to hear it, want to babysit, want to babysit it, want to overthink, want emotions, want to be clever, have time,
have the time, have much time, have all day, have a clue, have patience, have the patience, have any idea, see why,
get why, get it, get me started, understand why, remember, remember why, speak english, speak good english, speak
english well, speak much english, write code, feel like, feel like it, like surprises, like to wait, like waiting,
trust my gut, trust my feelings, take it personally, play dumb, bs me, lie to me, embarrass me, improvise, invent
anything, make anything up, make stuff up, add anything else, change anything, change a thing, ruin it, break it,
break anything, touch anything else

never, it never, that never, this never, nothing ever, nothing | works, worked, seems to work, works out, worked out,
listens, understands, understands me, gets it, gets it right, got it right, learns, fails, failed, fails me, failed
me, lets me down, let me down, helps, helped

isn't, is not, it's not, its not, that's not, thats not, not, ain't, it isn't, this isn't, that isn't | that hard, so
hard, rocket science, brain surgery, difficult, that difficult, so difficult, complicated, that complicated, so
complicated, too complicated, asking for much, asking much, asking too much, asking for the moon, working, my thing,
my style, my cup of tea, kidding, joking, in the mood, a big deal, a problem, the point, funny, ideal, very smart,
that smart, clever, an expert, a genius, financial advice, investment advice, my first rodeo, too much to ask, that
deep, that serious, a scam, a drill, optional, negotiable, up for debate, up for discussion, much of a talker, much of
a coder, much of a writer, a native speaker, my native language, perfect but

can you, could you, can you even, can you at least, do you even, could you even, are you even able to, are you able
to, is it possible to, would you be able to, will you be able to, can you really, can this thing, can this, can it,
can your bot, can your tool, will it, does it, does this, can you finally, can you just, you can, even you can | do
that, do this, do it, do this one, do that one, do something like that, do something like this, handle that, handle
this, handle it, manage, manage that, manage this, manage it, understand, understand that, understand this, understand
me, get it, get that, read, read that, read this, follow, follow that, hear me, help, help me, help me out, work,
build that, build this, build it, make that, make this, write that, write this, write me that, code that, code this,
set that up, set this up, deal with that, try, try that, cope, get this right, get that right, get it right

or is that, is that, is this, or is this, or is it, or would that be, if that's not, if it's not, if that is not, if
it is not, unless that's, unless it's, unless that is, or maybe that's, or maybe it's, maybe that's | too hard, too
hard for you, too difficult, too difficult for you, too complicated, too complicated for you, too much for you, too
much to ask, asking too much, too advanced, beyond you, above your pay grade, impossible, too much trouble, too
complex, too complex for you, rocket science, not possible, a stupid question, a dumb question

or, or else, otherwise, before | i want my money back, i'll want my money back, i demand my money back, i'm leaving, i
leave you, i'm gone, i'm out of here, i quit, i'll quit, i'm quitting, i scream, i'll scream, i cry, i'll cry, i go
mad, i'll go mad, i go crazy, i'll go crazy, i'm uninstalling, i uninstall, i'll uninstall, i'll cancel my
subscription, i'm cancelling, i'll complain, i'll write a bad review, you're fired, i lose it, i'll lose it, i lose my
mind, i lose my patience, i'm done with you, god help me, i'm going elsewhere, i'll go elsewhere, i'll find someone
else, i'll ask someone else, i'll ask chatgpt, i'll sue, i sue you, i throw you out, i throw this out, i throw my
laptop, heads will roll

better than, worse than, smarter than, dumber than, more useful than, more useless than, less useful than | this junk,
this crap, this garbage, this thing, this shit, this rubbish, this trash, that junk, that crap, you, you do, you are,
you ever will, yours, mine, nothing, any of you, any bot, my cat, my dog, my broker, my boss, a coin flip, a coin
toss, a monkey, a dartboard, guessing

all three, all four, all two, all five, both, both of them, all of them, all of these, all, these two, these three,
the two, the three | together, at once, at the same time, simultaneously, combined, at same time, in one, in
combination

trend, momentum, mean reversion, swing, trend following, turtle, dip buying, contrarian | system, systems, strategy,
strategies, guy, fan, person, trader, approach, bot, robot, method, follower, following system, following strategy,
following bot, following approach, following style, type, junkie, lover, model, algo, player, believer, man, girl,
nerd, thing

slow trend, simple trend, basic trend, boring trend, long term trend, classic trend, plain trend | system, strategy,
following system, following strategy, follower, bot, approach

bollinger, rsi, macd, moving average, ema, supertrend, donchian, keltner, vwap, stochastic, technical analysis, chart,
indicator, volume, crypto, stock, options, forex, futures | guy, fan, person, junkie, lover, believer, girl, nerd,
trader, addict, man, newbie, noob, beginner, enthusiast

i, we, i mostly, i usually, i only, i like to, i've been, i have been, i just | swing, swing trade, day trade,
daytrade, scalp, position trade, trade, run a, run, use a, trade a, trading, running, swing trading, day trading,
scalping

for | starters, a start, the record, your information, what it's worth, all i care, all i know, god's sake, gods sake,
fuck's sake, fucks sake, crying out loud, the love of god, heaven's sake, heavens sake, goodness sake, pete's sake,
once in my life, real, sure, certain, fun, the fun of it, the hell of it, kicks, a living, now, the moment,
simplicity, simplicity's sake, example, instance, free, nothing, the win, the lolz, the lulz, a friend, my friend, my
wife, my kids, my son, my daughter, my dad, my mother, my mum, my mom, my boss, my retirement, my pension, us mortals,
me please, a newbie, a beginner, all of us, clarity, the sake of clarity, the sake of simplicity, the avoidance of
doubt, completeness, reference, testing purposes, research purposes, educational purposes, practice

as | usual, always, ever, ordered, agreed, discussed, promised, requested, instructed, explained, mentioned above,
mentioned before, stated, noted, it happens, it were, is, they say, you please, you like, you wish, you wanted, i like
to say, i see it, a matter of fact, a matter of course, a rule, a rule of thumb, a habit, a start, a favor, a favour,
a joke, an example, an experiment, a test, a hobby, a side hustle, an aside, a beginner, a newbie, simple as possible,
simple as it gets, basic as it gets, plain as day, easy as pie, dumb as it sounds, per usual, the saying goes, the old
saying goes, my grandfather said, i was saying

in | one go, unison, essence, principle, effect, reality, truth, hindsight, retrospect, detail, full, plain language,
simple words, one sentence, a few words, so many words, layman's terms, laymans terms, a way, some way, some sense,
that sense, my view, my mind, my book, my books, my notes, my notebook, my journal, my bedroom, my basement, my
garage, my pyjamas, my sleep, my youth, my forum, our forum, our discord, a forum, a video, a book, a podcast, a
course, a magazine, a blog, a youtube video, good faith, all seriousness, all honesty, all fairness, all likelihood,
all probability, case you wonder, case you were wondering, case you care, case you didn't know, case it matters, my
defense, no way, no time, no mood, good old fashion, good old tradition, the old days, the good old days

at | the latest, latest, the very latest, same time, the end of the day i, the risk of, any rate, heart, my age, my
level, my own risk, your own risk, your service, your convenience, your leisure, peace, ease, a loss for words, first
glance, first sight, least that, least that's what, least try, least for me, lunch break, my computer, the computer,
my job, my house, my place, university, college, school, the university, this point i, the pub

that's, that is, thats, this is, it's, it is | it really, it honestly, the lot of it, all folks, all she wrote, all
i've got, all i have, all i know, all i ask for, all there is, everything i need, everything i want, the deal, the
gist, the gist of it, the essence, the story, the trick, the secret, the whole secret, the whole story, the whole
idea, the whole plan, the whole trick, the whole strategy, the whole system, the whole setup, the recipe, the game,
the game plan, the goal here, my way, my routine, my thing, my jam, my bread and butter, my favorite, my favourite,
the way i like it, how i do it, how i roll, how it goes, how we do it, how it works, how i trade, what i do, what i
want, what i need, what i mean, what i said, what she said, what they do, what they say, what everyone does, what
everybody does, about all, about the size of it, good enough, more like it, that simple, not that hard, stupid, dumb,
silly, nonsense, easy, fun, boring, old school, a classic, an oldie, an oldie but goldie, a no brainer, no brainer,
common sense, common knowledge, no secret, plenty for me, enough for me, good enough for me, fine with me, fine for
me, ok for me, okay for me, all right with me, important to me, important, up to you, for my dad, for my wife, for my
son, for me
"""
"""What begins and what ends phrases that say nothing of a trade, each with each."""


def phrases_of_nothing() -> Iterator[str]:
    """Phrases that say nothing of a trade."""
    yield from (phrase.strip() for phrase in " ".join(SAYINGS.split()).split(","))
    for family in _FAMILIES.split("\n\n"):
        firsts, _, lasts = " ".join(family.split()).partition("|")
        yield from (f"{one.strip()} {two.strip()}" for one, two in product(firsts.split(","), lasts.split(",")))
