"""Calls: functions of the program, of the standard library, built into the language, and operators.

A function is unfolded at its call. Its arguments are read first on the clock
of the call; inside the body they are names again, so that `@` in the body can
read them on another clock.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from ...stdlib import library
from ...stdlib import operators as _operators  # noqa: F401  (importing them fills the registry)
from ...stdlib.operator import BOOL as BOOL_KIND
from ...stdlib.operator import COUNT, REGISTRY, Argument, Operator
from ..diagnostics.span import Span
from ..program.nodes import BOOL, NUMBER, Binding, Clock, Node
from ..program.units import Unit
from ..syntax import tree
from ..syntax.parse import parse
from . import builtins, lints, ranges
from .arguments import Slot, match
from .arithmetic import common_clock, is_whole
from .context import Part
from .reports import LIBRARY, replace
from .scope import Bound, Scope
from .values import POISON, Poison, Record, Value
from .vocabulary import INDEX_RANGES


class Calls(Part):
    """Finds what is called and unfolds it."""

    builtin: Callable[[str, tree.Call, Scope, Clock], Value]

    def _call(self, expr: tree.Call, scope: Scope, clock: Clock) -> Value:
        if not isinstance(expr.function, tree.Name):
            self.reports.error("E102", "only a name can be called", expr.function.span)
            return POISON
        name = expr.function.name
        local = scope.function(name)
        if local is not None:
            owner, function = local
            owner.used.add(f"{name}()")
            return self._unfold(function, owner, expr, scope, clock)
        if name in builtins.TABLE:
            return self.builtin(name, expr, scope, clock)
        entry = library.find(name)
        if entry is not None:
            self.reports.calls.append((name, expr.span))
            try:
                value = self._unfold(self._library_function(name), Scope(""), expr, scope, clock)
            finally:
                self.reports.calls.pop()
            self._remember(name, expr, value)
            return value
        operator = REGISTRY.get(name)
        if operator is not None:
            return self._apply(operator, expr, scope, clock)
        self._unknown_function(expr.function, scope)
        return POISON

    def _remember(self, name: str, expr: tree.Call, value: Value) -> None:
        """What the author called this value, for warnings and for `explain`."""
        if name in INDEX_RANGES and isinstance(value, Node):
            self.context.indices[value.id] = name
        if expr.span.source.startswith(LIBRARY):
            return
        fields = value.fields if isinstance(value, Record) else {"": value}
        for field, inner in fields.items():
            if isinstance(inner, Node):
                text = self.context.text(expr.span)
                self.context.named.setdefault(inner.id, f"{text}.{field}" if field else text)

    # --- functions written in the language --------------------------------------------------------

    def _library_function(self, name: str) -> tree.Fn:
        """The parsed function of the standard library."""
        entry = library.find(name)
        assert entry is not None
        text = self.context.sources[f"{LIBRARY}{name}"] = library.source(entry)
        return _parsed(name, text)

    def _unfold(self, function: tree.Fn, owner: Scope, call: tree.Call, caller: Scope, clock: Clock) -> Value:
        slots = [Slot(p.name, p.default is None) for p in function.parameters]
        given = match(self.reports, call, function.name, slots)
        if given is None:
            return POISON
        if function.name in self.context.path_functions:
            self.reports.error("E108", f"`{function.name}` calls itself", call.span,
                               help="a program always ends: use `state` to carry a value from bar to bar")  # fmt: skip
            return POISON
        step = self.context.ordinal(f"{function.name}()")
        inner = Scope("", owner)
        for parameter in function.parameters:
            if parameter.name in given:
                inner.names[parameter.name] = Bound(given[parameter.name], caller)
            elif parameter.default is not None:
                inner.names[parameter.name] = Bound(parameter.default, owner)
        for statement in function.body:
            inner.names[statement.name] = statement
        # Arguments belong to the caller: read them before entering the function.
        for parameter in function.parameters:
            found = inner.names[parameter.name]
            if isinstance(found, Bound):
                inner.memo[(parameter.name, clock)] = self.value(found.expr, found.scope, clock)
        self.context.path_functions.append(function.name)
        try:
            with self.context.within(step, clock):
                inner.path = "/".join(self.context.path)
                return self.value(function.result, inner, clock)
        finally:
            self.context.path_functions.pop()

    # --- operators ----------------------------------------------------------------------------------

    def _apply(self, operator: Operator, call: tree.Call, scope: Scope, clock: Clock) -> Value:
        slots = [Slot(a.name, a.default is None) for a in operator.arguments]
        given = match(self.reports, call, operator.name, slots)
        if given is None:
            return POISON
        args: list[Node] = []
        for argument in operator.arguments:
            node = self._argument(operator, argument, given.get(argument.name), scope, clock)
            if isinstance(node, Poison):
                return POISON
            args.append(node)
        return self.step(operator, tuple(args), call.span, clock)

    def step(self, operator: Operator, args: tuple[Node, ...], span: Span, clock: Clock) -> Value:
        """The operator applied to `args`, in the order of its signature; a record if it has several outputs."""
        kind = BOOL if operator.result == BOOL_KIND else NUMBER
        unit = _unit(operator, args)
        where = common_clock(args) or clock
        lints.window_over_events(self.reports, operator, args, self._said_at(span))
        node = self.graph.node("step", args, (operator.name,), type=kind, clock=where, unit=unit, span=span)
        if not operator.outputs:
            return node
        fields: dict[str, Value] = {operator.first: node}
        for name, slot in operator.outputs.items():
            fields[name] = self.graph.node("output", (node,), (slot,), clock=where, span=span)
        return Record(fields)

    def _said_at(self, span: Span) -> Span:
        """Where the author would look for what stands at `span`: the library's own text is the author's call."""
        calls = self.reports.calls
        return calls[0][1] if calls and span.source.startswith(LIBRARY) else span

    def _argument(
        self, operator: Operator, argument: Argument, expr: tree.Expr | None, scope: Scope, clock: Clock
    ) -> Node | Poison:
        if expr is None:
            assert argument.default is not None
            default = bool(argument.default) if argument.kind == BOOL_KIND else argument.default
            return self.graph.constant(default)
        what = f"`{argument.name}` of `{operator.name}`"
        if argument.kind == COUNT:
            return self.whole(expr, scope, clock, what, least=argument.least)
        kind = BOOL if argument.kind == BOOL_KIND else NUMBER
        label = f"a condition for {what}" if kind == BOOL else f"a number for {what}"
        return self.expect(self.value(expr, scope, clock), kind, label, expr.span)

    def whole(self, expr: tree.Expr, scope: Scope, clock: Clock, what: str, least: int) -> Node | Poison:
        """A whole number known before the run and not below `least`: a length or an offset."""
        node = self.expect(self.value(expr, scope, clock), NUMBER, f"a whole number for {what}", expr.span)
        if isinstance(node, Poison):
            return POISON
        if node.binding is Binding.SERIES:
            self.reports.error(
                "E205", f"{what} must be known before the run, this changes from bar to bar", expr.span,
                notes=["memory is reserved at compile time"], help="use a number, or a `param` with a domain",
            )  # fmt: skip
            return POISON
        if not is_whole(node):
            self.reports.error("E204", f"{what} must be a whole number", expr.span,
                               help="divide with `//`, or use `floor(…)`, `ceil(…)` or `round(…)`")  # fmt: skip
            return POISON
        low, _ = ranges.bounds(node, self.context.param_ranges)
        if low < least:
            self._too_small(expr, node, what, least)
            return POISON
        return node

    def _too_small(self, expr: tree.Expr, node: Node, what: str, least: int) -> None:
        if node.kind == "const":
            message = f"{what} must be {least} or more, found {node.data[0]:g}"
        else:
            message = f"{what} can fall below {least} within the parameters' domains"
        past = least == 0 and "offset" in what
        self.reports.error("E206", message, expr.span, help="the future cannot be read" if past else "")

    # --- unknown -----------------------------------------------------------------------------------

    def function_names(self) -> frozenset[str]:
        return frozenset(builtins.TABLE) | frozenset(REGISTRY)

    def _functions(self, scope: Scope) -> list[str]:
        """Every function in reach."""
        known = [*self.function_names(), *library.names()]
        inner: Scope | None = scope
        while inner is not None:
            known.extend(inner.functions)
            inner = inner.parent
        return sorted(known)

    def _unknown_function(self, name: tree.Name, scope: Scope) -> None:
        renamed = builtins.OTHER_NAMES.get(name.name)
        close = renamed or self.reports.nearest(name.name, lambda: self._functions(scope))
        fixes = [replace(f"replace with `{close}`", name.span, close)] if close else []
        notes = [f"did you mean `{close}`?"] if close else []
        self.reports.error(
            "E102", f"there is no function `{name.name}`", name.span, notes=notes, fixes=fixes,
            help="`strat functions` lists every one",
        )  # fmt: skip


@cache
def _parsed(name: str, text: str) -> tree.Fn:
    """A function of the standard library, parsed once for the process; trees are frozen."""
    return next(s for s in parse(text, f"{LIBRARY}{name}").module.statements if isinstance(s, tree.Fn))


def _unit(operator: Operator, args: tuple[Node, ...]) -> Unit:
    """The unit an operator's row promises, given its arguments."""
    by_name = {a.name: node.unit for a, node in zip(operator.arguments, args, strict=True)}
    rule = operator.unit
    if rule in by_name:
        return by_name[rule]
    if rule.startswith("distance(") and rule.endswith(")"):
        unit = by_name[rule[9:-1]]
        return Unit.DISTANCE if unit is Unit.PRICE else unit
    return Unit.PLAIN if rule == "plain" else Unit(rule)
