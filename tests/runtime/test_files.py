"""One file, whole or not at all, whoever writes beside it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from stratagem.runtime.files import whole


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


def test_parts_left_behind_are_in_nobodys_way(tmp_path: Path) -> None:
    """A process that was killed may have had the number that this one has now."""
    left = [tmp_path / f".strat-{os.getpid()}-{number}.part" for number in range(3)]
    for part in left:
        part.write_text("half")
    with whole(tmp_path / "a") as first, whole(tmp_path / "b") as second:
        first.write(b"a")
        second.write(b"b")
    assert (tmp_path / "a").read_text() + (tmp_path / "b").read_text() == "ab"
    assert [part.read_text() for part in left] == ["half"] * 3


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
