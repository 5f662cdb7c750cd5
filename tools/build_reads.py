"""Writes docs/reads.md from the table of words: `python -m stratagem.tools.build_reads`.

Every word that a program reads as a value: what it means, in which unit and range, on which clock, with an example.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from pathlib import Path

from ..lang.words.table import Word, words

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reads.md"
HEAD = """# What can be read

Made from the language's own table of words (`python -m stratagem.tools.build_reads`); a test holds the two together.
Functions are listed by `strat functions`. Each example stands where a condition or a value stands.

- **Unit**: what it may be compared with (see [Units](language.md#units)).
- **Range**: which values it can have, and so its sign.
- **na**: it can be missing; a comparison with `na` is false, `or_else(x, y)` replaces it.
"""
CLOCKS = {
    "series": "of the bar that is read: the data's own, or under `@` the last completed bar of the higher timeframe",
    "time": "of the bar that is read, as the prices are; dates and hours are of its open, in the calendar zone",
    "book": "the data's own, never under `@`: as of this close, after the bar's fills and before its decisions",
    "bracket": "inside a level of an `enter`: counted from the lot's own fill",
    "constant": "none: the same on every bar",
    "weekday": "none: the same on every bar",
}
TITLES = {
    "series": "Prices and volume", "time": "Time", "book": "The books: equity, position, results, trades, orders",
    "bracket": "Inside stops and targets", "constant": "Constants", "weekday": "Days of the week",
}  # fmt: skip


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *(line for kind in TITLES for line in _section(kind))]).rstrip("\n") + "\n"


def _section(kind: str) -> Iterator[str]:
    yield f"## {TITLES[kind]}"
    yield f"Clock: {CLOCKS[kind]}."
    yield ""
    yield "| read | unit | range | na | meaning | example |"
    yield "|---|---|---|---|---|---|"
    for word in words(kind):
        missing = "yes" if "missing" in word.marks or word.name == "na" else ""
        example = word.example.replace("|", "\\|")
        yield f"| `{word.name}` | {_unit(word)} | {_range(word)} | {missing} | {word.meaning} | `{example}` |"
    yield ""


def _unit(word: Word) -> str:
    return "condition" if word.is_bool else str(word.unit or "number")


def _range(word: Word) -> str:
    """In which the sign is told, too."""
    least, greatest = word.scale
    if word.is_bool:
        return "true, false"
    if least == -inf:
        if word.kind in ("time", "constant", "weekday"):
            return ""
        if "above 0" in word.meaning:
            return "0 or more"
        return "as prices are" if str(word.unit) == "price" else "either sign"
    return f"{least:g} or more" if greatest == inf else f"{least:g} to {greatest:g}"


def main() -> None:
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
