"""A pair of symbols, one bought and the other sold by the z-score of their spread: `when the 60-day z-score of log(KO)
- log(PEP) is over 2, sell KO and buy PEP`. Read whole or not at all: each word is of a measure, of a bound, of legs, of
the way out, of a size, or says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Entry = tuple[str, tuple[tuple[str, str], ...]]
_A, _B = "«a»", "«b»"
_NUM = r"(\d+(?:\.\d+)?)"
_UNITS = r"(?: ?(?:sigmas?|std ?devs?|standard deviations?|deviations?|sds?|stdevs?))?"
_MEASURES = (
    (rf"log ?\(?{_A}\)? ?(?:-|minus) ?log ?\(?{_B}\)?", "log(close of {0}) - log(close of {1})"),
    (rf"log ?\(?{_B}\)? ?(?:-|minus) ?log ?\(?{_A}\)?", "log(close of {1}) - log(close of {0})"),
    (rf"(?:log ratio|log[- ]spread|log price spread|spread of (?:the )?logs|difference of (?:the )?logs|log difference)"
     rf"(?: (?:of|between) {_A} (?:and|to|over|-|/) {_B})?", "log(close of {0}) - log(close of {1})"),
    (rf"(?:the )?(?:price )?ratio (?:of |between )?{_A} ?(?:/|to|and|over|:|vs\.?|by) ?{_B}|{_A} ?/ ?{_B} (?:price "
     rf")?ratio|"
     rf"(?:the |their )"
     rf"(?:price )?ratio|{_A} ?/ ?{_B}(?= ?z)|of {_A} ?/ ?{_B}", "close of {0} / close of {1}"),
    (rf"{_A} (?:-|minus) {_B}(?: spread| difference)?|(?:price difference|difference)(?: (?:of|between) {_A} and "
     rf"{_B})?",
     "close of {0} - close of {1}"),
)  # fmt: skip
_WINDOW = r"(\d+)[- ]?(bars?|days?|periods?|candles?|d)\b"
_BOUND = (
    r"(?P<op>(?:(?:crosses|rises|goes|climbs|moves|gets|is|falls|drops|comes|stays) )?(?:above|over|greater than|"
    r"higher than|"
    r"more than|below|under|less than|lower than)|exceeds|>=?|<=?) ?(?P<sign>-|minus |\+|plus )?" + _NUM + _UNITS
)
_ACT = r"(?P<{0}>sell(?: short)?|short|go short|buy|long|go long)"
_LEGS = _ACT.format("one") + r" (?P<x>«[ab]») ?(?:,|/|&|and|,? then)? ?" + _ACT.format("two") + r" (?P<y>«[ab]»)"
_OUT = (
    r"(?:close|exit|flat|flatten|get out|unwind|out|cover|close out)(?: of)?(?: (?:both|all|the|it|trade|pair|legs?|"
    r"positions?|"
    r"everything|of|them))*,? ?(?:when|if|once|as soon as|at|on|as)? ?(?:it |z |the |z-score |z score |zscore |its |"
    r"is |gets |"
    r"comes |back |returns? |reverts |goes |falls |drops |crosses |value )*"
)
_WITHIN = (
    r"(?:abs(?:olute)?(?: value)?(?: of z)?(?: is)?|\|z\||inside|within|between -\d[\d.]* and)(?: (?:below|under|"
    r"less than|is))*"
    r" ?(?:<=? ?)?(?:\+/- ?|±|\+-)?" + _NUM + _UNITS
)
_ZERO = r"(?:to |at )?(?:0|zero|the mean|mean|its mean|the average)(?!\d|\.\d)"
_SHARE = (
    r"(?:with |of )?(?P<share>\d+(?:\.\d+)? ?%|half|a third|a quarter)(?: of)?(?: the| my)?(?: equity| account| "
    r"capital| money)?,? "
    r"(?:per leg|each leg|a leg|per side|each side|in each|on each|each|per symbol|on either side)"
)
_REVERSED = r"(?:(?:do )?(?:the )?(?:reverse|opposite|contrary|other way(?: (?:a)?round)?|mirror)|vice versa)"
_GAP = r"(?P<gap>[^«»\d<>]*?)"
_ENTRIES = (
    rf"{_BOUND}{_GAP}{_LEGS}",
    rf"{_LEGS}(?=[ ,]*(?:when|if|once|as soon as|on)\b){_GAP}{_BOUND}",
)
_TURNED = (rf"{_BOUND}{_GAP}{_REVERSED}", rf"{_REVERSED}{_GAP}{_BOUND}")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?|\d+|«[ab]»|%")
_LIGHT = set(
    "pair pairs trade trading trades stat arb arbitrage strategy spread z zscore score z-score of the their a an "
    "over on in at by "
    "when if once is it and then we i do with each equity both legs leg as its value daily rolling period mean "
    "reversion lookback "
    "where for to this that goes or between vs versus against window day bar bars chart data computed calculated "
    "from last".split()
)
_SHARES = {"half": "50%", "a third": "33.3333333333%", "a quarter": "25%"}
_FRAME = r"\bdaily\b|\bhourly\b|\bweekly\b|\b(\d+) ?(m|min|h|d)\b(?! ?(?:z|window|lookback))"


def pair_trade(request: str) -> str:
    """The program of one; "" where the request is none, or holds something else besides."""
    names = list(dict.fromkeys(re.findall(r"(?<![\w«])[A-Z]{2,6}(?![\w»])", request)))
    if len(names) != 2 or not re.search(r"\bz[- ]?score|\bzscore|\bz\b|deviations", request, re.IGNORECASE):
        return ""
    text = re.sub(rf"(?<!\w){names[0]}(?!\w)", "«A»", request)
    text = re.sub(rf"(?<!\w){names[1]}(?!\w)", "«B»", text).lower()
    return _Pair(" ".join(text.split()), names).program()


class _Pair:
    def __init__(self, text: str, names: list[str]) -> None:
        self.text = text
        self.names = names

    def _taken(self, pattern: str) -> re.Match[str] | None:
        """The first match, which is then no longer part of the text."""
        found = re.search(pattern, self.text)
        if found:
            self.text = f"{self.text[: found.start()]} , {self.text[found.end() :]}"
        return found

    def program(self) -> str:
        measure = next((made for pattern, made in _MEASURES if self._taken(pattern)), "")
        window = self._taken(_WINDOW)
        share = self._taken(_SHARE)
        out = self._out()
        entries = self._entries()
        frame = self._framed("d" if window and window[2].startswith("d") else "")
        left = set(_WORDS.findall(self.text)) - _LIGHT - {_A, _B}
        if not (measure and window and share and out and entries) or left:
            return ""
        every = f" every {frame}" if frame else ""
        size = _SHARES.get(share["share"], share["share"].replace(" ", ""))
        z = f"let z = zscore({measure.format(*self.names)}, {window[1]})"
        blocks = [f"atomic when {bound}\n" + "".join(self._leg(leg, size) for leg in legs) for bound, legs in entries]
        flat = "".join(f"  flatten {name}\n" for name in self.names)
        zero = "crosses(z, 0)" if len(entries) > 1 else self._zero(entries)
        leaves = zero if out == "zero" else out
        return f"on {', '.join(self.names)}{every}\n{z}\n{''.join(blocks)}atomic when {leaves}\n{flat}"

    def _framed(self, days: str) -> str:
        found = self._taken(_FRAME)
        word = found[0] if found else ""
        named = {"daily": "1d", "hourly": "1h", "weekly": "1w"}.get(word, "")
        return named or (f"{found[1]}{found[2][0]}" if found else "1d" if days else "")

    def _out(self) -> str:
        """The way out: within so many deviations of the mean, at the mean, or beyond a bound."""
        if found := self._taken(_OUT + _WITHIN):
            return f"abs(z) < {found[found.lastindex or 1]}"
        if self._taken(_OUT + _ZERO):
            return "zero"
        found = self._taken(_OUT + _BOUND)
        return _bound(found) if found else ""

    def _zero(self, entries: list[Entry]) -> str:
        return "z <= 0" if "> " in entries[0][0] or "above" in entries[0][0] else "z >= 0"

    def _entries(self) -> list[Entry]:
        """Each bound with its legs, whichever is said first; `the reverse` after the legs of the other side."""
        found = [(_bound(match), _legs(match)) for pattern in _ENTRIES for match in self._each(pattern)]
        turned = next((match for pattern in _TURNED for match in self._each(pattern)), None)
        if turned and len(found) == 1:
            found.append((_bound(turned), tuple((_OTHER[side], name) for side, name in found[0][1])))
        ways = {re.sub(r"cross_(above|below).*", r"\1", each).replace("z >", "above").replace("z <", "below")[:5]
                for each, _ in found}
        whole = all({name for _, name in legs} == {_A, _B} and legs[0][0] != legs[1][0] for _, legs in found)
        return found if whole and len(ways) == len(found) <= 2 else []

    def _each(self, pattern: str) -> Iterator[re.Match[str]]:
        while match := self._taken(pattern):
            if set(_WORDS.findall(match["gap"])) <= _LIGHT:
                yield match

    def _leg(self, leg: tuple[str, str], size: str) -> str:
        side, symbol = leg
        return f"  {side} {self.names[0] if symbol == _A else self.names[1]} size {size}\n"


_OTHER = {"buy": "sell", "sell": "buy"}


def _bound(found: re.Match[str]) -> str:
    op, value = found["op"], found[found.re.groupindex["sign"] + 1]
    negative = (found["sign"] or "").strip() in {"-", "minus"}
    value = f"-{value}" if negative else value
    up = bool(re.search(r"above|over|greater|higher|more|exceeds|>", op))
    moves = re.match(r"(?:crosses|rises|goes|climbs|moves|gets|falls|drops|comes)", op)
    if moves:
        return f"cross_{'above' if up else 'below'}(z, {value})"
    return f"z {'>' if up else '<'}{'=' if op.endswith('=') else ''} {value}"


def _legs(found: re.Match[str]) -> tuple[tuple[str, str], ...]:
    sides = ["sell" if re.search("sell|short", found[each]) else "buy" for each in ("one", "two")]
    return ((sides[0], found["x"]), (sides[1], found["y"]))
