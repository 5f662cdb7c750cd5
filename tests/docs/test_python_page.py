"""The page on Python: the data of every kind of live event are the keys that it lists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import stratagem as sg

PAGE = Path(__file__).parents[2] / "docs" / "python.md"
PROGRAM = """
enter long when close > open size 10% stop 1%
enter short when close < open size 10%
exit long when close < open because "down"
alert when close > open "up"
emit rising when close > open
guard drawdown 1% then flatten
"""


def listed() -> dict[str, list[str]]:
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| ((?:`\w+` ?)+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return {kind: re.findall(r"`(\w+)`", keys) for kind, keys in rows}


@pytest.fixture(scope="module")
def seen() -> dict[str, set[tuple[str, ...]]]:
    """The keys of every kind of event of a year of bars, those of a `because` left out."""
    session = sg.compile(PROGRAM).session(timeframe="1d", monitors=True)
    bars = sg.load_bars("sample:AAPL").rows(0, 250)
    found: dict[str, set[tuple[str, ...]]] = {}
    told: set[str] = set()
    for ts, *prices in zip(bars.ts.tolist(), bars.open, bars.high, bars.low, bars.close, bars.volume, strict=True):
        for event in session.push(sg.Bar(ts, *prices)):
            keys = tuple(key for key in event.data if key not in ("because", "limits", "settled"))
            found.setdefault(event.kind, set()).add(keys)
            told.update({"limits", "settled"} & event.data.keys())
    assert told == {"limits", "settled"}, "what decisions tell besides where monitors are kept"
    return found


@pytest.fixture(scope="module")
def at_a_venue() -> dict[str, set[tuple[str, ...]]]:
    session = sg.compile(PROGRAM).session(timeframe="1d", fills="venue")
    found: dict[str, set[tuple[str, ...]]] = {}
    for day in range(9):
        for event in session.push(sg.Bar(f"2024-01-{day + 1:02}", 100 + day % 3, 103, 99, 100 + day * 2 % 3, 1.0)):
            found.setdefault(event.kind, set()).add(tuple(key for key in event.data if key != "because"))
    return found


@pytest.mark.parametrize("kind", ["request", "life"])
def test_an_event_of_an_order_at_a_venue_has_the_keys_listed(
    kind: str, at_a_venue: dict[str, set[tuple[str, ...]]]
) -> None:
    assert at_a_venue[kind] == {tuple(listed()[kind])}


@pytest.mark.parametrize("kind", ["decision", "order", "trade", "alert", "signal", "monitor"])
def test_an_event_has_the_keys_that_the_page_lists(kind: str, seen: dict[str, set[tuple[str, ...]]]) -> None:
    assert seen[kind] == {tuple(listed()[kind])}
