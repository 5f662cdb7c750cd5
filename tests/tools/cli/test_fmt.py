"""`strat fmt`: files in the one layout, pipes, folders, and what is never written."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Strat

Write = Callable[[str], str]
LOOSE, LAID = "let a=close # why\nlet bc = a\n", "let a  = close  # why\nlet bc = a\n"


def test_a_file_is_laid_out_in_its_place(strat: Strat, program: Write) -> None:
    path = Path(program(LOOSE))
    path.chmod(0o640)
    done = strat("fmt", str(path))
    assert (done.code, done.out) == (0, "")
    assert done.err.endswith(": laid out\n")
    assert path.read_text() == LAID
    assert path.stat().st_mode & 0o777 == 0o640
    again = strat("fmt", str(path))
    assert (again.code, again.out, again.err) == (0, "", "")


def test_every_name_of_a_file_has_its_layout(strat: Strat, program: Write) -> None:
    path = Path(program(LOOSE))
    other = path.with_name("other.strat")
    other.hardlink_to(path)
    path.chmod(0o640)
    assert strat("fmt", str(path)).code == 0
    assert other.read_text() == path.read_text() == LAID
    assert other.samefile(path) and path.stat().st_mode & 0o777 == 0o640


def test_a_file_of_two_names_is_as_it_was_where_the_disk_is_full(
    strat: Strat, program: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(program(LOOSE))
    path.with_name("other.strat").hardlink_to(path)
    write, calls = os.write, iter(range(9))

    def full(handle: int, content: bytes) -> int:
        call = next(calls)
        if call == 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(handle, content[:9] if call == 0 else content)

    monkeypatch.setattr("stratagem.runtime.files.os.write", full)
    strat("fmt", str(path)).failed(3, "No space left on device; the file is as it was")
    assert path.read_text() == LOOSE


def test_check_writes_nothing_and_says_by_its_code(strat: Strat, program: Write) -> None:
    path = Path(program(LOOSE))
    done = strat("fmt", str(path), "--check")
    assert (done.code, path.read_text()) == (1, LOOSE)
    assert "would be laid out" in done.err
    path.write_text(LAID)
    assert strat("fmt", str(path), "--check").code == 0


def test_diff_shows_and_writes_nothing(strat: Strat, program: Write) -> None:
    path = Path(program(LOOSE))
    done = strat("fmt", str(path), "--diff")
    assert (done.code, path.read_text()) == (0, LOOSE)
    assert "-let a=close # why\n+let a  = close  # why\n" in done.out
    assert strat("fmt", str(path), "--diff", "--check").code == 1


def test_a_folder_is_all_of_its_files(strat: Strat, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    places = [tmp_path / "a.strat", tmp_path / "in" / "b.strat"]
    for place in places:
        place.write_text(LOOSE)
    (tmp_path / "c.txt").write_text(LOOSE)
    assert strat("fmt", str(tmp_path)).code == 0
    assert [place.read_text() for place in places] == [LAID, LAID]
    assert (tmp_path / "c.txt").read_text() == LOOSE
    (tmp_path / "empty").mkdir()
    strat("fmt", str(tmp_path / "empty")).failed(2, "there is no .strat file in")


def test_what_cannot_be_read_is_left_and_the_rest_is_laid_out(strat: Strat, tmp_path: Path) -> None:
    bad, good = tmp_path / "a.strat", tmp_path / "b.strat"
    bad.write_text("let a = (\n")
    good.write_text(LOOSE)
    done = strat("fmt", str(bad), str(good), str(tmp_path / "none.strat"))
    assert done.code == 3
    assert "left as it was" in done.err and "none.strat" in done.err
    assert (bad.read_text(), good.read_text()) == ("let a = (\n", LAID)
    assert strat("fmt", str(bad)).code == 1


def test_json_is_one_document(strat: Strat, program: Write) -> None:
    path = program(LOOSE)
    done = strat("fmt", path, "--check", "--json")
    assert done.code == 1
    assert json.loads(done.out) == {"files": [{"file": path, "changed": True, "diagnostics": []}]}
    bad = program("let a = (\n")
    (told,) = json.loads(strat("fmt", bad, "--json").out)["files"]
    assert told["diagnostics"][0]["code"] == "E002"


def test_a_pipe_is_laid_out_on_standard_output(spawn: Strat) -> None:
    done = spawn("fmt", "-", stdin=LOOSE.encode())
    assert (done.code, done.out) == (0, LAID)


def test_what_is_not_utf8_is_not_written(strat: Strat, tmp_path: Path) -> None:
    path = tmp_path / "latin.strat"
    path.write_bytes(b"let a=close # \xe9\n")
    done = strat("fmt", str(path))
    assert done.code == 1 and "UTF-8" in done.err
    assert path.read_bytes() == b"let a=close # \xe9\n"


def test_a_language_server_without_its_extra_is_told(strat: Strat, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pygls", "pygls.lsp", "pygls.lsp.server", "pygls.exceptions", "lsprotocol"):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.delitem(sys.modules, "stratagem.tools.lsp.server", raising=False)
    strat("lsp").failed(3, "pip install 'stratagem[lsp]'")
