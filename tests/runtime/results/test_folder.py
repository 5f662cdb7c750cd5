"""What is written into a folder: all of it or none, whatever goes wrong, and whenever the process ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest
from stratagem.runtime.results import folder as module
from stratagem.runtime.results.folder import WriteError, check_place, settle, together
from stratagem.runtime.results.metrics.run import Measured
from stratagem.runtime.results.result import Result
from stratagem.runtime.results.write import read, write

from . import made

OLD, NEW = {"a": "old a", "b": "old b", "report": "old"}, {"a": "new a", "b": "new b", "c": "new c"}


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an earlier writing and a file of the user's own."""
    for name, text in {**OLD, "mine": "mine"}.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def change(folder: Path) -> None:
    with together(folder, ("report",)) as files:
        for name, text in NEW.items():
            files.write(name, fill(text))


def fill(text: str) -> Callable[[IO[bytes]], object]:
    return lambda file: file.write(text.encode())


def test_all_take_their_places_and_the_rest_stays(folder: Path) -> None:
    change(folder)
    assert contents(folder) == {**NEW, "mine": "mine"}


def test_a_disk_that_refuses_in_the_middle_changes_nothing(folder: Path) -> None:
    def full(file: IO[bytes]) -> None:
        file.write(b"half")
        raise OSError(28, "No space left on device")

    with pytest.raises(WriteError, match=r"cannot write .*/b: No space left on device"), together(folder) as files:
        files.write("a", fill("new a"))
        files.write("b", full)
    assert contents(folder) == {**OLD, "mine": "mine"}


@pytest.mark.parametrize("stopped", [KeyboardInterrupt, MemoryError])
def test_an_interrupt_changes_nothing(folder: Path, stopped: type[BaseException]) -> None:
    with pytest.raises(stopped), together(folder) as files:
        files.write("a", fill("new a"))
        raise stopped
    assert contents(folder) == {**OLD, "mine": "mine"}


def test_a_folder_in_the_way_of_one_file_changes_nothing(folder: Path) -> None:
    (folder / "c").mkdir()
    with pytest.raises(WriteError, match=r"/c: a folder of that name is in the way"):
        change(folder)
    (folder / "c").rmdir()
    assert contents(folder) == {**OLD, "mine": "mine"}


def test_a_failure_leaves_no_folder_that_was_not_there(tmp_path: Path) -> None:
    with pytest.raises(KeyError), together(tmp_path / "new" / "place") as files:
        files.write("a", fill("new a"))
        raise KeyError
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("fails_at", range(3))
@pytest.mark.parametrize("links", [True, False])
def test_a_move_that_fails_is_undone(folder: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int, links: bool) -> None:
    moved, replace = [], os.replace

    def refusing(source: Path, target: Path) -> None:
        if Path(target).parent == folder and Path(source).name in NEW:
            moved.append(target)
            if len(moved) == fails_at + 1:
                raise PermissionError(1, "Operation not permitted")
        replace(source, target)

    def no_links(*_: object, **__: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(module.os, "replace", refusing)
    if not links:
        monkeypatch.setattr(module.os, "link", no_links)
    with pytest.raises(WriteError, match=r"cannot write .*/[abc]: Operation not permitted"):
        change(folder)
    assert contents(folder) == {**OLD, "mine": "mine"}


DYING = """
import os, signal, sys
from pathlib import Path
from stratagem.runtime.results import folder as module
from stratagem.runtime.results.folder import together
count, at = [0], int(sys.argv[2])
def dying(do):
    def step(*arguments, **options):
        if count[0] == at:
            os.kill(os.getpid(), signal.SIGKILL)
        count[0] += 1
        return do(*arguments, **options)
    return step
for name in ("rename", "replace", "link"):
    setattr(os, name, dying(getattr(os, name)))
Path.unlink = dying(Path.unlink)
with together(Path(sys.argv[1]), ("report",)) as files:
    for name in "abc":
        files.write(name, lambda file, name=name: file.write(f"new {name}".encode()))
print("done")
"""


def test_a_process_killed_at_any_step_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    """Before the rename that decides everything is old, after it whoever comes next finds everything new."""
    seen = []
    for at in range(20):
        folder = tmp_path / str(at)
        folder.mkdir()
        for name, text in {**OLD, "mine": "mine"}.items():
            (folder / name).write_text(text)
        done = subprocess.run([sys.executable, "-c", DYING, folder, str(at)], capture_output=True, text=True)
        settle(folder)
        found = contents_of_files(folder)
        assert found in ({**OLD, "mine": "mine"}, {**NEW, "mine": "mine"})
        seen.append(found["a"])
        if done.stdout == "done\n":
            break
        assert done.returncode == -signal.SIGKILL
    assert seen[0] == "old a" and seen[1:] == ["new a"] * (len(seen) - 1) and len(seen) > 6
    with together(tmp_path / "0") as files:
        files.write("a", fill("last"))
    assert contents(tmp_path / "0") == {**OLD, "mine": "mine", "a": "last"}, "what the killed one began is gone"


def contents_of_files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir() if path.is_file()}


