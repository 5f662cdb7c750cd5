"""Words of an amount that say no number: which kind of answer each of them wants."""

from __future__ import annotations

from ..tokens.pattern import Found, Row
from ..tokens.token import Token

_MANY = {"few", "several", "some", "many", "various", "numerous", "multiple"}
_FAR = {"near", "close to", "far", "lot", "considerably", "noticeably", "significantly", "substantially", "deep",
        "deeply", "massively", "decent", "notable", "substantial", "hard", "heavily"}  # fmt: skip
_SIZES = {
    "big", "large", "small", "wide", "tight", "narrow", "long", "huge", "tiny", "giant", "massive", "little", "steep",
    "sharp", "strong", "weak", "unusually", "heavy", "light", "short",
}  # fmt: skip
_WINDOWS = {"recent", "local", "swing", "latest"}


def _many(found: Found) -> Token | None:
    """`the last few bars`: of how many; `several red bars`: from how many on."""
    if found.text("u") not in _MANY:
        return None
    of_window = found.whole[0].kind in {"lastn", "past", "before"}
    return Token("unclear", found.text(), "length" if of_window else "threshold")


def _far(found: Found) -> Token | None:
    return Token("unclear", found.text("u"), "threshold") if found.text("u") in _FAR and found["u"] != "size" else None


def _sized(found: Found) -> Token | None:
    told = found["u"] == "size"  # `buy little`: how much, and not of what
    return Token("unclear", found.text("u"), "size of") if found.text("u") in _SIZES and not told else None


def _recent(found: Found) -> Token | None:
    """`the recent high`: of how many bars."""
    if found.text("w") not in _WINDOWS or found["p"] not in {"high", "low"} or found.text("w") == "latest":
        return None
    return Token("unclear", found.text(), "length")


VAGUE = (
    Row("l:lastn|past|before? u:unknown >bar|unit|px|green|red|higher|lower|up|down|inrow", _many),
    Row("u:unknown|unclear", _sized),
    Row("u:unknown|unclear|fallnoun", lambda f: _far(f) if f.kind("u") != "fallnoun" else None),
    Row("w:lastn|unknown|style p:px", _recent),
    Row("v:px h:px", lambda f: Token("unclear", f.text(), "threshold")
        if f["v"] == "volume" and f.text("h") in {"high", "low"} else None),
)  # fmt: skip
KINDS = {"size of": ("definition", "threshold"), "openrange": ("length",)}
"""What is asked of a word by what it is taken for: of a size what it is measured by, and from where on."""


def kinds(token: Token, kind: str) -> tuple[str, ...]:
    return KINDS.get(kind) or KINDS.get(token.kind) or (kind,)
