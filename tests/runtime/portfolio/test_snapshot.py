"""Snapshots of portfolios: what is no snapshot, of another portfolio, or of no run, is refused and changes nothing."""

from __future__ import annotations

import hashlib
import json
from array import array

import pytest
from stratagem.runtime.data.panel.model import Panel
from stratagem.runtime.machine.engines import INTERPRETED
from stratagem.runtime.machine.snapshot import SnapshotError
from stratagem.runtime.portfolio import snapshot as form

from . import kit

PROGRAM = kit.made(kit.rotation())


def made(seed: int = 1, stop: int | None = 30, **options):
    panel = Panel((*kit.make_panel(seed, 3, 50).bars, *kit.make_panel(9, 1, 50, names="V").bars))
    run = kit.portfolio(PROGRAM, panel, INTERPRETED, **({"traded": panel.symbols[:3]} | options))
    run.run(panel, stop)
    return run


def opened(content: bytes) -> tuple[dict, list[bytes]]:
    return form._apart(content)


def sealed(header: dict, parts: list[bytes]) -> bytes:
    """A snapshot whose checksum is right."""
    head = json.dumps(header | {"sizes": list(map(len, parts))}, separators=(",", ":")).encode()
    body = len(head).to_bytes(8, "little") + head + b"".join(parts)
    return form.MAGIC + hashlib.sha256(body).digest() + body


def refused(content: bytes, why: str) -> None:
    """Refused by a run that is elsewhere, which stays as it is."""
    run = made(stop=12)
    before = run.snapshot()
    with pytest.raises(SnapshotError, match=why):
        run.restore(content)
    assert run.snapshot() == before


def test_what_is_none_or_damaged():
    content = made().snapshot()
    refused(b"", "not a snapshot of a portfolio")
    refused(b"STRATAGEM STATE\n" + content, "not a snapshot of a portfolio")
    refused(content[:-1], "damaged")
    refused(content[:100] + bytes([content[100] ^ 1]) + content[101:], "damaged")


@pytest.mark.parametrize("at", range(0, 12_000, 997))
def test_a_changed_byte_is_noticed(at):
    content = made().snapshot()
    at %= len(content)
    with pytest.raises(SnapshotError):
        made(stop=3).restore(content[:at] + bytes([content[at] ^ 255]) + content[at + 1 :])


def test_headers_that_are_none():
    header, parts = opened(made().snapshot())
    for name, value, why in (
        ("version", 9, "version"), ("index", -1, "header"), ("index", True, "header"), ("index", 1.5, "header"),
        ("symbols", ["A", "B", "X", "V"], "another portfolio"), ("traded", ["A"], "another portfolio"),
        ("timeframe", "4h", "another portfolio"),
    ):  # fmt: skip
        refused(sealed(header | {name: value}, parts), why)
    refused(sealed(header, parts[:-1]), "another program")
    refused(sealed(header, parts[:3]), "not as long")
    whole = sealed(header, parts)
    body = whole[len(form.MAGIC) + 32 :] + b"12345678"
    refused(form.MAGIC + hashlib.sha256(body).digest() + body, "not as long")
    for head in (b"", b"[]", b"{}", b"\xff", b'{"sizes":3,"index":1}'):
        body = len(head).to_bytes(8, "little") + head
        refused(form.MAGIC + hashlib.sha256(body).digest() + body, "header")


def changed(part: int, code: str, change) -> bytes:
    """A snapshot of which the numbers of one part were changed."""
    header, parts = opened(made().snapshot())
    values = array(code)
    values.frombytes(parts[part])
    change(values)
    parts[part] = values.tobytes()
    return sealed(header, parts)


def put(at: int, value: float):
    def change(values):
        values[at] = value

    return change


def test_numbers_that_no_run_has_left():
    header, parts = opened(made().snapshot())
    refused(sealed(header | {"index": 5}, parts), "more bars than there were events")
    refused(changed(0, "q", put(0, 1 << 61)), "time is beyond any")
    refused(changed(0, "q", put(0, 1 << 59)), "time is beyond any")  # a calendar could not say it
    refused(changed(0, "q", put(0, form.NEVER)), "none that closed")
    refused(changed(0, "q", lambda values: values.append(1)), "another program")
    refused(changed(1, "d", put(-1, 1e301)), "beyond 1e300")
    refused(changed(1, "d", put(-1, float("inf"))), "beyond 1e300")
    condition = next(at for at, kind in enumerate(kinds()) if kind == "bool")
    refused(changed(1, "d", put(4 + 4 * condition, 0.5)), "neither true nor false")


def kinds() -> list[str]:
    return [form.kind_of(level, each) for level in PROGRAM.levels for each in level.crossings]


def test_accounts_that_no_run_has_left():
    refused(changed(2, "d", lambda values: values.append(1.0)), "guards differ")
    refused(changed(3, "q", put(0, 77)), "of the account")


def test_parts_of_other_runs():
    """A book that has had other bars than the machines of its levels; a level for a book."""
    header, parts = opened(made().snapshot())
    _, others = opened(made(stop=20).snapshot())
    refused(sealed(header, [*parts[:4], others[4], *parts[5:]]), "more bars in one place than in another")
    refused(sealed(header, [*parts[:4], parts[-1], *parts[5:]]), "another program|other parameters")


def test_of_another_program_or_with_other_parameters():
    panel = Panel((*kit.make_panel(1, 3, 50).bars, *kit.make_panel(9, 1, 50, names="V").bars))
    other = kit.portfolio(kit.plain("enter long when close > open"), panel, INTERPRETED, traded=panel.symbols[:3])
    refused(other.snapshot(), "another program")
    with pytest.raises(SnapshotError):
        other.restore(made().snapshot())


def test_before_the_first_event_and_after_the_last():
    for stop in (0, None):
        run = made(stop=stop)
        again = made(stop=7)
        again.restore(run.snapshot())
        assert again.snapshot() == run.snapshot() and again.index == run.index
