"""English words that say nothing of a trade: who speaks, feels, thinks, and of what in life.

A word stands here only if no rule of a trade can hang on it. What turns the meaning of a sentence (not, never, only,
unless, except, until, without, before, again, first, twice, almost), what measures (deep, sharp, high, quiet, strong),
and what times (morning, overnight, holiday) is in no line: it is understood elsewhere, or asked about.
"""

from __future__ import annotations

from collections.abc import Iterator

from .composed_words import inflected

_VERBS = """
check implement describe protect ride finish smash mention accept achieve admire admit adore advise afford agree amaze
amuse annoy answer apologise apologize appreciate argue arrive attend automate babysit beg behave believe belong blame
bless bore borrow bother brag breathe browse bug burn care celebrate chase chat cheer clarify click coach code collect
comment commute compile complain concern confess configure confuse contact cook copy crave cry curse dabble dance dare
daydream debate dedicate deserve design desire detail develop discover discuss dislike doubt download dream earn
educate email embarrass encourage enjoy entertain evaluate exaggerate excite excuse experience experiment explain
explore express fancy fascinate fear fiddle freak frighten frustrate fuss google greet guess handle hate heal help
hesitate hint imagine impress improve include inform insist inspire install intend interest introduce invent invite
irritate joke juggle laugh learn lecture lie like listen live log love manage marry master matter mean mess mind model
moan motivate nag name nap notice obey observe obsess offend owe own panic pay perform persuade phrase pick plan play
pledge ponder practice practise praise pray preach prefer prepare present pretend promise propose prove publish
question quote rant react realise realize reason recall recognise recognize recommend refer refine regret rely
remember remind repeat reply request research respect retire revenge review revise rewrite rush satisfy save scare
scream search seem serve shout sketch sleep smell smile smoke snore solve sound spell stare struggle study stumble
stress suck suffer suggest suit summarise summarize surprise survive suspect swear talk tempt tend thank tinker tire
train translate travel treat trust try tweak type understand upgrade upload verify visit volunteer want warn waste
watch whine whisper wish wonder work worry wrestle yell bet teach
"""
_IRREGULAR = """
am is are was were be been being do does did doing done don have has had having will would shall should can could may
might must ought begun came brought chose chosen choose chooses choosing felt feeling feel feels flew forgot forgotten
forget forgets forgetting found gave given give gives giving grew grown heard hear hears hearing kept knew known know
knows knowing laid learnt led lent made meant meaning met paid read reading reads said saw seen see sees seeing shown
slept spent spend spends spending spoke spoken speak speaks speaking stole swore taught teaching thought think thinks
thinking thinkin told tell tells telling understood wrote written write writes writing woke wake wakes waking wore
wear wears wearing sang sing sings ate eat eats eating drank drink drinks drinking drove drive drives driving stuck
wanna gonna gotta lemme dunno gimme imma tryna shoulda woulda coulda ain ya yall y'all cuz cos coz cause bc tho
"""
_PEOPLE = """
i me my mine myself you your yours yourself he him his himself she her hers herself we us our ours ourselves they them
their theirs themselves it its itself one's who whom whose someone somebody anyone anybody everyone everybody nobody
people person folk folks guy guys gal gals man men woman women boy girl kid kids child children baby son daughter
father mother mom mum mommy dad daddy papa mama brother sister sibling siblings uncle aunt nephew niece cousin cousins
grandfather grandmother grandpa grandma granddad granny gramps nan wife husband spouse partner girlfriend boyfriend
fiance fiancee family parents friend friends buddy buddies pal pals mate mates neighbor neighbors neighbour neighbours
colleague colleagues coworker coworkers roommate classmate boss manager bosses mentor teacher professor student
students coach doctor nurse dentist lawyer engineer plumber accountant farmer driver pilot cop soldier chef barber
therapist psychologist guru gurus expert experts master masters legend genius idiot idiots fool fools dummy noob noobs
newb newbie newbies beginner beginners amateur amateurs pro pros veteran rookie lurker lurkers trader traders investor
investors gambler gamblers hobbyist retiree retirees pensioner admin mod mods moderator moderators dev devs developer
developers programmer programmers coder coders user users member members community fam dudes bros sirs madam lady
ladies gentleman gentlemen team crew gang bunch club audience reader readers viewer viewers follower followers author
blogger youtuber influencer streamer twitter reddit youtube discord telegram forum forums subreddit facebook tiktok
instagram blog blogs podcast podcasts video videos article articles book books chapter page pages paper papers thread
threads comment comments newsletter course courses class classes webinar seminar lecture school college university
internet web website websites site sites app apps computer computers laptop pc phone phones screen screens keyboard
mouse spreadsheet spreadsheets excel google python tradingview metatrader thinkorswim ninjatrader pinescript pine
software hardware tool tools editor builder builders block blocks button buttons menu menus feature features version
versions script scripts file files folder piece pieces language english sentence sentences word words grammar spelling
typo typos punctuation text texts message messages mail email post posts question questions answer answers explanation
description details detail info information advice suggestion suggestions opinion opinions feedback request requests
favor favour hint magic
"""
_LIFE = """
sth smth degen degens broker brokers brokerage exchange platform platforms product products junk garbage trash scam
joker clown clowns life lives living job jobs work workplace office desk career business company shop home house
garage basement kitchen bedroom couch sofa bed bathroom toilet garden car cars truck bus train bike boat plane trip
vacation road street town city village country world planet earth sea ocean beach lake forest mountain mountains sky
weather rain snow wind dog dogs cat cats pet pets horse horses chicken chickens cow bird birds fish fishing food
breakfast dinner supper coffee tea beer wine whisky whiskey drink drinks cake pizza sandwich snack sugar salt pepper
soup bread butter money rent mortgage bill bills salary wage wages paycheck pension retirement savings debt debts
inheritance lottery casino poker roulette chess golf football soccer tennis basketball hockey baseball gym running
sports game games toy toys hobby hobbies guitar piano music song songs movie movies film films show shows tv radio
story stories history tale legend legends myth birthday wedding marriage divorce christmas party parties gift gifts
present presents church god lord heaven hell hells devil angel ghost magic luck lucky unlucky misfortune fate karma
soul mind brain brains head heart hearts stomach gut guts blood nerves nerve hand hands finger fingers thumb eye eyes
ear ears nose mouth face faces hair foot feet skin health sickness illness headache fever flu pain pains tears laugh
laughter joke jokes fun humor humour fear fears greed anger hate hope hopes joy love sadness boredom panic anxiety
worry worries doubt doubts feeling feelings emotion emotions mood moods temper tilt stress excitement discipline
patience confidence courage trust faith belief beliefs conviction instinct intuition hunch memory memories habit
habits routine mistake mistakes error errors blunder trouble troubles problem problems issue issues crisis disaster
nightmare dream dreams wish wishes ambition thing things stuff something idea ideas thought thoughts concept concepts
notion theory theories hypothesis experiment experiments study research project projects homework assignment exam quiz
lesson lessons example examples sample version kind kinds sort sorts type types way ways manner method methods
approach style fashion reason reasons purpose purposes sense nonsense fact facts truth lie lies bullshit crap shit
damn fuck fucking fucked freaking frickin bloody ass arse heck gosh geez jeez omg lmao rofl haha hahaha hehe lolz xd
smh idk imo imho imao tbh ngl btw fyi afaik iirc fwiw tldr asap lmk thx tks tx ty tysm cheers ciao hola bonjour salut
namaste aloha howdy hiya sup greetings salutations hello hallo hey heya yo bye goodbye farewell welcome congrats
congratulations sorry apologies pardon excuse please kindly thanks thank thankful grateful gratitude appreciation
regards sincerely yours respectfully faithfully
"""
_QUALITY = """
able absurd actual adorable afraid alike amazing amused angry annoying anxious ashamed asleep awake aware awesome
awful awkward bad beautiful beloved blind blunt bored boring brave bright brilliant busy capable careful careless
casual charming cheeky chill clear clever clueless clumsy comfortable comfy common complex complicated confident
confused confusing convenient cool correct crazy creative cruel curious cute damned decent dedicated delighted
desperate different difficult disappointed disappointing disciplined dodgy dumb eager easy easygoing elegant
embarrassing emotional enthusiastic exciting excited exhausted experienced extraordinary fabulous fair faithful fake
familiar famous fancy fantastic fascinating favorite favourite fearful fine fond foolish friendly frightened
frustrated frustrating funny generous gentle genuine glad glorious gorgeous greedy handy happy harmless helpful
helpless honest hopeful hopeless horrible human humble hungry ignorant impatient important impressive impulsive
incredible infamous innocent insane intelligent interesting interested jealous jolly joyful keen kind kinda lame lazy
legendary legit lonely lousy loud lovely lucky mad magical mechanical mental mere miserable modest mysterious naive
nasty natural naughty neat nerdy nervous nice noble noob nostalgic nuts obsessed obvious odd old ordinary outrageous
painful paranoid particular passionate pathetic patient perfect personal plain pleasant pleased polite popular posh
practical precious pretty private prone proud public pure puzzled queer rational reasonable refreshing relaxed
reliable reluctant responsible rich ridiculous rubbish rude sad sane savage scared scary secret selfish sensible
sentimental serious shameful shiny shocked shocking shy sick silly simple sincere skeptical sceptical sleepy sloppy
smart sorry special stressed stressful stubborn stupid superb superstitious sure surprised surprising suspicious sweet
systematic talented tempting terrible terrific terrified thoughtful thrilled tidy timid tired tough tricky true
trustworthy typical ugly unbelievable uncertain unfair unhappy unique unusual upset useful useless usual vanilla viral
wasted weird wicked wise wonderful worried worthy wrong young yummy crude quickly obviously
"""
_MANNER = """
accidentally actually admittedly allegedly amazingly apparently badly basically beautifully blindly briefly carefully
certainly clearly cleverly comfortably commonly confidently consciously correctly curiously definitely deliberately
desperately diligently eagerly easily emotionally especially essentially evidently exactly famously faithfully finally
fondly formally fortunately frankly funnily generally gently genuinely gladly gratefully happily honestly hopefully
humbly ideally immediately importantly impulsively incidentally indeed informally instinctively interestingly
ironically kindly literally logically luckily magically manually mechanically mentally merely mysteriously naturally
nervously nicely normally notably notoriously oddly officially openly ordinarily originally painfully particularly
patiently perfectly personally plainly politely practically precisely predictably presumably primarily privately
properly psychologically publicly purely quite rather readily really reasonably regrettably respectfully ridiculously
sadly seemingly seriously simply sincerely sleepily somehow specifically strangely strictly stubbornly stupidly
successfully supposedly surely surprisingly technically terribly thankfully thoroughly totally traditionally truly
truthfully typically ultimately unbelievably unfortunately utterly vaguely very wildly willingly wisely yes yeah yep
yup yea nah nope okay okey okie aye ah aha ahh argh aww duh eh er erm ew gee hmm hm hmmm huh mm mmm oh ooh oops ouch
phew pfft psst ugh uh uhm um umm well whoa wow yay yikes etc et al aka alias eg ie viz namely ps nb although though
tho however nevertheless nonetheless besides moreover furthermore hence thus therefore anyway anyhow anyways whatever
whichever whoever because so such how what why whats hows whys heres theres thats lets aint havent hasnt hadnt wouldnt
couldnt shouldnt mustnt wasnt werent wont im ive id youre youve youd youll hes shes theyre theyve theyd weve thatll
itll whos according regarding concerning despite via ever nowadays sometime someday somewhere anywhere everywhere
nowhere too also even just nineties eighties seventies sixties noughties childhood youth ages decade decades century
generation lifetime tutorial tutorials guide guides manual documentation docs docu faq example demo prototype draft
sketch template templates snippet snippets format layout json yaml csv pdf africa australia australian canada canadian
germany france spain spanish italy india china japan brazil russia england english britain scotland scottish ireland
irish netherlands dutch sweden swedish norway norwegian denmark finland poland polish portugal portuguese mexico
mexican john mike dave bob tom steve joe jim bill peter paul mary anna sarah lisa emma kevin brian larry linda warren
buffett livermore soros dalio simons tudor williams's wilder's
"""
_PHRASES = """
can i get, could i get, may i get, can i have, could i have, may i have, can we have, can we get, could we get, never
more, never less, stick to, sticks to, sticking to, stuck to, stick with, sticking with, for good measure, if you need
anything, if you need anything else, if you have questions, if you have any questions, if anything is unclear, if
something is unclear, if you need more info, if you need more details, if you need more information, in case of
questions, in case you need, if you get stuck, if you can help, if anyone can help, if someone can help, if anybody
knows, if this is possible, if it's not too much trouble, if it's not too much to ask, if you want to know, if you
must know, if you wonder, if you are interested, if i understand correctly, if i understood correctly, if all goes
well, if everything works, keep up the good work, keep up good work, no filters, no filter, no indicators, no extras,
no bells and whistles, no other conditions, no other rules, no extra rules, no extra conditions, no further
conditions, no further rules, sorry for my english, sorry about my english, excuse my english, sorry for bad english,
sorry for my bad english, sorry if, hear me out, if this makes sense, if it makes sense, if that is correct, if i got
it right, anything else, need anything else, let me know, when i was, when i started, when i began, back when i, since
i was, since i started, great product, great tool, nice product, nice tool, love the product, love this tool, big
thanks to, hats off, no pressure, take your time, whenever you have time, at your convenience, as always, as usual, as
discussed, as promised, per usual, one of those, one of these, one of the, drag and drop, drag & drop, copy paste,
long time, long time ago, long ago, not long ago, once upon a time, long story short, all day long, all night long,
before i forget, first of all, first post, first time here, first time posting, first time poster, first time user,
first timer, my first, first off, at first, at last, at all, at home, at work, at night when i sleep, at my desk, at
the office, for the win, no matter what, no matter how, no matter, no worries, no problem, no rush, no hurry, no idea,
no clue, no doubt, no kidding, no joke, no offense, no offence, no nonsense, no fuss, no frills, no frills please, no
bullshit, no bs, no questions asked, no question, no big deal, no drama, no thanks, no thank you, no excuses, no
emotions, no emotion, no feelings, no discretion, no second guessing, no surprises, no magic, no tricks, no fancy
stuff, no fluff, no need to explain, nothing else to it, nothing to it, nothing more to it, there is nothing else to
it, nothing more, nothing special, nothing crazy, nothing complicated, nothing exotic, nothing clever, nothing too
fancy, nothing too crazy, nothing too complicated, nothing fancy please, and nothing else, nothing else please,
nothing more nothing less, no more and no less, not sure, not sure why, not sure how, not sure if that matters, not a
pro, not an expert, not a programmer, not a coder, not a native speaker, not native, not my first language, not great
at, not very good at, not good at, not that good at, not much of a, not complicated, not rocket science, not a joke,
not kidding, not gonna lie, not going to lie, not bad, not much, not really, not to be greedy, not greedy, don't
laugh, dont laugh, don't judge, dont judge, don't judge me, don't ask, don't ask why, dont ask, don't ask me why,
don't worry, dont worry, don't overthink it, don't overthink, don't know why, don't know how, i don't know, i dont
know, don't know, dont know, don't understand, don't care, i don't care, don't mind, do not mind, don't code, don't
know how to code, can't code, cannot code, can't program, cannot program, can't explain, can't watch, cannot watch,
can't sit, cannot sit, can't stare, can't trust myself, can't help it, can't wait, cannot wait, can't sleep, can't
believe, can't stop, couldn't, won't, wouldn't, shouldn't, haven't, hasn't, hadn't, didn't, wasn't, weren't, never
manage to, never managed to, i never manage, never know, i never know, never knew, never learn, never understood,
never could, never learned, never got around to, never mind, nevermind, never coded, never programmed, never tried,
never done this, without thinking, without me, without emotions, without emotion, without fuss, without further ado,
without staring at, to be honest, to tell the truth, to be clear, to be precise, to be exact, to sum up, to summarize,
to summarise, to recap, to keep it simple, keep it simple, keeping it simple, keep things simple, keeping things
simple, plain and simple, short and sweet, in short, in a nutshell, in plain english, in plain words, in other words,
in simple terms, in my opinion, in my experience, in my humble opinion, in my case, in my spare time, in my head, in
general, in particular, in theory, in practice, in fact, in return, in advance, thanks in advance, in all honesty, in
the meantime, in the end, in my life, in my retirement, on my own, on my behalf, on my phone, on my lunch break, on
paper, on purpose, on average i, on reddit, on youtube, on twitter, on the internet, on the web, on the side, on tilt,
go on tilt, goes on tilt, going on tilt, went on tilt, sleep at night, to sleep at night, sleep well at night, so i
can sleep, so i can sleep at night, so that i can sleep, stay out of trouble, keep me honest, keep me out of trouble,
keeps me honest, peace of mind, rule of thumb, piece of cake, piece of software, waste of time, work of art, state of
mind, lots of love, tons of, a ton of, loads of, a lot of time, plenty of, bunch of, handful of, all the time, all my
life, all the same, all i want, all i need, all i ask, all in all, all set, all good, all right, all of you, all there
is, that's all there is, thats all, thats all there is to it, that's all folks, that's the plan, that's the idea,
that's the whole thing, that's everything, that is everything, that is it, thats it, that's about it, that is about
it, that's pretty much it, that's my plan, that's my system, that's my strategy, that's my rule, this is it, here it
is, here goes, here we go, so here goes, here you go, here is the thing, here's my idea, here is my idea, here's the
idea, here is the idea, here's the plan, here is the plan, here are the rules, here are my rules, here's the deal,
here's the setup, here's what i do, here is what i do, here's how it works, here's how, this is how, this is what i
want, this is what i need, what i want is, what i want, what i need is, what i need, what i'm after is, what i'm
after, what i'm looking for is, what i'd like is, what i'd like, looking for, looking to, looking at, look at, look
for, look after, looks after, after that i want, i'm after, after a bad week, after years of, after reading, after
watching, after work, after hours of, before i go, before i start, before work, before bed, before you ask, before
anyone asks, until now, until recently, up to now, so far, as far as i know, as you know, as you can see, as they say,
as far as i can tell, as mentioned, as described, as follows, as i said, like i said, like so, like this, like that,
such as it is, and so forth, and all that, and that kind of thing, and that's it, and that's all, and that's that, and
that is it, and that is all, and done, and i'm happy, i'm happy with, happy with, i am happy with, works for me, good
enough for me, fine by me, fine with me, is fine, that's fine, be careful, take care, take it easy, takes care of,
have fun, have a nice day, have a good day, have a great day, have a good one, good luck, best wishes, best of luck,
many thanks, thanks a lot, thanks a bunch, thanks a million, thanks so much, thank you so much, thank you very much,
thanks very much, thx a lot, thank u, many thx, kind of you, with kind regards, with best regards, with regards, with
love, with respect, with all due respect, with your help, if possible, if you can, if you could, if you please, if you
don't mind, if you do not mind, if you would, if you will, if that makes sense, if that's ok, if thats ok, if that is
ok, if that's possible, if that's okay, if it's possible, if it is possible, if that helps, if i may, if you know what
i mean, if i'm honest, if i am honest, if you ask me, if it matters, if need be, if you like, if you want, if it
helps, if i remember correctly, if memory serves, when i sleep, when i'm asleep, when i'm at work, while i sleep,
while i'm asleep, while i'm at work, while i work, while i'm sleeping, while at work, when you can, when you get a
chance, when you have time, once and for all, hard to say, hard to explain, hard to believe, hard earned, hard for me,
how hard can it be, how hard can that be, how hard is it, easy peasy, easy money, easy as that, simple as that, as
simple as that, it's that simple, its that simple, it is that simple, simple enough, clear enough, fair enough, sure
enough, funny enough, oddly enough, strangely enough, good old fashioned, old school, old fashioned, back in the day,
back in the days, come on, coming from, come from, comes from, came from, coming over from, coming back from,
switching from, moving over from, new here, new around here, new at this, new to trading, new to all this, total
newbie, total beginner, complete beginner, absolute beginner, brand new to, up late, up all night, up to you, up and
running, set up, sum up, end up with, made up, make up, wake up, give it a shot, give it a go, give it a try, give
this a try, give me, give us, go for it, go with, going with, went with, going through, go through with, go nuts, go
crazy, go ahead, go figure, let's go, lets go, here to stay, turn out, turns out, turned out, it turns out, point is,
the point is, the point being, that being said, that said, having said that, being said, i was told, i was taught, i'm
told, i'm trying to, i am trying to, i try to, i tried to, i'd love to, i would love to, i'd love, i have been, i've
been, i been, i was, i have a, i've got, i have got, i've had, i had, i've always, i have always, i usually, i
normally, i mostly, i always, i tend to, i used to, i just want to, i just want, i simply want, i only want, i really
want, i only need, i just need, i do it, i do this, i do that, i would say, i'd say, i say, i said, i trust, trusts,
trusted, one i trust, one that i trust, makes sense, make sense, made sense, make it happen, makes me, make me
nervous, makes me nervous, drives me nuts, drives me crazy, drive me crazy, keeps me up, kills me, killing me, stop
bothering, stop asking, stop asking me, stop wasting, stop it please, stop complaining, stop crying, stop joking, can
it be, can you even, can you even do this, can you do this, can you do that, could you do that, is it possible, is
this possible, is that possible, is that ok, is that okay, does that make sense, you get the idea, you get it, get it,
got it, got that, got me, get rid of emotions, gets me every time, play it safe, playing it safe, better safe than
sorry, on the safe side, to be safe, to be on the safe side, safe and sound, risk averse, risk aversion, high school,
high level, high five, low key, low maintenance, lowkey, highkey, big fan, big believer, huge fan, big thanks, big
time, small account, my small account, small retirement account, retirement account, eval account, evaluation account,
prop account, prop firm, prop firm account, demo account, paper account, paper trading, paper trade, funded account,
savings account, day job, day trader, swing trader, position trader, part time, full time, part-time, full-time, in my
twenties, in my thirties, in my forties, in my fifties, in my sixties, in my seventies, years old, year old, years
ago, months ago i, for years, for a while, for ages, for months, for decades, for the last few years, over the years,
over the past years, these days, this year, one day i, the other day, last night, last weekend, last week i, last year
i, last month i, long run, in the long run, long term investor, long term holder, in the money, against all odds, at
the end of the day i, in the first place, over and over, again and again, time and again, time and time again, once in
a while, every once in a while, every now and then, now and then, from time to time, sooner or later, more or less,
give or take, one way or another, one way or the other, either way is fine, in any case, in any event, by any means,
by all means, by myself, by heart, by definition, by accident, by mistake, by nature, by default, default values, with
default values, with the defaults, with defaults, with default settings, with the default settings, with the usual
settings, with usual settings, with standard settings, with the standard settings, standard ones, the usual ones,
default ones, defaults, usual defaults, all defaults, all default, stock settings, textbook, by the book, out of the
box, out of habit, out of curiosity, out of fear, out of boredom, out of interest, sick of, tired of, fed up, fed up
with, full of, afraid of, scared of, proud of, fond of, aware of, sort of thing, kind of thing, this kind of thing,
that kind of thing, that sort of thing, or something, or something like that, or so, or whatever, or anything, or
anything like that, or what, right, ok, okay, deal, understood, capisce, please and thank you, pretty please, easy
does it, diamond hands, hodl, fingers crossed, cross my fingers, crossing my fingers, keep my fingers crossed, touch
wood, knock on wood, famous last words, sweet spot, bread and butter, the real deal, the usual suspects, the usual
stuff, moon candles, moon candle, to the moon, to da moon, lambo, ring the bell, call me crazy, call me old fashioned,
trend's my friend, trend is my friend, the trend is your friend, trend is your friend, the trend is my friend, trends
my friend, trend's your friend, cut losers short and let winners run, cut your losses and let your winners run, cut
losses short and let profits run, cut my losses short, plan your trade and trade your plan, plan the trade and trade
the plan, rules are rules, numbers don't lie, patience pays, slow and steady, less is more, time is money, money
talks, cash is king, knife catching, catching knives, catch falling knives, catching falling knives, falling knife,
falling knives, fomo, fear of missing out, revenge trade, revenge trading, overtrade, overtrading, overtraded,
overtrades, overthink, overthinking, overcomplicate, overcomplicated, overfit, overfitting, blow up my account, blew
up my account, blown up accounts, blown account, got burned, got burnt, got wrecked, got rekt, rekt, got tired of,
lost money, losing money, lost a lot, lose sleep, losing sleep, losing my mind, lose my mind, lost my shirt, i lost,
made money, making money, make money, make some money, earn money, give it all back, give it back, give back my
profits, give it all away, giving it all back, give everything back, giving everything back, sit on my hands all day,
sitting at work, sit in front of, sitting in front of, stare at charts, staring at charts, staring at screens, watch
the screen, watching the screen, watch charts, watching charts, likes to bounce, tends to bounce, like to bounce
"""


def everyday() -> Iterator[tuple[str, str]]:
    """Each phrase, with what it is: a quality of something, or nothing that matters."""
    for verb in _VERBS.split():
        yield from ((form, "") for form in inflected(verb))
    for line in (_IRREGULAR, _PEOPLE, _LIFE, _MANNER):
        yield from ((word, "") for word in line.split())
    yield from ((word, "quality") for word in _QUALITY.split())
    yield from ((phrase.strip(), "") for phrase in " ".join(_PHRASES.split()).split(","))
