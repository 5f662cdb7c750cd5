"""What on disk is this user's own. Object code is run as it is, so nothing is believed that somebody else can write.

Own is what belongs to the user or to root and may be written by nobody else. A group that has no other member is the
user. Where the system knows no owners there is nothing to ask.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

ROOT = 0


def distrust(folder: Path) -> str:
    """Why what lies in a folder need not be the user's own, as a clause; "" where it is.

    Who may write to a folder above may put another in its place; in one with the sticky bit (`/tmp`) only its owner.
    """
    place = os.path.realpath(folder)
    for each in _upwards(place):
        facts = os.lstat(each)
        if not owned(facts):
            return f"{each} belongs to {_name(facts.st_uid)}"
        if others_may_write(facts) and not (facts.st_mode & stat.S_ISVTX and each != place):
            return f"others may write to {each}"
    with os.scandir(place) as parts:
        for part in parts:
            facts = part.stat(follow_symlinks=False)
            if stat.S_ISDIR(facts.st_mode) and (not owned(facts) or others_may_write(facts)):
                return f"others may write to {part.path}"
    return ""


def _upwards(place: str) -> Iterator[str]:
    """A folder, and all above it."""
    yield place
    while (above := os.path.dirname(place)) != place:
        place = above
        yield place


def owned(facts: os.stat_result) -> bool:
    """Whether it belongs to the user or to root."""
    return not hasattr(os, "getuid") or facts.st_uid in (os.getuid(), ROOT)


def others_may_write(facts: os.stat_result) -> bool:
    """Whether somebody besides the owner may write to it."""
    if not hasattr(os, "getuid"):
        return False
    return bool(facts.st_mode & stat.S_IWOTH or (facts.st_mode & stat.S_IWGRP and not _own_group(facts.st_gid)))


def read_own(path: Path, most: int) -> bytes | None:
    """The bytes of a file of the user's own of at most so many; None for anything else that stands there.

    OSError where nothing does. Neither a pipe nor a device is waited for, and no link is followed.
    """
    flags = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
    handle = os.open(path, flags)
    try:
        facts = os.fstat(handle)
        if not stat.S_ISREG(facts.st_mode) or facts.st_size > most or not owned(facts) or others_may_write(facts):
            return None
        with open(handle, "rb", buffering=0, closefd=False) as file:
            return file.read(facts.st_size)
    finally:
        os.close(handle)


def own_folder(path: Path) -> bool:
    """Whether a folder of the user's own stands there, itself and no link to one."""
    with suppress(OSError):
        facts = os.lstat(path)
        return stat.S_ISDIR(facts.st_mode) and owned(facts) and not others_may_write(facts)
    return False


def _own_group(group: int) -> bool:
    """Whether the user is alone in a group, as systems have it that give each user a group of the same name."""
    if group == ROOT:
        return True
    import grp
    import pwd

    try:
        members, user = grp.getgrgid(group), pwd.getpwuid(os.getuid())
    except KeyError:
        return False
    return members.gr_name == user.pw_name and user.pw_gid == group and set(members.gr_mem) <= {user.pw_name}


def _name(user: int) -> str:
    import pwd

    try:
        return f"the user {pwd.getpwuid(user).pw_name}"
    except KeyError:
        return f"the user {user}"
