"""What the limit of a guard says, and is not always meant to: one that denies all, and one that nothing reaches."""

from __future__ import annotations

from collections.abc import Mapping

from ..diagnostics.reports import Reports, replace
from ..diagnostics.span import Span
from ..diagnostics.suggest import nearest
from ..inputs.readers import read_one
from ..program.nodes import Node
from ..syntax import tree
from ..words.vocabulary import FLOORS, GAUGES, GROUPED, HALTING, RESETS
from .symbols import Symbols

_LOSSES = frozenset(("drawdown", "loss", "daily_loss"))
_VALUES = frozenset(("exposure", "leverage", "position", "net_exposure"))


def limit(reports: Reports, statement: tree.Guard, node: Node, assumed: Mapping[str, str]) -> None:
    """Of a limit that is written as a number; what a parameter is worth is not known here. assumed: by the text."""
    value = node.data[0] if node.kind == "const" else None
    if not isinstance(value, float):
        return
    if statement.name in FLOORS and value == 0.0:
        reports.warning("W513", f"`guard {statement.name}` at 0 never acts: liquidation comes first",
                        statement.threshold.span, help="say how near it may come, for example 10%")  # fmt: skip
    elif value == 0.0:
        reports.warning("W513", f"`guard {statement.name}` at 0 denies every entry", statement.threshold.span,
                        notes=["the limit is reached before anything is held"],
                        help="leave the guard out to have no limit")  # fmt: skip
    elif statement.name in _LOSSES and value > 1.0:
        reports.warning("W513", f"`guard {statement.name}` acts when more than all there was is lost",
                        statement.threshold.span,
                        help=f"a loss of all is 100%; for example `guard {statement.name} 20%`")  # fmt: skip
    elif statement.action == "deny" and (most := margin_allows(statement.name, assumed)) and value > most[0]:
        reports.warning("W513", f"`guard {statement.name}` never denies: {most[1]} allows less",
                        statement.threshold.span,
                        notes=["a margin that is assumed bounds the value of what is held at every entry"],
                        help="tighten the limit, leave the guard out, or give it an action: prices may pass it "
                             "(`then halt`, `then flatten`)")  # fmt: skip


def reset(reports: Reports, statement: tree.Guard) -> bool:
    """Whether what is said to reset a guard is a period, and there is something to reset."""
    if statement.until_span is None:
        return True
    if statement.action not in HALTING:
        reports.error(
            "E413", f"`until` says when a halt ends, and `then {statement.action}` halts nothing", statement.until_span,
            fixes=[replace(f"remove `until {statement.until}`", statement.until_span, "")],
            help=f"`then halt until {statement.until}` takes no new risk until then, `then flatten until "
                 f"{statement.until}` closes everything besides",
        )  # fmt: skip
        return False
    if statement.until not in RESETS:
        near = nearest(statement.until, RESETS)
        fixes = [replace(f"replace with `until {near}`", statement.until_span, f"until {near}")] if near else []
        reports.error("E413", f"a guard is reset with the next {', '.join(RESETS[:-1])}, or {RESETS[-1]}, and not by "
                              f"`{statement.until}`", statement.until_span, fixes=fixes)  # fmt: skip
        return False
    return True


def arguments(reports: Reports, statement: tree.Guard) -> bool:
    """Whether a guard takes what stands in brackets behind its name."""
    if statement.called is None or statement.name in GAUGES:
        return True
    given = Span(statement.called.source, statement.name_span.end, statement.called.end)
    reports.error(
        "E104", f"`guard {statement.name}` takes no arguments", given, fixes=[replace("remove them", given, "")],
        notes=["those that take some are " + ", ".join(GAUGES)],
    )  # fmt: skip
    return False


def group(reports: Reports, statement: tree.Guard, symbols: Symbols) -> bool:
    """Whether a guard can be of what it names: a symbol or a group, of which the text alone does not know."""
    assert statement.of_span is not None
    without = replace(f"remove `of {statement.of}`", _of_and_name(statement), "")
    if statement.name not in GROUPED:
        reports.error(
            "E413", f"`guard {statement.name}` is of the account, and of no symbol or group", _of_and_name(statement),
            fixes=[without], notes=["of a symbol or a group are " + ", ".join(GROUPED)],
        )  # fmt: skip
        return False
    if len(symbols.traded) != 1:
        return True
    if symbols.traded[0] == statement.of:
        reports.warning("W702", f"`{statement.of}` is the only symbol of this program: `of` changes nothing",
                        _of_and_name(statement), fixes=[without])  # fmt: skip
        return True
    reports.error(
        "E801", f"this program trades {symbols.traded[0]} alone: it has no group `{statement.of}`", statement.of_span,
        fixes=[without], help="name more symbols after `on`, or leave `of` out",
    )  # fmt: skip
    return False


def _of_and_name(statement: tree.Guard) -> Span:
    assert statement.of_span is not None
    return Span(statement.span.source, statement.threshold.span.end, statement.of_span.end)


def margin_allows(guard: str, assumed: Mapping[str, str]) -> tuple[float, str] | None:
    """The most that the margin assumed lets a guard read at an entry, and what is assumed; None where nothing is."""
    name = next((each for each in ("leverage", "margin") if each in assumed), "")
    if not name or guard not in _VALUES | {"margin_use"}:
        return None
    margin = read_one(name, assumed[name])
    assert isinstance(margin, float)
    return (1.0 if guard == "margin_use" else 1.0 / margin) * (1.0 + 1e-9), f"`assume {name} {assumed[name]}`"
