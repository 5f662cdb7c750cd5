"""English words that are right as they stand and mean nothing here: asked about, and never taken for another."""

ENGLISH = frozenset(
    """
    kama zlema alma frama lsma vidya trix kst ppo apo cmf tsi uo efi eom stc qqe hlc halve stock bull bear bond band
    bands gold oil cash fish fist list lost cost most moist lot lots her hers crown brown blow flow glow slow slower
    show snow low lower loser closer clover lover power tower sell seller bell tell well fell full pull fast faster
    fact face pace place trace train grain main pain gain gains mind mine line lines like bike hike hill bill file
    fill files long song gone done bone zone tone stone store shore shirt sport sharp share shape trap trip tip tap
    lap gap map cap rise wise rice price prize pride ride side wide tide time times lime loss boss less mess miss
    kiss shop chop stop step steep steel steal deal meal real seal sale scale pale tale tall tail trail trial hail
    rail fail mail range orange change charge large target hour your four pour tour year near hear heart hard card
    cord word world work week weak peak speak seek market marker maker rate late gate date data fade made trade
    grade green greed greek great treat threat three there these where here were been seen keen deep keep sleep
    month mouth north south point paint print stand brand grand hand land sand and end bend send spend lend trend
    friend blend under wonder thunder upper supper paper pepper money honey monkey limit timid unit until mean bean
    lean clean mid mild wild child open oven even ever never over cover river driver quarter quarrel order older
    folder border size seize risk disk desk mask task ask candle handle cradle middle riddle fiddle minute moment
    monday sunday daily dairy diary crossing crosses cress dress press pass grass class glass bass base case chase
    phase phrase crease grease spread thread bread head read lead dead ahead stead instead delta gamma theta vega
    beta alpha straddle strangle option options call calls put puts strike spot spots slope slop hold bold cold sold
    told mold fold profit profile prophet trailer position petition condition edition addition average beverage
    leverage coverage closest clothes bound found round ground sound pound hedge edge ledge wedge badge budge judge
    fudge dodge dream cream steam team beam scream stream sweet sweep asleep leap heap cheap reap flip slip clip
    ship chip whip drip grip strip skip flag flags pole penny pennant penant triangle rectangle cup cups mug wait
    weight eight light right night fight might sight tight flight bright slight freight height weigh neighbour exist
    exits exiting exciting sector victor vector factor actor doctor tractor value valve volume column entry entity
    gentry sentry pantry country earnings mornings morning evening warning learning burning turning returns lunch
    launch bunch punch crunch hunch holiday holidays session sessions season seasons reason lesson mission passion
    fraction friction fiction section short shorts shots shot shoot shout spout sprout score scores core cores more
    mores moon soon noon spoon room boom doom zoom loom bloom broom groom rocket pocket socket bucket ticket cricket
    thicket jacket packet racket bracket bars cars wars jars tars scars stars start smart chart charm harm farm
    alarm arm army art part party apart depart mass mast past paste waste taste haste cast coast roast toast boast
    beast feast least east yeast dover rover hover mover covert overt later latter letter better bitter butter
    buffer suffer differ offer officer spice slice twice dice mice nice vice voice choice juice police notice
    service office offense defense expense license science silence violence evidence distance instance entrance
    insurance balance finance france chance glance lance dance advance romance closet closely cluster cloud clown
    cloth bossy bus busy bushel bullet bulletin balloon ballot blue blur burst bursts bonus boot booth bottle bounty
    breed brief brick bride bridge broad brush buckle bundle burden button cabin cable cache calm camel candy canvas
    carbon cargo cart castle catalog cattle ceiling cellar cement census chain chair chalk champion chapter charity
    charter checker cherry chest chief chimney choir chorus circle citizen clause clerk cliff climate clinic clone
    cloning closure coal coat comet comic compass contact contest context copper coral corner cottage cotton council
    counter county couple course court cousin crab craft crane crater crew crisis critic crop crowd crude cruise
    crush crystal cube culture current curtain curve cushion custom cycle damage danger deck deer degree delay
    demand dense density deposit depth deputy desert device diagram dialog diamond diet digit dinner dirt dish dock
    dome domain donor doubt draft drag drain drawer drift drill drum duck dust duty eagle echo edit editor effect
    effort elbow election element elite empire engine enzyme episode equity era error escape estate event exam
    excess exile export extent fabric fame fence ferry fiber field fifty filter finger fire flame flash fleet flesh
    flock flood floor flour flower fluid flush foam focus foil folk format fort fossil fountain frame fraud frost
    fruit fuel fund funeral fur gallery gang garlic gear gene genre giant ginger globe glory glove glue goat goddess
    grace gravity grid guard guest guilt habit hammer harbor harvest hatch hazard hero hint hollow holy honor hook
    horn hotel icon image import inch input insect inside jail jar jet jewel jungle jury kernel kettle kidney king
    kit knee knife knight knot label labor ladder lamp landing lawn lawsuit layer lens level lever liberty lid limb
    linen lion liquid liver lobby local lock locker lodge logic lumber lunar luxury magnet manner manor maple marble
    margin marine mark matrix mayor maze meadow medal media medium melody menu mercy merit metal meteor method metro
    mill mineral mint mirror missile mist mixture mobile module monk monster monument moral mosaic moss motel motion
    motor muscle museum myth nail narrow native needle nest network noise novel nucleus nurse oak oasis object onion
    opera orbit orchard organ origin outer outfit output owner oxygen oyster palace palm panel parade parcel parish
    park parrot pasta path patrol pause peach pearl pebble pedal permit pest petal phone photo pickle picnic pilot
    pine pipe pirate pitch pivot planet plank plant plate plaza plot plow plug plum plural poem poet poison poll
    pond pony pool porch port portal portion potato pottery powder prayer prefix prince prism prison probe prompt
    protein pulse pump pupil puppet puppy purse pyramid quantum queen quest quilt rabbit radar radius rally ranch
    razor realm rebel recipe reef refuge region relic relief remedy rent reptile rescue resin resort rhythm ribbon
    rider rifle ritual rival robe robin rod roof root rope rose rubber rumor sack saddle safari sail salad salmon
    salon salute sauce scheme scope scout scrap script sculpture seed segment seminar senate sensor sequel series
    sermon shadow shaft shed sheep shell shelter shield shrimp shrine siege silk silver singer sink siren skull
    slave sleeve sliver slogan slot soap socks soil solar solo sonic spark spear species spell sphere spider spine
    spiral spirit split sponsor spouse spray spring squad square squirrel stable stadium staff stage stain stake
    stamp static statue status stem stereo stick stitch stove strap straw strand stripe studio stuff sugar suite
    summit surface surgeon surplus survey symbol syrup tactic tailor talent tank tape tattoo temple tenant tennis
    tent terrace textile theater theme thesis throne thumb tiger timber tissue token tomato tomb tooth topic torch
    toxic tract trait traitor transit trauma tribe tribute triumph trophy tropical trumpet trunk tube tumor tunnel
    turkey turtle twin umbrella union unity uranium valley vapor vault vehicle vein velvet vendor venue verb verse
    vessel veteran victim villa village vine vinyl violin virus visa vision vitamin vocal volcano volunteer voter
    voyage wagon walnut warrior weapon wedding welfare whale wheat wheel widow width willow window wing winter wire
    witness wizard wolf wool worm wound wreck wrist yacht yard yarn yield zebra
    """.split()
)
