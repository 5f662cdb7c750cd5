"""Whether a plan that was read means something: every value is of its kind, every place lies within the state.

A plan that was built does; one that was kept is a file, which a hand may have changed with its checksum. What is
asked here needs no operator, so that a kept plan still starts without them. One that is read is of the right kinds as
`rows.py` makes it; `fault` asks that too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from ..program.limits import MOST_MOVES, MOST_TAKES
from ..words.vocabulary import GAUGES
from .model import (
    ACTIONS,
    BASE_CLOCK,
    CLOCK_SLOTS,
    CROSSINGS,
    EXPIRIES,
    FLOWS,
    FORMAT,
    HOLD_PLACES,
    LIVES,
    RESTS,
    Clock,
    Crossing,
    Decision,
    Gate,
    Limit,
    Op,
    Plan,
    Several,
)

_SLOTS = {
    "bar": "f", "output": "f", "held": "b", "event": "b", "previous": "s", "lagged": "s", "cell": "k", "step": "fkw",
}  # fmt: skip
_KINDS = (*_SLOTS, "column", "index", "closes", "pure", "book")
"""Kinds of ops, with what their slots are of: f, k and w; b is f of a number and k of a bool; s that and a stage."""


def fault(plan: Plan) -> str:
    """What is wrong with a plan, "" if nothing is."""
    return next(_ill_typed(plan, Plan, "plan"), "") or misplaced(plan)


def fault_of_several(several: Several) -> str:
    """What is wrong with the plans of several symbols, "" if nothing is."""
    return next(_ill_typed(several, Several, "plans"), "") or misplaced_of_several(several)


def misplaced(plan: Plan) -> str:
    """What is wrong with a plan of which every value is of its kind, "" if nothing is."""
    return next((wrong for found in (_misplaced(plan), _gauged(plan, plan.guards)) for wrong in found), "")


def misplaced_of_several(several: Several) -> str:
    """The same of the plans of several symbols."""
    return next(_crossed(several), "")


# --- kinds of values --------------------------------------------------------------------------------------


def hints(kind: Any) -> dict[str, Any]:
    """The kinds of a class's fields, made once: each is evaluated from its text."""
    if kind not in _known:
        _known[kind] = get_type_hints(kind)
    return _known[kind]


_known: dict[Any, dict[str, Any]] = {}


def _ill_typed(value: Any, hint: Any, where: str) -> Iterator[str]:
    """Where a value is not what the model says."""
    if is_dataclass(hint):
        if type(value) is not hint:
            yield f"{where} is no {getattr(hint, '__name__', hint)}"
            return
        for field in fields(hint):
            yield from _ill_typed(getattr(value, field.name), hints(hint)[field.name], f"{where}.{field.name}")
    elif get_origin(hint) is tuple:
        yield from _tuple(value, get_args(hint), where)
    elif not _is(value, hint):
        yield f"{where} is of another kind"


def _tuple(value: Any, inside: tuple[Any, ...], where: str) -> Iterator[str]:
    if not isinstance(value, tuple):
        yield f"{where} is no list"
    elif inside[-1] is Ellipsis:
        for item in value:
            yield from _ill_typed(item, inside[0], where)
    elif len(value) != len(inside):
        yield f"{where} has {len(value)} parts"
    else:
        for item, hint in zip(value, inside, strict=True):
            yield from _ill_typed(item, hint, where)


def _is(value: Any, hint: Any) -> bool:
    if get_origin(hint) in (Union, UnionType):
        return any(not any(_ill_typed(value, one, "")) for one in get_args(hint))
    if hint is float:
        return type(value) in (int, float)
    if hint is object or hint is Any:
        return True
    return type(value) is (NoneType if hint is None else hint)


# --- places -----------------------------------------------------------------------------------------------


