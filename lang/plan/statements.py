"""Statements: what each tells the order machinery, when it may, and what is shown to the reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..program.nodes import Node
from ..program.program import Cancel, Enter, Exit, Flow, Hold, Rest, Template
from .lower import Block, Common
from .model import DAY_END, HOLD_PLACES, Alert, Column, Decision, Op, Output, Text
from .wanted import Statement, Wanted, inbox


def decisions(common: Common, base: Block, statements: Sequence[Statement]) -> tuple[Decision, ...]:
    """The statements that trade; what one alone needs is taken out of the base block.

    An `until` is a decision of its own, right after its statement; a ladder is one for each of its orders.
    """
    made: list[Decision] = []
    place = 0
    for statement in statements:
        of, symbol = place, statement.symbol
        if isinstance(statement, Hold):
            made.append(_hold(common, base, of, statement))
            place += HOLD_PLACES
            continue
        place += 1
        if isinstance(statement, Cancel):
            made.append(_cancel(common, base, of, statement.side, statement.when, symbol=symbol))
            continue
        if isinstance(statement, Flow):
            made.append(_flow(common, base, of, statement))
            continue
        rungs = statement.rungs if isinstance(statement, Enter) else (statement.rest,)
        place += len(rungs) - 1
        made += [_decision(common, base, of + nth, statement, rest, nth + 1) for nth, rest in enumerate(rungs)]
        if statement.rest is not None and statement.rest.until is not None:
            made.append(_cancel(common, base, place, statement.side, statement.rest.until, of, symbol))
            place += 1
    return tuple(_with_own_ops(base, made))


def _hold(common: Common, base: Block, place: int, hold: Hold) -> Decision:
    because = hold.because
    return Decision(
        index=place,
        action="hold",
        side="",
        when=base.ref(hold.when),
        gate=common.gate(common.needs.of(*hold.reads), own=True),
        ops=(),
        inbox=tuple((name, base.ref(node)) for name, node in inbox(hold)),
        texts=tuple(base.ref(node) for node in because.nodes) if because else (),
        because=_text(because, 0) if because else None,
        sizing=hold.sizing.kind,
        expire_kind="",
        scale=0,
        once=False,
        fill=hold.fill,
        symbol=hold.symbol,
        group=hold.group,
        atomic=hold.atomic,
        sequence=hold.sequence,
        step=hold.step,
    )


def _decision(
    common: Common, base: Block, place: int, statement: Enter | Exit, rest: Rest | None, rung: int
) -> Decision:
    """rest: how its order rests, of a ladder the `rung`-th."""
    because, statement = statement.because, replace(statement, rest=rest)
    enter = statement if isinstance(statement, Enter) else None
    ladder = enter.ladder if enter else None
    return Decision(
        index=place,
        action="enter" if enter else "exit",
        side=statement.side,
        when=base.ref(statement.when),
        gate=common.gate(common.needs.of(*statement.reads), own=True),
        ops=(),
        inbox=tuple((name, base.ref(node)) for name, node in inbox(statement)),
        texts=tuple(base.ref(node) for node in because.nodes) if because else (),
        because=_text(because, 0) if because else None,
        sizing=statement.sizing.kind if statement.sizing else "",
        expire_kind=enter.expire_kind if enter else "",
        scale=enter.scale if enter else 0,
        once=bool(getattr(statement, "once", False)),
        fill=statement.fill,
        rest=rest.kind if rest else "",
        life=rest.life if rest else "",
        takes=len(enter.takes) if enter else 0,
        moves=len(enter.moves) if enter else 0,
        passed=_passed(common, enter) if enter else None,
        symbol=statement.symbol,
        rung=rung if ladder else 0,
        rungs=len(ladder.rests) if ladder else 0,
        again=ladder.again if ladder else False,
        trail_from_fill=enter.trail_from_fill if enter else False,
    )


def _passed(common: Common, enter: Enter) -> tuple[int, int] | None:
    """The columns that tell when the time of day has come at which a lot leaves."""
    if enter.expire_kind not in ("day", "time"):
        return None
    at = enter.expire_at or DAY_END
    opens, closes = (common.column(Column("passed", name, "", at, whole=True)) for name in ("open", "close"))
    return opens, closes


def _cancel(
    common: Common, base: Block, place: int, side: str, when: Node, of: int = -1, symbol: str = ""
) -> Decision:
    """Ends entries that rest: those of statement `of`, or of the whole side."""
    return Decision(
        place, "cancel", side, base.ref(when), common.gate(common.needs.of(when), own=True), (), (), (), None, "", "",
        0, False, "", of=of, symbol=symbol,
    )  # fmt: skip


def _flow(common: Common, base: Block, place: int, flow: Flow) -> Decision:
    """Pays money in or takes it out."""
    told = tuple((name, base.ref(node)) for name, node in inbox(flow))
    return Decision(
        place, flow.word, "", base.ref(flow.when), common.gate(common.needs.of(*flow.reads), own=True), (), told, (),
        None, flow.sizing.kind, "", 0, False, "",
    )  # fmt: skip


def _text(template: Template, first: int) -> Text:
    """The template with places for its nodes, counted from `first`."""
    parts: list[str | tuple[str, int]] = []
    for part in template.parts:
        if isinstance(part, Node):
            parts.append((part.type, first))
            first += 1
        else:
            parts.append(part)
    return Text(tuple(parts))


def _with_own_ops(base: Block, made: Sequence[Decision]) -> list[Decision]:
    """Pure ops of the base block that only one decision's inbox reads run in that decision."""
    readers = _readers(base, made)
    owned: dict[int, list[Op]] = {decision.index: [] for decision in made}
    kept: list[Op] = []
    for op in reversed(base.ops):
        who = readers.get(op.id, set())
        owner = next(iter(who)) if len(who) == 1 else ""
        if op.kind == "pure" and isinstance(owner, int):
            owned[owner].append(op)
            for arg in op.args:
                readers.setdefault(arg, set()).add(owner)
        else:
            kept.append(op)
            for arg in op.args:
                readers.setdefault(arg, set()).add("block")
    base.ops[:] = reversed(kept)
    return [replace(decision, ops=tuple(reversed(owned[decision.index]))) for decision in made]


