"""Calls: functions of the program, of the standard library, built into the language, and operators.

A function is unfolded at its call. Its arguments are read first on the clock
of the call; inside the body they are names again, so that `@` in the body can
read them on another clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

from ...stdlib import library
from ...stdlib.operator import BOOL as BOOL_KIND
from ...stdlib.operator import COUNT, EVENT, Argument, Operator, operator_of
from ..diagnostics.reports import LIBRARY, replace
from ..diagnostics.span import Span
from ..program.nodes import BASE, BOOL, NUMBER, Binding, Clock, Node
from ..program.program import Called, Written
from ..program.units import Unit
from ..resolve.definitions import Definition, Resolution, Space
from ..resolve.resolve import resolve
from ..syntax import tree
from ..syntax.parse import parse
from ..words.vocabulary import NAMESPACES
from . import builtins, constant_sources, dimensions, sparse_lints, swapped, trend_lints, unfolded
from .arguments import Slot, match
from .arithmetic import common_clock, pure
from .lengths import Lengths
from .questions import NUMBER_ANSWER, SERIES, of_unit
from .scope import Bound, Given, Held, Scope
from .values import POISON, Poison, Record, Value


class Calls(Lengths):
    """Finds what is called and unfolds it."""

    builtin: Callable[[str, tree.Call, Scope, Clock], Value]
    defined: Callable[..., Value]

    def _call(self, expr: tree.Call, scope: Scope, clock: Clock) -> Value:
        if not isinstance(expr.function, tree.Name):
            return self._called_value(expr, expr.function, scope, clock)
        name, meaning = expr.function.name, self.context.meaning(expr.function)
        if meaning is None:
            return self._arguments_only(expr, scope, clock)
        owner = scope.instance(meaning.space) if meaning.space else None
        if owner is not None:
            return self._unfold(meaning, owner, expr, scope, clock)
        own = None if expr.span.source.startswith(LIBRARY) else self.context.registry.operators.get(name)
        if own is not None:  # of the host, which may have taken away what was called so
            return self._apply(own, expr, scope, clock)
        if name in builtins.TABLE:
            return self.builtin(name, expr, scope, clock)
        if library.find(name) is None:
            return self._apply(operator_of(name), expr, scope, clock)
        return self._from_library(name, expr, scope, clock)

    def of_library(self, name: str, span: Span) -> Value:
        """A function of the library with its defaults, as a clause says it that stands at `span`."""
        value = self.library_call(name, span, (), Scope("", Space()))
        if isinstance(value, Node):
            self.context.named[value.id] = Written(f"{name}()", span)
        return value

    def library_call(
        self, name: str, span: Span, arguments: tuple[tree.Argument, ...], scope: Scope,
        defaults: Mapping[str, Value] | None = None,
    ) -> Value:  # fmt: skip
        """A function of the library that a statement calls by a word of its own. defaults: other ones than its own."""
        call = tree.Call(tree.Name(name, span, span), arguments, span, 1)
        return self._from_library(name, call, scope, BASE, defaults)

    def _from_library(
        self, name: str, expr: tree.Call, scope: Scope, clock: Clock, defaults: Mapping[str, Value] | None = None
    ) -> Value:
        self.reports.calls.append((name, expr.span))
        given: dict[str, Value] = {}
        try:
            function = self.known_function(name)
            owner = Scope("", function.space or Space())
            value = self._unfold(function, owner, expr, scope, clock, given, defaults or {})
        finally:
            self.reports.calls.pop()
        self._remember(name, expr, value, given)
        return value

    def _called_value(self, expr: tree.Call, called: tree.Expr, scope: Scope, clock: Clock) -> Value:
        """`lib.f(x)`: only a name can be called; nothing is said where its owner was reported."""
        owner = called
        while isinstance(owner, tree.Field):
            owner = owner.value
        if not isinstance(owner, tree.Name) or not self.context.is_unclear(owner):
            fixes = []
            if isinstance(called, tree.Field):
                read = (called.value.span, *(argument.span for argument in expr.arguments))
                text = f"{called.name}({', '.join(map(self.context.text, read))})"
                if isinstance(owner, tree.Name) and owner.name in NAMESPACES:  # `position.size()`
                    text = self.context.text(called.span)
                fixes = [replace(f"replace with `{text}`", expr.span, text)]
            self.reports.error("E102", "only a name can be called", called.span, fixes=fixes,
                               help="what a function reads stands in its brackets: `sma(close, 20)`")  # fmt: skip
        return self._arguments_only(expr, scope, clock)

    def _arguments_only(self, expr: tree.Call, scope: Scope, clock: Clock) -> Value:
        """The arguments of a call that cannot be made, for their own faults."""
        for argument in expr.arguments:
            self.value(argument.value, scope, clock)
        return POISON

    def _remember(self, name: str, expr: tree.Call, value: Value, given: Mapping[str, Value]) -> None:
        """What the author called this value, for warnings and for `explain`."""
        self.called(name, value, given)
        if self.context.recording is not None:
            self.context.recording.calls.append((name, value, given))
        if expr.span.source.startswith(LIBRARY):
            return
        for field, inner in _fields(value).items():
            if isinstance(inner, Node):
                text = self.context.text(expr.span)
                self.context.named.setdefault(inner.id, Written(f"{text}.{field}" if field else text, expr.span))

    def called(self, name: str, value: Value, given: Mapping[str, Value]) -> None:
        """A value is what a function of the library gave of these arguments."""
        nodes = tuple((argument, node) for argument, node in given.items() if isinstance(node, Node))
        for field, inner in _fields(value).items():
            if isinstance(inner, Node):
                self.context.scales.give(inner, name)
            if isinstance(inner, Node) and len(nodes) == len(given) and inner.binding is Binding.SERIES:
                called, known = Called(name, nodes, field), self.context.library_calls.get(inner.id)
                if known is None or (name, field) < (known.function, known.field):
                    self.context.library_calls[inner.id] = called

    # --- functions written in the language --------------------------------------------------------

    def known_function(self, name: str) -> Definition:
        """The parsed function of the standard library."""
        entry = library.find(name)
        assert entry is not None
        if self.context.recording is not None:
            self.context.recording.functions.append(name)
        text = self.context.sources[f"{LIBRARY}{name}"] = library.source(entry)
        resolution = self.context.resolutions[f"{LIBRARY}{name}"] = _parsed(name, text)
        return resolution.program.functions[name]

    def _unfold(
        self, meaning: Definition, owner: Scope, call: tree.Call, caller: Scope, clock: Clock,
        read: dict[str, Value] | None = None, defaults: Mapping[str, Value] = MappingProxyType({}),
    ) -> Value:  # fmt: skip
        """What a call gives. read: takes the value of each argument, by its name. defaults: in place of its own."""
        function = meaning.statement
        assert isinstance(function, tree.Fn) and meaning.body is not None
        slots = [Slot(p.name, p.default is None) for p in function.parameters]
        given = match(self.reports, call, function.name, slots)
        if given is None:
            return self._arguments_only(call, caller, clock)
        if function.name in self.context.path_functions:
            self.reports.error("E108", f"`{function.name}` calls itself", call.span,
                               help="a program always ends: use `state` to carry a value from bar to bar")  # fmt: skip
            return POISON
        step = self.context.ordinal(f"{function.name}()")
        self.context.unfolded.add(meaning)
        inner = Scope("", meaning.body, owner)
        for parameter in function.parameters:
            what = f"`{parameter.name}` of `{function.name}`"
            if parameter.name in given:
                inner.names[parameter.name] = Bound(given[parameter.name], caller, what)
            elif parameter.name in defaults:
                inner.names[parameter.name] = Given(defaults[parameter.name])
            elif parameter.default is not None:
                inner.names[parameter.name] = Bound(parameter.default, owner, what)
        for statement in function.body:
            inner.names[statement.name] = statement
        # Arguments belong to the caller: read them before entering the function.
        for parameter in function.parameters:
            found = inner.names[parameter.name]
            if isinstance(found, Bound):
                inner.memo[(parameter.name, clock)] = self.value(found.expr, found.scope, clock)
            elif isinstance(found, Given):
                inner.memo[(parameter.name, clock)] = found.value
        if function.span.source.startswith(LIBRARY):
            arguments = {name: value for (name, on), value in inner.memo.items() if on == clock}
            constant_sources.of_function(self, call, function.name, caller, arguments)
            if not call.span.source.startswith(LIBRARY):
                swapped.check(self, call, function.name, arguments)
            if read is not None:
                read.update(arguments)
        self.context.path_functions.append(function.name)
        self.context.called_at.append(call.span)
        try:
            with self.context.within(step, clock):
                inner.path = "/".join(self.context.path)
                if function.span.source.startswith(LIBRARY) and not call.span.source.startswith(LIBRARY):
                    return unfolded.value(self, meaning, function.result, inner, clock)
                return self.value(function.result, inner, clock)
        finally:
            self.context.path_functions.pop()
            self.context.called_at.pop()

    # --- what no call reads ---------------------------------------------------------------------------

    def read_alone(self, definition: tree.Let | tree.State, scope: Scope) -> None:
        """Read a definition that is none, for the faults inside it."""
        inside = (definition.value,) if isinstance(definition, tree.Let) else (definition.initial, definition.update)
        for expr in inside:
            self.value(expr, scope, BASE)

    def read_body(self, meaning: Definition, owner: Scope) -> None:
        """Read what no call has read of a function: nothing is known of its arguments, nor said of what reads them."""
        function = meaning.statement
        if not isinstance(function, tree.Fn) or meaning.body is None:
            return
        called = meaning in self.context.unfolded
        left = [s for s in function.body if not (called and meaning.body.names[s.name].uses)]
        inner = Scope("", meaning.body, owner)
        for parameter in function.parameters:
            inner.names[parameter.name] = Given(POISON) if called else self._unless_given(function, parameter, owner)
        inner.names.update((statement.name, statement) for statement in function.body)
        self.context.path_functions.append(function.name)
        with self.context.within(self.context.ordinal(f"{function.name}()"), BASE):
            inner.path = "/".join(self.context.path)
            for statement in left:
                self.defined(statement.name, inner, statement, BASE, statement.name_span)
            if not called:
                self.context.unfolded.add(meaning)
                for parameter in function.parameters:
                    if parameter.default is not None:
                        self.value(parameter.default, owner, BASE)
                self.value(function.result, inner, BASE)
        self.context.path_functions.pop()

    def _unless_given(self, function: tree.Fn, parameter: tree.Parameter, owner: Scope) -> Held:
        """What a parameter is where no call says it: its default, or something of which nothing is known."""
        if parameter.default is None:
            return Given(POISON)
        return Bound(parameter.default, owner, f"`{parameter.name}` of `{function.name}`")

    # --- operators ----------------------------------------------------------------------------------

    def _apply(self, operator: Operator, call: tree.Call, scope: Scope, clock: Clock) -> Value:
        slots = [Slot(a.name, a.default is None) for a in operator.arguments]
        given = match(self.reports, call, operator.name, slots,
                      lambda: constant_sources.left_out(self, call, operator.name, scope))  # fmt: skip
        if given is None:
            return self._arguments_only(call, scope, clock)
        read: dict[str, Node | Poison] = {}
        for each in sorted(operator.arguments, key=lambda each: isinstance(given.get(each.name), tree.Hole)):
            read[each.name] = self._argument(operator, each, given.get(each.name), scope, clock, read)
        found = [read[each.name] for each in operator.arguments]
        args = tuple(node for node in found if isinstance(node, Node))
        if len(args) < len(found):  # of what is not known, `sma(14, n)` in a function that nothing calls, the rest is
            constant_sources.of_operator(self, call, operator, scope, found)
            return POISON
        self._meant(operator, args, call, given, scope, clock)
        return self.step(operator, args, call.span, clock)

    def _meant(
        self, operator: Operator, args: tuple[Node, ...], call: tree.Call, given: dict[str, tree.Expr], scope: Scope,
        clock: Clock,
    ) -> None:  # fmt: skip
        """Whether the arguments can be what was meant."""
        constant_sources.of_operator(self, call, operator, scope, args)
        written = self._said_at(call.span)
        sparse_lints.window(self.reports, self.context, operator, args, call, given, written)
        trend_lints.begins_anew(self.reports, self.context, operator.name, args, common_clock(args) or clock, written)
        if operator.missing == EVENT and {"a", "b"} <= given.keys():  # a cross compares
            sides = (dimensions.Side(given[name], node) for name, node in zip(("a", "b"), args, strict=True))
            dimensions.compared(self.reports, self.context, call.span, "cross", *sides)

    def step(self, operator: Operator, args: tuple[Node, ...], span: Span, clock: Clock) -> Value:
        """The operator applied to `args`, in the order of its signature; a record if it has several outputs."""
        kind = BOOL if operator.result == BOOL_KIND else NUMBER
        unit = _unit(operator, args)
        where = common_clock(args) or clock
        node = self.graph.node("step", args, (operator.key,), type=kind, clock=where, unit=unit, span=span)
        if operator.identity:
            return self._of_host(operator, node)
        if not operator.outputs:
            return node
        fields: dict[str, Value] = {operator.first: node}
        for name, slot in operator.outputs.items():
            fields[name] = self.graph.node("output", (node,), (slot,), clock=where, span=span)
        return Record(fields)

    def _of_host(self, operator: Operator, step: Node) -> Value:
        """The value of a host's function: whatever it gives, a number beyond what there can be is missing."""
        named, span = self.context.named, step.span

        def held(node: Node) -> Node:
            if node.type == BOOL:
                return node
            return pure(self.graph, "mul", (node, self.graph.constant(1.0)), span, step.unit)

        fields: dict[str, Value] = {operator.first: held(step)}
        for name, slot in operator.outputs.items():
            read = self.graph.node("output", (step,), (slot,), clock=step.clock, unit=step.unit, span=span)
            fields[name] = held(read)
        for name, node in fields.items():
            assert isinstance(node, Node)
            text = self.context.text(span)
            named.setdefault(node.id, Written(f"{text}.{name}" if name else text, span))
        return Record(fields) if operator.outputs else fields[operator.first]

    def _said_at(self, span: Span) -> Span:
        """Where the author would look for what stands at `span`: the library's own text is the author's call."""
        calls = self.reports.calls
        return calls[0][1] if calls and span.source.startswith(LIBRARY) else span

    def _argument(
        self, operator: Operator, argument: Argument, expr: tree.Expr | None, scope: Scope, clock: Clock,
        read: Mapping[str, Node | Poison],
    ) -> Node | Poison:  # fmt: skip
        """read: the arguments that are known already; a hole is read after all others."""
        if expr is None:
            assert argument.default is not None
            default = bool(argument.default) if argument.kind == BOOL_KIND else argument.default
            return self.graph.constant(default)
        what = f"`{argument.name}` of `{operator.name}`"
        if argument.kind == COUNT:
            return self.whole(expr, scope, clock, what, least=argument.least)
        kind = BOOL if argument.kind == BOOL_KIND else NUMBER
        label = f"a condition for {what}" if kind == BOOL else f"a number for {what}"
        first = next(a for a in operator.arguments if a.kind == argument.kind)
        answer = SERIES if argument is first or argument.name in ("b", "y") else None
        other = read.get({"a": "b", "b": "a"}.get(argument.name, "")) if operator.missing == EVENT else None
        if isinstance(other, Node) and other.unit is not Unit.PRICE:  # what crosses an oscillator is one of its levels
            level = of_unit(other.unit, self.context.scales.of(other))
            answer = level if level.kind == "number" and level is not NUMBER_ANSWER else answer
        return self.wanted(self.value(expr, scope, clock), kind, label, expr, scope, answer)


def _fields(value: Value) -> Mapping[str, Value]:
    """The fields of a record; anything else by itself."""
    return value.fields if isinstance(value, Record) else {"": value}


@cache
def _parsed(name: str, text: str) -> Resolution:
    """A function of the standard library, parsed and its names bound once for the process."""
    return resolve(parse(text, f"{LIBRARY}{name}").module)


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
