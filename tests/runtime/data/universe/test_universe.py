"""Universes: what files declare, who belongs when, and what is wrong at which line."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
import stratagem as sg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stratagem.runtime.data import DataError
from stratagem.runtime.data.errors import DataChoiceError
from stratagem.runtime.data.panel import Panel
from stratagem.runtime.data.universe import Spell, Universe, read_universe

from ..panel.made import JANUARY, bars, daily

HOUR = 3_600_000_000
YAML = """\
universe: majors
symbols:
  - MSFT
  - symbol: WMI
    from: 2024-01-03
    to: 2024-01-05
  - NO
  - 0700
  - {symbol: WMI, from: 2024-02}
"""
TEXT = """\
symbol, from, to        # a header, if you like
MSFT
WMI, 2024-01-03, 2024-01-05
NO\t-\t-

0700
WMI 2024-02
"""
DAYS = {"from": 19725, "to": 19727, "february": 19754}  # 2024-01-03, 2024-01-05, 2024-02-01


def written(place: Path, text: str, name: str = "majors.yaml") -> Path:
    (place / name).write_text(text, encoding="utf-8")
    return place / name


def test_a_file_names_symbols_with_their_spells(tmp_path: Path) -> None:
    found = read_universe(written(tmp_path, YAML))
    assert found == read_universe(str(written(tmp_path, TEXT, "majors.txt"))) == Universe("majors", {
        "0700": (Spell(),), "MSFT": (Spell(),), "NO": (Spell(),),
        "WMI": (Spell(DAYS["from"], DAYS["to"]), Spell(DAYS["february"])),
    })  # fmt: skip
    assert found.symbols == ("0700", "MSFT", "NO", "WMI") and found.notes == ()


def test_who_belongs_at_a_time(tmp_path: Path) -> None:
    found = read_universe(written(tmp_path, "A\nB 2024-01-03 2024-01-05\nC - 2024-01-04\n", "own.txt"))
    assert found.members("2024-01-02") == ("A", "C")
    assert found.members("2024-01-03") == ("A", "B", "C")
    assert found.members("2024-01-04T23:59:59Z") == ("A", "B")
    assert found.members("2024-01-05") == ("A",)
    assert found.members("2024-01-03T04:59:00Z", zone="America/New_York") == ("A", "C")  # the 2nd there
    assert found.members("2024-01-03T05:00:00Z", zone="America/New_York") == ("A", "B", "C")


def test_at_a_close_it_is_that_of_the_time_before(tmp_path: Path) -> None:
    """The bar of 2 January closes where 3 January begins: what changes from the 3rd on is not seen at it."""
    found = read_universe(written(tmp_path, "A 2024-01-03 2024-01-05\n", "own.txt"))
    panel = Panel((daily("A", 1, 2, 3, 4, 5), daily("B", 1, 2)))
    assert found.at_closes(panel, "A").tolist() == [False, False, True, True, False]
    hours = Panel((bars("A", [JANUARY + 2 * 24 * HOUR + HOUR * n for n in range(3, 7)], "1h"),))  # close at 4 to 7
    assert found.at_closes(hours, "A").tolist() == [True] * 4
    assert found.at_closes(hours, "A", "America/New_York").tolist() == [False, False, True, True]  # from 5:00 UTC
    with pytest.raises(DataChoiceError, match="the universe 'own' holds no symbol 'B'; it holds A"):
        found.at_closes(panel, "B")


@pytest.mark.parametrize("now", range(1, 8))
def test_what_changes_later_is_not_known_before(now: int) -> None:
    """Every pair of spells in nine days: one that begins later, and an end that comes later, change nothing now."""
    first = 19723  # 2024-01-01
    panel = Panel((daily("A", *range(1, now + 1)),))
    for cuts in combinations(range(first, first + 9), 4):
        spells = (Spell(*cuts[:2]), Spell(*cuts[2:]))
        past = tuple(Spell(spell.begin, spell.end if (spell.end or 0) < first + now else None) for spell in spells
                     if (spell.begin or 0) < first + now)  # fmt: skip
        found, known = (Universe("u", {"A": own or (Spell(0, 1),)}).at_closes(panel, "A") for own in (spells, past))
        assert found.tolist() == known.tolist()


def test_a_universe_without_dates_says_what_it_leaves_out(tmp_path: Path) -> None:
    found = read_universe(written(tmp_path, "A\nB\n", "today.txt"))
    assert found.notes[0].startswith("the universe today names no dates")


def test_the_symbols_of_a_universe_narrow_a_panel(tmp_path: Path) -> None:
    found = read_universe(written(tmp_path, "B\nA 2024-01-01 2024-01-02\n", "own.txt"))
    made = {name: daily(name, 1, 2) for name in ("A", "B", "C")}
    assert sg.load_panel(made, symbols=found.symbols).symbols == ("A", "B")


OVERLAP = "symbols:\n  - A\n  - symbol: A\n    from: 2024\n"


@pytest.mark.parametrize(("text", "told"), [
    ("", "line 1: expected `symbols:` and a list of them"),
    ("- A\n- B\n", "line 1: expected `symbols:` and a list"),
    ("universe: [A]\n", "line 1: universe: expected a text; found ['A']; the list stands below `symbols:`"),
    ("symbols: A\n", "line 1: expected a list of symbols; found 'A'"),
    ("symbols: []\n", "line 1: no symbol is named"),
    ("name: x\nsymbols: [A]\n", "line 1: name is not known: a universe has its name, `universe`, and `symbols`"),
    ("universe: x\n", "line 1: symbols is missing: a universe has its name"),
    ("symbols:\n  - A\n  - symbol: B\n    form: 2024\n",
     "line 4: form is not known: a symbol has symbol, from, to and group"),
    ("symbols:\n  - A\n  - from: 2024\n", "line 3: symbol is missing"),
    ("symbols:\n  - A\n  - [B]\n", "line 3: expected a symbol, or a mapping of symbol, from and to; found"),
    ("symbols:\n  - symbol: A\n    from: soon\n", "line 3: the date 'soon' cannot be read; write it as 2024-03-01"),
    ("symbols:\n  - symbol: A\n    from: 2024-01-01T10:00\n", "line 3: '2024-01-01T10:00' has a time of day"),
    ("symbols:\n  - symbol: A\n    from: 2024\n    to: 2023\n", "line 2: `to` is the first day on which it no longer"),
    ("symbols:\n  - A\n  - ''\n", "line 3: '' is no name of a symbol"),
    (OVERLAP, "line 3: A belongs already, by line 2"),
    ("symbols:\n  - A\n  - a\n", "line 3: a belongs already, by line 2"),
    ("symbols: [A\n", "line 2: expected ',' or ']'"),
    ("symbols:\n  - A\nsymbols:\n  - B\n", "line 3: 'symbols' stands twice"),
])  # fmt: skip
def test_what_is_wrong_in_yaml_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(DataError) as error:
        read_universe(written(tmp_path, text))
    assert str(error.value).startswith(f"majors.yaml, {told}")


@pytest.mark.parametrize(("text", "told"), [
    ("# nothing\n", "line 1: no symbol is named"),
    ("A\nB 2024 2025 2026\n", "line 2: a symbol and at most two dates are expected; found '2026' behind them"),
    ("A\n\nB soon\n", "line 3: the date 'soon' cannot be read"),
    ("A\nB 2024 2023\n", "line 2: `to` is the first day"),
    ("A\nA\n", "line 2: A belongs already, by line 1"),
    ("A 2023 2024\na 2025\n", "line 2: a is A in other letters; a symbol has one name"),
    (f"A\n{'x' * 90}\n", "line 2: 'xxxxx"),
])  # fmt: skip
def test_what_is_wrong_in_a_text_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(DataError) as error:
        read_universe(written(tmp_path, text, "majors.txt"))
    assert str(error.value).startswith(f"majors.txt, {told}")


def test_what_is_no_such_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "odd.txt").write_bytes(b"A\n\xff\n")
    (tmp_path / "large.txt").write_bytes(b"A\n" * 3_000_000)
    with pytest.raises(DataError, match="odd.txt: byte 3 is no UTF-8"):
        read_universe(tmp_path / "odd.txt")
    with pytest.raises(DataError, match="large.txt has more than"):
        read_universe(tmp_path / "large.txt")
    with pytest.raises(DataError, match="is a folder; expected a file that names symbols"):
        read_universe(tmp_path)
    with pytest.raises(DataError, match="cannot be read: No such file or directory; did you mean 'odd.txt'"):
        read_universe(tmp_path / "od.txt")


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=60))
def test_any_text_is_a_universe_or_told(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    place = tmp_path_factory.mktemp("any")
    for name in ("any.yaml", "any.txt"):
        (place / name).write_bytes(text.encode("utf-8", "replace"))
        try:
            assert read_universe(place / name).symbols
        except DataError as error:
            assert str(error).startswith(f"{name}")
