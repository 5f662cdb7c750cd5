"""The rules for books from outside name every slot of whole numbers there is."""

from __future__ import annotations

import re
from pathlib import Path

from stratagem.runtime.trading import layout, sound


def named(section: str) -> set[int]:
    """The slots that `layout` names in the sections that begin so."""
    parts = re.split(r"(?m)^# --- ", Path(layout.__file__).read_text(encoding="utf-8"))
    found = [re.findall(r"(?m)^([A-Z_]+) = \d+", part) for part in parts if part.startswith(section)]
    return {getattr(layout, name) for names in found for name in names if not name.endswith(("_WIDTH", "_FIXED"))}


def test_every_slot_of_k_has_one_rule() -> None:
    rules = [*sound.OWN, *sound._FIXED, *sound._BOUNDS, layout.LOT_COUNT, layout.FRESH, layout.RESTING, layout.WEIGHED]
    rules += [layout.WAITING]
    assert set(rules) == named("k:") and len(rules) == len(set(rules))


def test_every_slot_of_a_statement_and_of_a_guard_has_one_rule() -> None:
    fixed = set(range(layout.KIND, layout.AGAIN + 1))
    moving = {layout.USED, layout.LIVE, layout.ACCEPTS, layout.DROPPED, layout.UNTAKEN, layout.PASSED_OPEN,
              layout.PASSED}  # fmt: skip
    moving |= {layout.LEG, layout.AGE, layout.HELD_BACK}
    assert named("a statement (k)") == fixed | moving == set(range(layout.STATEMENT_WIDTH))
    assert named("a guard (k)") == {
            layout.GUARD_KIND, layout.GUARD_ACTION, layout.TRIPPED, layout.ACTS, layout.GUARD_FROM, layout.GUARD_SCOPE,
            layout.GUARD_UNTIL,
        }  # fmt: skip
