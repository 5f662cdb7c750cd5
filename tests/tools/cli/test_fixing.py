"""`strat check --fix`: the file afterwards is never worse, never another thing, and whole; what was done is told."""

from __future__ import annotations

import os
import random
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from stratagem.lang.compile import check_text, verdict
from stratagem.lang.diagnostics.mend import mend
from stratagem.tools.cli import fixing

from .conftest import Strat

ROOT = Path(__file__).resolve().parents[3]
SOUND = sorted((ROOT / "strategies").glob("*.strat"))
SLIP = "let a = close > 1 && open > 1\nplot a\n"
MENDED = "let a = close > 1 and open > 1\nplot a\n"
Write = Callable[[str], str]


def test_what_was_applied_and_what_was_left_is_told(strat: Strat, program: Write) -> None:
    path = program("let a = close > 1 && open > 1\nlet b = clos\nplot a\n")
    done = strat("check", path, "--fix")
    assert done.code == 1
    assert "1 safe fix applied\n  1:19 E010 replace with `and`" in done.err
    assert "1 fix left\n  2:9 E101 replace with `close` (it may change what the program means" in done.err
    assert Path(path).read_text() == "let a = close > 1 and open > 1\nlet b = clos\nplot a\n"


@pytest.mark.parametrize(
    "text",
    [
        'strategy("My", overlay=true)\nplot close\n',
        "enter long when position_avg_price > close\nexit long when true\n",
        "let x = 10 pips\nplot x\n",
        "enter long when close > open stop 10 pips\nexit long when true\n",
        "let a = emaa(close, 5)\nplot a\n",
        "let a = position.sise\nplot a\n",
        "guard drawdwn 10%\n",
        "assume feee 0.1%\n",
        "let a = ema(close, lenght = 5)\nplot a\n",
        "enter long when true size 3 lots\nexit long when true\n",
        "enter long when close > highest(high, 20)\nexit long when true\n",
    ],
)
def test_what_would_guess_is_left_as_it_is(strat: Strat, program: Write, text: str) -> None:
    path = program(text)
    done = strat("check", path, "--fix")
    assert Path(path).read_text() == text
    assert "no safe fix to apply; the file is as it was" in done.err


def test_a_strategy_of_another_language_in_one_go(strat: Strat, program: Write) -> None:
    path = program(
        "//@version=5\nfast = input.int(10)\nslow = ta.sma(close, 30)\nup = ta.crossover(ta.sma(close, fast), slow)\n"
        'enter long when up && !na(slow)\nexit long when ta.crossunder(close, slow)\nplot(slow, "slow")\n'
    )
    assert strat("check", path, "--fix").code == 0
    assert Path(path).read_text() == (
        "stratagem 1\nparam fast = 10\nlet slow = sma(close, 30)\nlet up = cross_above(sma(close, fast), slow)\n"
        'enter long when up and not is_na(slow)\nexit long when cross_below(close, slow)\nplot slow as "slow"\n'
    )


def test_twice_is_as_once(strat: Strat, program: Write) -> None:
    path = program(SLIP)
    assert strat("check", path, "--fix").code == 0
    once = Path(path).stat()
    again = strat("check", path, "--fix")
    assert again.code == 0 and "no safe fix to apply" in again.err
    assert Path(path).stat().st_mtime_ns == once.st_mtime_ns, "what does not change is not written"


# --- the file ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"\xef\xbb\xbf" + SLIP.encode(), b"\xef\xbb\xbf" + MENDED.encode()),
        (SLIP.replace("\n", "\r\n").encode(), MENDED.replace("\n", "\r\n").encode()),
        (SLIP.replace("\n", "\r").encode(), MENDED.replace("\n", "\r").encode()),
        (b"# one\r\n# two\n# three\r" + SLIP.encode(), b"# one\r\n# two\n# three\r" + MENDED.encode()),
        (b"let a = max(close,\r\n open) == na\r\nplot 1", b"let a = is_na(max(close,\r\n open))\r\nplot 1"),
        (SLIP.rstrip().encode(), MENDED.rstrip().encode()),
        ("# größer – 日本\n".encode() + SLIP.encode(), "# größer – 日本\n".encode() + MENDED.encode()),
    ],
    ids=["a mark", "CRLF", "CR", "each line its own", "lines in a fix", "no line end", "letters of others"],
)
def test_bytes_that_no_fix_is_about_stay(strat: Strat, tmp_path: Path, before: bytes, after: bytes) -> None:
    path = tmp_path / "a.strat"
    path.write_bytes(before)
    assert strat("check", str(path), "--fix").code == 0
    assert path.read_bytes() == after


