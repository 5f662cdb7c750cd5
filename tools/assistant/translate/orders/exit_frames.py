"""What the roles of a stretch come to: stops, targets, trails, parts, ages, and what begins after a gain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from ..tokens.token import Level, Setting
from .exit_roles import Part, letters

_LEAD = r"[wafz]*"
_TRIGGER = rf"(?:{_LEAD}Ga?|[waf]+V)"
_TAKE = r"[XogTj]*P[oXT]*"
_EVEN = r"[MS]+[OXoqu]{0,3}a?[BE]+|j?a?B+S?[MSE]*|[MS]+B"
_LOCK = r"j+[GV]|M[GV]|S[GV]"
_TRAIL = r"S?Ra?[VDLG]|[VD]R|S[Mu]?D"
_ACTION = rf"(?:{_TAKE}|{_EVEN}|{_LOCK}|{_TRAIL}|S?V(?=R))"
_SIMPLE: tuple[tuple[str, str], ...] = (
    (r"nRwGR[VD]", "later"),
    (r"S[waf]*GE?|T[waf]*LE?", "wrong"),
    (r"S[waf]*[du]?Y", "stop"),
    (rf"T{_LEAD}[du]?Y", "target"),
    (rf"(?:fE)?X?{_LEAD}(?:S?Ra*[VDLG]|[VD]k?R|[SM]u?D|RuD)[fE]*", "trail"),
    (r"X[waf]*y?D|[waf]+y?DX|n?q?yq?D|q?yD", "trail"),
    (r"sV|S[waf]*[VL]S?|[VL]f?SE?|q?l?S[VL]|SX?a?[VL]|XS[VL]|n*qL|n+L|Lq|lq?V|qlV", "stop"),
    (rf"X{_LEAD}L|{_LEAD}LX", "stop"),
    (rf"T{_LEAD}[GV]|[GV]T|Tg?[GV]|jg?{_LEAD}G|h[gl]?{_LEAD}[GV]|TVO", "target"),
    (rf"X{_LEAD}G|{_LEAD}GX", "target"),
    (rf"X?O[oX]?{_LEAD}[GV]|O[oX]*{_LEAD}[GV]", "target"),
    (r"X[waz]*N[wafzE]*q?|[wazq]+NX|N[z]X|NX|H[wq]*N[fE]*q?|q+H?N|N[qH]+|n+Hq?N|X?H?[wq]+HN|HNX?|H*NqX?|X?w*qN", "age"),
    (r"X[wa]*C|[wa]*CX", "clock"),
)
_SHARES = {"half": 50.0, "quarter": 25.0, "third": 100 / 3}


class Trigger(NamedTuple):
    """The gain after which something begins, and the settings that do."""

    gain: Level | None
    settings: tuple[Setting, ...]


def spoken_after(stop: bool, parts: Sequence[Part]) -> Setting | None:
    """`stop 2 %, target twice that`."""
    if stop and re.fullmatch(r"Tm", letters(parts)):
        return Setting("target", Level("r", parts[1].token.value))
    return None


def framed(parts: Sequence[Part], leaving: bool, gain: Level | None, parted: bool) -> Trigger | None:
    """The settings of a stretch; None where its roles come to nothing that is known.

    leaving: a word that leaves was said before in its sentence, so that `at +5 %` is enough. gain: what was reached in
    the stretch before, which `and the stop to break-even` belongs to. parted: a comma stands within.
    """
    text = letters(parts)
    for pattern, name in _SIMPLE:
        if re.fullmatch(pattern, text):
            made = _simple(name, parts)
            return Trigger(None, (made,)) if made else None
    if leaving:
        made = _bare(text, parts)
        if made:
            return Trigger(None, (made,))
    both = re.fullmatch(r"X?[wa]*(G/[wa]*L|L/[wa]*G)X?", text)
    if both:
        return Trigger(None, tuple(_signed(part) for part in parts if part.role in "GL"))
    if re.fullmatch(r"T[GV]P", text) and not parted:
        return Trigger(None, (Setting("take", (share(parts[2]), _plain(_distance(parts)))),))
    return (_inherited(text, parts, gain) if gain else None) or _triggered(text, parts, parted)


def _signed(part: Part) -> Setting:
    assert part.level
    return Setting("target" if part.role == "G" else "stop", _plain(part.level))


def _distance(parts: Sequence[Part]) -> Level:
    return next(part.level for part in parts if part.level)


def _plain(each: Level) -> Level:
    return Level(each.kind, each.value)


def _simple(name: str, parts: Sequence[Part]) -> Setting | None:
    if name == "age":
        return age(next(part for part in parts if part.role == "N"))
    if name == "later":
        far = [part.level for part in parts if part.level]
        return Setting("trail_after", (_plain(far[1]), _plain(far[0])))
    if name == "wrong":
        level = _distance(parts)
        own = "stop" if parts[0].role == "S" else "target"
        return None if level.side in {"+", "-"} else Setting(own, Level(level.kind, level.value, "wrong"))
    if name == "stop" and {"q", "n"} & set(letters(parts)) and _of_money(parts):
        return None  # `max loss 500 dollars`: of the whole position, or of one share?
    if name == "clock":
        return _until(next(part for part in parts if part.role == "C"))
    return Setting(name, _plain(_distance(parts)))


def _of_money(parts: Sequence[Part]) -> bool:
    return any(part.level and re.search(r"[$]|dollar|usd|eur|bucks|cash", part.token.text) for part in parts)


def age(part: Part) -> Setting | None:
    value = part.token.value
    if part.token.kind == "bars":
        return Setting("expire", ("bars", value))
    return Setting("expire", ("dur", value)) if value[0] == int(value[0]) else None


def _until(part: Part) -> Setting:
    return Setting("expire", ("text", f'"{part.token.value}"' if part.token.kind == "clock" else "day"))


def _bare(text: str, parts: Sequence[Part]) -> Setting | None:
    """`…, at +5 %, -3 %, after 20 bars` behind a word that leaves."""
    if re.fullmatch(rf"{_LEAD}[GL]", text) or (re.fullmatch(r"[wa]*V", text) and _distance(parts).kind == "r"):
        return Setting("stop" if text.endswith("L") else "target", _plain(_distance(parts)))
    if re.fullmatch(r"[wazqf]*N[zqHi]*", text):
        return age(next(part for part in parts if part.role == "N"))
    if re.fullmatch(r"[wa]*C", text):
        return _until(parts[-1])
    return None


def _triggered(text: str, parts: Sequence[Part], parted: bool) -> Trigger | None:
    """A gain, and what is done once it is reached; in either order, if no comma parts it from a gain behind."""
    for last, pattern in enumerate((rf"(?P<t>{_TRIGGER})(?P<a>{_ACTION}+)", rf"(?P<a>{_ACTION}+)(?P<t>{_TRIGGER})")):
        match = re.fullmatch(pattern, text)
        if match and len(re.findall("P", match["a"])) <= 1:
            gain = _plain(_distance(parts[match.start("t") : match.end("t")]))
            made = _done(match["a"], parts[match.start("a") : match.end("a")], gain)
            return None if made and last and parted and len(made.settings) > 1 else made
    return None


def _inherited(text: str, parts: Sequence[Part], gain: Level) -> Trigger | None:
    return _done(text, parts, gain) if re.fullmatch(rf"{_EVEN}", text) else None


def _done(text: str, parts: Sequence[Part], gain: Level) -> Trigger | None:
    made: list[Setting] = []
    here = 0
    while here < len(text):
        ahead = ((kind, re.match(pattern, text[here:])) for kind, pattern in _ACTIONS)
        found = next(((kind, match.end()) for kind, match in ahead if match), None)
        if found is None:
            return None
        kind, end = found
        own = parts[here : here + end]
        if kind == "lock" and own[0].role == "S" and own[-1].role == "V" and _distance(own).kind != "r":
            return None  # `after +2 %, stop 3 %`: is it moved there?
        made.append(_action(kind, own, gain))
        here += end
    return Trigger(gain, tuple(made))


_ACTIONS = (("trail", _TRAIL), ("even", _EVEN), ("lock", _LOCK), ("take", _TAKE))


def _action(kind: str, own: Sequence[Part], gain: Level) -> Setting:
    if kind == "take":
        return Setting("take", (share(next(part for part in own if part.role == "P")), gain))
    if kind == "even":
        return Setting("breakeven", gain)
    level = _plain(_distance(own))
    return Setting("lock", (level, gain)) if kind == "lock" else Setting("trail_after", (level, gain))


def share(part: Part) -> float:
    """Of a part of the position, in per cent."""
    known: Any = _SHARES.get(part.token.kind)
    if known:
        return float(known)
    value = part.token.value
    return float(value[1] if part.token.kind == "pct" else 100 * value)
