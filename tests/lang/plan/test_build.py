"""Plans: what is in one, in which order, and what is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from stratagem.lang.diagnostics.span import NOWHERE
from stratagem.lang.plan.build import plan
from stratagem.lang.plan.model import BASE_CLOCK, Op, Plan
from stratagem.lang.plan.operands import blocks, kinds
from stratagem.lang.program.program import Emit, Guard, Template
from stratagem.lang.program.timeframe import timeframe

from ...handmade import Maker, w1, w2, w4
from ...wild import wild

HOUR, DAY = timeframe("1h"), timeframe("1d")


def names(ops: tuple[Op, ...]) -> list[str]:
    return [op.name for op in ops if op.kind in ("step", "pure")]


def test_nothing_dead_is_planned():
    make = Maker()
    make.step("ema", make.close, 100.0)
    used = make.step("sma", make.close, 5.0)
    make.cell("dead", 0.0, make.pure("add", make.previous("dead"), used))
    made = plan(make.program(make.enter("long", make.pure("gt", make.close, used))))
    assert names(made.ops) == ["sma", "gt"]
    assert made.commits == ()


def test_what_is_shared_is_planned_once():
    assert names(plan(w1()).ops).count("sma") == 2


@pytest.mark.parametrize("seed", range(60))
def test_every_operand_is_known_before_it_is_read(seed):
    made = plan(*wild(seed, 4))
    forming = {sample.id for clock in made.clocks for sample in clock.forming}
    for block in blocks(made):
        decided = any(block is decision.ops for decision in made.decisions)
        known = set(forming) | ({op.id for op in made.ops} if decided else set())
        for op in block:
            assert all(arg < 0 or arg in known for arg in op.args), op
            assert len(kinds(op)) == len(op.args)
            known.add(op.id)


@pytest.mark.parametrize("seed", range(30))
def test_every_slot_exists(seed):
    made = plan(*wild(seed, 4))
    for op in (op for block in blocks(made) for op in block):
        assert all(-1 - arg < len(made.stage) for arg in op.args if arg < 0)
    gates = [d.gate for d in made.decisions] + [o.gate for o in made.outputs]
    gates += [counter.gate for counter in made.counters]
    for what, slot in (pair for gate in gates for pair in gate):
        assert len(made.stage) <= slot < len(made.stage) + len(made.thresholds)
        assert BASE_CLOCK <= what < len(made.clocks) + len(made.counters)
    for place, counter in enumerate(made.counters):
        assert all(what < len(made.clocks) + place for what, _ in counter.gate), "only counters before it"


def test_clocks_go_from_coarse_to_fine():
    make = Maker()
    frames = ["1h", "1w", "30m", "1d", "4h"]
    outputs = [(f, make.sample(make.input("close", timeframe(f)))) for f in frames]
    made = plan(make.program(), outputs, trading=False)
    assert [clock.timeframe for clock in made.clocks] == ["1w", "1d", "4h", "1h", "30m"]


def test_closes_alone_makes_a_clock():
    make = Maker()
    made = plan(make.program(), [("x", make.closes("4h"))], trading=False)
    assert [clock.timeframe for clock in made.clocks] == ["4h"]
    assert made.column("close_time") >= 0


def test_what_only_a_decision_reads_runs_with_it():
    made = plan(w2())
    (decision,) = made.decisions
    assert sorted(names(decision.ops)) == ["add", "mul", "mul", "sub"]
    assert "sub" in names(made.ops)  # the true range's, which is needed on every bar


def test_a_value_that_is_handed_out_stays_with_the_bar():
    program = w2()
    stop = program.enters[0].stop
    assert stop is not None
    made = plan(program, [("stop", stop.base)])
    assert sorted(names(made.decisions[0].ops)) == ["add", "mul"]


def test_steps_never_leave_the_block_because_they_advance_on_every_bar():
    make = Maker()
    when = make.pure("gt", make.close, make.input("open"))
    stop = make.affine(make.pure("sub", make.close, make.step("ema", make.close, 5.0)))
    made = plan(make.program(make.enter("long", when, stop=stop)))
    assert names(made.decisions[0].ops) == ["sub"]
    assert "ema" in names(made.ops)


def test_the_inbox_says_what_a_statement_has():
    make = Maker()
    when = make.pure("gt", make.close, make.input("open"))
    enter = make.enter("short", when, trail=make.affine(2.0), cap=make.node(0.5), expire=make.node(3.0),
                       expire_kind="bars", scale=2, fill="this_close")  # fmt: skip
    made = plan(make.program(enter, make.exit("short", when, once=True)))
    first, second = made.decisions
    assert [name for name, _ in first.inbox] == [
        "SIZE", "CAP", "TRAIL_BASE", "TRAIL_SLOPE", "TRAIL_SLOPE_BELOW", "EXPIRE",
    ]  # fmt: skip
    assert (first.scale, first.fill, first.expire_kind, first.sizing) == (2, "this_close", "bars", "units")
    assert (second.action, second.once, second.inbox, second.sizing) == ("exit", True, (), "")


def test_texts_name_their_places():
    make = Maker()
    when = make.pure("gt", make.close, make.input("open"))
    because = Template(("at ", make.close, ", ", when, ", ", make.node(2.0)))
    made = plan(make.program(make.enter("long", when, because=because)))
    assert made.decisions[0].because is not None
    assert made.decisions[0].because.parts == ("at ", ("number", 0), ", ", ("bool", 1), ", ", ("number", 2))
    assert made.decisions[0].text_types == ("number", "bool", "number")
    assert len(made.decisions[0].texts) == 3


def test_trading_adds_the_columns_it_reads():
    columns = {column.name for column in plan(w1()).columns}
    assert columns == {"time", "open", "high", "low", "close"}
    make = Maker()
    made = plan(make.program(), [("x", make.close)], trading=False)
    assert [column.name for column in made.columns] == ["close"]
    assert not made.trading


def test_without_trading_statements_are_left_out():
    made = plan(w1(), [("close", Maker().close)], trading=False)
    assert made.decisions == () and names(made.ops) == []


def test_reading_the_books_needs_them():
    make = Maker()
    assert plan(make.program(), [("x", make.book("equity"))], trading=False).trading


@pytest.mark.parametrize(("guard", "expected"), [("daily_loss", True), ("day_trades", True), ("drawdown", False)])
def test_days_are_watched_where_a_guard_counts_by_day(guard, expected):
    make = Maker()
    when = make.pure("gt", make.close, make.input("open"))
    rule = Guard(guard, make.node(0.1), "halt", NOWHERE)
    made = plan(make.program(make.enter("long", when), guards=(rule,)))
    assert bool(made.day) is expected
    assert [limit.name for limit in made.guards] == [guard]


def test_days_are_watched_where_a_book_is_by_day():
    make = Maker()
    assert plan(make.program(), [("x", make.book("trades.today"))]).day
    assert not plan(make.program(), [("x", make.book("trades.count"))]).day


def test_days_are_watched_where_the_host_asks():
    assert not plan(Maker().program()).day
    assert plan(Maker().program(), days=True).day


def test_given_nodes_become_columns_and_what_is_behind_them_goes():
    program = w1()
    make = Maker()
    fast = make.step("sma", make.close, 10.0)
    # The same node of the program's own graph: found by its shape.
    node = next(n for n in _steps(program) if n.data == fast.data and n.args[1].data[0] == 10.0)
    made = plan(program, columns=[node])
    assert names(made.ops).count("sma") == 1
    assert [column.source for column in made.columns].count("given") == 1


def _steps(program):  # type: ignore[no-untyped-def]
    stack, found = [e.when for e in program.enters], []
    while stack:
        node = stack.pop()
        found += [node] if node.kind == "step" else []
        stack.extend(node.args)
    return found


def test_peeks_work_on_copies():
    make = Maker()
    ema = make.step("ema", make.input("close", HOUR), 5.0)
    sma = make.step("sma", ema, 4.0)
    made = plan(make.program(), [("x", make.sample(sma, "forming"))], trading=False)
    (clock,) = made.clocks
    stepped = [op for op in clock.ops if op.kind == "step"]
    peeked = [op for op in clock.peek if op.kind == "step"]
    assert names(tuple(stepped)) == names(tuple(peeked)) == ["ema", "sma"]
    assert all(a.at != b.at for a, b in zip(stepped, peeked, strict=True))
    assert sum(copy.count for copy in clock.copies if copy.array == "w") == 4
    assert {(c.array) for c in clock.copies} == {"f", "k", "w"}


def test_neighbouring_copies_are_one():
    make = Maker()
    ema = make.step("ema", make.step("ema", make.input("close", HOUR), 5.0), 5.0)
    made = plan(make.program(), [("x", make.sample(ema, "forming"))], trading=False)
    assert [copy.array for copy in made.clocks[0].copies] == ["f", "k"]


def test_a_peek_steps_only_what_the_forming_sample_reads():
    make = Maker()
    close = make.input("close", HOUR)
    forming, closed = make.sample(make.step("ema", close, 5.0), "forming"), make.sample(make.step("sma", close, 5.0))
    (clock,) = plan(make.program(), [("a", forming), ("b", closed)], trading=False).clocks
    assert names(clock.peek) == ["ema"]
    assert sorted(names(clock.ops)) == ["ema", "sma"]


def test_cells_are_stored_at_the_end_of_their_block():
    make = Maker()
    cell = make.cell("count", 0.0, make.pure("add", make.previous("count"), 1.0))
    made = plan(make.program(), [("x", cell)], trading=False)
    assert [commit.value for commit in made.commits] == [op.id for op in made.ops if op.kind == "cell"]


def test_a_cell_of_which_only_the_past_is_read_is_kept():
    make = Maker()
    make.cell("other", 0.0, make.pure("add", make.previous("other"), 1.0))
    cell = make.cell("mine", 0.0, make.pure("add", make.lagged("other"), 1.0))
    made = plan(make.program(), [("x", cell)], trading=False)
    assert {op.name for op in made.ops if op.kind == "cell"} == {"mine", "other"}


def test_emits_wait_for_their_warm_up():
    make = Maker()
    signal = make.pure("gt", make.close, make.step("sma", make.close, 9.0))
    made = plan(make.program(emits=(Emit("signal", signal, NOWHERE),)))
    (output,) = made.outputs
    assert output.kind == "emit" and len(output.gate) == 1


def test_the_plan_remembers_what_the_host_asks():
    program = replace(w4(), title="Trend", symbols=("EURUSD",), timeframe=timeframe("15m"), assumptions={"fee": "0.1%"})
    made = plan(program)
    assert (made.title, made.symbols, made.timeframe, made.assumptions) == (
        "Trend", ("EURUSD",), "15m", (("fee", "0.1%"),),
    )  # fmt: skip


def test_parameters_keep_their_domain():
    make = Maker()
    n = make.param("n", 5, 2, 300)
    made = plan(make.program(), [("x", make.step("sma", make.close, n))])
    (parameter,) = made.params
    assert (parameter.name, parameter.default, parameter.whole, parameter.low, parameter.high, parameter.most) == (
        "n", 5, True, 2, 300, 300,
    )  # fmt: skip


def test_a_plan_is_a_value():
    one, two = plan(w2()), plan(w2())
    assert one == two and hash(one) == hash(two)
    assert isinstance(one, Plan)
