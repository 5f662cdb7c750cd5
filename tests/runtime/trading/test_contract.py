"""What others rely on: names that agree across stages, tables that do not overlap, functions native code can take."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest
from stratagem.lang.inputs.assumptions import read_assumptions
from stratagem.lang.words import vocabulary
from stratagem.runtime import trading
from stratagem.runtime.native.emit_sweep import CALM
from stratagem.runtime.trading import layout, rows, specs
from stratagem.runtime.trading.phases import (
    ACCOUNT,
    AWAKE,
    COLD,
    EVENT,
    HOT,
    OPENING,
    PORTFOLIO_EVENT,
    READS,
    SEVERAL,
    Phase,
)
from stratagem.runtime.trading.specs import EnterSpec, ExitSpec, GuardSpec
from stratagem.runtime.trading.state import Statement, lay_out

FOLDER = Path(inspect.getfile(trading)).parent
HOST = {
    "__init__", "specs", "state", "phases", "buffers", "sound", "over_account", "effects", "finer_rows", "near_rows",
}  # fmt: skip
STEPS = sorted(path for path in FOLDER.glob("*.py") if path.stem not in HOST)


def test_books_reasons_and_guards_are_those_of_the_language() -> None:
    assert set(READS) == set(vocabulary.BOOKS)
    assert {field for field, read in READS.items() if read.result == "bool"} == vocabulary.BOOK_BOOLS
    assert rows.EXIT_REASONS == vocabulary.EXIT_REASONS
    assert set(specs.GUARDS) == {*vocabulary.GUARDS, "margin"}  # which is assumed


def test_reasons_of_orders_begin_with_the_guards() -> None:
    assert rows.REASONS[: len(specs.GUARDS)] == specs.GUARDS
    assert rows.REASONS[rows.NO_REASON] == "" and rows.REASONS[rows.CUT_BY_CAP] == "cap"
    assert rows.REASONS[rows.ZERO_QUANTITY] == "zero_quantity" and rows.REASONS[rows.AT_THE_END] == "end"


@pytest.mark.parametrize("table", ["TRADE", "ORDER", "RECORD"])
def test_columns_are_as_wide_as_their_rows(table: str) -> None:
    columns = getattr(rows, f"{table}_COLUMNS")
    assert len(columns) == len(set(columns)) == getattr(rows, f"{table}_WIDTH")
    for at, name in enumerate(columns):
        constant = f"{table}_{name.upper()}"
        if hasattr(rows, constant):
            assert getattr(rows, constant) == at, constant


def _sections() -> dict[str, list[tuple[str, int]]]:
    """Slots of each part of the layout, by the comment that heads it."""
    found: dict[str, list[tuple[str, int]]] = {}
    part = ""
    for line in Path(inspect.getfile(layout)).read_text().splitlines():
        if line.startswith("# ---"):
            part = line.split("---")[1].strip().split(":")[0].split(" (")[0]
        name, _, value = line.partition(" = ")
        if value.split("#")[0].strip().isdigit() and name.isidentifier():
            found.setdefault(part, []).append((name, int(value.split("#")[0])))
    return found


@pytest.mark.parametrize("part", [part for part in _sections() if part != "codes"])
def test_no_two_slots_share_a_place(part: str) -> None:
    slots = [slot for slot in _sections()[part] if slot[0] != "TEXT_COUNT"]
    assert len({place for _, place in slots}) == len(slots), slots


@pytest.mark.parametrize("path", STEPS, ids=lambda path: path.stem)
def test_step_functions_are_plain(path: Path) -> None:
    """No raw division or power, no attribute but a slot or a code, no container, nothing that raises: helpers only."""
    tree = ast.parse(path.read_text())
    banned = (
        ast.Raise,
        ast.Try,
        ast.Assert,
        ast.List,
        ast.Dict,
        ast.ListComp,
        ast.GeneratorExp,
        ast.Lambda,
    )
    for function in (node for node in tree.body if isinstance(node, ast.FunctionDef)):
        assert ast.get_docstring(function) or function.name.startswith("read_"), function.name
        for node in ast.walk(function):
            assert not isinstance(node, banned), f"{function.name}: {ast.unparse(node)}"
            if isinstance(node, ast.Attribute):
                assert isinstance(node.value, ast.Name) and node.value.id in ("at", "rows"), ast.unparse(node)
            if isinstance(node, ast.Compare):  # `in` a tuple leaves a way to raise in native code
                assert not any(isinstance(op, (ast.In, ast.NotIn)) for op in node.ops), ast.unparse(node)
            if isinstance(node, ast.BinOp):
                assert isinstance(node.op, (ast.Add, ast.Sub, ast.Mult)), f"{function.name}: {ast.unparse(node)}"


EVERY = [*HOT.values(), *COLD.values(), *SEVERAL.values(), *READS.values()]


@pytest.mark.parametrize("phase", EVERY, ids=lambda phase: phase.name)
def test_a_phase_takes_what_engines_know(phase: Phase) -> None:
    kinds = {"Floats": "a b trades orders records", "Ints": "ak k"}
    kinds["int"] = "index time statement opened closed failed reason turn guard"
    kinds["float"] = "open high low close volume funding borrow conversion date day spread bid ask reading"
    for name, argument in inspect.signature(phase.function).parameters.items():
        assert name in kinds[str(argument.annotation)].split(), name


def test_the_parts_of_an_event_are_phases_or_the_engines_own() -> None:
    """Semantics 18: higher bars close, fills, the mark, guards, series, decisions, records."""
    names = [part.name for part in EVENT]
    before = "day clocks accrue borrow fund convert grade allow approach fill observe quote quote_sides"
    before += " mark record_mark trip"
    assert names == f"{before} series gauges wishes decide commit outputs".split()
    assert [part.name for part in OPENING] == list(CALM), "the calm bars of a sweep go through the same"
    own = {"day", "clocks", "series", "gauges", "wishes", "commit", "outputs"}
    assert all(name in own or name in HOT or name in COLD for name in names)
    assert all(part.asks in HOT for part in EVENT if part.asks)


def test_the_stages_of_several_books_call_what_there_is() -> None:
    """Carry before all fills, these before any mark, all marks before the account's, all exits before any entry."""
    names = [stage.name for stage in PORTFOLIO_EVENT]
    before = "sums day carry release opening marks sums call called mark records trips"
    assert names[:12] == before.split()
    assert names[12:] == "steps closing account readings gauges flows basis leave groups enter after outputs".split()
    own = {"opening", "closing"}
    turns = [turn for stage in PORTFOLIO_EVENT for turn in stage.turns]
    called = {name for turn in turns for name in turn.calls}
    known = {**HOT, **COLD, **SEVERAL}
    assert called <= set(known) | own
    of_legs = {name for name in SEVERAL if "leg" in name or "step" in name}
    asked = {"tripped_account", "gauged", "pays", "is_called", "date_tiers", "begin_tiers", "add_tiers", "grade_book"}
    assert set(SEVERAL) - called - of_legs - asked == {"new_day_book", "earn", "arrive", "unasked"}
    for stage in PORTFOLIO_EVENT:
        assert not stage.asks or known[stage.asks].arguments == ("a", "ak")
    for turn in turns:
        alone = all(set(known[name].arguments) & {"b", "k"} == set() for name in turn.calls if name not in own)
        assert alone == (turn.over == ACCOUNT), turn
        assert turn.asks in ("", AWAKE) or "a" not in known[turn.asks].arguments