def _misplaced(plan: Plan, places: Sequence[int] | None = None) -> Iterator[str]:
    """Where a plan names a value, a slot, a column or a clock that it does not have.

    places: where its statements stand, None: one after another.
    """
    if plan.extras or plan.extra_columns:
        yield "what assumptions ask for is no part of a plan that is kept"
    known = len(plan.stage) + len(plan.thresholds)
    for place, (_, _, slots) in enumerate(plan.stage):
        if not all(0 <= slot < place for slot in slots):
            yield "a row of the stage needs a later one"
    read = [length.slot for length in plan.lengths] + [rule.slot for rule in plan.requires]
    if not all(0 <= slot < len(plan.stage) for slot in (*read, *(guard.slot for guard in plan.guards))):
        yield "a slot of the stage is none"
    for length in plan.lengths:
        kind, fixed, _ = plan.stage[length.slot]
        if kind == "const" and not (isinstance(fixed, (int, float)) and length.least <= fixed <= length.most):
            yield f"{length.what} is {fixed}, which its window is not made for"
    forming = {sample.id for clock in plan.clocks for sample in clock.forming}
    base: set[int] = set(forming)
    for clock in plan.clocks:
        yield from _clock(plan, clock)
    yield from _block(plan, plan.ops, base, known)
    if plan.prefer is not None and not (plan.prefer in base or -len(plan.stage) <= plan.prefer < 0):
        yield "entries are ordered by what is not there"
    for column, _, _ in plan.books_of:
        if not (0 <= column < len(plan.columns) and plan.columns[column].source == "book_of"):
            yield "a reading of another book has no column"
    if sum(column.source == "book_of" for column in plan.columns) != len(plan.books_of):
        yield "a column is a reading of a book that nobody names"
    if [decision.index for decision in plan.decisions] != list(_places(plan) if places is None else places):
        yield "a statement stands in the place of another"
    for decision in plan.decisions:
        yield from _block(plan, decision.ops, set(base), known)
        yield from _gate(plan, decision.gate, known)
        yield from _decision(plan, decision)
    for gauge in plan.gauges:
        if not (gauge.value in base or -len(plan.stage) <= gauge.value < 0):
            yield "a guard reads what is not there"
        if not gauge.gate or gauge.gate[0][0] != BASE_CLOCK:
            yield "a guard reads nothing that begins"
        else:
            yield from _gate(plan, gauge.gate, known)
    if not all(output.value in base or -len(plan.stage) <= output.value < 0 for output in plan.outputs):
        yield "an output is of what is not there"
    if any(output.at >= plan.state.ints for output in plan.outputs):
        yield "an output has no slot"
    for commit in (*plan.commits, *(commit for clock in plan.clocks for commit in clock.commits)):
        value = plan.state.ints if commit.type == "bool" else plan.state.floats
        if not (0 <= commit.at[0] < value and 0 <= commit.at[1] < plan.state.ints):
            yield "a cell has no slot"
    for counter in plan.counters:
        if not (BASE_CLOCK <= counter.clock < len(plan.clocks) and counter.at < plan.state.ints):
            yield "a counter has no slot"
        yield from _gate(plan, counter.gate, known)


def _places(plan: Plan) -> Iterator[int]:
    """The place of each statement: a hold takes several, one after another."""
    place = 0
    for decision in plan.decisions:
        yield place
        place += HOLD_PLACES if decision.action == "hold" else 1


def _gauged(plan: Plan, guards: Sequence[Limit]) -> Iterator[str]:
    """Whether readings are of guards that have some, each of another."""
    read = [gauge.guard for gauge in plan.gauges]
    known = all(0 <= place < len(guards) and guards[place].name in GAUGES for place in read)
    if not known or len(set(read)) < len(read):
        yield "a series is the reading of no guard"


def _crossed(several: Several) -> Iterator[str]:
    """Where the plans of several symbols do not go together: each takes what the levels before it hand on."""
    handed: set[str] = set()
    for plan, crossings in (*((level.plan, level.crossings) for level in several.levels), (several.main, ())):
        if plan.format != FORMAT:
            yield f"expected plans of format {FORMAT}"
            return
        if wrong := next(_misplaced(plan), ""):
            yield wrong
        taken = {column.name for column in plan.columns if column.source == "given"}
        if not taken <= handed:
            yield "a plan takes what no level before it hands on"
        if plan is not several.main and (plan.trading or plan.decisions or plan.books_of or plan.gauges):
            yield "a level trades"
        for crossing in crossings:
            if wrong := _crossing(plan, crossing):
                yield wrong
            if crossing.column in handed:
                yield "two crossings hand on the same"
            handed.add(crossing.column)
    yield from _account(several, handed)


