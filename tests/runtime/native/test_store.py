"""The cache on disk: what is read is what was written, or nothing."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
import warnings
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stratagem.runtime.native import store as module
from stratagem.runtime.native.store import FORMAT, Store, _path, key_of, open_store

CONTENT = bytes(range(256)) * 40


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def only_file(folder: Path) -> Path:
    (path,) = files(folder)
    return path


@given(content=st.binary(max_size=2000), key=st.text(max_size=50))
@settings(max_examples=50, deadline=None)
def test_what_is_kept_comes_back(tmp_path_factory: pytest.TempPathFactory, content: bytes, key: str) -> None:
    store = Store(tmp_path_factory.mktemp("store"))
    store.put("object", key, content)
    assert store.get("object", key) == content
    assert store.get("bitcode", key) is None
    assert store.get("object", key + "x") is None


def test_a_later_content_replaces_the_earlier(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("object", "key", b"first")
    store.put("object", "key", b"second")
    assert store.get("object", "key") == b"second"
    assert len(files(tmp_path)) == 1


@pytest.mark.parametrize("at", [0, 3, 7, 8, 20, 39, 40, 41, 100, 5000, 40 + len(CONTENT) - 1])
@pytest.mark.parametrize("bit", [0, 7])
def test_a_flipped_bit_anywhere_is_found(tmp_path: Path, at: int, bit: int) -> None:
    store = Store(tmp_path)
    store.put("object", "key", CONTENT)
    path = only_file(tmp_path)
    entry = bytearray(path.read_bytes())
    entry[at] ^= 1 << bit
    path.write_bytes(entry)
    assert store.get("object", "key") is None
    assert not path.exists(), "a damaged entry is removed"
    store.put("object", "key", CONTENT)
    assert store.get("object", "key") == CONTENT


@pytest.mark.parametrize("size", [0, 1, 8, 39, 40, 41, 1000, 40 + len(CONTENT) - 1])
def test_a_truncated_entry_is_found(tmp_path: Path, size: int) -> None:
    store = Store(tmp_path)
    store.put("object", "key", CONTENT)
    path = only_file(tmp_path)
    path.write_bytes(path.read_bytes()[:size])
    assert store.get("object", "key") is None


def test_an_entry_with_something_appended_is_found(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("object", "key", CONTENT)
    with only_file(tmp_path).open("ab") as file:
        file.write(b"\0")
    assert store.get("object", "key") is None


def test_an_entry_under_another_key_is_not_believed(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("object", "one", b"one's code")
    one = only_file(tmp_path)
    store.put("object", "two", b"two's code")
    two = next(path for path in files(tmp_path) if path != one)
    os.replace(one, two)
    assert store.get("object", "two") is None


class _Trap:
    """Unpickling it would make a file."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return Path.touch, (self.mark,)


def test_nothing_is_unpickled(tmp_path: Path) -> None:
    store, mark = Store(tmp_path / "store"), tmp_path / "unpickled"
    trap = pickle.dumps(_Trap(mark))
    store.put("object", "key", trap)
    only_file(tmp_path / "store").write_bytes(trap)
    assert store.get("object", "key") is None
    assert not mark.exists()
    store.put("object", "key", trap)
    assert store.get("object", "key") == trap
    assert not mark.exists()


def test_parts_of_a_key_are_kept_apart() -> None:
    assert key_of("ab", "c") != key_of("a", "bc")
    assert key_of("a", 1) == key_of("a", "1")


# --- the folder ------------------------------------------------------------------------------------


