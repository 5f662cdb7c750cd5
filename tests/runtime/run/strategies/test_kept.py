"""Snapshots of portfolios of strategies from a hand, their checksums made to fit: refused, and nothing has changed."""

from __future__ import annotations

import json
from typing import Any

import pytest
import stratagem as sg
from stratagem.runtime.run.strategies.session import _DIGEST, _MAGIC

from .test_live import both, event

TREE: list[tuple[tuple[Any, ...], Any]] = [
    (("instant",), 1e400), (("instant",), 1 << 60), (("instant",), True), (("number",), -1), (("number",), "1"),
    (("day",), 1.5), (("high",), "0x1p+2000"), (("begin",), "nan"), (("capital",), "inf"), (("cash",), 5),
    (("tripped",), [-1]), (("tripped",), [7]), (("tripped",), [True]), (("strategies",), 1),
    (("strategies", 0, "index"), 1e400), (("strategies", 0, "touched"), "no"), (("strategies", 0, "halted_today"), 1),
    (("strategies", 0, "books"), []), (("strategies", 0, "books", 0, 5), "0x1p+2000"),
    (("strategies", 0, "books", 0, 0), 10**30), (("sizes", 0), -1), (("sizes", 0), False), (("sizes",), [1]),
]  # fmt: skip


def apart(content: bytes) -> tuple[dict[str, Any], bytes]:
    body = content[len(_MAGIC) + _DIGEST :]
    size = 8 + int.from_bytes(body[:8], "little")
    return json.loads(body[8:size]), body[size:]


def sealed(session: Any, head: bytes, rest: bytes) -> bytes:
    body = len(head).to_bytes(8, "little") + head + rest
    return _MAGIC + session._digest(body) + body


def refused(session: Any, content: bytes) -> None:
    before = session.snapshot()
    with pytest.raises(sg.SnapshotError):
        session.restore(content)
    assert session.snapshot() == before


@pytest.mark.parametrize(("path", "value"), TREE)
def test_what_no_session_says_is_refused(path: tuple[Any, ...], value: Any) -> None:
    session = both({"drawdown": "11% then flatten"}).session(timeframe="1d", engine="interpreted")
    for number in range(3):
        session.push(event(number))
    head, rest = apart(session.snapshot())
    place: Any = head
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    refused(session, sealed(session, json.dumps(head).encode(), rest))


@pytest.mark.parametrize("head", [b"", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"a":' * 50_000])
def test_a_head_that_is_none_is_refused(head: bytes) -> None:
    session = both({}).session(timeframe="1d", engine="interpreted")
    session.push(event(0))
    refused(session, sealed(session, head, apart(session.snapshot())[1]))
