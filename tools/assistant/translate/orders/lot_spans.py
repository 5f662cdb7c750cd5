"""How often a position is added to, and how many are held at once, in any order of words."""

from __future__ import annotations

from itertools import pairwise

from ..tokens.pattern import Found, Row, applied
from ..tokens.token import Setting, Token, number
from .setting_rows import put
from .spans import Span, spanned

_ADDS = "add"
_BESIDE = (
    "of to on in at for per and may only onnew whilein morew nexttrade back perclip account may colon cross newx times"
)


def _count(found: Found, label: str = "n") -> int | None:
    value = found[label]
    if found.kind(label) == "once":
        return 1
    if found.kind(label) == "anyof":
        return 2 if found.text(label) == "two of" else None
    return int(value) if value is not None and value == int(value) and value >= 1 else None


def _added(found: Found) -> list[Token] | None:
    """`Add one more`, `up to three in total`: none of it is an entry of its own."""
    acts = [token for token in found.whole if token.kind == "act"]
    kinds = {token.kind for token in found.whole}
    if any(token.value not in {"long", "short"} for token in acts):
        return None
    adds = any(token.text.split()[0].startswith(_ADDS) for token in acts)
    again = "back" in kinds and kinds & {"onnew", "whilein"}
    if not (adds or again or kinds & {"pyramid", "addword"} or ({"morew", "nexttrade"} & kinds and acts)):
        return None
    if kinds & {"cross", "newx"} and not kinds & {"back", "newx"}:
        return None
    made = []
    if "p" in found:
        share = found["p"][1] if found.kind("p") == "pct" else found["p"]
        made.append(Token("set", found.text("p"), Setting("size", f"{number(share)}%")))
    if "n" not in found:
        return [*made, Token("set", found.text(), Setting("pyramid"))]
    many = _count(found)
    if len(found.whole) == 2 and "pyramid" in kinds:
        return [*made, Token("set", found.text(), Setting("pyramid"))]  # of how many in all, or of how many more?
    if many is None or many > 1000:
        return None
    total = "inall" in kinds or "atonce" in kinds
    return [*made, Token("set", found.text(), Setting("clips", many if total else many + 1))]


def _in_all(found: Found) -> list[Token] | None:
    many = _count(found)
    return [Token("set", found.text(), Setting("clips", many))] if many and found.text("n") != "x" else None


def _held(found: Found) -> list[Token] | None:
    """Of several symbols."""
    kinds = {token.kind for token in found.whole}
    acts = [token for token in found.whole if token.kind == "act"]
    many = _count(found)
    bounded = kinds & {"maxword", "highest", "only", "maxhold", "maxpositions"} or {"not", "above"} <= kinds
    counted = kinds & {"atonce", "maxpositions", "maxhold"} or acts
    if not (many and bounded and counted) or any(not token.text.startswith(("hold", "own")) for token in acts):
        return None
    return [Token("set", found.text(), Setting("positions", many))]


_NUMBERS = "n:num|mult|once|anyof?"
PYRAMIDS = (
    Span(f"{_NUMBERS} p:pct|share? maxword? inall? atonce? units?", f"{_BESIDE} act pyramid addword", _added),
    Span("n:mult maxword inall?", "in per only", lambda f: _in_all(f) if f.text("n").endswith("times") else None),
    Span("n:num maxword|only|highest atonce", "of in at per", _in_all),
    Span("n:num not above atonce", "of in at per", _in_all),
    Span("n:num maxpositions", "of in at colon arrow", _in_all),
)  # fmt: skip
ADDED = (
    Row("maxword|highest n:num units|act >comma|stopmark|note|end", lambda f: put("clips", int(f["n"]))),
)  # fmt: skip
"""Where it is added to at all: at the most three lots are three in all."""
IGNORED = ()
POSITIONS = (
    Span("n:num|anyof maxword|highest|only|maxhold|maxpositions|not above? atonce?",
         "act of in at per colon arrow move may", _held),
)  # fmt: skip
SHARES = (
          Row("p:pct|share per >comma|stopmark|note|and|end|colon|when|arrow",
              lambda f: [f.token("p"), Token("perclip", f.text())]),
          )  # fmt: skip
"""Of several symbols a share `each` is one of each of them."""


def lots(tokens: list[Token]) -> list[Token]:
    """With what is said of lots and of positions held at once."""
    several = len({token.value for token in tokens if token.kind == "ticker"}) > 1
    tokens = [token for token in tokens if token.kind != "nopyramid"]
    tokens = [token for here, token in enumerate(tokens) if token.kind != "atonce" or tokens[here - 1].kind != "atonce"]
    if several:
        tokens = spanned(POSITIONS, applied(SHARES, tokens))
    tokens = applied(IGNORED, tokens)
    tokens = spanned(PYRAMIDS, tokens)
    pyramided = [here for here, each in enumerate(tokens) if each.kind == "set" and each.value.name == "pyramid"]
    sized = any(one.kind == "act" and two.kind in {"pct", "share"} for one, two in pairwise(tokens))
    if pyramided or sized:
        tokens = applied(ADDED, tokens)
        if any(each.kind == "set" and each.value.name == "clips" for each in tokens):
            tokens = [each for each in tokens if each.kind != "set" or each.value.name != "pyramid"]
    return tokens