@pytest.mark.parametrize("content", [b"\xff\xfe" + SLIP.encode(), SLIP.encode("utf-16"), SLIP.encode() + b"# \xe4\n"])
def test_what_is_not_utf_8_is_refused_and_not_written(strat: Strat, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.strat"
    path.write_bytes(content)
    done = strat("check", str(path), "--fix")
    assert done.code == 1 and "not UTF-8" in done.err and "not written" in done.err
    assert path.read_bytes() == content


def test_a_link_stays_one_and_its_file_keeps_its_mode(strat: Strat, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real, link = tmp_path / "real" / "a.strat", tmp_path / "link.strat"
    real.write_text(SLIP)
    real.chmod(0o640)
    link.symlink_to(Path("real") / "a.strat")
    assert strat("check", str(link), "--fix").code == 0
    assert link.is_symlink() and os.readlink(link) == "real/a.strat"
    assert real.read_text() == MENDED
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert sorted(os.listdir(tmp_path / "real")) == ["a.strat"], "nothing is left beside it"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give a file away")
def test_a_file_keeps_its_owner(strat: Strat, program: Write) -> None:
    path = program(SLIP)
    os.chown(path, 1234, 1235)
    assert strat("check", path, "--fix").code == 0
    assert (os.stat(path).st_uid, os.stat(path).st_gid) == (1234, 1235)


def test_a_read_only_file_is_an_error(strat: Strat, program: Write) -> None:
    path = program(SLIP)
    Path(path).chmod(0o444)
    done = strat("check", path, "--fix")
    done.failed(3, "cannot write", "read-only", "--fix --diff")
    assert "applied" not in done.err, "nothing is told as done that was not"
    assert Path(path).read_text() == SLIP


@pytest.mark.parametrize("call", ["replace", "open"])
def test_a_disk_that_refuses_is_an_error_and_leaves_the_file(
    strat: Strat, program: Write, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    path = program(SLIP)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(fixing.os, call, refuse)
    strat("check", path, "--fix").failed(3, f"cannot write {path}", "Permission denied", "as it was")
    monkeypatch.undo()
    assert Path(path).read_text() == SLIP
    assert os.listdir(Path(path).parent) == ["program.strat"]


def test_what_changed_meanwhile_is_not_overwritten(program: Write) -> None:
    path = program("plot close\n")
    with pytest.raises(fixing.OutsideError, match="was changed while it was checked"):
        fixing.rewrite(path, SLIP.encode(), MENDED.encode())
    assert Path(path).read_text() == "plot close\n"


def test_only_a_file_can_be_mended(spawn: Strat) -> None:
    spawn("check", "-", "--fix", stdin=SLIP.encode()).failed(2, "--fix needs a file")
    spawn("check", "/dev/stdin", "--fix", stdin=SLIP.encode()).failed(2, "--fix needs a file")


# --- other forms -------------------------------------------------------------------------------------------


def test_the_change_can_be_seen_first(strat: Strat, program: Write) -> None:
    path = program(SLIP)
    done = strat("check", path, "--fix", "--diff")
    assert done.code == 1 and "1 safe fix would be applied" in done.err
    assert "-let a = close > 1 && open > 1\n+let a = close > 1 and open > 1\n plot a\n" in done.err
    assert Path(path).read_text() == SLIP
    strat("check", path, "--diff").failed(2, "give both")


def test_as_json_the_document_is_alone_on_standard_output(strat: Strat, program: Write) -> None:
    path = program(SLIP + "let b = clos\n")
    done = strat("check", path, "--fix", "--json")
    assert [d["code"] for d in done.json] == ["E101"] and done.code == 1
    assert "1 safe fix applied" in done.err
    assert Path(path).read_text() == MENDED + "let b = clos\n"


def test_each_of_several_files(strat: Strat, tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.strat" for name in "ab"]
    for path in paths:
        path.write_text(SLIP)
    assert strat("check", *map(str, paths), "--fix").code == 0
    assert [path.read_text() for path in paths] == [MENDED, MENDED]


# --- never worse ---------------------------------------------------------------------------------------------

PIECES = (
    "&&", "||", ";", ",", "=", ":=", "==", "=>", "'", '"', "(", ")", "!", "let", "if", "when", "then", "else", "buy",
    "ta.sma(close, 5)", "close.shift(1)", "10 pips", "na(close)", "position_avg_price", "strategy", "// x", "…", "“",
    "5.", "1e-5", " % ", " ^ 2", "stop loss 2%", "x = close\n", "size 1 / 3", "crosses above", "AND", "is above",
    "1,000", "%",
)  # fmt: skip


def mutated(text: str, chance: random.Random) -> str:
    """The text with a few pieces put in, taken out or doubled."""
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice((0, 0, 0, 1, 3, 12)))
        text = text[:start] + chance.choice(("", " ", "\n", *PIECES)) + text[end:]
    return text


def never_worse(seeds: range) -> int:
    """How many texts were changed; none for the worse, and none changes again."""
    changed = 0
    for seed in seeds:
        chance = random.Random(seed)
        text = mutated(chance.choice(SOUND).read_text(encoding="utf-8"), chance)
        before, mended = verdict(text, "a"), mend(text, lambda tried: verdict(tried, "a"))
        after = verdict(mended.text, "a")
        if mended.text != text:
            changed += 1
            if before.meaning is None:
                assert after.faults < before.faults, (seed, text)
            assert before.meaning in (None, after.meaning), (seed, text)
        assert bool(mended.applied) == (mended.text != text)
        assert mend(mended.text, lambda tried: verdict(tried, "a")).text == mended.text, (seed, text)
    return changed


def test_a_mutated_program_is_never_worse_afterwards() -> None:
    assert never_worse(range(40)) > 5


@pytest.mark.soak
def test_very_many_mutated_programs_are_never_worse_afterwards() -> None:
    assert never_worse(range(40, 3000)) > 500


@pytest.mark.parametrize("path", SOUND, ids=lambda path: path.stem)
def test_a_program_without_fault_is_left_alone(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert mend(text, lambda tried: verdict(tried, "a")).text == text
    assert check_text(text).program is not None
