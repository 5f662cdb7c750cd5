"""The reference names every built-in as it is called, with the fields of its record, and none that does not exist."""

from __future__ import annotations

import re
from pathlib import Path

import stratagem
from stratagem.stdlib.catalogue import Row, catalogue
from stratagem.stdlib.operator import REGISTRY


def listed(row: Row) -> str:
    """`donchian(length = 20)` `.middle .upper .lower`"""
    operator = REGISTRY.get(row.name)
    fields = [operator.first, *operator.outputs] if operator and operator.outputs else re.findall(r"(\w+):", row.unit)
    return f"`{row.signature}`" + (f" `{' '.join(f'.{field}' for field in fields)}`" if fields else "")


def test_the_reference_lists_every_function_by_family() -> None:
    text = (Path(stratagem.__file__).parent / "docs/language.md").read_text(encoding="utf-8")
    section = text.split("### Functions", 1)[1].split("\n### ", 1)[0]
    rows = dict(re.findall(r"(?m)^\| ([a-z ]+) \| (`.+`) \|$", section))
    families: dict[str, list[str]] = {}
    for row in catalogue():
        families.setdefault(row.family, []).append(listed(row))
    assert rows == {family: ", ".join(names) for family, names in families.items()}
