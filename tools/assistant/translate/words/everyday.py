"""English words that say nothing of a trade: who speaks, feels, thinks, and of what in life.

A word stands here only if no rule of a trade can hang on it. What turns the meaning of a sentence (not, never, only,
unless, except, until, without, before, again, first, twice, almost), what measures (deep, sharp, high, quiet, strong),
and what times (morning, overnight, holiday) is in no line: it is understood elsewhere, or asked about.
"""

from __future__ import annotations

from collections.abc import Iterator

from .composed_words import inflected
from .spoken import phrases_of_nothing
from .world import DEED_FORMS, DEEDS, KINDS, MANNERS, THINGS

_VERBS = """
check implement describe protect ride finish smash mention accept achieve admire admit adore advise afford agree amaze
amuse annoy answer apologise apologize appreciate argue attend automate babysit beg behave believe belong blame bless
bore borrow bother brag breathe browse bug burn care celebrate chase chat cheer clarify click coach code collect
comment commute compile complain concern confess configure confuse contact cook copy crave cry curse dabble dance dare
daydream debate dedicate deserve design desire detail develop discover discuss dislike doubt download dream earn
educate email embarrass encourage enjoy entertain evaluate exaggerate excite excuse experience experiment explain
explore express fancy fascinate fear fiddle freak frighten frustrate fuss greet guess hate heal help hesitate hint
imagine impress improve include inform insist inspire install intend introduce invent invite irritate joke juggle
laugh learn lecture lie like listen love manage marry master matter mess mind model moan motivate nag name nap notice
obey observe obsess offend owe panic pay perform persuade phrase pick plan play pledge ponder practice practise praise
pray preach prefer prepare present pretend promise propose prove publish question rant react realise realize reason
recall recognise recognize recommend refer refine regret rely remember remind reply request research respect retire
revenge review revise rewrite rush satisfy save scare scream search seem serve shout sketch sleep smell smile smoke
snore solve sound spell stare struggle study stumble stress suck suffer suggest suit summarise summarize surprise
survive suspect swear talk tempt tend thank tinker tire train translate travel treat trust try tweak type understand
upgrade upload verify visit volunteer want warn waste watch whine whisper wish wonder work worry wrestle yell bet
teach
"""
_IRREGULAR = """
is are was were be been being do does did doing done don have has had having will would shall should can could might
must ought begun came brought chose chosen choose chooses choosing felt feeling feel feels flew forgot forgotten
forgets forgetting found gave given give gives giving heard hear hears hearing kept knew known know knows
knowing laid learnt led lent made meant met paid read reading reads said saw seen see sees seeing shown slept spent
spend spends spending spoke spoken speak speaks speaking stole swore taught teaching thought think thinks thinking
thinkin told tell tells telling understood wrote written write writes writing woke wake wakes waking wore wear wears
wearing sang sing sings ate eat eats eating drank drink drinks drinking drove drive drives driving stuck wanna gonna
gotta lemme dunno gimme imma tryna shoulda woulda coulda ain ya yall y'all cuz cos coz cause bc tho arrive arrives
arrived handling handled living lived provides provide providing quoted quoting meanings
"""
_PEOPLE = """
i me my mine myself you your yours yourself he him his himself she her hers herself we us our ours ourselves they them
their theirs themselves it its itself one's who whom whose someone somebody anyone anybody everyone everybody nobody
people person folk folks guy guys gal gals man men woman women boy girl kid kids child children baby son daughter
father mother mum mommy dad daddy papa mama brother sister sibling siblings uncle aunt nephew niece cousin cousins
grandfather grandmother grandpa grandma granddad granny gramps nan wife husband spouse partner girlfriend boyfriend
fiance fiancee family parents friend friends buddy buddies pal pals mate mates neighbor neighbors neighbour neighbours
colleague colleagues coworker coworkers roommate classmate boss manager bosses mentor teacher professor student
students coach doctor nurse dentist lawyer engineer plumber accountant farmer driver pilot cop soldier chef barber
therapist psychologist guru gurus expert experts master masters legend genius idiot idiots fool fools dummy noob noobs
newb newbie newbies beginner beginners amateur amateurs pro pros veteran rookie lurker lurkers trader traders investor
investors gambler gamblers hobbyist retiree retirees pensioner admin mod mods moderator moderators dev devs developer
developers programmer programmers coder coders user users member members community fam dudes bros sirs madam lady
ladies gentleman gentlemen team crew gang bunch club audience reader readers viewer viewers follower followers author
blogger youtuber influencer streamer twitter reddit youtube discord telegram forum forums subreddit tiktok instagram
blog blogs podcast podcasts video videos article articles book books chapter page pages paper papers thread threads
comment comments newsletter course courses class classes webinar seminar lecture school college university internet
web website websites site sites app apps computer computers laptop pc phone phones screen screens keyboard mouse
spreadsheet spreadsheets excel python tradingview metatrader thinkorswim ninjatrader pinescript pine software hardware
tool tools editor builder builders block blocks button buttons menu menus feature features version versions script
scripts file files folder piece language english sentence sentences word words grammar spelling typo typos punctuation
text texts message messages mail email post posts question questions answer answers explanation description details
detail info information advice suggestion suggestions opinion opinions feedback request requests favor favour hint
magic
"""
_LIFE = """
sth smth degen degens broker brokers exchange platform platforms product products junk garbage trash scam
joker clown clowns life living job jobs work workplace office desk career business company shop home house garage
basement kitchen bedroom couch sofa bed bathroom toilet garden car cars truck bus train bike boat plane trip road
street town city village country world planet earth sea ocean beach lake forest mountain mountains sky weather rain
snow wind dog dogs cat cats pet pets horse horses chicken chickens cow bird birds fish fishing food breakfast dinner
supper tea beer wine whisky whiskey drink drinks cake pizza sandwich snack salt pepper soup bread butter rent mortgage
bill bills salary wage wages paycheck pension retirement savings inheritance lottery casino poker roulette chess golf
football soccer tennis basketball hockey baseball gym sports game games toy toys hobby hobbies guitar piano music song
songs movie movies film films show shows tv radio story stories tale legend legends myth birthday wedding marriage
divorce party parties gift gifts present presents church god lord heaven hell hells devil angel ghost magic luck lucky
unlucky misfortune fate karma soul mind brain brains head heart hearts stomach gut guts blood nerves nerve hand hands
finger fingers thumb eye eyes ear ears nose mouth face faces hair foot feet skin health sickness illness headache
fever flu pain pains tears laugh laughter joke jokes fun humor humour fear fears greed anger hate hope hopes joy love
sadness boredom panic anxiety worry worries doubt doubts feeling feelings emotion emotions mood moods temper tilt
stress excitement discipline patience courage trust faith belief beliefs conviction instinct intuition hunch memory
memories habit habits routine mistake mistakes error errors blunder trouble troubles problem problems issue issues
crisis disaster nightmare dream dreams wish wishes ambition thing things stuff something idea ideas thought thoughts
concept concepts notion theory theories hypothesis experiment experiments study research project projects homework
assignment exam quiz lesson lessons example examples sample version kind kinds sort sorts type types way ways manner
method methods approach style fashion reason reasons purpose purposes sense nonsense fact facts truth lie lies
bullshit crap shit damn fuck fucking fucked freaking frickin bloody ass arse heck gosh geez jeez omg lmao rofl haha
hahaha hehe lolz xd smh idk imo imho imao tbh ngl btw fyi afaik iirc fwiw tldr asap lmk thx tks tx ty tysm cheers ciao
hola bonjour salut namaste aloha howdy hiya sup greetings salutations hello hallo hey heya yo goodbye farewell welcome
congrats congratulations apologies pardon excuse please kindly thanks thank thankful grateful gratitude appreciation
regards sincerely yours respectfully faithfully
"""
_QUALITY = """
able absurd actual adorable afraid alike amazing amused angry annoying anxious ashamed asleep awake aware awesome
awful awkward bad beautiful beloved blind blunt bored boring brave bright brilliant busy capable careful careless
casual charming cheeky chill clear clever clueless clumsy comfortable comfy common complex complicated confident
confused confusing convenient cool correct crazy creative cruel curious cute damned decent dedicated delighted
desperate different difficult disappointed disappointing disciplined dodgy dumb eager easy easygoing elegant
embarrassing emotional enthusiastic exciting excited experienced extraordinary fabulous faithful fake familiar famous
fancy fantastic fascinating favorite favourite fearful fine fond foolish friendly frightened frustrated frustrating
funny generous genuine glad glorious gorgeous greedy handy happy harmless helpful helpless honest hopeful hopeless
horrible human humble hungry ignorant impatient important impressive impulsive incredible infamous innocent insane
intelligent interesting interested jealous jolly joyful keen kind kinda lame lazy legendary legit lonely lousy loud
lovely lucky mad magical mechanical mental mere miserable modest mysterious naive nasty natural naughty neat nerdy
nervous noble noob nostalgic nuts obsessed obvious odd old ordinary outrageous painful paranoid particular passionate
pathetic patient perfect personal plain pleasant pleased polite popular posh practical precious pretty private prone
proud public pure puzzled queer rational reasonable refreshing relaxed reliable reluctant responsible ridiculous
rubbish rude sad sane savage scared scary secret selfish sensible sentimental serious shameful shiny shocked shocking
sick silly simple sincere skeptical sceptical sleepy sloppy smart special stressed stressful stubborn stupid superb
superstitious sure surprised surprising suspicious sweet systematic talented tempting terrible terrific terrified
thoughtful thrilled tidy timid tired tough tricky true trustworthy typical ugly unbelievable uncertain unfair unhappy
unique unusual upset useful useless usual vanilla viral wasted weird wicked wise wonderful worried worthy wrong young
yummy quickly obviously
"""
_MANNER = """
accidentally actually admittedly allegedly amazingly apparently badly basically beautifully blindly carefully
certainly clearly cleverly comfortably commonly confidently consciously correctly curiously definitely deliberately
desperately diligently eagerly easily emotionally especially essentially evidently exactly famously faithfully finally
fondly formally fortunately frankly funnily generally gently genuinely gladly gratefully happily honestly hopefully
humbly ideally immediately importantly impulsively incidentally indeed informally instinctively interestingly
ironically kindly literally logically luckily magically manually mechanically mentally merely mysteriously naturally
nervously nicely normally notably notoriously oddly officially openly ordinarily originally painfully particularly
patiently perfectly personally plainly politely practically precisely predictably presumably primarily privately
properly psychologically publicly purely quite readily really reasonably regrettably respectfully ridiculously sadly
seemingly seriously simply sincerely sleepily somehow specifically strangely strictly stubbornly stupidly successfully
supposedly surely surprisingly technically terribly thankfully thoroughly totally traditionally truly truthfully
typically ultimately unbelievably unfortunately utterly vaguely very wildly willingly wisely yes yeah yep yup yea nah
nope okay okey okie aye ah aha ahh argh aww duh eh er erm ew gee hmm hm hmmm huh mm mmm oh ooh ouch phew pfft psst ugh
uh uhm um umm well whoa wow yay yikes etc al aka alias eg ie viz namely ps nb although though tho however nevertheless
nonetheless besides moreover furthermore hence thus anyway anyhow anyways whatever whichever whoever because so such
how what why whats hows whys heres theres thats lets aint havent hasnt hadnt wouldnt couldnt shouldnt mustnt wasnt
werent wont im ive id youre youve youd youll hes shes theyre theyve theyd weve thatll itll whos according regarding
concerning despite via ever nowadays sometime someday somewhere anywhere everywhere nowhere too also even just
thirties nineties eighties seventies sixties noughties childhood youth ages decade decades century generation lifetime
tutorial tutorials guide guides manual documentation docs docu faq example demo prototype draft sketch template
templates snippet snippets format layout json yaml csv pdf africa australia australian canada canadian germany france
spain spanish italy india china japan brazil russia england english britain scotland scottish ireland irish
netherlands dutch sweden swedish norway norwegian denmark finland poland polish portugal portuguese mexico mexican
john mike dave bob tom steve joe jim bill peter paul mary anna sarah lisa kevin brian larry linda warren buffett
livermore soros dalio simons tudor williams's wilder's
"""


def everyday() -> Iterator[tuple[str, str]]:
    """Each phrase, with what it is: a thing, a quality of one, or nothing that matters."""
    yield from everyday_words()
    yield from ((phrase, "") for phrase in phrases_of_nothing())


def everyday_words() -> Iterator[tuple[str, str]]:
    """The single words among them."""
    for verb in (*_VERBS.split(), *DEEDS.split()):
        yield from ((form, "") for form in inflected(verb))
    for thing in THINGS.split():
        yield from ((form, "thing") for form in inflected(thing)[:2])
    for line in (_IRREGULAR, _PEOPLE, _MANNER, DEED_FORMS, MANNERS):
        yield from ((word, "") for word in line.split())
    yield from ((word, "thing") for word in _LIFE.split())
    yield from ((word, "quality") for word in (*_QUALITY.split(), *KINDS.split()))
