"""`strat new`: what it writes checks, passes its test, runs, and never takes the place of another file."""

from __future__ import annotations

from pathlib import Path

import pytest
import stratagem as sg
from stratagem.lang.compile import check_text
from stratagem.lang.format.format import formatted
from stratagem.tools.cli.templates import TEMPLATES

from .conftest import Strat


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_is_a_sound_strategy(name: str, strat: Strat, tmp_path: Path) -> None:
    path = tmp_path / "my_first.strat"
    done = strat("new", str(path.with_suffix("")), "--from", name)
    text = path.read_text()
    assert done.code == 0 and f"strat test {path}" in done.out
    assert check_text(text).diagnostics == () and formatted(text).text == text
    program = sg.compile(path)
    assert program.title == "My first" and len(program.test()) == 1 and program.test(), program.test().text()
    assert program.backtest("sample:AAPL", engine="interpreted").stats["trades"] > 10


def test_a_file_that_is_there_is_left_alone(strat: Strat, tmp_path: Path) -> None:
    path = tmp_path / "mine.strat"
    path.write_text("plot close\n")
    strat("new", str(path)).failed(2, "is there already")
    (tmp_path / "link.strat").symlink_to(tmp_path / "nowhere")
    strat("new", str(tmp_path / "link")).failed(2, "is there already")
    assert path.read_text() == "plot close\n" and not (tmp_path / "nowhere").exists()


def test_templates_are_listed_and_shown(strat: Strat) -> None:
    assert all(name in strat("new").out for name in TEMPLATES)
    assert [each["name"] for each in strat("new", "--json").json] == list(TEMPLATES)
    assert strat("new", "-", "--from", "dip").out == TEMPLATES["dip"].named("Dip")


def test_what_cannot_be_written_is_one_message(strat: Strat, tmp_path: Path) -> None:
    strat("new", "x", "--from", "dips").failed(2, "no template `dips`", "dip")
    strat("new", f"{tmp_path}/").failed(2, "expected a name")
    (tmp_path / "file").write_text("")
    strat("new", str(tmp_path / "file" / "x")).failed(3)