def _readers(base: Block, made: Sequence[Decision]) -> dict[int, set[int | str]]:
    """Who reads a value, besides ops: the number of a decision, or "block" where it is needed on every bar."""
    readers: dict[int, set[int | str]] = {}
    for decision in made:
        readers.setdefault(decision.when, set()).add("block")
        for value in (*(value for _, value in decision.inbox), *decision.texts):
            readers.setdefault(value, set()).add(decision.index)
    for value in base.asked:
        readers.setdefault(value, set()).add("block")
    return readers


def outputs(
    common: Common, base: Block, wanted: Wanted, *, warm: bool = False
) -> tuple[tuple[Output, ...], tuple[Alert, ...]]:
    """The columns handed out: series by name, then emits, then alerts with the values they show.

    warm: the series are missing (false) until they are warm, as other symbols may read them.
    """
    read = base.warm if warm else base.ref
    found = [Output(name, "series", node.type, read(node)) for name, node in wanted.outputs]
    for emit in wanted.emits:
        gate = common.gate(common.needs.of(emit.node))
        found.append(Output(emit.name, "emit", emit.node.type, base.ref(emit.node), gate))
    alerts = []
    for alert in wanted.alerts:
        gate = common.gate(common.needs.of(alert.when))
        edge = common.layout.give(f"alert:{alert.index}:{common.layout.key(alert.when)}", ints=1).k
        name = f"alert {alert.index}"
        alerts.append(Alert(alert.index, len(found), _text(alert.message, len(found) + 1)))
        found.append(Output(name, "alert", alert.when.type, base.ref(alert.when), gate, edge))
        shown = enumerate(alert.message.nodes)
        found.extend(Output(f"{name} value {n}", "text", node.type, base.ref(node)) for n, node in shown)
    return tuple(found), tuple(alerts)
