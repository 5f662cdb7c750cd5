"""Snapshots from a hand: whatever they hold, one clear refusal or a run within its arrays; never half."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys

import pytest
import stratagem as sg
from stratagem.runtime.machine.engines import ENGINES
from stratagem.runtime.machine.snapshot import VERSION
from stratagem.runtime.trading import layout as at
from stratagem.runtime.trading.places import lot_at, row_at, state_of
from stratagem.runtime.trading.rows import INSIDE
from stratagem.runtime.trading.sound import WHOLE

from . import crafted
from .crafted import Taken, bars

PLAIN = """
let best = highest(high, 20)
enter long when close > best[1] size 20% stop 5% scale 2
exit long when close < sma(close, 10)
"""


@pytest.fixture(scope="module")
def program() -> sg.CompiledProgram:
    return sg.compile(PLAIN)


@pytest.fixture(scope="module")
def content(program: sg.CompiledProgram) -> bytes:
    """A snapshot with open lots."""
    session = program.session(timeframe="15m")
    for bar in bars(500):
        session.push(bar)
        if session.position:
            return session.snapshot()
    raise AssertionError


def tried(engine: str, first: int, stop: int) -> dict[str, int]:
    """Crafted snapshots in a process of their own; a crash names its case."""
    arguments = [sys.executable, crafted.__file__, engine, str(first), str(stop)]
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=3600)
    assert done.returncode == 0, f"ended with {done.returncode} in {done.stderr.splitlines()[-1:]}"
    *faults, counts = done.stdout.splitlines()
    assert not faults, "\n".join(faults)
    found: dict[str, int] = json.loads(counts)
    return found


@pytest.mark.parametrize("engine", ["interpreted", "native"])
def test_a_crafted_snapshot_is_refused_or_runs_within_its_arrays(engine: str) -> None:
    found = tried(engine, 0, 250)
    assert min(found["taken"], found["refused"]) > 50 and sum(found.values()) == 250


@pytest.mark.soak
@pytest.mark.parametrize("engine", ["interpreted", "native"])
@pytest.mark.parametrize("first", [*range(1000, 9000, 2000), *range(crafted.EACH, crafted.EACH + 8000, 2000)])
def test_many_crafted_snapshots(engine: str, first: int) -> None:
    tried(engine, first, first + 2000)


def slot(taken: Taken, name: str, at: int) -> memoryview:
    return memoryview(taken.arrays[name])[8 * at : 8 * at + 8].cast("q" if name in ("k", "bk") else "d")


def first_lot(taken: Taken) -> int:
    return slot(taken, "bk", at.LOTS)[0]


def first_statement(taken: Taken) -> int:
    return slot(taken, "bk", at.STATEMENTS)[0]


BOOKS = {
    "more lots than fit": lambda t: ("bk", at.LOT_COUNT, 4),
    "a table elsewhere": lambda t: ("bk", at.LOTS, 1 << 40),
    "another statement count": lambda t: ("bk", at.STATEMENT_COUNT, 1),
    "a lot of no statement": lambda t: ("b", first_lot(t) + at.LOT_STATEMENT, 7.0),
    "a lot of an exit": lambda t: ("b", first_lot(t) + at.LOT_STATEMENT, 1.0),
    "a lot of the other side": lambda t: ("b", first_lot(t) + at.LOT_QUANTITY, -5.0),
    "a lot of nothing": lambda t: ("b", first_lot(t) + at.LOT_QUANTITY, float("nan")),
    "a position without lots": lambda t: ("bk", at.LOT_COUNT, 0),
    "a position that is not its lots'": lambda t: ("b", at.QUANTITY, 0.0),
    "fewer lots of a statement than there are": lambda t: ("bk", first_statement(t) + at.LIVE, 0),
    "an order without end": lambda t: ("b", slot(t, "bk", at.ORDERS)[0] + at.AMOUNT, float("inf")),
    "a reason that is none": lambda t: ("b", slot(t, "bk", at.ORDERS)[0] + at.REASON, 99.0),
    "other assumptions": lambda t: ("b", at.CAPITAL, 1.0),
    "cash that is missing": lambda t: ("b", at.CASH, float("nan")),
    "cash that equity is not of": lambda t: ("b", at.CASH, 1.0),
    "a high-water mark that is missing": lambda t: ("b", at.HIGH_WATER, float("nan")),
    "gains that are missing": lambda t: ("b", at.WON, float("inf")),
    "a floor that no guard has": lambda t: ("b", at.EQUITY_FLOOR, 1e6),
    "a guard that is not looked at": lambda t: ("bk", at.WATCHED, 1 - slot(t, "bk", at.WATCHED)[0]),
    "a wish between two bars": lambda t: ("b", slot(t, "bk", at.INBOX)[0] + at.WANTED, 1.0),
}


@pytest.mark.parametrize("what", BOOKS)
def test_books_that_no_run_leaves_are_refused(program: sg.CompiledProgram, content: bytes, what: str) -> None:
    session, taken = program.session(timeframe="15m"), Taken(content)
    name, place, value = BOOKS[what](taken)
    before = session.snapshot()
    slot(taken, name, place)[0] = value
    with pytest.raises(sg.SnapshotError, match="holds what no run can have left"):
        session.restore(taken.content(session._seal))
    assert session.snapshot() == before and session.position == 0.0


# --- what rests, and the levels of lots ------------------------------------------------------------


RESTING = """
enter long when true size 10% limit 0.1% valid 4 bars until close > 1000 scale 3
  stop 20% take 30% at 1r take 30% at 2r stop 0r after 1r stop entry + 1r after 2r trail 30% after 2r
