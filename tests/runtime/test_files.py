"""One file, whole or not at all, whoever writes beside it."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from stratagem.runtime import files
from stratagem.runtime.files import whole

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def test_it_stands_in_its_place_when_it_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    path.write_text("old")
    with whole(path) as file:
        file.write(b"new")
        assert path.read_text() == "old"
    assert path.read_text() == "new" and os.listdir(tmp_path) == ["kept"]


@pytest.mark.parametrize("stopped", [OSError, KeyboardInterrupt, MemoryError])
def test_whatever_stops_it_leaves_what_was_there(tmp_path: Path, stopped: type[BaseException]) -> None:
    path = tmp_path / "kept"
    path.write_text("old")
    with pytest.raises(stopped), whole(path) as file:
        file.write(b"half")
        raise stopped
    assert path.read_text() == "old" and os.listdir(tmp_path) == ["kept"]


# --- what a process that was killed leaves ------------------------------------------------------------------

KILLED = """
import os, signal, sys
from pathlib import Path
from stratagem.runtime.files import whole
with whole(Path(sys.argv[1])) as file:
    file.write(b"half")
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def killed(path: Path) -> None:
    """A process that is killed while it writes the file."""
    assert subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False).returncode == -9


def test_what_a_kill_left_goes_when_the_same_file_is_written_again(tmp_path: Path) -> None:
    killed(tmp_path / "a")
    (left,) = os.listdir(tmp_path)
    assert left.endswith(".part")
    with whole(tmp_path / "b"):  # another file is none of its business
        pass
    assert sorted(os.listdir(tmp_path)) == [left, "b"]
    with whole(tmp_path / "a"):
        pass
    assert sorted(os.listdir(tmp_path)) == ["a", "b"]


def test_what_is_being_written_is_not_taken_for_left_behind(tmp_path: Path) -> None:
    with whole(tmp_path / "a") as first:
        first.write(b"first")
        with whole(tmp_path / "a") as second:
            second.write(b"second")
        assert (tmp_path / "a").read_text() == "second"
    assert (tmp_path / "a").read_text() == "first" and os.listdir(tmp_path) == ["a"]


def test_a_file_on_its_way_to_its_place_is_not_taken_for_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace

    def late(part: str, path: Path) -> None:
        monkeypatch.setattr(os, "replace", replace)
        with whole(path) as other:
            other.write(b"other")
        replace(part, path)

    monkeypatch.setattr(os, "replace", late)
    with whole(tmp_path / "a") as file:
        file.write(b"first")
    assert (tmp_path / "a").read_text() == "first"


def test_a_file_that_another_took_for_left_behind_before_it_was_locked_is_begun_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = files.take

    def late(handle: int, *, wait: bool) -> bool | None:
        monkeypatch.undo()
        next(tmp_path.iterdir()).unlink()
        return take(handle, wait=wait)

    monkeypatch.setattr(files, "take", late)
    with whole(tmp_path / "a") as file:
        file.write(b"new")
    assert (tmp_path / "a").read_text() == "new" and os.listdir(tmp_path) == ["a"]


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda path: path.symlink_to("/etc/hostname")])
def test_what_is_no_file_of_ours_stays_where_it_is(tmp_path: Path, make: Callable[[Path], None]) -> None:
    killed(tmp_path / "a")
    (left,) = tmp_path.iterdir()
    left.unlink()
    make(left)
    mine = tmp_path / f"{left.stem}.txt"
    mine.write_text("mine")
    with whole(tmp_path / "a"):
        pass
    assert sorted(tmp_path.iterdir()) == sorted([left, mine, tmp_path / "a"])


# --- whose it is, and who may do what -----------------------------------------------------------------------


@pytest.mark.skipif(not ROOT, reason="only root may give a file away")
@pytest.mark.parametrize(
    ("group", "mode", "expected"),
    [
        (2002, 0o640, (1500, 2002, 0o640)),  # a group the writer is in: kept, with its rights
        (2002, 0o6755, (1500, 2002, 0o2755)),  # it does not run as somebody else
        (2003, 0o664, (1500, 1500, 0o644)),  # a group the writer is not in: the writer's gets no more than others
        (2003, 0o2770, (1500, 1500, 0o700)),
    ],
)
def test_group_and_mode_are_kept_where_the_owner_cannot_be(
    tmp_path: Path, group: int, mode: int, expected: tuple[int, int, int]
) -> None:
    path = tmp_path / "a"
    path.write_text("old")
    os.chown(path, 1501, group)
    path.chmod(mode)
    os.chown(tmp_path, 1500, 1500)
    like, child = path.stat(), os.fork()
    if not child:
        code = 1
        try:
            os.chdir(tmp_path)  # the folders above are not the writer's to pass
            os.setgroups([2002])
            os.setgid(1500)
            os.setuid(1500)
            with whole(Path("a"), like=like) as file:
                file.write(b"new")
            code = 0
        finally:
            os._exit(code)
    assert os.waitpid(child, 0)[1] == 0 and path.read_text() == "new"
    after = path.stat()
    assert (after.st_uid, after.st_gid, stat.S_IMODE(after.st_mode)) == expected


@pytest.mark.skipif(not ROOT, reason="only root may give a file away")
def test_a_folder_that_gives_its_group_to_new_files_does_not_change_the_group(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("old")
    os.chown(tmp_path, 0, 2002)
    tmp_path.chmod(0o2755)
    with whole(path, like=path.stat()):
        pass
    assert path.stat().st_gid == 0


def test_a_new_file_has_the_mode_that_is_asked_for(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        for name, mode in (("plain", 0o666), ("private", 0o600)):
            with whole(tmp_path / name, mode):
                pass
    finally:
        os.umask(before)
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("plain", "private")] == [0o644, 0o600]


def test_a_name_of_any_length_that_the_disk_takes(tmp_path: Path) -> None:
    path = tmp_path / ("ä" * 127)
    with whole(path) as file:
        file.write(b"new")
    assert path.read_text() == "new"