def test_the_slots_of_the_account_stand_first() -> None:
    money = {layout.CASH, layout.EQUITY, layout.HIGH_WATER, layout.TROUGH, layout.MAX_DRAWDOWN, layout.DAY_EQUITY}
    assert money | {layout.BASIS, layout.EARNED} == set(range(layout.ACCOUNT_FLOATS))
    assert {layout.HALTED, layout.NEXT_ORDER, layout.DAY, layout.EARNED_AT} == set(range(layout.ACCOUNT_INTS))


def test_tables_follow_each_other_without_overlap() -> None:
    statements: list[Statement] = [EnterSpec("long", scale=3), EnterSpec("short"), ExitSpec("long")]
    state = lay_out(statements, [GuardSpec("drawdown", 0.2)], read_assumptions())
    k = state.k
    assert k[layout.INBOX] == layout.B_FIXED
    assert k[layout.KEPT] == k[layout.INBOX] + 3 * layout.INBOX_WIDTH
    assert k[layout.ORDERS] == k[layout.KEPT] + 3 * layout.INBOX_WIDTH
    assert k[layout.LOTS] == k[layout.ORDERS] + 5 * layout.ORDER_WIDTH
    assert k[layout.LOT_STRIDE] == layout.LOT_WIDTH + k[layout.LEVELS] * layout.ORDER_WIDTH
    assert k[layout.THRESHOLDS] == k[layout.LOTS] + 4 * k[layout.LOT_STRIDE] + k[layout.GUARD_COUNT]
    assert len(state.b) == k[layout.THRESHOLDS] + 2 and state.implied_exposure
    assert list(state.b[k[layout.THRESHOLDS] :]) == [0.2, 1.0]
    assert k[layout.GUARDS] == layout.K_FIXED + 3 * layout.STATEMENT_WIDTH
    assert k[layout.OWN_LIST] == k[layout.GUARDS] + 2 * layout.GUARD_WIDTH
    assert k[layout.LOT_LIST] == k[layout.OWN_LIST] + 3
    assert list(k[k[layout.LOT_LIST] :]) == [0, 1, 2, 3]


def test_a_program_without_orders_has_books() -> None:
    state = lay_out([], [], read_assumptions({"capital": 5}))
    assert state.b[layout.EQUITY] == 5 and state.counters()["bars"] == 0


WRONG = [
    (lambda: EnterSpec("up"), "side"),
    (lambda: EnterSpec("long", "percent"), "sizing"),
    (lambda: EnterSpec("long", "risk"), "needs a stop or a trail"),
    (lambda: EnterSpec("long", scale=-1), "scale"),
    (lambda: EnterSpec("long", fill="later"), "fill"),
    (lambda: ExitSpec("long", "risk"), "sizing"),
    (lambda: GuardSpec("exposure", 1.0, "warn"), "action"),
]


@pytest.mark.parametrize("make, message", WRONG)
def test_specs_refuse_what_they_do_not_know(make: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()  # type: ignore[operator]
