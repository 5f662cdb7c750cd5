"""English words that are right as they stand and mean nothing here: asked about, and never taken for another."""

ENGLISH = frozenset(
    """
    kama zlema alma frama lsma vidya trix kst ppo apo cmf tsi uo efi eom stc qqe hlc halve stock bull bear bond band
    bands gold oil cash fish fist list lost cost most moist lot lots her hers crown brown blow flow glow slow slower
    show snow low lower loser closer clover lover power tower sell seller bell tell well fell full pull fast faster
    fact face pace place trace train grain main pain gain gains mind mine line lines like bike hike hill bill file
    fill files long song gone done bone zone tone stone store shore shirt sport sharp share shape trap trip tip tap
    lap gap map cap rise wise rice price prize pride ride side wide tide time times lime loss boss less mess miss kiss
    shop chop stop step steep steel steal deal meal real seal sale scale pale tale tall tail trail trial hail rail
    fail mail range orange change charge large target hour your four pour tour year near hear heart hard card cord
    word world work week weak peak speak seek market marker maker rate late gate date data fade made trade grade green
    greed greek great treat threat three there these where here were been seen keen deep keep sleep month mouth north
    south point paint print stand brand grand hand land sand and end bend send spend lend trend friend blend under
    wonder thunder upper supper paper pepper money honey monkey limit timid unit until mean bean lean clean mid mild
    wild child open oven even ever never over cover river driver quarter quarrel order older folder border size seize
    risk disk desk mask task ask candle handle cradle middle riddle fiddle minute moment monday sunday daily dairy
    diary crossing crosses cress dress press pass grass class glass bass base case chase phase phrase crease grease
    spread thread bread head read lead dead ahead stead instead delta gamma theta vega beta alpha straddle strangle
    option options call calls put puts strike spot spots slope slop hold bold cold sold told mold fold profit profile
    prophet trailer position petition condition edition addition average beverage leverage coverage closest clothes
    bound found round ground sound pound hedge edge ledge wedge badge budge judge fudge dodge dream cream steam team
    beam scream stream sweet sweep asleep leap heap cheap reap flip slip clip ship chip whip drip grip strip skip flag
    flags pole penny pennant penant triangle rectangle cup cups mug wait weight eight light right night fight might
    sight tight flight bright slight freight height weigh neighbour exist exits exiting exciting sector victor vector
    factor actor doctor tractor value valve volume column entry entity gentry sentry pantry country earnings mornings
    morning evening warning learning burning turning returns lunch launch bunch punch crunch hunch holiday holidays
    session sessions season seasons reason lesson mission passion fraction friction fiction section short shorts shots
    shot shoot shout spout sprout score scores core cores more mores moon soon noon spoon room boom doom zoom loom
    bloom broom groom rocket pocket socket bucket ticket cricket thicket jacket packet racket bracket bars cars wars
    jars tars scars stars start smart chart charm harm farm alarm arm army art part party apart depart mass mast past
    paste waste taste haste cast coast roast toast boast beast feast least east yeast dover rover hover mover covert
    overt later latter letter better bitter butter buffer suffer differ offer officer spice slice twice dice mice nice
    vice voice choice juice police notice service office offense defense expense license science silence violence
    evidence distance instance entrance insurance balance finance france chance glance lance dance advance romance
    closet closely cluster cloud clown cloth bossy bus busy bushel bullet bulletin balloon ballot blue blur burst
    bursts bonus boot booth bottle bounty breed brief brick bride bridge broad brush buckle bundle burden button cabin
    cable cache calm camel candy canvas carbon cargo cart castle catalog cattle ceiling cellar cement census chain
    chair chalk champion chapter charity charter checker cherry chest chief chimney choir chorus circle citizen clause
    clerk cliff climate clinic clone cloning closure coal coat comet comic compass contact contest context copper
    coral corner cottage cotton council counter county couple course court cousin crab craft crane crater crew crisis
    critic crop crowd crude cruise crush crystal cube culture current curtain curve cushion custom cycle damage danger
    deck deer degree delay demand dense density deposit depth deputy desert device diagram dialog diamond diet digit
    dinner dirt dish dock dome domain donor doubt draft drag drain drawer drift drill drum duck dust duty eagle echo
    edit editor effect effort elbow election element elite empire engine enzyme episode equity era error escape estate
    event exam excess exile export extent fabric fame fence ferry fiber field fifty filter finger fire flame flash
    fleet flesh flock flood floor flour flower fluid flush foam focus foil folk format fort fossil fountain frame
    fraud frost fruit fuel fund funeral fur gallery gang garlic gear gene genre giant ginger globe glory glove glue
    goat goddess grace gravity grid guard guest guilt habit hammer harbor harvest hatch hazard hero hint hollow holy
    honor hook horn hotel icon image import inch input insect inside jail jar jet jewel jungle jury kernel kettle
    kidney king kit knee knife knight knot label labor ladder lamp landing lawn lawsuit layer lens level lever liberty
    lid limb linen lion liquid liver lobby local lock locker lodge logic lumber lunar luxury magnet manner manor maple
    marble margin marine mark matrix mayor maze meadow medal media medium melody menu mercy merit metal meteor method
    metro mill mineral mint mirror missile mist mixture mobile module monk monster monument moral mosaic moss motel
    motion motor muscle museum myth nail narrow native needle nest network noise novel nucleus nurse oak oasis object
    onion opera orbit orchard organ origin outer outfit output owner oxygen oyster palace palm panel parade parcel
    parish park parrot pasta path patrol pause peach pearl pebble pedal permit pest petal phone photo pickle picnic
    pilot pine pipe pirate pitch pivot planet plank plant plate plaza plot plow plug plum plural poem poet poison poll
    pond pony pool porch port portal portion potato pottery powder prayer prefix prince prism prison probe prompt
    protein pulse pump pupil puppet puppy purse pyramid quantum queen quest quilt rabbit radar radius rally ranch
    razor realm rebel recipe reef refuge region relic relief remedy rent reptile rescue resin resort rhythm ribbon
    rider rifle ritual rival robe robin rod roof root rope rose rubber rumor sack saddle safari sail salad salmon
    salon salute sauce scheme scope scout scrap script sculpture seed segment seminar senate sensor sequel series
    sermon shadow shaft shed sheep shell shelter shield shrimp shrine siege silk silver singer sink siren skull slave
    sleeve sliver slogan slot soap socks soil solar solo sonic spark spear species spell sphere spider spine spiral
    spirit split sponsor spouse spray spring squad square squirrel stable stadium staff stage stain stake stamp static
    statue status stem stereo stick stitch stove strap straw strand stripe studio stuff sugar suite summit surface
    surgeon surplus survey symbol syrup tactic tailor talent tank tape tattoo temple tenant tennis tent terrace
    textile theater theme thesis throne thumb tiger timber tissue token tomato tomb tooth topic torch toxic tract
    trait traitor transit trauma tribe tribute triumph trophy tropical trumpet trunk tube tumor tunnel turkey turtle
    twin umbrella union unity uranium valley vapor vault vehicle vein velvet vendor venue verb verse vessel veteran
    victim villa village vine vinyl violin virus visa vision vitamin vocal volcano volunteer voter voyage wagon walnut
    warrior weapon wedding welfare whale wheat wheel widow width willow window wing winter wire witness wizard wolf
    wool worm wound wreck wrist yacht yard yarn yield zebra about above across act active add afraid after again age
    agency ago air all allow almost alone along already also although always among amount anger angle animal answer
    ant any apparatus apple arch are argument around arrange arrive as at attack attempt attention attraction
    authority automatic awake baby back bad bag ball bank basin basket bath beauty because become bed bee before begin
    behaviour behind believe bent berry between bird birth bit bite black blade blood board boat body boil boiling
    book born both box boy brain brake branch brass breath bring broken brother build building bulb burn business but
    by cake camera care carriage cat catch cause certain check cheese chemical chin choose church city clear clock
    collar colour comb come comfort committee common company comparison competition complete complex connection
    conscious consider contain continue control cook cool copy cork cough could cow crack credit crime cruel cry cut
    dark daughter day dear death debt decide decision delicate dependent describe design desire destruction detail
    develop development different digestion direct direction dirty discovery discussion disease disgust distribution
    division do dog door down draw drink driving drop dry ear early earth education egg elastic electric enough equal
    every example exchange existence expansion experience expert explain eye fall false family far fat father fear
    feather feeble feeling female fertile first fixed flat fly follow food foolish foot force fork form forward fowl
    free frequent from front future garden general get girl give go good government grey group growth guide gun hair
    hanging happen happy harbour harmony hat hate have healthy hearing heat help high history hole hope horse hospital
    house how humour ice idea ill important impulse in include increase industry ink instrument interest invention
    iron island issue itself jelly join journey jump key kick kind knowledge language last laugh law leaf learn
    leather left leg library lift lip little living look loose loud love machine make male man manage married match
    material may measure meat meet meeting member memory mention military milk mixed mother mountain move much music
    must name nation natural necessary neck need nerve net new news no normal nose not note now number nut observation
    of off old on only operation opinion opposite or organization original ornament other out own page parallel
    payment peace peg pen pencil people perform perhaps period person physical picture piece pig pin plane play please
    pleasure plough policy polish political poor porter possible pot present private probable problem process produce
    product program property prose protest provide public punishment purpose push quality question quick quiet quite
    rain raise rat ray reach reaction ready receipt receive record red regret regular relation religion remain
    remember representative request require respect responsible rest result reward ring road roll rough route rub rule
    run sad safe salt same say school scissors screw sea seat second secret secretary see seem selection self sense
    separate serious servant set sex shade shake shame shelf shock shoe should shut sign simple since sing single
    sister sit skin skirt sky small smash smell smile smoke smooth snake sneeze society sock soft solid some son sort
    soup space spade special sponge star state statement station stay sticky stiff still stocking stomach story
    straight strange street stretch strong structure study substance such sudden suggest suggestion summer sun support
    sure surprise swim system table take talk tax teach teaching tendency test than that the then theory thick thin
    thing think this thought throat through throw till tin tired to today toe together tomorrow tongue tonight too top
    touch town track transport travel tray tree trick trouble trousers true turn twist up use usual very view violent
    waiting walk wall want war warm wash watch water wave wax way weather west wet when whether which while whistle
    white who whole why will win wind wine with woman wood worse worth would write writing wrong yellow yes yesterday
    young accident account admit adult advice affect agree agreement alive allowed alternative amazing ancient
    announce annual anxious apologise appear application apply approve area argue arise article aspect assume assure
    atmosphere attach attend attitude attract audience author available avoid award aware basic basis battle beat
    beginning belief belong below bench benefit best bet beyond bind block bomb bother brave break breakfast budget
    camp campaign cancel cancer candidate capable capital captain capture careful category celebrate cell central
    century ceremony challenge channel character cheat cheek cheer chicken cigarette claim classic classical client
    climb close club clue coach code coffee collect college combine commit communicate community compare complain
    concentrate concept concern concert conclude concrete conference confidence confirm conflict confuse congress
    consequence consist constant construct consult consumer content contract contrast contribute convert convince
    count courage crash crazy create creature criterion critical criticism crucial curious customer debate decade
    declare decline decorate defeat defence defend define definite deliver democracy deny department depend depress
    derive deserve despite destroy detect determine difficulty digital director disappear discount display dispute
    distinct divide document double dozen drama dramatic drive drug due eager earn ease economy elect eliminate
    elsewhere embarrass emerge emotion emphasis employ empty enable encounter encourage enemy energy engage enjoy
    enormous ensure enter entire environment equipment essay essential establish estimate evaluate eventual exact
    examine excellent except excite excuse exercise expand expect explore explode expose express extend external extra
    extreme facility factory fair faith famous fan fancy fashion fate fault favour feature fee feed fellow festival
    fever figure film final fine finish firm fit fix flavour flexible float forest forget forgive formal former
    formula fortune frequency fresh fridge frighten fully fun function furniture game gas gather gay generate
    generation gentle genuine ghost gift glad global goal god golf gradual graduate grant graph grateful grave greet
    grow guarantee guess guilty guitar guy half hall hang heaven heavy hell hesitate hide highlight hire hit hobby
    home honest honour host huge human hundred hungry hunt hurry hurt husband identify ignore illegal imagine
    immediate impact imply impose impress improve incident income independent index indicate individual infer
    influence inform initial injury inner innocent inquiry insist inspect inspire install institution instruct insult
    intelligent intend intense internal interpret interrupt interview introduce invade invest investigate invite
    involve item jam job joke journal joy justice justify kid kill kitchen knock lab labour lack lady lake lane lawyer
    lay lazy league lease leave lecture legal length liable liberal licence lie life likely literature load loan
    locate lonely lord lorry lovely luck lung machinery mad magazine magic maintain major majority manual manufacture
    march marriage massive master mate matter maximum medical medicine melt mental mere message mile minimum minister
    minor mistake mix mode model modern modest mood motive mount mouse mud multiple murder mutual mystery naked neat
    neglect negotiate neither nervous neutral nobody none nuclear obey obtain obvious occasion occupy occur ocean odd
    offence ordinary otherwise ought outcome outside overall owe pack package painting pair panic pants parent
    parliament partner passage passenger passive pattern pay penalty pension percentage perfect permanent persuade
    philosophy pink pity plain plan plastic platform pleasant plenty plus pop popular pose positive possess post
    practical practice praise pray precise predict prefer pregnant prepare presence preserve president pressure
    pretend pretty prevent previous priest primary prime principle prior priority pro procedure proceed professional
    professor progress project promise promote proof proper propose prospect protect proud prove publish punish
    purchase pure pursue puzzle qualify quantity quote race radical radio rank rapid rare raw react recall recent
    recognise recommend recover reduce refer reflect reform refuse regard reject relate relax release relevant rely
    remark remind remote remove repair repeat replace reply report represent reputation research reserve resident
    resign resist resolve resource respond restaurant restore restrict retire return reveal review revolution rich rid
    rob rock role romantic row royal ruin rush safety sake salary sample satisfy save scene schedule screen search
    secure select senior sensible sensitive sentence serve settle severe shall shallow sheet shift shine shoulder
    shower shy sick signal significant silent silly similar site situation skill sleepy slide snap so social software
    soldier sole solution solve sorry soul source spare specific speech speed spill spin spite spoil stair stale
    standard stare steady stir strategy strength stress strict string stroke student stupid style subject submit
    succeed success suck sufficient suit sum super supply suppose surgery surround survive suspect suspend sustain
    swallow swear sweat swing switch symptom sympathy tackle taxi tea tear technical technique technology telephone
    temper temperature temporary tempt tend tension term terrible text thank theatre therapy therefore threaten
    throughout tidy tie tiny tire title tobacco tool total tough tourist toward towel toy tradition traffic tragedy
    transfer transform translate treaty tremendous troop trust truth try tune tutor type typical ugly ultimate unable
    uncle undergo understand unique universe university unlikely upset urban urge urgent user utility vacation valid
    valuable van variation variety vary vast vegetable version victory video virtue visible visit visual vital
    vocabulary vote vulnerable wage wake wander warn wealth wear weekend welcome whatever whereas whisper wife willing
    wipe wish withdraw wooden worker worry wrap youth zero fundamentals retest names yoga hiking cooking reading
    kitten sunset sunrise checked checks checking chuckle clack chock slack slick slock stack stuck cents scents bulls
    belly bully billy built bolt belt bald guild gild gilt shire spore stairs stole spurt
    rights production sales russian leader address laws cities cells existing plants arts tech guns sharing
    streets acts factors elected scored stores moments finds dealing goods singing opposition mining interior
    multi refused racing filed circuit supplies choices hitting clients finals mini andy boost trans thrust
    spaces ties couples foster teen trials gates rivers existed butt counts logo allies editing firing mars weed
    carries graphic bearing shirts souls laser wright dose dealer filling sandy bases bits floating tier barrel
    retain thou aboard blank genes peer lesser rage mighty poorly cult careers toll torn valued filmed intimate
    raises shooter bust donate sins strings thee junk marc clash coupled lungs steak stakes thorough grind
    kissed pipes oppose swept shells steering leisure lounge senses lone sung beers broker brokers bury trim
    touring tuned fringe hardy lowered maid mounting outs snakes bark seals mock niche refund boys freely boards
    hats dash dishes loans loads loaded
    """.split()
)
