"""The page for those who come from another language is the table of habits, whole and no older than it."""

from __future__ import annotations

from stratagem.lang.habits.table import rows
from stratagem.tools.build_coming_from import PAGE, page


def test_the_page_is_made_from_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `python -m stratagem.tools.build_coming_from`"


def test_every_row_is_on_the_page() -> None:
    lines = [line for line in page().splitlines() if line.startswith("| `")]
    assert len(lines) == len(rows())
    assert all(line.count("|") - line.count("\\|") == 5 for line in lines)