def _account(several: Several, handed: set[str]) -> Iterator[str]:
    """What is wrong with the plan of the account: it pays in and takes out by the statements of the main plan, and
    computes what its guards read."""
    flows = [decision.index for decision in several.main.decisions if decision.action in FLOWS]
    account = several.account
    if account is None:
        if flows:
            yield "nothing decides when money comes or goes"
        if any(guard.name in GAUGES for guard in several.main.guards):
            yield "a guard reads nothing"
        return
    yield from _misplaced(account, flows)
    yield from _gauged(account, several.main.guards)
    if any(decision.action not in FLOWS for decision in account.decisions) or account.guards or account.outputs:
        yield "an account does what its books do"
    if not {column.name for column in account.columns if column.source == "given"} <= handed:
        yield "an account takes what no level hands on"


def _crossing(plan: Plan, crossing: Crossing) -> str:
    """What is wrong with a crossing of the level that a plan computes."""
    one = crossing.function in ("of", "fresh")
    if crossing.function not in CROSSINGS or crossing.type not in ("number", "bool") or one != bool(crossing.symbol):
        return "a crossing is none"
    if (crossing.function == "fresh") != (crossing.argument < 0) or crossing.argument >= len(plan.outputs):
        return "a crossing reads what is not there"
    if (crossing.function == "top") != (crossing.count >= 0) or crossing.count >= len(plan.stage):
        return "a crossing counts by what is not there"
    return ""


def _decision(plan: Plan, decision: Decision) -> Iterator[str]:
    """Whether what a statement is, and what it tells, go together."""
    known = zip(
        (decision.action, decision.rest, decision.life, decision.expire_kind), (ACTIONS, RESTS, LIVES, EXPIRIES),
        strict=True,
    )  # fmt: skip
    if not all(word in words for word, words in known):
        yield "a statement says what there is not"
    if not (0 <= decision.takes <= MOST_TAKES and 0 <= decision.moves <= MOST_MOVES):
        yield "a statement has too many levels"
    told = {name for name, _ in decision.inbox}
    if missing := next((name for name in _told(decision) if name not in told), ""):
        yield f"a statement does not tell {missing}"
    of = next((each for each in plan.decisions if each.index == decision.of), None)
    holds = decision.action == "hold"
    ordered = decision.sequence > 0 and decision.step > 0
    linked = holds and bool(decision.symbol) and decision.atomic != ordered
    if holds != (decision.group >= 0) or ((decision.atomic or ordered) and not linked) or decision.group < -1:
        yield "a statement belongs to a group that it cannot"
    if min(decision.sequence, decision.step) < 0 or (decision.sequence > 0) != (decision.step > 0):
        yield "a statement has no place in a sequence"
    flows = decision.action in FLOWS
    if flows and decision.sizing not in ("fraction", "cash"):
        yield "money is paid in or out that there is not"
    if (holds or flows) == bool(decision.side) or (holds and decision.sizing not in ("fraction", "units", "cash")):
        yield "a statement holds nothing that there is"
    ladder = 1 <= decision.rung <= decision.rungs and decision.action == "enter" and bool(decision.rest)
    if (decision.rung, decision.rungs, decision.again) != (0, 0, False) and not (ladder and _stands(plan, decision)):
        yield "an order belongs to a ladder that it cannot"
    if decision.of != -1 and (decision.action != "cancel" or of is None or not of.rest):
        yield "a statement ends orders of what does not rest"
    timed = decision.expire_kind in ("day", "time")
    if timed != (decision.passed is not None) or (decision.passed and not _is_passed(plan, decision.passed)):
        yield "a statement has no columns of its time of day"
    if decision.life == "day" and not plan.day:
        yield "a statement needs to know of new days"


def _stands(plan: Plan, decision: Decision) -> bool:
    """Whether the orders of its ladder stand around it, one after another."""
    first = decision.index - decision.rung + 1
    ladder = [each for each in plan.decisions if first <= each.index < first + decision.rungs]
    alike = {(each.rungs, each.again, each.side, each.symbol, each.scale) for each in ladder}
    counted = [each.rung for each in ladder] == list(range(1, decision.rungs + 1))
    return counted and len(alike) == 1 and not decision.scale


