"""The pages hold what they promise: every program compiles, every command runs, every name and link is there."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import stratagem as sg
from stratagem.lang.compile import check_text, compile_text
from stratagem.lang.diagnostics.codes import CODES
from stratagem.lang.words.vocabulary import ASSUMPTIONS, GUARDS
from stratagem.tools.cli import main
from stratagem.tools.cli.entry import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md")] + sorted((ROOT / "docs").glob("*.md"))


def blocks(language: str) -> Iterator[tuple[str, str]]:
    """Every block of a language: where it is, and its text."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for found in re.finditer(rf"(?ms)^```{language}\n(.*?)^```$", text):
            yield f"{page.name}:{text.count(chr(10), 0, found.start()) + 2}", found[1]


PROGRAMS = list(blocks("strat"))


@pytest.mark.parametrize(("place", "text"), PROGRAMS, ids=[place for place, _ in PROGRAMS])
def test_every_program_on_a_page_compiles_without_a_word(place: str, text: str) -> None:
    checked = check_text(text, place)
    found = [d for d in checked.diagnostics if d.severity not in ("hint", "question")]
    assert not found, [d.message for d in found]
    assert (checked.program is None) == ('?"' in text), "what asks has no program, and nothing else has none"


def test_every_test_on_a_page_passes() -> None:
    tested = [sg.compile(text).test() for _, text in PROGRAMS if '\ntest "' in text]
    assert tested and all(tested), [found.text() for found in tested]


def test_there_are_programs_on_the_pages() -> None:
    assert len([place for place, _ in PROGRAMS if place.startswith("language.md")]) >= 5
    assert len([place for place, _ in PROGRAMS if place.startswith("README.md")]) >= 2


def test_the_readme_shows_the_strategy_that_the_demo_runs() -> None:
    shipped = (ROOT / "strategies" / "golden_cross.strat").read_text(encoding="utf-8")
    shown = next(text for place, text in PROGRAMS if place.startswith("README.md"))
    assert shipped.endswith(shown)


def test_the_readme_shows_the_real_output() -> None:
    shown = next(text for place, text in blocks("text") if place.startswith("README.md"))
    result = sg.compile(ROOT / "strategies" / "golden_cross.strat").backtest("sample:AAPL")
    assert shown.rstrip("\n") == result.summary()


def commands() -> Iterator[tuple[str, list[str]]]:
    """Every `strat …` line of a shell block, as arguments, comments left out."""
    for place, text in blocks("sh"):
        for line in text.splitlines():
            if line.startswith("strat "):
                yield place, shlex.split(line, comments=True)[1:]