"""


@pytest.fixture(scope="module")
def resting() -> tuple[sg.CompiledProgram, bytes]:
    """A snapshot with an order and a lot of the first statement, which has a stop that is dormant."""
    program = sg.compile(RESTING)
    session = program.session(timeframe="15m")
    for bar in bars(100):
        session.push(bar)
        taken = Taken(content := session.snapshot())
        working = order(taken, 0, at.STATE), level(taken, MOVE, at.STATE), level(taken, TAKE, at.STATE)
        held = [slot(taken, "b", place)[0] for place in working]
        if session.position > 0 and held == [at.RESTS, at.DORMANT, at.RESTS]:
            return program, content
    raise AssertionError


def order(taken: Taken, place: int, field: int) -> int:
    return slot(taken, "bk", at.ORDERS)[0] + place * at.ORDER_WIDTH + field


def level(taken: Taken, row: int, field: int) -> int:
    k = memoryview(taken.arrays["bk"]).cast("q")
    return row_at(lot_at(k, 0), row) + field


NAN = float("nan")
MOVE, TAKE = at.MOVE_ROW, at.MOVE_ROW + 2
RESTS = {
    "an order in no state": lambda t: ("b", order(t, 0, at.STATE), 5.0),
    "an order in a part of a state": lambda t: ("b", order(t, 0, at.STATE), 2.5),
    "a state that is missing": lambda t: ("b", order(t, 0, at.STATE), NAN),
    "an order dormant": lambda t: ("b", order(t, 0, at.STATE), float(at.DORMANT)),
    "an order at the market that rests by its statement": lambda t: ("b", order(t, 0, at.STATE), float(at.WAITS)),
    "a cancel with an order": lambda t: ("b", order(t, 1, at.STATE), float(at.RESTS)),
    "a count of what rests that is another": lambda t: ("bk", at.RESTING, 0),
    "a first bar that is missing": lambda t: ("b", order(t, 0, at.FROM), NAN),
    "an end that is missing": lambda t: ("b", order(t, 0, at.UNTIL), NAN),
    "an order of a part of nothing": lambda t: ("b", order(t, 0, at.AMOUNT), NAN),
    "an order that trades the other way": lambda t: ("b", order(t, 0, at.TRADE), -1.0),
    "an order without its price": lambda t: ("b", order(t, 0, at.LIMIT_PRICE), NAN),
    "an order of a later bar": lambda t: ("b", order(t, 0, at.DECIDED), 1e9),
    "a level that works from no bar on": lambda t: ("b", level(t, 0, at.FROM), NAN),
    "a level that adds to its lot": lambda t: ("b", level(t, TAKE, at.AMOUNT), -1.0),
    "a level that nothing arms": lambda t: ("b", level(t, MOVE, at.AFTER), float("inf")),
    "a lot without a price": lambda t: ("b", first_lot(t) + at.LOT_PRICE, NAN),
    "a level in no state": lambda t: ("b", level(t, 0, at.STATE), 6.0),
    "a level for a reason that no lot leaves for": lambda t: ("b", level(t, 0, at.REASON), 9.0),
    "two lots in one place": lambda t: ("bk", slot(t, "bk", at.LOT_LIST)[0], 1),
    "a place beyond the table": lambda t: ("bk", slot(t, "bk", at.LOT_LIST)[0], 1 << 30),
    "rows of a lot as wide as others'": lambda t: ("bk", at.LOT_STRIDE, at.LOT_WIDTH),
    "a moment of the day beyond all counts": lambda t: ("bk", first_statement(t) + at.PASSED, 1 << 60),
    "a level watched for below where it stands": lambda t: ("b", at.WATCH_LOW, 1e-9),
    "a level watched for above where it stands": lambda t: ("b", at.WATCH_HIGH, 1e9),
    "a stop without a price": lambda t: ("b", level(t, at.STOP_ROW, at.TRIGGER_PRICE), NAN),
    "a stop that has a limit": lambda t: ("b", level(t, at.STOP_ROW, at.LIMIT_PRICE), 50.0),
    "a take without a price": lambda t: ("b", level(t, TAKE, at.LIMIT_PRICE), NAN),
    "a stop that waits for nothing": lambda t: ("b", level(t, MOVE, at.AFTER), NAN),
    "a stop that leaves as a target": lambda t: ("b", level(t, at.STOP_ROW, at.REASON), 4.0),
    "an end of lives that is another": lambda t: ("bk", at.ORDER_END, at.NEVER),
    "a lot that came by half a path": lambda t: ("b", first_lot(t) + at.LOT_BY_PATH, 0.5),
    "a lot at no moment": lambda t: ("b", first_lot(t) + at.LOT_MOMENT, 3.0),
}


@pytest.mark.parametrize("what", RESTS)
def test_orders_that_no_run_leaves_resting_are_refused(resting: tuple[sg.CompiledProgram, bytes], what: str) -> None:
    program, content = resting
    session, taken = program.session(timeframe="15m"), Taken(content)
    name, place, value = RESTS[what](taken)
    before = session.snapshot()
    assert slot(taken, name, place)[0] != value
    slot(taken, name, place)[0] = value
    with pytest.raises(sg.SnapshotError, match="holds what no run can have left"):
        session.restore(taken.content(session._seal))
    assert session.snapshot() == before


def test_a_window_place_beyond_the_window_is_refused(program: sg.CompiledProgram, content: bytes) -> None:
    session, taken = program.session(timeframe="15m"), Taken(content)
    refused = 0
    for place in range(len(taken.arrays["k"]) // 8):
        again = Taken(content)
        slot(again, "k", place)[0] = 1000
        with pytest.raises(sg.SnapshotError, match=rf"slot {place} is 1000, which is not from 0 to \d+"):
            session.restore(again.content(session._seal))
        refused += 1
    assert refused >= 5


@pytest.mark.parametrize("time", [0, 1, -(1 << 63), -(1 << 62) + 1, (1 << 63) - 1])
def test_a_last_bar_at_no_time_is_refused(program: sg.CompiledProgram, content: bytes, time: int) -> None:
    session, taken = program.session(timeframe="15m"), Taken(content)
    taken.last = time.to_bytes(8, "little", signed=True)
    if time in (0, 1):  # 1970 is a time
        session.restore(taken.content(session._seal))
        return
    with pytest.raises(sg.SnapshotError, match="the time of its last bar is none"):
        session.restore(taken.content(session._seal))


HEADERS = {
    b"": "no JSON", b"[" * 200_000: "no JSON", b"\xff": "no JSON", b"null": "incomplete", b"{}": "incomplete",
    b'{"version":%d,"index":0,"seal":"","sizes":[0,0,0,0,0,-8],"places":[]}' % VERSION: "not as long as it says",
    b'{"version":%d,"index":0,"seal":"","sizes":[1e400],"places":[]}' % VERSION: "not as long as it says",
    b'{"version":[[]],"index":0,"seal":"","sizes":[],"places":[]}': "expected a snapshot of version",
}  # fmt: skip


@pytest.mark.parametrize("header", HEADERS, ids=range(len(HEADERS)))
def test_a_header_of_any_kind_is_one_refusal(program: sg.CompiledProgram, content: bytes, header: bytes) -> None:
    session, taken = program.session(timeframe="15m"), Taken(content)
    taken.head = header
    with pytest.raises(sg.SnapshotError, match=HEADERS[header]):
        session.restore(taken.content(session._seal))


def at_work(taken: Taken) -> set[str]:
    """What a snapshot holds of orders and of the levels of lots, by kind."""
    b, k = (memoryview(taken.arrays[name]).cast(kind) for name, kind in (("b", "d"), ("bk", "q")))
    orders = {f"an order {STATES[int(state_of(b, k, place))]}" for place in range(k[at.STATEMENT_COUNT])}
    for here in (lot_at(k, lot) for lot in range(k[at.LOT_COUNT])):
        if b[here + at.LOT_MOMENT] == INSIDE and b[here + at.LOT_INDEX] == k[at.NOW]:
            orders.add("a lot filled inside its last bar")
        orders |= {f"level {STATES[int(b[row_at(here, row) + at.STATE])]}" for row in range(k[at.LEVELS])}
    return orders


STATES = ("none", "waits", "rests", "past its trigger", "dormant")
HELD = {
    "an order waits", "an order rests", "an order past its trigger", "a lot filled inside its last bar", "level rests",
    "level dormant", "level waits",
}  # fmt: skip


def test_honest_snapshots_are_taken_over_at_every_bar() -> None:
    """The programs that the crafted ones come from, at every bar, in both engines: none is refused."""
    seen: set[str] = set()
    for text in crafted.PROGRAMS:
        program = sg.compile(text)
        going, others = program.session(timeframe="15m"), [program.session(timeframe="15m", engine=e) for e in ENGINES]
        for bar in bars(160):
            going.push(bar)
            kept = going.snapshot()
            seen |= at_work(Taken(kept))
            for other in others:
                other.restore(kept)
                assert hashlib.sha256(other.snapshot()).digest() == hashlib.sha256(kept).digest()
    assert seen >= HELD


def test_more_lots_filled_inside_a_bar_than_are_open_at_once_are_no_reason_to_refuse() -> None:
    """A bar fills the long, which the short reverses: two lots were filled inside it, and one can be open."""
    text = "enter long when true size 1 units trigger 1%\nenter short when true size 1 units trigger 1%\n"
    program = sg.compile(text)
    session, other = program.session(timeframe="15m"), program.session(timeframe="15m")
    for n, bar in enumerate(bars(2)):
        session.push(bar._replace(open=100.0, high=103.0 if n else 100.0, low=97.0 if n else 100.0, close=100.0))
        other.restore(session.snapshot())
    assert slot(Taken(session.snapshot()), "bk", at.FRESH)[0] == 2


@pytest.mark.parametrize("engine", ["interpreted", "native"])
def test_a_reversal_closes_lots_beyond_all_measure(engine: str) -> None:
    """Lots of 1.8e300 in all are closed whole before the other side opens: none is left beyond the table."""
    text = """
    guard leverage 1000000000000
    enter long when bar_index < 3 size column("q") units scale 2
    enter short when bar_index == 5 size 1 units
    """
    session = sg.compile(text).session(timeframe="15m", capital=1e12, engine=engine)
    held = []
    for bar in bars(9):
        session.push(bar._replace(open=1e-290, high=1e-290, low=1e-290, close=1e-290), {"q": 6e299})
        held.append(session.position)
    assert held[3:6] == [pytest.approx(1.8e300)] * 3 and held[6:] == [-1.0] * 3


COUNTS = (at.BARS, at.HELD, at.TRADES, at.NEXT_ORDER)


@pytest.mark.parametrize("place", COUNTS)
def test_a_greatest_count_goes_on_the_same_in_both_engines(
    program: sg.CompiledProgram, content: bytes, place: int
) -> None:
    told = []
    for engine in ("interpreted", "native"):
        session, taken = program.session(timeframe="15m", engine=engine), Taken(content)
        taken.header["index"] = slot(taken, "bk", place)[0] = WHOLE
        session.restore(taken.content(session._seal))
        last = int.from_bytes(taken.last, "little", signed=True)
        told.append([repr(session.push(bar)) for bar in bars(540) if bar.ts > last])
    assert told[0] == told[1]


@pytest.mark.parametrize("count", [WHOLE + 1, (1 << 53) - 1, 1 << 53, (1 << 53) + 1])
def test_a_count_near_which_a_number_cannot_tell_it_from_the_next_is_refused(
    program: sg.CompiledProgram, content: bytes, count: int
) -> None:
    """The engines would part there: one counts in whole numbers of any size, the other in those of 64 bits."""
    session = program.session(timeframe="15m")
    for place in (None, *COUNTS):
        taken = Taken(content)
        if place is None:
            taken.header["index"] = count
        else:
            slot(taken, "bk", place)[0] = count
        with pytest.raises(sg.SnapshotError):
            session.restore(taken.content(session._seal))


@pytest.mark.parametrize("what", ["a bar that has not run", "a level that no statement sets"])
def test_what_could_not_be_told_again_is_refused(what: str) -> None:
    """Taken, it would be in the next snapshot, and that be refused."""
    program = sg.compile(crafted.PLAIN)
    session = program.session(timeframe="15m")
    for bar in bars(12):
        session.push(bar)
    taken = Taken(session.snapshot())
    if what == "a bar that has not run":
        slot(taken, "bk", at.NOW)[0] = 12
    else:
        slot(taken, "b", first_lot(taken) + at.LOT_WIDTH + at.STATE)[0] = float(at.RESTS)
    with pytest.raises(sg.SnapshotError, match="what no run can have left"):
        program.session(timeframe="15m").restore(taken.content(session._seal))
