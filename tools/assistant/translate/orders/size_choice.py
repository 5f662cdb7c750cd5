"""A size that a condition chooses: `full size if …, otherwise 40 % of equity`."""

from __future__ import annotations

from ..tokens.pattern import Found, Row
from ..tokens.token import Compare, Joined, Not, Plain, Token
from ..tokens.write import condition_text
from .setting_rows import put


def _chosen(found: Found) -> Token | None:
    """Both sizes are said, and so is the condition."""
    one, two = found["s"], found["t"]
    condition = found["c"]
    if "a" in found and found["a"] != "long":
        return None
    if {one.name, two.name} != {"size"} or not isinstance(condition, Compare | Joined | Plain | Not):
        return None
    text = condition_text(condition)
    return Token("set", found.text(), put("size", f"if {text} then {one.value} else {two.value}")[1])


CHOICES_OF_SIZE = (
    Row("s:set when c:cond comma|stopmark|and? otherwise|elsenothing comma? only? t:set", _chosen),
    Row("when c:cond comma|then|arrow|colon? a:act? and? s:set comma|stopmark|and? otherwise|elsenothing comma? only? "
        "t:set", _chosen),
)  # fmt: skip