def _told(decision: Decision) -> Iterator[str]:
    """What the inbox must hold, because of what the statement is."""
    if decision.action == "hold" or decision.action in FLOWS:
        yield "SIZE"
    if "limit" in decision.rest:
        yield "LIMIT"
    if "trigger" in decision.rest:
        yield "TRIGGER"
    if decision.life in ("bars", "seconds"):
        yield "LIFE"
    if decision.expire_kind in ("bars", "seconds"):
        yield "EXPIRE"
    if decision.trail_from_fill:
        yield from _level("STOP_")
        yield from _level("TRAIL_")
    for place in range(decision.takes):
        yield f"TAKE{place}_SHARE"
        yield from _level(f"TAKE{place}_")
    for place in range(decision.moves):
        yield from _level(f"MOVE{place}_")
        yield from _level(f"MOVE{place}_AFTER_")


def _level(name: str) -> Iterator[str]:
    return (name + part for part in ("BASE", "SLOPE", "SLOPE_BELOW"))


def _is_passed(plan: Plan, places: tuple[int, int]) -> bool:
    """Whether these are the columns of one time of day, of opens and of closes."""
    if not all(0 <= place < len(plan.columns) for place in places):
        return False
    opens, closes = (plan.columns[place] for place in places)
    return (
        opens.source == closes.source == "passed" and (opens.name, closes.name) == ("open", "close")
        and opens.whole and closes.whole and opens.timeframe == closes.timeframe and opens.zone == closes.zone
    )  # fmt: skip


def _clock(plan: Plan, clock: Clock) -> Iterator[str]:
    state = plan.state
    if not (0 <= clock.at <= state.ints - CLOCK_SLOTS and 0 <= clock.end < len(plan.columns)):
        yield f"the clock {clock.timeframe} has no slots"
    for field in clock.fields:
        if not (0 <= field.slot < state.floats and 0 <= field.column < len(plan.columns)):
            yield f"a field of {clock.timeframe} has no slot"
    sizes = {"f": state.floats, "k": state.ints, "w": state.window}
    for copy in clock.copies:
        size = sizes.get(copy.array, -1)
        if min(copy.source, copy.target, copy.count) < 0 or max(copy.source, copy.target) + copy.count > size:
            yield f"a copy for {clock.timeframe} leaves its array"
    held = [(hold.slot, hold.type) for hold in clock.holds] + [(form.slot, form.type) for form in clock.forming]
    for slot, kind in held:
        if not 0 <= slot < (state.ints if kind == "bool" else state.floats):
            yield f"a value of {clock.timeframe} has no slot"
    known = len(plan.stage) + len(plan.thresholds)
    yield from _block(plan, clock.ops, set(), known)
    yield from _block(plan, clock.peek, set(), known)


def _block(plan: Plan, ops: tuple[Op, ...], values: set[int], known: int) -> Iterator[str]:
    """The ops of a block, each of what stands before it; `values` are those that stand before all of them."""
    sizes = {"f": plan.state.floats, "k": plan.state.ints, "w": plan.state.window}
    for op in ops:
        if op.kind not in _KINDS or op.type not in ("number", "bool") or op.id in values or op.id < 0:
            yield f"op {op.id} is none"
        if not values.issuperset(op.args) and any(a not in values and not -len(plan.stage) <= a < 0 for a in op.args):
            yield f"op {op.id} reads what is not there"
        if op.kind == "column" and not (op.at and 0 <= op.at[0] < len(plan.columns)):
            yield f"op {op.id} reads no column"
        if not _in_state(op, sizes):
            yield f"op {op.id} keeps its state outside of the arrays"
        values.add(op.id)
    for gate in {op.gate for op in ops}:
        yield from _gate(plan, gate, known)


def _in_state(op: Op, sizes: Mapping[str, int]) -> bool:
    """Whether the slots of an op lie within the arrays; of a step, which may have none of a kind, at their end too."""
    letters, step = _letters(op.kind, op.type), op.kind == "step"
    if (len(op.at) != 3) if step else (len(op.at) < len(letters)):
        return False
    return all(0 <= at < sizes[letter] + step for letter, at in zip(letters, op.at, strict=False))


@cache
def _letters(kind: str, type: str) -> str:
    """The arrays that the slots of an op lie in."""
    own = "k" if type == "bool" else "f"
    return _SLOTS.get(kind, "").replace("b", own).replace("s", f"{own}k")


def _gate(plan: Plan, gate: Gate, known: int) -> Iterator[str]:
    count = len(plan.clocks) + len(plan.counters)
    if not all(BASE_CLOCK <= what < count and 0 <= slot < known for what, slot in gate):
        yield "a gate waits for what is not there"
