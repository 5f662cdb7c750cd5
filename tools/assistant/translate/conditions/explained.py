"""Words of a market that are explained where they stand: `bull market only: …`, `in a trend, that is ADX over 25`."""

from __future__ import annotations

from ..tokens.pattern import Found, Row
from ..tokens.token import Token

_LABELS = set(
    "trending ranging market markets regime ranges sideways trend environment conditions phase phases trends climate "
    "direction".split()
)
_LABEL = "unclear|unknown|rangeword"
_SAID = "colon|open|arrow|equals|meansword"


def _named(found: Found) -> bool:
    labels = [token for token in found.whole if token.kind in {"unclear", "unknown"}]
    return all(token.value == "definition" if token.kind == "unclear" else token.text in _LABELS for token in labels)


def _explained(found: Found) -> list[Token] | None:
    """The words go; what explains them stays."""
    if not _named(found):
        return None
    opened = [token for token in found.whole if token.kind == "open"]
    return [Token("when", found.text(), "only"), *opened]


def _not_then(found: Found) -> list[Token] | None:
    if not _named(found):
        return None
    opened = [token for token in found.whole if token.kind == "open"]
    if opened and found.whole[0].kind == "no" and found.whole[1].text in {"trend", "clear trend", "strong trend"}:
        return opened  # `no trend (ADX under 20)`: that there is none is what the brackets say
    return [Token("not", found.text()), Token("when", "when"), *opened]


DEFINITIONS = (
    Row(f"not|no in|on|when? {_LABEL} {_LABEL}? comma? {_SAID} >ser|record|open|when", _not_then),
    Row(f"only? in|on|when? only? {_LABEL} {_LABEL}? only? comma? {_SAID} when? >ser|record|open", _explained),
)  # fmt: skip
