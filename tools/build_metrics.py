"""Writes the tables of docs/results.md that come from the code: `python -m stratagem.tools.build_metrics`.

They stand between two comments of the page. A test holds the page and the definitions together.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..runtime.results.metrics.conventions import CHOICES
from ..runtime.results.metrics.definitions import DEFINITIONS
from ..runtime.results.metrics.wider import WIDER

PAGE = Path(__file__).resolve().parents[1] / "docs" / "results.md"
BEGIN, END = "<!-- metrics: written by tools/build_metrics.py -->", "<!-- metrics: end -->"


def section() -> str:
    """What stands between the comments."""
    return "\n".join([*_conventions(), *_metrics()]).strip("\n")


def page(text: str) -> str:
    """The page with the section put in."""
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n{section()}\n{END}{rest.split(END)[1]}"


def _conventions() -> Iterator[str]:
    yield "| convention | default | may be | what it is |"
    yield "|---|---|---|---|"
    for name, choice in CHOICES.items():
        yield f"| `{name}` | {choice.default} | {choice.allowed} | {choice.meaning} |"
    yield ""
    told = [f"`{d.name}` ({', '.join(d.conventions)})" for d in DEFINITIONS.values() if d.conventions]
    yield f"Of the statistics above they change {', '.join(told)}."
    yield "Each metric below names those that change it, as they are by default."


def _metrics() -> Iterator[str]:
    for group in WIDER:
        yield f"\n**{group.title}**\n"
        yield "| name | unit | conventions | meaning |"
        yield "|---|---|---|---|"
        for d in group.definitions:
            yield f"| `{d.name}` | {d.unit} | {_defaults(d.conventions)} | {d.meaning} |"


def _defaults(names: tuple[str, ...]) -> str:
    return ", ".join(f"{name} {CHOICES[name].default}" for name in names)


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
