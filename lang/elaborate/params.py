"""Parameters: their kind, default and domain (semantics 2)."""

from __future__ import annotations

from dataclasses import replace
from math import nan

from ..inputs.parameters import allows
from ..program.nodes import BASE, BOOL, Binding, Graph, Node
from ..program.program import Param
from ..program.units import Unit
from ..resolve.names import uses
from ..syntax import tree
from .arithmetic import is_whole
from .expressions import Expressions
from .questions import CONDITION, COUNT, inside, of_unit
from .ranges import span_of
from .scope import Scope
from .values import Poison


def declare(part: Expressions, statement: tree.Param, scope: Scope) -> tuple[Param, Node] | None:
    """The parameter and the node that stands for it; None if it was reported, or where nothing is known of it."""
    if any(isinstance(each, tree.Hole) for each in (statement.default, *_written_domain(statement))):
        return _asked(part, statement, scope)
    default = _constant(part, statement.default, scope, f"the default of `{statement.name}`")
    if default is None:
        return None
    if default.type == BOOL:
        return _flag(part, statement, default)
    domain = _domain(part, statement, scope)
    if domain is None:
        return None
    values = [default, *domain]
    if not _same_unit(part, statement, values):
        return None
    whole = default.unit in (Unit.PLAIN, Unit.BARS) and _is_written_whole(statement) and all(map(is_whole, values))
    param = _numeric(part, statement, default, domain, whole)
    return None if param is None else (param, _node(part.graph, param))


def _asked(part: Expressions, statement: tree.Param, scope: Scope) -> tuple[Param, Node] | None:
    """A parameter with holes is as what is written of it says; of its domain nothing is known unless all of it is."""
    written = _written_domain(statement)
    known = [value for value in (statement.default, *written) if not isinstance(value, tree.Hole)]
    values = [_constant(part, value, scope, f"what `{statement.name}` may be") for value in known]
    found = [value for value in values if value is not None]
    if not found or len(found) < len(values):
        return None
    whole = all(map(is_whole, found)) and _is_written_whole(statement) and found[0].unit in (Unit.PLAIN, Unit.BARS)
    answer = COUNT if whole and found[0].unit is Unit.PLAIN else of_unit(found[0].unit)
    for each in (statement.default, *written):
        if isinstance(each, tree.Hole):
            part.context.questions.wants(each, answer if found[0].type != BOOL else CONDITION)
    domain = statement.domain if len(known) == len(written) and isinstance(statement.default, tree.Hole) else None
    return declare(part, replace(statement, default=known[0], domain=domain), scope)


def _constant(part: Expressions, expr: tree.Expr, scope: Scope, what: str) -> Node | None:
    for name, _ in uses(expr) if not isinstance(expr, tree.Number) else ():
        meaning = part.context.meaning(name) if isinstance(name, tree.Name) else None
        if meaning is not None and meaning.space is not None:
            said = f"{what} must be a constant, and `{meaning.name}` is a {meaning.kind}"
            part.reports.error("E501", said, expr.span)
            return None
    value = part.value(expr, scope, BASE)
    if isinstance(value, Node) and value.binding is Binding.CONST:
        return value
    if not isinstance(value, Poison) and not (isinstance(value, Node) and inside(value)):
        kind = "a constant" if isinstance(value, Node) else "a number or a bool"
        part.reports.error("E501", f"{what} must be {kind}", expr.span)
    return None


def _flag(part: Expressions, statement: tree.Param, default: Node) -> tuple[Param, Node] | None:
    if statement.domain is not None:
        part.reports.error("E502", "a bool takes no domain: it is true or false", statement.domain.span)
        return None
    param = Param(
        statement.name, bool(default.data[0]), False, Unit.PLAIN, None, None, None, (False, True),
        statement.span, statement.doc,
    )  # fmt: skip
    return param, _node(part.graph, param)


def _domain(part: Expressions, statement: tree.Param, scope: Scope) -> list[Node] | None:
    """The constants of the domain."""
    found = [_constant(part, e, scope, "a bound of the domain") for e in _written_domain(statement)]
    return None if any(n is None for n in found) else [n for n in found if n is not None]


def _written_domain(statement: tree.Param) -> list[tree.Expr]:
    """low, high[, step], or the choices."""
    domain = statement.domain
    if isinstance(domain, tree.Range):
        return [domain.low, domain.high, *([domain.step] if domain.step is not None else [])]
    return [] if domain is None else list(domain.values)


def _same_unit(part: Expressions, statement: tree.Param, values: list[Node]) -> bool:
    units = {v.unit for v in values}
    if len(units) == 1 and all(v.type == values[0].type for v in values):
        return True
    listed = ", ".join(sorted(str(u) for u in units))
    part.reports.error(
        "E502", f"the default and the domain of `{statement.name}` are of different kinds: {listed}", statement.span,
        help="write each with the same unit, for example `1% in 0.5% to 2%`",
    )  # fmt: skip
    return False


def _is_written_whole(statement: tree.Param) -> bool:
    """Whether no number of the default and the domain is written with a point: `2.0` may become 2.5."""
    written = [statement.default, *_written_domain(statement)]
    return all(part.whole for part in tree.walk(written) if isinstance(part, tree.Number))


def _numeric(part: Expressions, statement: tree.Param, default: Node, domain: list[Node], whole: bool) -> Param | None:
    low = high = step = None
    choices: tuple[float, ...] = ()
    value = _float(default)
    if isinstance(statement.domain, tree.Range):
        low, high = _float(domain[0]), _float(domain[1])
        step = _float(domain[2]) if len(domain) > 2 else None
        if not _sound(part, statement.domain, low, high, step):
            return None
    elif statement.domain is not None:
        choices = tuple(_float(n) for n in domain)
    param = Param(statement.name, value, whole, default.unit, low, high, step, choices, statement.span, statement.doc)
    part.context.param_ranges[param.name] = span_of(param)
    least, greatest = part.context.param_ranges[param.name]
    if not allows(value, least, greatest, choices):
        part.reports.error("E503", f"the default of `{param.name}` is outside its domain", statement.default.span)
        return None
    return param


def _sound(part: Expressions, domain: tree.Range, low: float, high: float, step: float | None) -> bool:
    if not low <= high:
        part.reports.error("E503", f"the domain runs from {low:g} up to {high:g}", domain.span,
                           help="write the smaller bound first")  # fmt: skip
        return False
    if step is not None and not step > 0:
        part.reports.error("E503", "the step of a domain is above 0", domain.span)
        return False
    return True


def _float(node: Node) -> float:
    value = node.data[0]
    return float(value) if isinstance(value, (int, float)) else nan


def _node(graph: Graph, param: Param) -> Node:
    kind = BOOL if isinstance(param.default, bool) else "number"
    return graph.node(
        "param", (), (param.name, param.whole), type=kind, binding=Binding.PARAM, clock=None,
        unit=param.unit, span=param.span,
    )  # fmt: skip
