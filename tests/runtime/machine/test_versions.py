"""A snapshot says of which version it is, and is told so first; a layout that changes is of a new version."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
import stratagem as sg
from stratagem.runtime.machine import snapshot as state
from stratagem.runtime.portfolio import snapshot as portfolio
from stratagem.runtime.trading import layout

from .crafted import bars

TEXT = "enter long when close > sma(close, 3) size 20% stop 5%\nexit long when close < sma(close, 3)"
LAYOUT = (7, "8a1c9551d42ae26e")
"""The version of a state, and the beginning of the digest of the layout that it stands for."""


def digest() -> str:
    names = {name: value for name, value in vars(layout).items() if name.isupper() and isinstance(value, int)}
    return hashlib.sha256(repr(sorted(names.items())).encode()).hexdigest()[:16]


def test_a_layout_that_changes_is_a_version_of_its_own() -> None:
    assert (state.VERSION, digest()) == LAYOUT, "count VERSION of both snapshot.py on, and write it here"


def alone() -> tuple[sg.Session, Callable[[sg.Bar], object]]:
    session = sg.compile(TEXT).session(timeframe="15m")
    return session, session.push


def several() -> tuple[Any, Callable[[sg.Bar], object]]:
    session = sg.compile(TEXT).session(symbols=["A", "B"], timeframe="15m")
    return session, lambda bar: session.push({"A": bar, "B": bar})


@pytest.mark.parametrize("opened, of", [(alone, state), (several, portfolio)], ids=["alone", "several"])
def test_another_version_is_told_first(opened, of, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """Whatever else is of its time: seal, checksum, sizes."""
    session, push = opened()
    for bar in bars(20):
        push(bar)
    content = session.snapshot()
    head = b'{"version":%d,' % of.VERSION
    assert content.count(head) >= 1
    older = content.replace(head, b'{"version":%d,' % (of.VERSION - 1))
    for other in (older, b"\xff" * 40 + older[40:]):
        with pytest.raises(sg.SnapshotError, match=f"version {of.VERSION}, found {of.VERSION - 1}: another release"):
            opened()[0].restore(other)
    again, _ = opened()
    again.restore(content)
    assert again.snapshot() == content, "and ours is taken"
