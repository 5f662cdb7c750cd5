"""Everyday words of the world around a trader: deeds, people, places and objects that no rule of a trade hangs on.

Nouns are in the singular and verbs in the infinitive; `everyday` makes the other forms.
"""

DEEDS = """
acknowledge acquaint adapt address adopt aid allow analyse analyze announce apply appoint approve arrange assemble
assign assist assure attach attack attempt award bake bang bark base battle beat befriend betray bite blink boast boil
bomb book borrow bow brainstorm brew brush bully bury calculate camp capture cater chant characterise characterize
charm cheat check chew chill choke chuckle cite clap clarify coax comfort command communicate compete compliment
compose compute conceive conduct confirm conform congratulate construct consult convert convince cooperate cough craft
criticise criticize crowd cuddle damage dazzle decide declare decorate deliver demonstrate denote describe despise
detest diagnose digest disagree disappear disappoint disclose disgust dismiss display distract disturb divorce donate
dress dust echo educate elaborate eliminate employ empower encourage engage enrich ensure entail entertain equip
esteem examine exercise exhibit exist expect explode exploit export facilitate farm fasten feature figure file fish
fix flatter flirt foresee forgive formulate found frown fulfil fulfill gamble gather generate glance glorify govern
graduate grant grin grumble guide harm harvest haunt heat hire honour honor host hug hunt identify illustrate
implement imply inconvenience incorporate indicate infect inflict influence inherit injure inquire insert inspect
instruct insult integrate interact interfere interpret interrupt interview invade investigate itch jail jog kid kidnap
knit knock label lament laugh lecture lick lobby locate lodge magnify maintain mask mediate memorise memorize mentor
migrate misread mistake misunderstand monitor motivate mourn mow murder mutter narrate navigate negotiate neglect nod
nominate note obtain occupy offend orient originate outline outsource overlook oversee overwhelm park parse
participate permit pester phone photograph pinpoint please plead polish post potter preach preserve preside proceed
process produce program prompt pronounce protect protest provoke punish pursue puzzle quiz rave receive reckon recite
reconcile refuse register rehearse relate relax remark remedy rename render repair require rescue resemble resent
resign resolve retell reveal revisit rob rub ruin rule salute sample scatter schedule scold scroll seek select shave
shelter shiver shock sign simplify simulate sip slap slave sneeze sniff soothe specify spoil sponsor spot squander
stammer state steal stimulate stipulate strive structure stuff submit succeed sue suffice supervise surf surround
sweat sympathise sympathize tackle tame tattoo tease testify text thrill tidy tolerate torture toy track
transcribe transform traumatise traumatize trick troubleshoot tuck tutor twitch undergo underline undertake unlock
update urge utilise utilize validate visualise visualize vomit vote vow wander warrant wash weep welcome whistle
withstand witness worship wrap yawn yearn zoom accomplish accuse activate aspire assert
"""
DEED_FORMS = """
ate awoke became bitten bred built burnt caught clung dealt did drawn drew driven dug eaten fled forgave forgiven
fought hid hidden hung knelt lit proven redid redone rewritten rode rung sewn shaken shone shook sought spelt sprung
stolen strove sung swam sworn swum torn undid undone upheld went woken wound does matter repeat repeats repeating
interested interests i'm you're we're they're he's she's it's that's there's here's what's who's where's how's when's
why's let's y'all i've you've we've they've i'd you'd he'd she'd we'd they'd i'll you'll he'll she'll we'll they'll
it'll that'll ain't could've should've would've might've must've who'd what'd that'd there'd c'mon 'em em 'cause 'n
gon gotcha betcha whatcha needa hafta oughta supposta coulda kinda sorta lotsa alotta
"""
THINGS = """
abbreviation academy accent accident acquaintance activist actor actress addict addiction adult adventure advert
advertisement advisor adviser agent airport album alcohol algorithm allergy alphabet amateur ambulance analogy analyst
animal ankle anniversary annoyance anthem anxiety apartment appetite appliance applicant application apprentice apron
architect arena argument armchair army arrival arsehole article artist aspect assistant asshole athlete attention
attic attitude auntie autopilot avatar avenue awareness backpack bacon badge bakery bandana banker bargain bartender
basement basket bastard bath bathroom battery beard beast beauty bedtime beef behaviour behavior belief bible bicycle
biscuit bitch blanket blessing blogpost blood bloke board boat bone bookmark boot bottle boulder bowl brand bravery
breath brick bride broadcast brochure broccoli browser bruise buddy bug bureaucrat burger burglar burrito butler cab
cafe caffeine camera campaign campus candy canteen captain carpenter carpet cartoon castle caveman celebrity cellphone
century ceremony chair champion chaos chapter charity chatbot cheese cherry chick chimp chocolate chore christian
church cigar cigarette cinema circus citizen citizenship classroom clerk client clipboard clown club coaster cocktail
coincidence comedian comedy comic commandment commentator commitment commuter companion compromise computation concern
concert confession conspiracy consequence consultant consumer contest context contractor contribution controversy
conversation cookie corpse couch courage coward cowboy crap creativity creator creature criterion criteria critic
criticism crook crush crutch culture cupcake curiosity curse custom customer cyclist dashboard death decision defect
definition demon department dependency desire desktop destiny detective determination devotion diagram diaper diary
dictionary dietitian dignity dinosaur diploma director disappointment disclaimer discovery discussion disease disgrace
disk dislike disorder distraction divorcee donkey donut doorbell dork dragon drama drawback drawer drug drunk dude
duty dwarf earphone earthling economist edit editor education ego elder elephant elevator embarrassment embassy
emergency emoji emperor employee employer employment encyclopedia enemy energy enjoyment enthusiasm enthusiast
environment envy equation errand essay ethics evaluation evidence evil exaggeration excellence excuse executive
existence expectation experience expertise explorer expression eyeball eyesight fable fairy faculty fairytale fame fan
fanatic fantasy fate favourite favorite felony festival fiction fingerprint fireman fireplace firm fisherman fitness
flower foodie fool footnote foreigner forehead foundation framework fraud freak freedom freelance freelancer fridge
friendship frog frustration fuckup funeral furniture fuss gadget garbage geek gem genie gentleman ghost girl glasses
goat goodness gossip government governor grandkid grandma grandson granddaughter grandchild grandchildren gratitude
grave grind guest guideline guilt gun habit hackathon haircut hallway hamster handbook handwriting hangover happiness
harassment hardship hatred headmaster heir helmet helper heritage hero hiccup hiking hint historian holy homie honesty
honeymoon hospital hostel hotel household housewife hubby humanity humility hunger hunter hurdle hurry husband hygiene
identity illusion imagination implementation importance impression improvement incentive incident indian individual
infant inquiry insanity insight insomnia inspiration installation instance instruction instructor insurance
intelligence intent intention interface intern internship interpretation introduction invention inventor invitation
island italian jacket janitor jerk journalist journal journey joy judge judgement judgment jungle junk junkie jury
justice keyboard kindergarten king kit kitten knowledge koran laboratory lad lamp landlord landlady lass laziness
leader leadership legacy legend legislation lesson lettuce liar librarian library lifestyle lifeguard lighthouse
linguist lion lip literature lover loyalty lumberjack machine madman madness magician maid mailbox mailman maintenance
makeup mall mammal manuscript marathon marketing martian maths math mathematics mathematician mayor meal meantime
mechanic mechanism medication medicine meditation membership mercy mess metaphor methodology microphone microwave
midlife milestone military millennial millionaire minimalist minister miracle miser misery mission misunderstanding
module monk monkey monster moron mortal motel motivation motive motorcycle mouthful muppet museum mushroom musician
muslim mystery nap narrative nationality nature necessity neighborhood neighbourhood nerd newspaper nickname ninja
nobel nonprofit norm nostalgia notebook notification novel novice nuisance nun objection obligation observation
obsession occasion occupation officer official onion opponent optimism optimist orchestra organisation organization
orphan outfit oven owl pacifier painter painting palace pants paperwork paradise paragraph parrot participant
participation passenger passion passport pastor patience patient payroll peasant pencil penguin perception perfection
perfectionist performer permission personality perspective pervert pessimism pessimist phenomenon philosopher
philosophy phobia photo photographer phrase physician physics physicist pianist picnic pie pig pigeon pill pillow
pirate plague plaza pleasure plugin poet poetry poison police policy politician politics pony pope porch porn
possession possibility potato poverty prayer precaution precision predator preference prejudice premise preparation
presence presentation president prestige pride priest prince princess principal principle priority prison prisoner
privacy privilege prize probation procedure producer profession professional promise pronunciation prophet proposal
prose prosecutor psychologist psychology psychopath pub publication publisher puppet puppy purity purpose pyjamas
qualification quest questionnaire quirk rabbit racism radio raincoat rant rapper rat reality realtor rebel receipt
recipient recommendation refugee regret relationship relaxation religion reminder reply republican requirement
researcher resident respect respondent responsibility restaurant revenge reviewer revolution rhythm rhyme riddle
ringtone ritual roadmap role romance roof room roommate sadness sage sailor saint salad salesman salesperson sanity
sandbox sausage scam scammer scandal scar scenario scholar schoolteacher scientist scientists screenshot screenwriter
sculpture secretary semantics seminar senator sensation sergeant sermon servant server sex shame shampoo shark sheep
sheriff shoe shopkeeper shovel shower sibling sidekick silence sin sincerity singer sinner skeptic sketchbook skill
skin slang sleep slogan smartphone smartass smell smoker snake sneaker snob snowman soap soccer socialist society sock
solicitor solution spaceship specialist species specification spec spectator speech spider spine spirit spouse
squirrel stadium staff stairs statistician statistic steak stepdad stepmom stereotype stranger stubbornness stupidity
stunt subconscious subscriber subscription suburb success suffering sufferer suicide superhero superstition supervisor
surfer surgeon surgery surname surprise survivor suspicion sweater sweetheart swimmer syntax tactic talent taxi
taxpayer teamwork technician technology teen teenager telephone temptation tenant tendency terminology terrorist
textbook texture theatre theater theology therapist therapy thesis thief thinker thirst throat thug toaster toddler
toilet tongue toothbrush topic tortoise tourist tournament tourism tradition tragedy trainee trainer training trait
traitor translation translator trash trauma tribe tribute triumph trophy troll trousers truth tuition tune turtleneck
twin tyrant umbrella understanding unicorn uniform utility vaccine vanity vegan vegetable vehicle vendor verdict vet
veteran vibe victim victory villa villager virgin virtue virus visitor vocabulary vocation voice volunteer vulture
waiter waitress wallet wanker warrior warehouse wealth weapon whim widow widower willpower wisdom witch wizard wolf
workaholic worker workflow workout workplace workshop workspace worm worrier wrestler writer wuss yacht yoga youngster
zombie zoo logic constraint
"""
"""People, places, objects, arts and states of the mind."""
KINDS = """
academic alright artificial artistic autistic automated automatic automatically bearable bulletproof certified
civilised classic classical clinical clumsy colorful colourful compulsive conceptual conscious constructive
contemporary conventional cranky crucial deaf debatable deliberate democratic digital disastrous disgusting divine
domestic doomed dope dumbass dyslexic educational efficient electric electronic elementary elite empirical endless
engaging entertaining epic essential ethical evident exact excellent exceptional exotic experimental explicit factual
fat feasible fictional filthy flawless fluent foolproof formal fruitful fulfilling gay ghastly giddy godly grateful
greatest grumpy guilty gullible hardcore hateful heavenly heroic hilarious hip historic homeless homemade hypnotic
hysterical iconic ideal idiotic illegal illiterate imaginary immature immune inaccurate inadequate inappropriate
incompetent inexperienced informative informal inherent inspiring instinctive intellectual intended intuitive ironic
irrational irrelevant irresistible irresponsible judgmental juicy junior lethal liberal literal logical magic
magnificent mandatory marvellous marvelous masculine mathematical mature meaningful meaningless medical mediocre
memorable messy methodical mighty mindless miraculous modern monstrous moody moral mundane musical mutual naked
necessary neurotic nerdy noteworthy notable nude numb obscure obsolete obnoxious optimal optional organic
original orthodox overconfident overrated overwhelming peaceful peculiar petty philosophical phenomenal physical
pitiful poetic pointless poor practicable preferable preferred prehistoric premature presentable primitive profound
proprietary psycho psychic psychological puny questionable radical readable realistic recommended redundant remarkable
reputable required respectful retarded retired rewarding rigid robotic robust romantic royal ruthless sacred sarcastic
scientific secretive senile senseless sensational sexual sexy skilled skillful sleepless slick sober social
sophisticated specific spectacular spiritual splendid standalone stellar straightforward strategic strict structured
stunning stylish subjective suboptimal successful suitable sunny supreme suspect sympathetic tasty technical tedious
theoretical thorough thoughtless timeless tiresome traditional tragic transparent trivial ultimate unacceptable
unambiguous unaware unbearable undisciplined unemployed unfamiliar unfortunate universal unnecessary unpleasant
unprofessional unrealistic unreliable unwilling urgent utter valuable vague verbal viable vicious visual vital vulgar
vulnerable willing witty wordy workable working worthless worthwhile yucky zen crappy shitty cheesy corny goofy dorky
freaky funky geeky hacky janky nifty snappy snazzy spiffy trashy tacky wacky whacky wonky bonkers bananas dopey
dreadful godawful tremendous mindblowing sublime swell lovable hella helluva dang dagnabbit goddamn goddamned
motherfucking effing fookin fuckin shite bollocks blimey crikey
"""
"""How something is, to whoever looks at it."""
MANNERS = """
absolutely accordingly accurately adequately altogether annoyingly arguably artificially authentically beautifully
bravely brutally calmly casually cheerfully clumsily coincidentally competently completely comprehensively
conceptually concisely concretely confidentially conscientiously conveniently conventionally coolly cordially
crucially cynically decently directly disappointingly distinctly dutifully eerily effectively efficiently effortlessly
elegantly endlessly enjoyably entirely enthusiastically ethically explicitly expressly extraordinarily faithfully
faultlessly fearlessly flawlessly fluently foolishly forgivingly freely frustratingly fully generously glaringly
graciously grandly habitually hardheadedly heartily hereby herein heretofore humanly imho implicitly impressively
inadvertently incorrectly incredibly inevitably innocently insanely intellectually intelligently intensely
intentionally interchangeably intuitively invariably inwardly irrationally joyfully justifiably lastly laughably
lazily legitimately likewise lovingly madly masterfully mathematically meaningfully meanwhile mercifully mercilessly
methodically meticulously mindlessly miraculously miserably morally namely neatly necessarily needlessly objectively
optimally optionally passionately peacefully peculiarly personally phenomenally physically pointlessly preferentially
professionally profoundly proudly prudently quintessentially rashly rationally realistically reliably religiously
remarkably responsibly rightfully rightly rigidly rigorously robotically ruthlessly sarcastically satisfyingly
scientifically secretly selfishly sensibly sentimentally shamelessly skillfully smartly socially solemnly soundly
spiritually spontaneously spectacularly splendidly standardly statistically strategically strenuously structurally
stylishly subconsciously subjectively suitably superbly swimmingly sympathetically systematically tactically
tastefully tediously tentatively theoretically thereby thoughtfully tirelessly together tragically tremendously
tritely trivially unambiguously unapologetically unashamedly uncannily uncomfortably undeniably understandably
undoubtedly unequivocally unintentionally uniquely universally unknowingly unnecessarily unquestionably unsurprisingly
unwillingly urgently usefully vainly validly verbally verily viciously visually vividly voluntarily weirdly
wholeheartedly wholly whatsoever whatnot whatev whatevs wonderfully worryingly regardless aforementioned insofar
inasmuch whereby wherein whereof whither whence thereof therein hither alas amen hurrah hooray bravo voila tada kaboom
hallelujah eureka jeepers yeehaw woohoo woot booyah yippee hurray boo tsk tut meh bah hah hehehe muahaha lel kek lulz
lmfao roflmao ffs wtf stfu omfg idc idgaf ikr nvm ofc obvs def defo probs prob prolly tbf tbc icymi eli bff fam bae
bestie homies peeps yall fellow fellows comrade comrades amigo amigos
"""
"""How something is done or said."""
