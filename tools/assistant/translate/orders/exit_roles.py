"""What each word of a stretch is to a way out: how far, which way, a stop, a target, a part, an age, or a word beside.

A role is one letter. Words that say nothing of a way out have none; one that may say something else makes the whole
stretch unreadable here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..tokens.token import Level, Series, Token, asked, number

_ROLES = {
    "pct": "V", "atrm": "V", "rmul": "V", "points": "V", "pips": "V", "ticks": "V", "money": "V",
    "stopword": "S", "movestop": "M", "targetword": "T", "trailword": "R", "breakeven": "B", "entryprice": "E",
    "half": "P", "third": "P", "quarter": "P", "fraction": "P", "rest": "O", "offword": "o",
    "profitword": "g", "favor": "g", "lossword": "l", "against": "l", "up": "u", "higher": "u", "moveup": "u",
    "risen": "u", "above": "u", "down": "d", "lower": "d", "movedown": "d", "fallen": "d", "below": "d",
    "when": "w", "after": "w", "at": "a", "from": "f", "bars": "N", "dur": "N", "later": "z", "old": "z",
    "clock": "C", "endofday": "C", "maxword": "q", "hold": "H", "maxhold": "H", "timestop": "H", "not": "n",
    "no": "n", "plusmark": "+", "minusmark": "-", "lockword": "j", "behind": "k", "peak": "k", "in": "i",
    "giveback": "y", "whilein": "w", "slash": "/", "or": "/", "mult": "m", "cashin": "h",
}  # fmt: skip
_NOTHING = {
    "of", "on", "by", "to", "and", "colon", "arrow", "comma", "then", "perclip", "move", "both", "begins", "beginning",
    "firstday", "units", "atleast", "gluework", "passed", "note", "but", "orevenmore", "let", "sinceentry", "anyof",
    "distance", "awayword", "first", "all", "frozen", "either", "whichever", "offset",
}
_PORTIONS = {"half", "third", "quarter", "fraction", "rest"}
_EXITS = {"exit", "sell", "cover"}
_SUBJECTS = {"price", "market", "stock", "it", "prices", "market price", "stock price", "current price"}
_MORE = {
    "more than", "longer than", "over", "exceeds", "bigger than", "greater than", "larger than", "more then",
    "higher than",
}  # fmt: skip
_LOSING = {"lose", "losing", "lost", "have lost", "has lost"}
_STARTING = {"switch", "activate", "start", "starts", "begin", "begins", "beginning"}


class Part(NamedTuple):
    """A role with its token; `level` of one that says how far."""

    role: str
    token: Token
    level: Level | None = None


def parts_of(stretch: Sequence[Token], entered: str) -> list[Part] | None:
    """The roles of a stretch, distances joined with what says on which side they are; None where a word is none of
    them. entered: "long", "short", or "" where both are, so that up and down say nothing of gain."""
    found: list[Part] = []
    for here, token in enumerate(stretch):
        role = _role(token, stretch, here)
        if role is None:
            return None
        if role:
            found.append(Part(role, token, _level(token) if role in {"V", "Y"} else None))
    return _sided(found, entered)


def letters(parts: Sequence[Part]) -> str:
    return "".join(part.role for part in parts)


def _role(token: Token, stretch: Sequence[Token], here: int) -> str | None:
    """"" of what says nothing; None of what is not known here."""
    before = stretch[here - 1].kind if here else "start"
    after = stretch[here + 1].kind if here + 1 < len(stretch) else "end"
    if token.kind == "act" and not (token.text == "entry" and after in {"bar", "unit"}):
        return _acted(token, before)
    if token.kind == "ser":
        return _spoken_of(token, stretch, before, after)
    if token.kind in {"highest", "lowest"}:
        trails = token.kind == "highest" or any(each.kind in {"trailword", "sinceentry"} for each in stretch)
        return "k" if after == "ser" and trails else None
    if token.kind == "risktimes":
        return "S" if token.text.startswith("stop") else None
    if token.kind == "riskword":
        return "s" if {"points", "pips", "ticks", "atrm"} & {each.kind for each in stretch[here + 1 :]} else None
    if token.kind in {"open", "shut"}:
        told = {each.kind for each in stretch} & (_PORTIONS | {"profitword", "lossword"})
        return "" if told else None
    if token.kind == "neversell":
        return "n" if after in {"lossword", "profitword", "at"} else None
    if token.kind == "limitword":
        above = [each.kind for each in stretch[-2:]] in (["pct", "above"], ["points", "above"], ["money", "above"])
        return "" if above or any(_at_entry(each) for each in stretch) else None
    if token.kind == "afterwin":
        return "g" if "V" in {_ROLES.get(each.kind) for each in stretch[here + 1 : here + 3]} else None
    if token.kind == "per":
        return "" if after == "units" else None  # `$3 per share`
    if token.kind == "costsword":
        return "l" if {"not", "neversell"} & {each.kind for each in stretch[:here]} else None
    if token.kind == "shift":
        return "" if after in {"above", "below"} and _protects(stretch) else None  # `slightly below the low`
    if token.kind == "num":
        named = before in {"ser", "stopword", "targetword"} and stretch[here - 1].text.endswith("price")
        return "Y" if named and _protects(stretch) else None
    if token.kind == "maxword" and token.text == "up to" and stretch[0].kind in {"movestop", "stopword"}:
        return ""
    if token.kind == "until":
        return "w" if stretch[0].kind == "not" else None
    if token.kind in {"part", "bar"} or (token.kind == "act" and token.text == "entry"):
        known = _of_signal(token, before, after)
        if known is not None or token.kind != "act":
            return known
    if token.kind == "unit":
        return "" if before == "part" else None
    if token.kind == "plusmark" and here == 0 and _ROLES.get(after) != "V":
        return ""
    if token.kind in {"ormore", "orless"}:
        return "" if before in {"profitword", "lossword", "favor", "against"} and _ROLES.get(after) == "V" else None
    if token.kind == "back":
        return "" if after in _ROLES and _ROLES[after] == "V" else None
    if token.kind == "topn":
        best = token.text == "best" and after == "ser"
        return "k" if best or (token.text == "top" and before in {"behind", "from", "below"}) else None
    if token.kind == "before":
        return "a" if after == "clock" else None
    if token.kind == "above" and before in {"profitword", "favor"} and _ROLES.get(after) == "V":
        return ""
    if token.kind == "above" and token.text in _MORE and _ROLES.get(after) in {"V", "N"}:
        return ""
    if token.kind == "movedown" and token.text in _LOSING:
        return "l"
    if token.kind == "correction":
        return "" if before in {"stopword", "targetword", "trailword"} and token.text == "should be" else None
    if token.kind == "rebalance":
        return "" if token.text in _STARTING else None
    if token.kind in _NOTHING:
        return ""
    if token.kind in {"green", "red"}:
        return {"green": "g", "red": "l"}[token.kind] if before == "in" else None
    return _ROLES.get(token.kind)


def _spoken_of(token: Token, stretch: Sequence[Token], before: str, after: str) -> str | None:
    """The price is what everything is about; its high since the entry is what a trail hangs on; `close` may leave."""
    if token.text in {"close", "closed"} and token.value.text == "close":
        ends = before in {"start", "comma", "then", "and", "arrow", "all"} or (after == "end" and before != "at")
        return "X" if ends else None
    trails = after == "sinceentry" or any(each.kind in {"trailword", "giveback"} for each in stretch)
    if token.value.text in {"high", "low"} and trails:
        return "k"
    if token.text in _SUBJECTS:
        return ""
    own = token.value
    if own.dim == "distance" and own.name in {"atr", "atr*"} and _protects(stretch):
        return "V"
    stands = own.dim == "price" and (own.name != "px" or own.text.startswith(("high", "low")))
    return "Y" if stands and _protects(stretch) else None


def _protects(stretch: Sequence[Token]) -> bool:
    return any(each.kind in {"stopword", "targetword"} for each in stretch)


def _at_entry(token: Token) -> bool:
    far = token.kind in {"pct", "points", "rmul", "pips", "ticks"} and token.value[0]
    return token.kind == "entryprice" or far in {"above", "below", "+"}


def _of_signal(token: Token, before: str, after: str) -> str | None:
    """`of the signal bar`: the bar that decides, which is this one."""
    if token.kind == "bar":
        return "" if before in {"part", "act", "green", "red"} else None
    return "" if after in {"bar", "ser", "unit"} and (token.kind == "act" or token.value == "signal") else None


def _acted(token: Token, before: str) -> str | None:
    if token.value in _EXITS:
        return None if "some" in token.text.split() else "X"
    if token.text.split()[0] in {"hold", "keep", "stay", "holding", "held"} and token.value == "long":
        return "H"
    beside = {"to", "at", "on", "above", "below", "from", "stopword", "arrow", "after", "movestop", "colon", "maxword"}
    return "E" if token.text in {"entry", "buy", "my buy", "entries"} and before in beside else None


def _level(token: Token) -> Level:
    kind, value = token.kind, token.value
    if kind == "ser" and value.dim == "distance":
        text = value.text if " @ " in value.text else f"({value.written})"
        return Level("words", (text, text))  # an ATR of a longer timeframe
    if kind == "ser":
        return Level("price", value)
    if kind == "atrm":
        return Level("atr", value)
    if kind == "money":
        return Level("points", value)
    if kind == "num":
        return Level("price", Series(number(value), "price", "said"))
    return Level({"pct": "share", "rmul": "r"}.get(kind, kind), value[1], value[0])


_UP = r"uVfE|uVuE|uVE|VuE|E\+V|uV|Vu"
_DOWN = r"dVfE|dVdE|dVE|VdE|E-V|dV|Vd"
_AGREED = {"long": (("uG|Gg|GfE", "G"), ("dL|Ll|LfE", "L")), "short": (("uL|Ll|LfE", "L"), ("dG|Gg|GfE", "G"))}
_MERGES = (
    (r"d?V[dfo]?k+E?|[fd]Vk+|kV", "D"),
    (r"gV|Vig|Vg|g[aw]V", "G"),
    (r"lV|Vil|Vl|l[aw]V", "L"),
    (r"(?<![ud])VfE", "V"),
)


def _sided(parts: list[Part], entered: str) -> list[Part] | None:
    """Each distance with the words that say whether it is a gain (G), a loss (L) or behind the best price (D)."""
    parts = [part for part in parts if part.role != "i" or _beside_colour(parts, part)]
    parts = _beyond([_of_entry(part, entered) for part in parts])
    if entered == "short":
        parts = _merged(parts, r"u?V[uof]?k+E?", "D")  # above the lowest price
    for pattern, role in _MERGES:
        parts = _merged(parts, pattern, role)
    parts = _signed(parts, entered)
    for pattern, gain in ((_UP, "long"), (_DOWN, "short")):
        if not re.search(pattern, letters(parts)):
            continue
        if not entered:
            return None
        if entered == "short" and _ambiguous(parts, pattern):
            return None
        parts = _merged(parts, pattern, "G" if entered == gain else "L")
    for pattern, role in _AGREED.get(entered, ()):
        parts = _merged(parts, pattern, role)
    return _portions([part for part in parts if part.role != "i"])


def _beyond(parts: list[Part]) -> list[Part]:
    """So far below, or above, a line: the line itself, moved."""
    made: list[Part] = []
    for part in parts:
        if part.role == "V" and letters(made)[-2:] in {"Y-", "Y+"} and part.level and made[-2].level:
            side, line = made.pop().role, made.pop()
            assert line.level
            made.append(line._replace(level=Level("price", moved(line.level.value, part.level, side == "-"))))
            continue
        if part.role == "Y" and letters(made)[-2:] in {"Vd", "Vu"} and part.level and made[-2].level:
            side, far = made.pop().role, made.pop().level
            part = part._replace(level=Level("price", moved(part.level.value, far, side == "d"))) if far else part
        made.append(part)
    return made


def moved(series: Series, far: Level, down: bool) -> Series:
    if far.kind == "share":
        text = f"{series.plain} * {number(1 + far.value / 100 * (-1 if down else 1))}"
    elif far.kind == "atr":
        text = f"{series.plain} {'-' if down else '+'} {number(far.value[0])} * atr({far.value[1]})"
    elif far.kind == "points":
        text = f"{series.plain} {'-' if down else '+'} {number(far.value)}"
    elif far.kind == "words":
        text = f"{series.plain} {'-' if down else '+'} {far.value[0].removeprefix('(').removesuffix(')')}"
    else:
        text = asked("threshold", f"How far beyond {series.text}?")
    return series.scaled(text)


def _of_entry(part: Part, entered: str) -> Part:
    """A distance that was joined with `above the entry` is on that side of it."""
    side = part.level.side if part.level else ""
    if side not in {"above", "below"} or not entered:
        return part
    return part._replace(role="G" if (side == "above") == (entered == "long") else "L")


def _portions(parts: list[Part]) -> list[Part]:
    """`sell 50 % at +4 %`, `50 % off`: a share that is a part of the position."""
    made = list(parts)
    for here, part in enumerate(parts):
        before, after = letters(parts[:here])[-1:], letters(parts[here + 1 :])
        if part.role == "V" and part.token.kind == "pct" and part.level and 5 <= part.level.value < 100:
            leaves = before in {"X", "o", "g"} or before == ""
            if after.startswith("o") or (leaves and re.match(r"o?X?[wa]+[GV]|o?X?G", after)):
                made[here] = part._replace(role="P")
    return made


def _beside_colour(parts: list[Part], part: Part) -> bool:
    here = next(i for i, each in enumerate(parts) if each is part)
    return here + 1 < len(parts) and parts[here + 1].role in "gl"


def _ambiguous(parts: list[Part], pattern: str) -> bool:
    """`down 3 %` of a short: the price, or the position?"""
    for match in re.finditer(pattern, letters(parts)):
        own = parts[match.start() : match.end()]
        if not any(part.role == "E" for part in own) and any(part.token.kind in {"up", "down"} for part in own):
            return True
    return False


def _signed(parts: list[Part], entered: str) -> list[Part]:
    """`+5 %`, and `entry + 1R`, which is a gain of a long."""
    made: list[Part] = []
    for part in parts:
        sign = part.level.side if part.level and part.role == "V" else ""
        if part.role == "V" and made and made[-1].role in "+-" and letters(made)[-2:-1] != "E":
            sign = made.pop().role
        if sign in {"+", "-"} and entered and letters(made).endswith("E") and letters(made) != "E":
            made.pop()
            sign = "+" if (sign == "+") == (entered == "long") else "-"
        if sign in {"+", "-"}:
            part = Part("G" if sign == "+" else "L", part.token, part.level)
        made.append(part)
    return made


def _merged(parts: list[Part], pattern: str, role: str) -> list[Part]:
    made: list[Part] = []
    end = 0
    for match in re.finditer(pattern, letters(parts)):
        own = parts[match.start() : match.end()]
        level = next(part.level for part in own if part.level)
        text = " ".join(part.token.text for part in own)
        made += parts[end : match.start()]
        made.append(Part(role, own[0].token._replace(text=text), Level(level.kind, level.value)))
        end = match.end()
    return made + parts[end:]