def test_writers_of_one_folder_do_not_mix(tmp_path: Path) -> None:
    text = (
        "import sys; from pathlib import Path; from stratagem.runtime.results.folder import together\n"
        "for turn in range(40):\n"
        "    with together(Path(sys.argv[1])) as files:\n"
        "        for name in 'abcdef': files.write(name, lambda file: file.write(sys.argv[2].encode()))\n"
    )
    writers = [subprocess.Popen([sys.executable, "-c", text, tmp_path, str(n)]) for n in range(3)]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    assert len(set(contents(tmp_path).values())) == 1


# --- of a run --------------------------------------------------------------------------------------------


def test_a_file_too_large_for_the_disk_leaves_the_run_of_before(tmp_path: Path) -> None:
    """The limit on a file's size stands for a full disk: the report is the only file beyond it."""
    resource = pytest.importorskip("resource")
    result = Result(made.traded(60))
    result.write(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, limits[1]))
    try:
        with pytest.raises(WriteError, match=r"cannot write .*report\.html: File too large"):
            Result(made.traded(90)).write(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_reading_finishes_a_move_that_was_decided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(Measured(made.traded(200)), tmp_path)
    write(Measured(made.traded(90)), tmp_path / "other")
    decided = tmp_path / f".stratagem-x{module.DECIDED}"
    (tmp_path / "other").rename(decided)
    assert len(read(tmp_path).equity) == 90
    assert not decided.exists()


def test_a_file_is_written_where_a_symbolic_link_leads(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("before")
    link.symlink_to(real)
    module.write_file(link, lambda file: file.write(b"after"))
    assert link.is_symlink()
    assert real.read_text() == "after"


def test_a_file_keeps_its_mode_and_a_pipe_is_written_not_replaced(tmp_path: Path) -> None:
    private, pipe = tmp_path / "private.csv", tmp_path / "pipe"
    private.write_text("before")
    private.chmod(0o600)
    module.write_file(private, lambda file: file.write(b"after"))
    assert (private.read_text(), private.stat().st_mode & 0o777) == ("after", 0o600)
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE)
    module.write_file(pipe, lambda file: file.write(b"through"))
    assert reader.communicate(timeout=30)[0] == b"through"
    assert pipe.is_fifo()


def test_what_cannot_be_written_is_known_before_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("mine")
    for there in (tmp_path, tmp_path / "new" / "place"):
        check_place(there, folder=True)
    for there in (tmp_path / "file", tmp_path / "new" / "file"):
        check_place(there, folder=False)
    for there, folder, why in (
        (tmp_path / "file", True, "a file is in its place"),
        (tmp_path, False, "a folder is in its place"),
        (tmp_path / "file" / "new", True, "file is no folder"),
        (tmp_path / "file" / "new", False, "file is no folder"),
    ):
        with pytest.raises(WriteError, match=f"cannot write {there}: .*{why}; free the place"):
            check_place(there, folder=folder)
    monkeypatch.setattr(os, "access", lambda place, mode: Path(place) != tmp_path)
    for folder in (True, False):
        with pytest.raises(WriteError, match=f"cannot write .*/x/y: nothing may be written to {tmp_path};"):
            check_place(tmp_path / "x" / "y", folder=folder)


def test_a_pipe_is_written_wherever_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.setattr(os, "access", lambda place, mode: False)
    check_place(tmp_path / "pipe", folder=False)
