"""Keeps thousands of random programs out of the store on disk; operators, which all share, stay in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from stratagem.runtime.compiled import compiled
from stratagem.runtime.native import library, shared_object, step, store, sweep

SHARED = (library, shared_object, step, sweep)
"""Imported before anything is replaced: what they make is for everybody, and goes on being kept."""

_open = cache(store.open_store)


class Fleeting(store.Store):
    """Reads as ever, and writes nothing."""

    def put(self, kind: str, key: str, content: bytes) -> None:
        """Gone."""


@contextmanager
def nothing_kept() -> Iterator[None]:
    """While it lasts, plans and kernels go nowhere."""
    before = store.open_store

    def fleeting() -> store.Store:
        return Fleeting(_open().folder)

    store.open_store = compiled.open_store = fleeting  # type: ignore[assignment]
    try:
        yield
    finally:
        store.open_store = compiled.open_store = before
