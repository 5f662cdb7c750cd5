"""A session at a venue stops at any moment and goes on in either engine, its orders too; what is none is refused."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from typing import Any

import pytest
import stratagem as sg

from .host import Host

TEXT = """
enter long when bar_index == 0 or bar_index == 5
  size 10 units
  stop 5%
  take 50% at 1r
  stop 0r after 1r
exit long when bar_index == 4
"""
Step = tuple[str, tuple[Any, ...], dict[str, Any]]
STEPS: list[Step] = [
    ("push", (100.0,), {}), ("ack", (0,), {}), ("fill", (0, 4.0, 100.0), {"fill": "1"}),
    ("fill", (0, 6.0, 102.0), {"fill": "2"}), ("ack", (1,), {}), ("reject", (2, "no"), {}), ("price", (104.0,), {}),
    ("push", (101.0, 107.0, 100.0, 106.0), {}), ("unknown", (1,), {}), ("push", (106.0,), {}), ("ack", (1,), {}),
    ("fill", (0, 6.0, 102.0), {"fill": "2"}), ("push", (106.0,), {}), ("push", (106.0,), {}), ("push", (105.0,), {}),
]  # fmt: skip


def play(host: Host, steps: list[Step]) -> Host:
    for what, given, more in steps:
        if what == "push":
            host.push(*given, **more)
        elif what == "fill":
            host.fill(*given, **more)
        else:
            host.say(what, *given, **more)
    return host


@pytest.mark.parametrize("engine", ["interpreted", "native"])
@pytest.mark.parametrize("stop", range(len(STEPS)))
def test_a_restart_at_any_moment_loses_nothing(stop: int, engine: str) -> None:
    whole = play(Host(TEXT), STEPS)
    parts = play(Host(TEXT), STEPS[:stop])
    parts.taken_up(engine)
    play(parts, STEPS[stop:])
    assert parts.session.snapshot() == whole.session.snapshot()
    assert (parts.log, parts.asked, parts.rows) == (whole.log, whole.asked, whole.rows)
    assert parts.session.orders == whole.session.orders


def test_copies_go_on_by_themselves() -> None:
    host = play(Host(TEXT), STEPS[:6])
    for other in (copy.deepcopy(host.session), pickle.loads(pickle.dumps(host.session))):  # noqa: S301
        assert other.orders == host.session.orders
        other.on_fill(other.orders[0]["id"], 1.0, 95.0, fee=0.0)
        assert other.position == 9.0
    assert host.session.position == 10.0


def test_books_of_the_other_kind_are_refused() -> None:
    host = play(Host(TEXT), STEPS[:4])
    simulated = host.program.session(timeframe="1h")
    simulated.push(sg.Bar("2024-01-01", 100.0, 100.0, 100.0, 100.0))
    with pytest.raises(sg.SnapshotError, match="other fills"):
        simulated.restore(host.session.snapshot())
    before = host.session.snapshot()
    with pytest.raises(sg.SnapshotError, match="other fills"):
        host.session.restore(simulated.snapshot())
    assert host.session.snapshot() == before


def test_damaged_bytes_are_refused() -> None:
    host = play(Host(TEXT), STEPS[:8])
    content = host.session.snapshot()
    for place in (0, 3, 9, 60, 200, len(content) // 2, len(content) - 1):
        broken = bytearray(content)
        broken[place] ^= 0x40
        with pytest.raises(sg.SnapshotError):
            host.session.restore(bytes(broken))
    for size in (0, 7, 8, 50, len(content) - 1):
        with pytest.raises(sg.SnapshotError):
            host.session.restore(content[:size])
    assert host.session.snapshot() == content


def changed(host: Host, change: Callable[[dict[str, Any]], object]) -> bytes:
    """A snapshot whose orders somebody wrote anew, with the right checksum."""
    session = host.session
    content = session.snapshot()
    size = int.from_bytes(content[:8], "little")
    kept = json.loads(content[8 : 8 + size])
    change(kept)
    made = json.dumps(kept).encode()
    last = len(made).to_bytes(8, "little") + made + content[8 + size : 16 + size]
    return last + session._seal(last) + content[16 + size + 32 :]


@pytest.mark.parametrize("change", [
    lambda kept: kept.pop("orders"),
    lambda kept: kept["orders"][0].__setitem__(8, "lost"),
    lambda kept: kept["orders"][0].__setitem__(1, ["statement", 99, 0]),
    lambda kept: kept["orders"][0].__setitem__(1, ["lot", 0, 99]),
    lambda kept: kept["orders"][0].__setitem__(9, -1.0),
    lambda kept: kept["orders"][0].__setitem__(9, True),
    lambda kept: kept["orders"][0][6].__setitem__(1, 0.0),
    lambda kept: kept["orders"][0][6].__setitem__(2, "100"),
    lambda kept: kept["orders"][0][6].__setitem__(0, "iceberg"),
    lambda kept: kept["orders"][0].__setitem__(0, 10**6),
    lambda kept: kept["orders"].append(kept["orders"][0]),
    lambda kept: kept.__setitem__("next", [0, 0, 0]),
    lambda kept: kept.__setitem__("got", [[1, 2]]),
    lambda kept: kept.__setitem__("held", [["lot", 0, 0, "yes"]]),
    lambda kept: kept.__setitem__("orders", {"a": 1}),
], ids=range(15))  # fmt: skip
def test_what_no_run_keeps_is_refused(change: Callable[[dict[str, Any]], object]) -> None:
    host = play(Host(TEXT), STEPS[:8])
    before = host.session.snapshot()
    host.session.restore(changed(host, lambda kept: None))
    with pytest.raises(sg.SnapshotError, match="what it keeps of the orders at the venue"):
        host.session.restore(changed(host, change))
    assert host.session.snapshot() == before
