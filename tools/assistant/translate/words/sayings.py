"""Sayings, greetings, pleas, insults and stories that say nothing of a trade."""

SAYINGS = """
if you need anything, if you need anything else, if you have questions, if you have any questions, if anything is
unclear, if something is unclear, if you need more info, if you need more details, if you need more information, in
case of questions, in case you need, if you get stuck, if you can help, if anyone can help, if someone can help, if
anybody knows, if this is possible, if it's not too much trouble, if it's not too much to ask, if you want to know, if
you must know, if you wonder, if you are interested, if i understand correctly, if i understood correctly, if all goes
well, if everything works, keep up the good work, keep up good work, no filters, no filter, no indicators, no extras,
no bells and whistles, no other conditions, no other rules, no extra rules, no extra conditions, no further
conditions, no further rules, sorry for my english, sorry about my english, excuse my english, sorry for bad english,
sorry for my bad english, sorry if, hear me out, if this makes sense, if it makes sense, if that is correct, if i got
it right, anything else, need anything else, let me know, when i was, when i started, when i began, back when i, since
i was, since i started, great product, great tool, nice product, nice tool, love the product, love this tool, big
thanks to, hats off, no pressure, take your time, whenever you have time, at your convenience, as always, as usual, as
discussed, as promised, per usual, one of those, one of the, drag and drop, drag & drop, copy paste, long time ago,
long ago, not long ago, once upon a time, long story short, all day long, all night long, before i forget, first of
all, first post, first time here, first time posting, first time poster, first time user, first timer, my first, first
off, at first, at last, at all, at home, at work, at night when i sleep, at my desk, at the office, for the win, no
matter what, no matter how, no matter, no worries, no problem, no rush, no hurry, no idea, no clue, no doubt, no
kidding, no joke, no offense, no offence, no nonsense, no fuss, no frills, no frills please, no bullshit, no bs, no
questions asked, no question, no big deal, no drama, no thanks, no thank you, no excuses, no emotions, no emotion, no
feelings, no discretion, no second guessing, no surprises, no magic, no tricks, no fancy stuff, no fluff, no need to
explain, nothing else to it, nothing to it, nothing more to it, there is nothing else to it, nothing more, nothing
special, nothing crazy, nothing complicated, nothing exotic, nothing clever, nothing too fancy, nothing too crazy,
nothing too complicated, nothing fancy please, and nothing else, nothing else please, nothing more nothing less, no
more and no less, not sure, not sure why, not sure how, not sure if that matters, not a pro, not an expert, not a
programmer, not a coder, not a native speaker, not native, not my first language, not great at, not very good at, not
good at, not that good at, not much of a, not complicated, not rocket science, not a joke, not kidding, not gonna lie,
not going to lie, not bad, not much, not really, not to be greedy, not greedy, don't laugh, dont laugh, don't judge,
dont judge, don't judge me, don't ask, don't ask why, dont ask, don't ask me why, don't worry, dont worry, don't
overthink it, don't overthink, don't know why, don't know how, i don't know, i dont know, don't know, dont know, don't
understand, don't care, i don't care, don't mind, do not mind, don't code, don't know how to code, can't code, cannot
code, can't program, cannot program, can't explain, can't watch, cannot watch, can't sit, cannot sit, can't stare,
can't trust myself, can't help it, can't wait, cannot wait, can't sleep, can't believe, can't stop, couldn't, won't,
wouldn't, shouldn't, haven't, hasn't, hadn't, didn't, wasn't, weren't, never manage to, never managed to, i never
manage, never know, i never know, never knew, never learn, never understood, never could, never learned, never got
around to, nevermind, never coded, never programmed, never tried, never done this, without thinking, without me,
without emotions, without emotion, without fuss, without further ado, without staring at, to be honest, to tell the
truth, to be clear, to be precise, to be exact, to sum up, to summarize, to summarise, to recap, to keep it simple,
keep it simple, keeping it simple, keep things simple, keeping things simple, plain and simple, short and sweet, in
short, in a nutshell, in plain english, in plain words, in other words, in simple terms, in my opinion, in my
experience, in my humble opinion, in my case, in my spare time, in my head, in general, in particular, in theory, in
practice, in fact, in advance, thanks in advance, in all honesty, in the meantime, in my life, in my retirement, on my
own, on my behalf, on my phone, on my lunch break, on paper, on purpose, on reddit, on youtube, on twitter, on the
internet, on the web, on the side, on tilt, go on tilt, goes on tilt, going on tilt, went on tilt, sleep at night, to
sleep at night, sleep well at night, so i can sleep, so i can sleep at night, so that i can sleep, stay out of
trouble, keep me honest, keep me out of trouble, keeps me honest, peace of mind, rule of thumb, piece of cake, piece
of software, waste of time, work of art, state of mind, lots of love, tons of, a ton of, loads of, a lot of time,
plenty of, bunch of, handful of, all the time, all my life, all the same, all i want, all i need, all i ask, all in
all, all set, all good, all right, all of you, all there is, that's all there is, thats all, thats all there is to it,
that's all folks, that's the plan, that's the idea, that's the whole thing, that's everything, that is everything,
that is it, thats it, that's about it, that is about it, that's pretty much it, that's my plan, that's my system,
that's my strategy, that's my rule, this is it, here it is, here goes, here we go, so here goes, here you go, here is
the thing, here's my idea, here is my idea, here's the idea, here is the idea, here's the plan, here is the plan, here
are the rules, here are my rules, here's the deal, here's the setup, here's what i do, here is what i do, here's how
it works, here's how, this is how, this is what i want, this is what i need, what i want is, what i want, what i need
is, what i need, what i'm after is, what i'm after, what i'm looking for is, what i'd like is, what i'd like, looking
for, looking to, looking at, look at, look for, look after, looks after, after that i want, i'm after, after a bad
week, after years of, after reading, after watching, after work, after hours of, before i go, before i start, before
work, before bed, before you ask, before anyone asks, until now, until recently, up to now, so far, as far as i know,
as you know, as you can see, as they say, as far as i can tell, as mentioned, as described, as follows, as i said,
like i said, like so, like this, like that, such as it is, and so forth, and all that, and that kind of thing, and
that's it, and that's all, and that's that, and that is it, and that is all, and done, and i'm happy, i'm happy with,
happy with, i am happy with, works for me, good enough for me, fine by me, fine with me, is fine, that's fine, be
careful, take care, take it easy, takes care of, have fun, have a nice day, have a good day, have a great day, have a
good one, good luck, best wishes, best of luck, many thanks, thanks a lot, thanks a bunch, thanks a million, thanks so
much, thank you so much, thank you very much, thanks very much, thx a lot, thank u, many thx, kind of you, with kind
regards, with best regards, with regards, with love, with respect, with all due respect, with your help, if possible,
if you can, if you could, if you please, if you don't mind, if you do not mind, if you would, if you will, if that
makes sense, if that's ok, if thats ok, if that is ok, if that's possible, if that's okay, if it's possible, if it is
possible, if that helps, if i may, if you know what i mean, if i'm honest, if i am honest, if you ask me, if it
matters, if need be, if you like, if you want, if it helps, if i remember correctly, if memory serves, when i sleep,
when i'm asleep, when i'm at work, while i sleep, while i'm asleep, while i'm at work, while i work, while i'm
sleeping, while at work, when you can, when you get a chance, when you have time, once and for all, hard to say, hard
to explain, hard to believe, hard earned, hard for me, how hard can it be, how hard can that be, how hard is it, easy
peasy, easy money, easy as that, simple as that, as simple as that, it's that simple, its that simple, it is that
simple, simple enough, clear enough, fair enough, sure enough, funny enough, oddly enough, strangely enough, good old
fashioned, old school, old fashioned, back in the day, back in the days, come on, coming from, come from, comes from,
came from, coming over from, coming back from, switching from, moving over from, new here, new around here, new at
this, new to trading, new to all this, total newbie, total beginner, complete beginner, absolute beginner, brand new
to, up late, up all night, up to you, up and running, set up, sum up, end up with, made up, make up, wake up, give it
a shot, give it a go, give it a try, give this a try, give me, give us, go for it, go with, going with, went with,
going through, go through with, go nuts, go crazy, go ahead, go figure, let's go, lets go, here to stay, it turns out,
point is, the point is, the point being, that being said, that said, having said that, being said, i was told, i was
taught, i'm told, i'm trying to, i am trying to, i try to, i tried to, i'd love to, i would love to, i'd love, i have
been, i've been, i been, i was, i have a, i've got, i have got, i've had, i had, i've always, i have always, i
usually, i normally, i mostly, i always, i tend to, i used to, i just want to, i just want, i simply want, i only
want, i really want, i only need, i just need, i do it, i do this, i do that, i would say, i'd say, i say, i said, i
trust, trusts, trusted, one i trust, one that i trust, makes sense, make sense, made sense, make it happen, makes me,
make me nervous, makes me nervous, drives me nuts, drives me crazy, drive me crazy, keeps me up, kills me, killing me,
stop bothering, stop asking, stop asking me, stop wasting, stop complaining, stop crying, stop joking, can it be, can
you even, can you even do this, can you do this, can you do that, could you do that, is it possible, is this possible,
is that possible, is that ok, is that okay, does that make sense, you get the idea, you get it, get it, got it, got
that, got me, get rid of emotions, gets me every time, play it safe, playing it safe, better safe than sorry, on the
safe side, to be safe, to be on the safe side, safe and sound, risk averse, risk aversion, high school, high level,
high five, low key, low maintenance, lowkey, highkey, big fan, big believer, huge fan, big thanks, big time, small
account, my small account, small retirement account, retirement account, eval account, evaluation account, prop
account, prop firm, prop firm account, demo account, paper account, paper trading, paper trade, funded account,
savings account, day job, day trader, swing trader, position trader, part time, full time, part-time, full-time, in my
twenties, in my thirties, in my forties, in my fifties, in my sixties, in my seventies, years old, year old, years
ago, months ago i, for years, for a while, for ages, for months, for decades, for the last few years, over the years,
over the past years, these days, this year, one day i, the other day, last night, last weekend, last week i, last year
i, last month i, long run, in the long run, long term investor, long term holder, in the money, against all odds, at
the end of the day i, in the first place, over and over, again and again, time and again, time and time again, once in
a while, every once in a while, every now and then, now and then, from time to time, sooner or later, more or less,
one way or another, one way or the other, either way is fine, in any case, in any event, by any means, by all means,
by myself, by heart, by definition, by accident, by mistake, by nature, by default, default values, with default
values, with the defaults, with defaults, with default settings, with the default settings, with the usual settings,
with usual settings, with standard settings, with the standard settings, standard ones, the usual ones, default ones,
defaults, usual defaults, all defaults, all default, stock settings, textbook, by the book, out of the box, out of
habit, out of curiosity, out of fear, out of boredom, out of interest, sick of, tired of, fed up, fed up with, full
of, afraid of, scared of, proud of, fond of, aware of, sort of thing, kind of thing, this kind of thing, that kind of
thing, that sort of thing, or something, or something like that, or so, or whatever, or anything, or anything like
that, or what, right, ok, okay, deal, understood, capisce, please and thank you, pretty please, easy does it, diamond
hands, hodl, fingers crossed, cross my fingers, crossing my fingers, keep my fingers crossed, touch wood, knock on
wood, famous last words, sweet spot, bread and butter, the real deal, the usual suspects, the usual stuff, moon
candles, moon candle, to the moon, to da moon, lambo, ring the bell, call me crazy, call me old fashioned, trend's my
friend, trend is my friend, the trend is your friend, trend is your friend, the trend is my friend, trends my friend,
trend's your friend, cut losers short and let winners run, cut your losses and let your winners run, cut losses short
and let profits run, cut my losses short, plan your trade and trade your plan, plan the trade and trade the plan,
rules are rules, numbers don't lie, patience pays, slow and steady, less is more, time is money, money talks, cash is
king, knife catching, catching knives, catch falling knives, catching falling knives, falling knife, falling knives,
fomo, fear of missing out, revenge trade, revenge trading, overtrade, overtrading, overtraded, overtrades, overthink,
overthinking, overcomplicate, overcomplicated, overfit, overfitting, blow up my account, blew up my account, blown up
accounts, blown account, got burned, got burnt, got wrecked, got rekt, rekt, got tired of, lost money, losing money,
lost a lot, lose sleep, losing sleep, losing my mind, lose my mind, lost my shirt, i lost, made money, making money,
make money, make some money, earn money, give it all back, give it back, give back my profits, give it all away,
giving it all back, give everything back, giving everything back, sit on my hands all day, sitting at work, sit in
front of, sitting in front of, stare at charts, staring at charts, staring at screens, watch the screen, watching the
screen, watch charts, watching charts, likes to bounce, tends to bounce, like to bounce, at the latest, at latest, at
the same time as that, in the same time, same time, at the exact same time, all at once, at once, in one go, in one
fell swoop, rinse and repeat, rinse repeat, rinse wash repeat, wash rinse repeat, lather rinse repeat, set and forget,
set it and forget it, set it & forget it, fire and forget, first things first, last but not least, to begin with, to
start with, to start off, to kick things off, to kick off, to get started, to be fair, to be frank, to be blunt, to
cut a long story short, to make a long story short, to put it simply, to put it bluntly, to put it mildly, simply put,
put simply, plainly put, put differently, to say the least, to protect me, to protect myself, to protect my account,
to protect my capital, to protect me from myself, to protect against disaster, to stay safe, to stay sane, to keep me
safe, to keep me sane, to keep it short, to keep this short, to keep things short, to help me, to help me sleep, to
sleep better, so i sleep better, so i sleep well, so i can relax, so i don't have to watch, so i don't have to think,
so i don't have to look, so that i don't have to watch, and i'm done, and i am done, and that's the end of it, and
that's the lot, end of story, full stop, period end of story, nuff said, enough said, easy peasy lemon squeezy, bob's
your uncle, job done, sorted, happy days, let it ride, let her ride, ride it, ride it out, ride it up, ride the wave,
ride the trend, riding the trend, riding the wave, diamond hands only, paper hands, hands of steel, nerves of steel,
hold on for dear life, to the moon and back, wen lambo, wen moon, lambos, moonshot, wagmi, ngmi, gm, lfg, let's
fucking go, let's do this, let's do it, let's go for it, let's see, let's see how it goes, let's see what happens,
we'll see, you'll see, time after time, day in day out, day in and day out, year in year out, come rain or shine, rain
or shine, come what may, come hell or high water, no ifs or buts, no ifs no buts, no ifs and buts, no ifs ands or
buts, no strings attached, no holds barred, no pain no gain, no guts no glory, no news is good news, no time to waste,
no thinking, no thinking required, no thinking needed, no brainer, no sweat, no need to ask, no need to be clever, no
need to thank me, no need to worry, no need to rush, no need to overthink it, no rocket science, no voodoo, bells and
whistles, no chit chat, no small talk, no explanations, no explanation needed, no lecture, no disclaimers, no
disclaimer, no warnings please, no bla bla, bla bla bla, blah blah, blah blah blah, yada yada, yadda yadda, and yes,
yes please, oh and, oh well, oh my god, oh god, oh man, oh boy, my god, good god, good lord, good grief, goodness me,
dear god, dear lord, dear sir or madam, dear sirs, dear sir, dear madam, to whom it may concern, hi there, hello
there, hey there, hi all, hi everyone, hi everybody, hi guys, hi folks, hi team, hi mate, hi again, good to see you,
nice to meet you, long time no see, what's up, whats up, how are you, how do you do, how are things, how's it going,
hows it going, hope you're well, hope you are well, hope this helps, hope that helps, hope that makes sense, hope this
makes sense, hope it makes sense, hope it's clear, hope that's clear, you rock, you're the best, you are the best,
you're awesome, you're a star, you're a legend, you're useless, you are useless, you're hopeless, you suck, you're
dumb, you idiot, you moron, you stupid machine, you stupid bot, stupid bot, stupid machine, stupid computer, dumb
machine, dumb bot, dumb computer, useless thing, piece of junk, piece of crap, piece of shit, heap of junk, load of
rubbish, load of crap, pile of junk, pile of crap, what a joke, what a mess, what a day, what a world, what the hell,
what the heck, what the fuck, why the hell, how the hell, who cares, so what, says who, says me, like it or not,
believe it or not, would you believe it, can you believe it, are you there, are you stupid, are you dumb, are you
kidding me, are you kidding, are you deaf, are you listening, is anybody there, is anyone there, is this thing on,
hello is anybody there, do you hear me, do you copy, do you read me, do you understand, did you get that, did i
stutter, is that clear, is that understood, crystal clear, clear as mud, clear as day, loud and clear, last chance,
this is your last chance, your last chance, last try, for the last time, for the hundredth time, for the thousandth
time, i said it twice, i told you twice, i told you, i already told you, i told you already, as i told you, i've said
it before, i've told you before, once more with feeling, again please, one more time, once again please, listen up,
pay attention, read carefully, read my lips, mark my words, trust me, believe me, take my word for it, you have my
word, you bet, you betcha, bet you can't, i bet you can't, i bet you can't do that, prove me wrong, surprise me,
impress me, make my day, make me proud, make me rich, make me happy, make me a millionaire, do your job, do your
thing, do your best, do your worst, do it now, do it right, do it properly, do it already, do it for me, just do it,
get on with it, get to work, get going, get started, get moving, get a move on, hurry up, chop chop, quick quick, come
on then, come on already, pretty please with sugar on top, please please please, please please, please i beg you, i
beg you, i'm begging you, i'm begging, begging you, on my knees, my life depends on it, my job depends on it, my
marriage depends on it, everything depends on it, i'm desperate, help me out here, help me out, help a brother out,
help a newbie out, lend me a hand, give me a hand, do me a favor, do me a favour, be so kind, be so kind as to, be
kind, be nice, be gentle, be honest, be a dear, be a darling, be a good bot, there's a good bot, good bot, bad bot,
good boy, good girl, i owe you one, i owe you a beer, beer is on me, drinks are on me, money back guarantee, i want my
money back, give me my money back, i want a refund, refund me, thanks for coming, thanks for coming to my ted talk,
thanks for listening, thanks for reading, thanks for your help, thanks for your time, thanks for your patience, thanks
for helping, thanks for nothing, thanks mate, thanks buddy, thanks man, thanks guys, thanks all, thanks everyone,
thanks anyway, thanks again, thank god, thank goodness, thank heavens, i'm in a hurry, i'm in no hurry, i'm in love
with, i'm in europe, i'm in asia, i'm in australia, i'm in a good mood, i'm in a bad mood, i'm in school, i'm in
college, i'm in a meeting all day, i'm in meetings all day, i'm in the office, i'm in a rush, call it what you want,
call it what you will, call me what you want, so called, better late than never, better than nothing, better than
that, easier said than done, more often than not, more than happy, more than welcome, more than anything, less said
the better, sooner rather than later, rather be safe, rather safe than sorry, other than that nothing, other than that
nothing else, among other things, on the other hand, on the one hand, on one hand, in other news, every other trader,
one day maybe, some day, one fine day, one thing, one more thing, one last thing, one small thing, another thing,
another idea, another day another dollar, next idea, second opinion, second thoughts, second nature, third time lucky,
third time's a charm, first class, first rate, first and foremost, first and only, first come first served, at first
glance, love at first sight, second to none, half asleep, half drunk, half baked, half joking, half serious, better
half, my other half, my better half, the wife and kids, dirty hands, get my hands dirty, quick and dirty, quick &
dirty, down and dirty, plain vanilla, cookie cutter, bread & butter, nuts and bolts, bits and pieces, odds and ends,
ins and outs, ups and downs, pros and cons, dos and don'ts, do's and don'ts, trial and error, black magic, white lie,
grey area, gut feeling, gut feel, cold feet, cold hard rules, cold blooded, hot take, hot tip, hot stuff, cool as a
cucumber, stay cool, keep cool, keep calm, keep calm and carry on, stay calm, remain calm, big deal, big boy, big
boys, big time trader, the big boys, big dreams, big thank you, huge thanks, small fry, small potatoes, small brain,
little brain, big brain, smooth brain, galaxy brain, low effort, low stress, high hopes, high time, high and mighty,
strong believer, strong opinions, deep down, deep breath, quiet life, quiet please, safe to say, safe travels, stay
safe, free of charge, feel free, free time, my free time, fast and easy, fast forward, slow down there, slow as
molasses, hard as nails, hard knocks, school of hard knocks, hard way, the hard way, learned the hard way, learnt the
hard way, light hearted, heavy heart, near and dear, so near and yet so far, so far so good, by far, by far the best,
by far my favorite, far from perfect, far from an expert, far away from screens, away from my desk, away from the
screen, away from the computer, away from keyboard, late night idea, early bird, early riser, early retirement, until
i retire, until i'm rich, until i die, until the cows come home, till death do us part, till the cows come home, since
forever, since i was a kid, since ages, since years, while i'm away, while i'm out, while i'm on holiday, while i'm on
vacation, while i'm driving, while i eat, while i have coffee, over coffee, morning coffee, my morning coffee, coffee
break, with my coffee, after my coffee, before my coffee, before i die, before i retire, before i forget it, before
i'm old, after the kids are in bed, after dinner, after school, after a beer, after two beers, after a few beers,
after much thought, after a lot of thought, after long thought, after some thought, after all, after years of losing,
after years of pain, after years of trial and error, after months of, after weeks of, merry christmas, happy new year,
happy easter, happy holidays, happy halloween, happy trading, happy friday, happy weekend, have a good weekend, have a
nice weekend, have a nice evening, have a good evening, have a good night, good night all, enjoy your weekend, enjoy
the weekend, see you tomorrow, see you later, see you around, see you, talk later, talk soon, speak soon, until next
time, till next time, yours truly, yours faithfully, yours sincerely, all the best to you, best of all, hit me up, hit
me back, hit the gym, hit the hay, hit the sack, hit the books, on the road, on the train, on the bus, on the couch,
on the toilet, on my mind, on my watch, on my watchlist, on my list, on my own time, on my own account, on the whole,
on the dot, on a whim, on a budget, on a different note, on a side note, on another note, on that note, on second
thought, on second thoughts yes, on steroids, on demand, on request, on repeat, on loop, on autopilot, on auto pilot,
on faith, off the record, off the top of my head, off the cuff, off topic, off duty, out of my mind, out of my league,
out of my depth, out of the blue, out of this world, out of respect, out of necessity, out of sheer boredom, out of
ideas, out of patience, out of luck, over my head, over my shoulder, under my belt, under the hood, under the weather,
under no illusion, under the impression, under these circumstances, above all else, above average joe, below you find,
see below, described below, listed below, rules below, described above, see above, mentioned above, inside out, beyond
doubt, beyond me, through and through, through thick and thin, up to speed, up to date, up to scratch, up for it, up
my sleeve, up late at night, down to earth, down the road, down the drain, down on my luck, break a leg, break the
bank, breaking bad, give me a break, gimme a break, lunch break, tea break, let me break it down, cut to the chase,
cut the crap, long story, long shot, long winded, long overdue, long day, long night, short answer, short version, in
short form, short question, short request, short attention span, sell it to me, buy me a beer, buy me time, buy into
the hype, hold my beer, hold my hand, hold your horses, hold on a second, hold on a minute, close to my heart, close
call, close friend, closed minded, open minded, open to ideas, open to suggestions, open question, open source, stop
and think, stop the nonsense, can't stop laughing, the buck stops here, target audience, risk it for the biscuit, no
risk no fun, no risk no reward, trend is my only friend, average joe, average guy, average trader, the average person,
mind the gap, band aid, hold on a sec, in the end i, in return i, can i get, could i get, may i get, can i have, could
i have, may i have, can we have, can we get, could we get, never more, never less, stick to, sticks to, sticking to,
stuck to, stick with, sticking with, for good measure
"""
