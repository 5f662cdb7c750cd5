"""A part of the position that is sold on a condition: `sell half when …`, `when …, let a third go`."""

from __future__ import annotations

from ..tokens.pattern import Found, Row
from ..tokens.token import Token
from .setting_rows import put

_SHARES = {"half": 50.0, "third": 100 / 3, "quarter": 25.0}
_PART = "half|third|quarter|fraction|pct"
_EXITS = {"exit", "sell", "cover"}


def _part(found: Found) -> list[Token] | None:
    if found["a"] not in _EXITS or (found.kind("n") == "pct" and (found["n"][0] or not 5 <= found["n"][1] < 100)):
        return None
    share = _SHARES.get(found.kind("n")) or (found["n"][1] if found.kind("n") == "pct" else 100 * found["n"])
    return [found.token("a"), Token("set", found.text("n"), put("part", share)[1])]


PARTS_SOLD = (
    Row(f"a:act n:{_PART} of? >when|cond|on", _part),
    Row(f"<comma|colon|arrow|then|cond a:act n:{_PART} of? >comma|stopmark|and|note|end|then", _part),
)  # fmt: skip
"""Once conditions are read, and parts at a gain."""


def _reverses(found: Found) -> list[Token] | None:
    """`sell and go short`: what enters the other side leaves this one."""
    turns = {("exit", "long"), ("exit", "short"), ("sell", "short"), ("cover", "long")}
    return [found.token("b")] if (found["a"], found["b"]) in turns else None


REVERSED = (Row("a:act and|then b:act !when|cond|on", _reverses), )