@pytest.mark.parametrize(("place", "arguments"), list(commands()), ids=lambda value: str(value)[:60])
def test_every_command_on_a_page_runs(
    place: str, arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bars = sg.load_bars("sample:AAPL")
    prices = zip(bars.ts.astype("datetime64[us]"), bars.open, bars.high, bars.low, bars.close, bars.volume, strict=True)
    rows = [",".join(map(str, row)) for row in prices]
    (tmp_path / "prices.csv").write_text("\n".join(["date,open,high,low,close,volume", *rows]))
    for folder in ("strategies", "examples"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    other_data(tmp_path, rows)
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 0


def other_data(folder: Path, rows: list[str]) -> None:
    """What the page on data reads: a folder of symbols, minutes, headers of nobody's, a row that breaks a rule."""
    header = "date,open,high,low,close,volume"
    (folder / "shares").mkdir()
    for symbol in ("BRK.A", "BRK.B"):
        (folder / "shares" / f"{symbol}.csv").write_text("\n".join([header, *rows]))
    minutes = [f"2024-01-02T{n // 60:02}:{n % 60:02}:00Z,{n + 1}" for n in range(1000)]
    (folder / "minutes.csv").write_text("\n".join(["time,close", *minutes]))
    (folder / "odd.csv").write_text("\n".join(["when,px", *(f"2024-01-{n:02},{n}" for n in range(1, 29))]))
    (folder / "bad.csv").write_text("\n".join([header, *rows[:9], "2030-01-01,1,1,1,0,1"]))


def test_the_python_of_the_page_on_data_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "".join(text for place, text in blocks("python") if place.startswith("data.md"))
    other_data(tmp_path, [])
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(compile(text, "data.md", "exec"), names)
    assert names["bars"].close[3] == 4.0
    assert len(names["closes"]) == 66  # whole quarters of an hour in 1,000 minutes


def test_the_page_on_data_names_every_option_and_policy() -> None:
    page = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    from stratagem.runtime.data import POLICIES
    from stratagem.runtime.data.epochs import TIME_FORMATS
    from stratagem.runtime.data.headers import FIELDS

    for name in (*FIELDS, *TIME_FORMATS):
        assert f"`{name}`" in page, name
    assert not [policy for policy in POLICIES[1:] if policy not in page]
    for option in ("symbol", "timeframe", "data-from", "data-to", "data-tz", "time-format", "data-policy", "column",
                   "resample"):  # fmt: skip
        assert f"--{option}" in page, option


def test_the_python_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    (text,) = (text for place, text in blocks("python") if place.startswith("README.md"))
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    exec(compile(text, "README.md", "exec"), names)
    assert isinstance(names["result"], sg.Result)


def test_the_page_on_embedding_runs_from_top_to_bottom() -> None:
    names: dict[str, object] = {}
    for place, text in blocks("python"):
        if place.startswith("embedding.md"):
            exec(compile(text, place, "exec"), names)
    page = (ROOT / "docs" / "embedding.md").read_text(encoding="utf-8")
    assert isinstance(names["token"], sg.Cancel) and names["token"].cancelled
    assert not [name for name in sg.Limits.__dataclass_fields__ if f"`{name}" not in page]
    assert all(f"`{path.name}`" in page for path in (ROOT / "examples" / "embedding").glob("*.py"))


def test_the_python_page_runs_from_top_to_bottom() -> None:
    names: dict[str, object] = {}
    found = [text for place, text in blocks("python") if "python.md" in place]
    assert len(found) == 6
    for text in found:
        exec(compile(text, "python.md", "exec"), names)
    session, again = names["session"], names["again"]
    assert isinstance(session, sg.Session) and isinstance(again, sg.Session)
    assert (again.bars, again.equity) == (session.bars, session.equity) == (1, 100_000.0)
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    errors = [name for name in sg.__all__ if name.endswith("Error")]
    assert not [name for name in errors if f"`{name}`" not in page]
    assert all(f"`{kind}`" in page for kind in ("decision", "order", "trade", "alert", "signal", "monitor"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert not [t for t in targets if "://" not in t and not (page.parent / t).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_code_of_a_diagnostic_on_a_page_exists(page: Path) -> None:
    named = set(re.findall(r"\b[EWH]\d{3}\b", page.read_text(encoding="utf-8")))
    assert named <= set(CODES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_on_a_page_exists(page: Path) -> None:
    text = re.sub(r"(?ms)^```.*?^```$", "", page.read_text(encoding="utf-8"))
    named = re.findall(r"`((?:lang|runtime|stdlib|tools|tests|docs|strategies|examples)/[\w./-]*)`", text)
    assert not [name for name in named if not (ROOT / name).exists()]


# --- the reference ---------------------------------------------------------------------------------------

LANGUAGE = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    """The text below `### title`."""
    return LANGUAGE.split(f"### {title}\n")[1].split("\n### ")[0]


def test_every_assumption_and_guard_is_in_the_reference() -> None:
    assert not [name for name in ASSUMPTIONS if f"`{name}`" not in section("Assumptions")]
    assert not [name for name in GUARDS if f"`{name}`" not in section("Guards")]


@pytest.mark.parametrize("name", re.findall(r"`(\w+)`", section("What is not available yet")))
def test_what_is_not_available_yet_is_answered_so(name: str) -> None:
    text = f"enter long when close > open\n  {name} 10%\n"
    with pytest.raises(sg.CompileError) as caught:
        compile_text(text, "<text>")
    assert any("not available yet" in d.message for d in caught.value.diagnostics), caught.value


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert not [name for name in COMMANDS if f"strat {name}" not in readme]