def test_where_the_store_is(tmp_path: Path) -> None:
    ours, caches, home = tmp_path / "ours", tmp_path / "caches", tmp_path / "home"
    every = {"STRATAGEM_CACHE": str(ours), "XDG_CACHE_HOME": str(caches), "HOME": str(home)}
    assert open_store(every).folder == ours
    del every["STRATAGEM_CACHE"]
    assert open_store(every).folder == caches / "stratagem"
    del every["XDG_CACHE_HOME"]
    assert open_store(every).folder == home / ".cache" / "stratagem"


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="elsewhere the system names the home otherwise")
@pytest.mark.parametrize("environment", [{}, {"HOME": ""}, {"HOME": "", "XDG_CACHE_HOME": "", "STRATAGEM_CACHE": ""}])
def test_without_a_home_in_the_environment_it_is_that_of_the_user(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty `HOME` is none: `/.cache` is nobody's."""
    import pwd

    monkeypatch.setenv("HOME", "")
    home = Path(pwd.getpwuid(os.getuid()).pw_dir)
    assert module._folder(environment) == home / ".cache" / "stratagem"


def test_a_folder_that_cannot_be_written_is_replaced_with_one_warning(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("a file where a folder should be")
    with pytest.warns(RuntimeWarning, match=r"cannot be written.*STRATAGEM_CACHE") as seen:
        store, again = (open_store({"STRATAGEM_CACHE": str(blocked / "cache")}) for _ in range(2))
    assert len(seen) == 1 and store == again
    store.put("object", "key", CONTENT)
    assert store.get("object", "key") == CONTENT
    assert tmp_path not in store.folder.parents
    assert store.folder.stat().st_mode & 0o077 == 0, "private"


def test_a_process_that_cannot_write_its_cache_warns_once_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "temporary").mkdir()
    places = {"STRATAGEM_CACHE": str(tmp_path / "file" / "cache"), "TMPDIR": str(tmp_path / "temporary")}
    arguments = [sys.executable, "-m", "stratagem", "eval", "close + 1", "--data", "sample:AAPL", "--out", "a.csv"]
    done = subprocess.run(arguments, env=os.environ | places, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stderr.count("cannot be written") == 1
    assert (tmp_path / "a.csv").exists() and not list((tmp_path / "temporary").iterdir())


def test_a_disk_that_takes_nothing_is_no_fault(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    store = Store(blocked)
    store.put("object", "key", CONTENT)
    assert store.get("object", "key") is None


def test_an_open_store_warns_of_nothing(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        open_store({"STRATAGEM_CACHE": str(tmp_path)})


# --- whose it is -------------------------------------------------------------------------------------


def planted(folder: Path) -> Store:
    """A folder that holds an entry of which everything is right."""
    store = Store(folder)
    store.put("object", "key", CONTENT)
    assert store.get("object", "key") == CONTENT
    return store


def parts_of(folder: Path) -> dict[str, Path]:
    (entry,) = files(folder)
    return {"folder": folder, "kind": entry.parent.parent, "share": entry.parent, "entry": entry}


def test_what_is_made_is_for_nobody_else(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        store = open_store({"STRATAGEM_CACHE": str(tmp_path / "new" / "caches" / "ours")})
        store.put("object", "key", CONTENT)
    finally:
        os.umask(before)
    for path in (tmp_path / "new").rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("part", ["folder", "kind"])
@pytest.mark.parametrize("mode", [0o777, 0o702, 0o1777])
def test_a_folder_that_others_may_write_is_not_used(tmp_path: Path, part: str, mode: int) -> None:
    folder = tmp_path / f"ours{mode}"
    planted(folder)
    parts_of(folder)[part].chmod(mode)
    with pytest.warns(RuntimeWarning, match=r"is not used: others may write to .*STRATAGEM_CACHE") as seen:
        store, again = (open_store({"STRATAGEM_CACHE": str(folder)}) for _ in range(2))
    assert len(seen) == 1 and store == again and store.get("object", "key") is None
    store.put("object", "key", b"ours")
    assert store.get("object", "key") == b"ours" and folder not in store.folder.parents


def test_a_folder_in_one_that_others_may_write_is_not_used(tmp_path: Path) -> None:
    planted(tmp_path / "open" / "ours")
    (tmp_path / "open").chmod(0o777)
    with pytest.warns(RuntimeWarning, match="others may write to .*/open,"):
        assert open_store({"STRATAGEM_CACHE": str(tmp_path / "open" / "ours")}).get("object", "key") is None


def test_a_folder_in_a_sticky_one_is_the_users_own(tmp_path: Path) -> None:
    planted(tmp_path / "open" / "ours")
    (tmp_path / "open").chmod(0o1777)
    assert open_store({"STRATAGEM_CACHE": str(tmp_path / "open" / "ours")}).get("object", "key") == CONTENT


@pytest.mark.parametrize("part", ["share", "entry"])
def test_an_entry_that_others_may_write_is_a_miss(tmp_path: Path, part: str) -> None:
    store = planted(tmp_path)
    parts_of(tmp_path)[part].chmod(0o777)
    assert store.get("object", "key") is None


def test_what_belongs_to_another_user_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user of this process is taken for another one: what the test made belongs to somebody else then."""
    if os.getuid() == 0:
        os.chown(planted(tmp_path / "ours").folder, 12345, 12345)
    else:
        planted(tmp_path / "ours")
        monkeypatch.setattr(os, "getuid", lambda: 12345)
    with pytest.warns(RuntimeWarning, match="is not used: .* belongs to the user "):
        assert open_store({"STRATAGEM_CACHE": str(tmp_path / "ours")}).get("object", "key") is None


@pytest.mark.skipif(os.getuid() != 0, reason="only root gives files away")
def test_an_entry_of_another_user_is_a_miss(tmp_path: Path) -> None:
    store = planted(tmp_path)
    os.chown(parts_of(tmp_path)["entry"], 12345, 12345)
    assert store.get("object", "key") is None


@pytest.mark.skipif(os.getuid() != 0, reason="only root gives files to groups")
def test_a_group_of_others_may_not_write(tmp_path: Path) -> None:
    planted(tmp_path / "ours")
    os.chown(tmp_path / "ours", 0, 12345)
    (tmp_path / "ours").chmod(0o770)
    with pytest.warns(RuntimeWarning, match="others may write"):
        open_store({"STRATAGEM_CACHE": str(tmp_path / "ours")})


def test_a_link_to_a_folder_of_the_users_own_is_one(tmp_path: Path) -> None:
    planted(tmp_path / "ours")
    (tmp_path / "link").symlink_to(tmp_path / "ours")
    assert open_store({"STRATAGEM_CACHE": str(tmp_path / "link")}).get("object", "key") == CONTENT


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_a_folder_that_can_only_be_read_is_read_as_it_is(tmp_path: Path) -> None:
    planted(tmp_path).folder.chmod(0o500)
    read_only_is_used(tmp_path)


def test_a_disk_that_can_only_be_read_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planted(tmp_path)
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    read_only_is_used(tmp_path)


def read_only_is_used(folder: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        store = open_store({"STRATAGEM_CACHE": str(folder)})
        assert store.get("object", "key") == CONTENT
    with pytest.warns(RuntimeWarning, match="cannot be written"):
        store.put("object", "more", b"more")
    assert store.get("object", "more") == b"more" and len(files(folder)) == 1


# --- what stands in place of an entry ------------------------------------------------------------------


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 40)


IN_PLACE = {
    "a pipe": os.mkfifo,
    "a folder": Path.mkdir,
    "a file of a terabyte": sparse,
    "a link to a device": lambda path: path.symlink_to("/dev/zero"),
    "a link to itself": lambda path: path.symlink_to(path),
    "nothing in it": Path.touch,
}


@pytest.mark.parametrize("what", IN_PLACE)
def test_whatever_stands_in_place_of_an_entry_is_one_miss(tmp_path: Path, what: str) -> None:
    store = planted(tmp_path)
    path = parts_of(tmp_path)["entry"]
    path.unlink()
    IN_PLACE[what](path)
    assert store.get("object", "key") is None
    store.put("object", "key", CONTENT)
    assert store.get("object", "key") == CONTENT


def test_a_folder_with_something_in_it_stays_in_place_of_an_entry_and_is_told(tmp_path: Path) -> None:
    store = planted(tmp_path)
    path = parts_of(tmp_path)["entry"]
    path.unlink()
    path.mkdir()
    (path / "mine").write_text("mine")
    assert store.get("object", "key") is None
    with pytest.warns(RuntimeWarning, match=f"{path} stands where an entry is kept.*STRATAGEM_CACHE") as seen:
        store.put("object", "key", CONTENT)
        store.put("object", "key", CONTENT)
    assert len(seen) == 1 and store.get("object", "key") is None and files(tmp_path) == [path / "mine"]


@pytest.mark.parametrize("what", IN_PLACE)
@pytest.mark.parametrize("part", ["kind", "share"])
def test_whatever_stands_in_place_of_a_part_is_one_miss(tmp_path: Path, what: str, part: str) -> None:
    store = planted(tmp_path)
    path = parts_of(tmp_path)[part]
    shutil.rmtree(path)
    IN_PLACE[what](path)
    assert store.get("object", "key") is None
    if what == "a folder":
        store.put("object", "key", CONTENT)
        assert store.get("object", "key") == CONTENT
    else:
        with pytest.warns(RuntimeWarning, match="stands where an entry is kept"):
            store.put("object", "key", CONTENT)
        assert store.get("object", "key") is None


def test_an_entry_beyond_the_bound_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 1000)
    store = Store(tmp_path)
    store.put("object", "key", bytes(961))
    assert not files(tmp_path)
    store.put("object", "key", bytes(960))
    assert store.get("object", "key") == bytes(960)


# --- the limit ---------------------------------------------------------------------------------------


def test_entries_used_longest_ago_go_first(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for number in range(6):
        store.put("object", f"key {number}", bytes(960))
        path = _path(store.folder, "object", f"key {number}")
        os.utime(path, (1000 + number, 1000 + number))
    assert store.get("object", "key 0") is not None  # used just now
    store.limit = 4100
    store.prune()
    left = [number for number in range(6) if store.get("object", f"key {number}") is not None]
    assert left == [0, 4, 5]


def test_the_limit_is_kept_without_being_asked(tmp_path: Path) -> None:
    store = Store(tmp_path, limit=100_000)
    for number in range(300):
        store.put("object", f"key {number}", bytes(1000))
    assert 50_000 < sum(path.stat().st_size for path in files(tmp_path)) <= 100_000


def test_where_there_was_too_much_there_is_room_afterwards(tmp_path: Path) -> None:
    store = Store(tmp_path, limit=10_000_000)
    for number in range(12):
        store.put("object", f"key {number}", bytes(700_000))
    store.limit = 8_000_000
    store.prune()
    assert len(files(tmp_path)) == 8  # three quarters of the limit, and not all that would fit
    store.prune()
    assert len(files(tmp_path)) == 8


def test_a_write_looks_at_its_own_part_while_there_is_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path, limit=10_000_000)
    for number in range(2000):
        store.put("object" if number % 2 else "plan", f"key {number}", bytes(400))
    looked: list[int] = []
    monkeypatch.setattr(Store, "prune", lambda self: looked.append(self.limit))
    for number in range(300):
        store.put("object", f"another {number}", bytes(400))
    assert not looked
    store.limit = 500_000
    store.put("plan", "one more", bytes(400))
    assert looked == [500_000]


def test_a_heavy_part_is_no_reason_to_look_at_every_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One entry is more than its share of the limit: the look that finds room holds until a quarter of it is filled."""
    store = Store(tmp_path, limit=1_000_000)
    store.put("object", "heavy", bytes(200_000))
    assert 190_000 < store.spare < 200_000  # a quarter of what is left
    looked: list[int] = []
    monkeypatch.setattr(Store, "prune", lambda self: looked.append(self.spare))
    for _ in range(40):
        store.put("object", "heavy", bytes(4000))
    assert not looked
    for _ in range(40):
        store.put("object", "heavy", bytes(200_000 - 1000))
    assert len(looked) == 40  # nobody looked, so nothing is known to be spare


def test_after_a_look_that_removed_there_is_a_quarter_of_the_room(tmp_path: Path) -> None:
    store = Store(tmp_path, limit=1_000_000)
    for number in range(11):
        store.put("object", f"key {number}", bytes(100_000))
    assert sum(path.stat().st_size for path in files(tmp_path)) <= 1_000_000
    store.limit = 400_000
    store.prune()
    assert len(files(tmp_path)) == 2
    assert store.spare == 25_000


def test_what_a_look_found_holds_for_every_store_over_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kernel opens the store anew."""
    Store(tmp_path, limit=1_000_000).put("object", "heavy", bytes(200_000))
    looked: list[int] = []
    monkeypatch.setattr(Store, "prune", lambda self: looked.append(self.spare))
    for _ in range(40):
        Store(tmp_path, limit=1_000_000).put("object", "heavy", bytes(4000))
    assert not looked


def test_a_store_that_is_nearly_full_is_not_looked_through_with_every_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is left of the limit would be halved by each look, and the next would come the sooner."""
    store, looked, prune = Store(tmp_path, limit=1_000_000), [], Store.prune
    store.put("object", "heavy", bytes(600_000))
    monkeypatch.setattr(Store, "prune", lambda self: looked.append(self.spare) or prune(self))
    for number in range(300):
        store.put("object", f"key {number}", bytes(1000))
    assert 0 < sum(path.stat().st_size for path in files(tmp_path)) <= 1_000_000
    assert len(looked) <= 15


# --- other processes -----------------------------------------------------------------------------------


def _content(writer: int, turn: int) -> bytes:
    return f"{writer} {turn} ".encode() * 3000


def _hammer(folder: str, writer: int, turns: int) -> int:
    """Write and read the same keys as everybody else; how often something else than a whole content was read."""
    store, wrong = Store(Path(folder)), 0
    whole = {_content(w, t) for w in range(4) for t in range(turns)}
    for turn in range(turns):
        store.put("object", f"key {turn % 3}", _content(writer, turn))
        found = store.get("object", f"key {(turn + writer) % 3}")
        wrong += found is not None and found not in whole
    return wrong


def test_writers_at_the_same_time_leave_whole_entries(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    with context.Pool(4) as pool:
        wrong = pool.starmap(_hammer, [(str(tmp_path), writer, 60) for writer in range(4)])
    assert wrong == [0, 0, 0, 0]
    for number in range(3):
        assert Store(tmp_path).get("object", f"key {number}") in {_content(w, t) for w in range(4) for t in range(60)}
    assert not [path for path in files(tmp_path) if path.suffix == ".part"]


def _write_for_ever(folder: str) -> None:
    store = Store(Path(folder))
    while True:
        for letter in b"abcd":
            store.put("object", "key", bytes([letter]) * 2_000_000)


def test_a_writer_killed_in_the_middle_leaves_a_whole_entry_or_none(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    for wait in (0.02, 0.03, 0.05):
        writer = context.Process(target=_write_for_ever, args=(str(tmp_path),))
        writer.start()
        time.sleep(wait)
        assert writer.pid is not None
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()
        path = _path(tmp_path, "object", "key")
        if path.exists():
            assert path.read_bytes().startswith(FORMAT)
            found = Store(tmp_path).get("object", "key")
            assert found is not None and found == found[:1] * 2_000_000


def test_parts_left_by_a_killed_writer_are_removed_in_time(tmp_path: Path) -> None:
    store = Store(tmp_path, limit=10_000)
    store.put("object", "key", bytes(100))
    left = only_file(tmp_path).parent / "tmp123.part"
    left.write_bytes(bytes(50_000))
    os.utime(left, (1000, 1000))
    store.prune()
    assert not left.exists()
    assert store.get("object", "key") == bytes(100)
