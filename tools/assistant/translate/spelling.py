"""What a word that is in no list was meant to be: a word of few other letters, if all such mean the same."""

from __future__ import annotations

from functools import lru_cache

from .vocabulary import MISSPELT, phrases, words

NEAREST_SHORT, NEAREST_LONG = 4, 9
"""From so many letters on one slip is put right, and two."""
ENGLISH = frozenset(
    "kama zlema alma frama lsma vidya trix kst ppo apo cmf tsi uo efi eom stc qqe hlc halve stock bull "
    "bear bond band bands gold oil cash fish fist list lost cost most moist lot lots her hers "
    "crown brown blow flow "
    "glow slow slower show snow low lower loser closer clover lover power tower sell seller bell tell "
    "well fell full pull "
    "fast faster fact face pace place trace train grain main pain gain gains mind mine line lines like "
    "bike hike hill bill "
    "file fill files long song gone done bone zone tone stone store shore shirt sport sharp share shape "
    "trap trip tip tap "
    "lap gap map cap rise wise rice price prize pride ride side wide tide time times lime loss boss less "
    "mess miss kiss "
    "shop chop stop step steep steel steal deal meal real seal sale scale pale tale tall tail trail trial "
    "hail rail fail "
    "mail range orange change charge large target hour your four pour your tour year near hear heart hard "
    "card cord word "
    "world work week weak peak speak seek market marker maker rate late gate date data fade made trade "
    "grade green greed "
    "greek great treat threat three there these where here were been seen keen deep keep sleep month mouth north south "
    "point paint print stand brand grand hand land sand and end bend send spend lend trend friend blend under wonder "
    "thunder upper supper paper pepper money honey monkey limit timid unit until mean bean lean clean mid "
    "mild wild child "
    "open oven even ever never over cover lover river driver quarter quarrel order older folder border "
    "size seize prize "
    "risk disk desk mask task ask candle handle cradle middle riddle fiddle minute moment monday sunday "
    "daily dairy diary "
    "crossing crosses cress dress press pass grass class glass bass base case chase phase phrase crease grease "
    "spread thread bread head read lead dead ahead stead instead delta gamma theta vega beta alpha straddle strangle "
    "option options call calls put puts strike sport spot spots slope slop slope hold bold cold sold told "
    "gold mold fold "
    "profit profile prophet trail trailer position petition condition edition addition average beverage "
    "leverage coverage "
    "closest clothes bond bound found round ground sound pound hedge edge ledge wedge badge budge judge fudge dodge "
    "dream cream steam team beam scream stream sweet sweep asleep leap heap cheap reap flip slip clip "
    "ship chip whip drip "
    "grip trip strip skip flag flags pole penny pennant penant triangle rectangle cup cups mug wait weight eight light "
    "right night fight might sight tight flight bright slight freight height weigh neighbour exist exits "
    "exiting exciting "
    "sector victor vector factor actor doctor tractor value valve volume column entry entity gentry "
    "sentry pantry country "
    "earnings mornings morning evening warning learning burning turning returns lunch launch bunch punch crunch hunch "
    "holiday holidays session sessions season seasons reason lesson mission passion fraction friction fiction section "
    "short shorts shots shot shoot shout spout sprout score scores core cores more mores moon soon noon "
    "spoon room boom "
    "doom zoom loom bloom broom groom rocket pocket socket bucket ticket cricket thicket jacket packet racket bracket "
    "bars cars wars jars tars scars stars start smart chart charm harm farm alarm arm army art part party apart depart "
    "mass mast past paste waste taste haste cast coast roast toast boast beast feast least east yeast".split()
)
"""Words that are right as they stand and mean nothing here: they are asked about, and never taken for another."""


@lru_cache(maxsize=4096)
def corrected(word: str) -> str | None:
    """The word of the vocabulary that was meant; None where there is none, or several that differ in meaning."""
    if word in words():
        return word
    if word in MISSPELT:
        return MISSPELT[word]
    if word in ENGLISH or not word.isalpha() or len(word) < NEAREST_SHORT:
        return None
    most = 2 if len(word) >= NEAREST_LONG else 1
    near = [(distance(word, each, most), each) for each in sorted(words()) if abs(len(each) - len(word)) <= most]
    near = [each for each in near if len(word) >= 6 or len(each[1]) != len(word) or sorted(each[1]) == sorted(word)]
    near = [each for each in near if len(word) >= 7 or phrases().get((each[1],), ("",))[0] != "filler"]
    near = [(how, each) for how, each in near if how <= most and len(each) >= NEAREST_SHORT - 1 and _alike(word, each)]
    if not near:
        return None
    least = min(near)[0]
    best = [each for how, each in near if how == least]
    best = [each for each in best if _single(each) == _single(word)] or best  # a letter once for twice
    best = [each for each in best if sorted(each) == sorted(word)] or best  # letters in another order
    meanings = {phrases().get((each,), (each, each)) for each in best}
    return best[0] if len(meanings) == 1 else None


def _single(word: str) -> str:
    """Each letter once where it stands twice."""
    return "".join(letter for letter, before in zip(word, " " + word, strict=False) if letter != before)


def _alike(word: str, other: str) -> bool:
    """A slip is seldom in the first letter, but for two that changed places; and no number is a slip of another."""
    return word[0] == other[0] or word[:2] == other[1::-1]


def distance(a: str, b: str, most: int) -> int:
    """Letters changed, added, left out, or changed with their neighbour; more than `most` where it is more."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row, older = row, [i], before
        for j, y in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        before = last
        if min(row) > most:
            return most + 1
    return row[-1]
