"""Programs changed in one word, and laid out anew: pairs for the laws of explanations.

A change swaps a word for another of its kind, another number or unit, or leaves a few words out or puts a clause in;
most of the results compile. What is laid out anew has other blanks, comments and an other order of definitions.
"""

from __future__ import annotations

import re
from random import Random

from stratagem.lang.format.format import formatted

KINDS = tuple(row.split() for row in (
    "< <= > >= == !=", "+ - * / //", "and or", "long short", "limit trigger", "stop target", "sma ema rma wma",
    "open high low close volume", "cross_above cross_below crosses", "forming event", "units cash", "highest lowest",
    "worst best proximity", "halt flatten deny reduce", "true false", "next_open this_close", "min max",
    "independent one_cancels_other", "entry_bar next_bar next_decision", "rising falling", "rising_edge falling_edge",
    "daily weekly monthly quarterly yearly", "buy sell hold", "deposit withdraw", "drawdown loss daily_loss day_gain",
    "day next_open", "entries exits", "plus minus adx", "line signal hist", "upper middle lower", "valid expire",
    "rank quantile_of zscore_across demean total average", "any all", "size risk cap", "fee slippage spread",
    "hour minute weekday day month year bar_index", "fast slow", "equity cash", "interest borrow funding",
))  # fmt: skip
"""Words of which one may stand where another does."""
UNITS = ("", "%", "bp", "ticks", "r", " bars", "h", "d")
CLAUSES = ("once", "again", "scale 2", "fill this_close", "valid day", "ladder 3 step 1%", "@ 1d", "[1]", "not")
_WORD = re.compile(r'"[^"\n]*"|[A-Za-z_]\w*|[0-9][0-9_]*(?:\.[0-9]+)?(?:[a-z]+|%)?|<=|>=|==|!=|//|#[^\n]*|[^\s\w]')
_NUMBER = re.compile(r"([0-9_.]+)(.*)")


def changed(text: str, random: Random) -> str:
    """The text with one change of a word."""
    words = list(_WORD.finditer(text))
    for _ in range(50):
        place = random.randrange(len(words))
        word = words[place]
        becomes = _another(word[0], random)
        end = word.end()
        if becomes is None and random.random() < 0.15:
            end, becomes = words[min(place + random.randrange(4), len(words) - 1)].end(), ""
        elif becomes is None and random.random() < 0.15:
            becomes = f"{random.choice(CLAUSES)} {word[0]}"
        if becomes is not None and becomes != word[0]:
            return text[: word.start()] + becomes + text[end:]
    return text


def _another(word: str, random: Random) -> str | None:
    """Another word of its kind; None of a word that has none."""
    if word[0].isdigit():
        number, unit = _NUMBER.fullmatch(word.replace("_", "")).groups()  # type: ignore[union-attr]
        less, more = max(0, int(float(number)) - 1), int(float(number)) + 1
        return random.choice([f"{less}{unit}", f"{more}{unit}", f"{number}5{unit}", number + random.choice(UNITS)])
    if word[0] == '"' and len(word) > 2:
        return f'{word[:-1]}x"'
    kinds = [kind for kind in KINDS if word in kind]
    return random.choice(random.choice(kinds)) if kinds else None


def laid_anew(text: str, random: Random) -> str:
    """The same program: its one-line definitions in another order, comments, and the one layout or none."""
    lines = text.splitlines()
    places = [at for at, line in enumerate(lines) if re.match(r"(let|state) ", line) and _is_whole(lines, at)]
    shuffled = random.sample(places, len(places))
    moved = [lines[shuffled[places.index(at)]] if at in places else line for at, line in enumerate(lines)]
    said = "\n".join(f"{line}  # {random.randrange(9)}" if line and "##" not in line else line for line in moved)
    return formatted(said).text if random.random() < 0.5 else said


def _is_whole(lines: list[str], at: int) -> bool:
    """Whether a definition is one line of its own, and in no function."""
    return at + 1 == len(lines) or not lines[at + 1].startswith(" ")
