"""The reference names every built-in, and none that does not exist."""

from __future__ import annotations

import re
from pathlib import Path

import stratagem
from stratagem.stdlib.catalogue import catalogue


def test_the_reference_lists_every_function_by_family() -> None:
    text = (Path(stratagem.__file__).parent / "docs/language.md").read_text(encoding="utf-8")
    section = text.split("### Functions", 1)[1].split("\n### ", 1)[0]
    rows = re.findall(r"(?m)^\| ([a-z ]+) \| (`.+`) \|$", section)
    listed = {(family, name) for family, names in rows for name in re.findall(r"`(\w+)`", names)}
    assert listed == {(row.family, row.name) for row in catalogue()}
