"""Where data may come from: samples, and files below one folder."""

from __future__ import annotations

import os
from pathlib import Path

from ...lang.diagnostics.brief import named
from ...runtime.data.samples import sample_names

_SAMPLE = "sample:"
_MOST_INSIDE = 10_000


class PlaceError(ValueError):
    """Data that are not to be read; the message says which are."""


def data_at(source: str, root: Path | None) -> str:
    """What a run may read for a source, `sample:AAPL` or a path below `root`; PlaceError for anything else.

    Links are followed first: one that leads out of the folder is outside.
    """
    if source.startswith(_SAMPLE):
        return source
    samples = ", ".join(f"{_SAMPLE}{name}" for name in sample_names())
    if root is None:
        raise PlaceError(f"no files are open to this server (it was started without --root): take one of {samples}")
    base = os.path.realpath(root)
    place = os.path.realpath(os.path.join(base, source.replace("\0", "?")))
    if not _below(place, base):
        raise PlaceError(f"{named(source)!r} lies outside the folder that is open to this server")
    if os.path.isdir(place):
        _check_inside(place, base)
    elif not os.path.isfile(place):
        raise PlaceError(f"there is no file {named(source)!r} in the folder of this server; samples: {samples}")
    return place


def _below(place: str, base: str) -> bool:
    return place == base or place.startswith(base.rstrip(os.sep) + os.sep)


def _check_inside(folder: str, base: str) -> None:
    """PlaceError where something in a folder leads out of it."""
    seen = 0
    for parent, folders, files in os.walk(folder):
        for name in (*folders, *files):
            seen += 1
            if seen > _MOST_INSIDE:
                raise PlaceError(f"the folder has more than {_MOST_INSIDE:,} entries: name a file in it")
            if not _below(os.path.realpath(os.path.join(parent, name)), base):
                raise PlaceError(f"{named(name)!r} in that folder leads outside the folder that is open to this server")
