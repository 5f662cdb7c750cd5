"""Binds every name of a text once: what it stands for, where that is defined, where else it is used.

Definitions are collected first, since their order means nothing; then every expression is gone through. A name that
a broken statement may have been meant to define is known as such: nothing is said of it, nor of what reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Union

from ..diagnostics.reports import Reports
from ..diagnostics.span import Span
from ..syntax import tree
from ..words.registry import STANDARD, Registry
from ..words.vocabulary import BRACKET_WORDS, FACTS, MOMENTS, MOMENTS_LATER, RUN, is_reserved
from . import unknown
from .definitions import Definition, Kind, Resolution, Space
from .names import Role, uses

_BRACKETS = ("stop", "target")
_TOLD_APART = ("trail", "expire")  # clauses with an answer of their own to a name that means nothing in them
"""Clauses whose value may be counted from the fill."""
_KINDS = {tree.Param: Kind.PARAM, tree.Let: Kind.LET, tree.State: Kind.STATE, tree.Fn: Kind.FUNCTION}


def resolve(module: tree.Module, registry: Registry = STANDARD) -> Resolution:
    """The names of a text, and what is said of those that mean nothing or too much.

    registry: what there is without the text.
    """
    return _Resolver(module, registry).resolution()


class _Resolver:
    """Resolves one text."""

    def __init__(self, module: tree.Module, registry: Registry) -> None:
        self.module, self.registry = module, registry
        self.reports = Reports()
        self.program = Space()
        self.definitions: list[Definition] = []
        self.words: dict[tuple[str, Kind], Definition] = {}
        self.bound: dict[int, tuple[Span, Definition]] = {}
        self.brackets: dict[int, Space] = {}
        self.unknown: list[unknown.Use] = []
        self.whole = not module.dropped

    def resolution(self) -> Resolution:
        for statement in self.module.statements:
            self._define(statement)
        for statement in self.module.statements:
            if isinstance(statement, (tree.Broken, tree.Reserved)):
                self._unread(statement)
        for statement in self.module.statements:
            self._statement(statement)
        unknown.report(self.reports, filter(self._told, self.unknown), self.registry)
        return Resolution(
            self.program, tuple(self.definitions), self.bound, self.brackets, self.whole, not self.unknown,
            self.reports.all(),
        )  # fmt: skip

    def _told(self, use: unknown.Use) -> bool:
        """Whether an unknown name is told: not where a broken definition without a name may be of it, or a test."""
        if use[0].name in FACTS and any(isinstance(each, tree.Broken) for each in self.module.statements):
            return False
        return (tree.ANY_FUNCTION if use[1] is Role.CALLED else tree.ANY_NAME) not in self.program.names

    # --- definitions -------------------------------------------------------------------------------

    def _define(self, statement: tree.Statement) -> None:
        if isinstance(statement, tree.Fn):
            definition = self._defined(statement, self.program, self.program.functions)
            definition.body = self._body(statement)
        elif isinstance(statement, (tree.Param, tree.Let, tree.State)):
            definition = self._defined(statement, self.program, self.program.names)
            if is_reserved(statement.name) or self.registry.reads(statement.name):
                definition.clashes = True
                self.reports.error("E103", f"`{statement.name}` already means something everywhere",
                                   statement.name_span,
                                   help=f"choose another name, for example `my_{statement.name}`")  # fmt: skip

    def _defined(
        self, statement: Union[tree.Param, tree.Let, tree.State, tree.Fn], space: Space, among: dict[str, Definition]
    ) -> Definition:
        definition = Definition(statement.name, _KINDS[type(statement)], statement.name_span, space, statement)
        return self._entered(definition, among)

    def _entered(self, definition: Definition, among: dict[str, Definition]) -> Definition:
        """Enter a definition; of two of one name the first is meant, and nothing more is said of what reads either."""
        first = among.setdefault(definition.name, definition)
        assert definition.span is not None
        told = among is self.program.names and (is_reserved(definition.name) or self.registry.reads(definition.name))
        if first is not definition and not told:
            first.clashes = definition.clashes = True
            self.reports.error("E103", f"`{definition.name}` is defined twice", definition.span,
                               help="every name means one thing")  # fmt: skip
        self.definitions.append(definition)
        self.bound[definition.span.start] = definition.span, definition
        return definition

    def _body(self, function: tree.Fn) -> Space:
        """The space of a function's arguments and of what is defined inside it."""
        body = Space(self.program)
        for parameter in function.parameters:
            start = parameter.span.start
            span = Span(parameter.span.source, start, start + len(parameter.name))
            self._entered(Definition(parameter.name, Kind.ARGUMENT, span, body, parameter), body.names)
            self._hides(parameter.name, span, "its argument")
        for statement in function.body:
            self._defined(statement, body, body.names)
            self._hides(statement.name, statement.name_span, "what is defined here")
        return body

    def _hides(self, name: str, span: Span, what: str) -> None:
        """`fn f(close) = …`: in the body `close` is no longer that of the bar."""
        if is_reserved(name) or self.registry.reads(name):
            self.reports.warning(
                "W102", f"inside this function `{name}` is {what}, and no more what it means everywhere", span,
                help=f"choose another name, for example `my_{name}`",
            )  # fmt: skip

    def _unread(self, statement: Union[tree.Broken, tree.Reserved]) -> None:
        """What a statement that was not read may define means something that nobody knows."""
        self.whole = False
        for name in statement.names:
            broken = Definition(name, Kind.BROKEN, None, self.program)
            self.program.names.setdefault(name, broken)
            self.program.functions.setdefault(name, broken)

    # --- uses ----------------------------------------------------------------------------------------

    def _statement(self, statement: tree.Statement) -> None:
        if isinstance(statement, tree.Fn):
            self._function(statement)
        elif isinstance(statement, (tree.Enter, tree.Exit)):
            self._expression(statement.condition, self.program)
            self._clauses(statement.clauses)
        elif isinstance(statement, tree.Broken):
            self._broken(statement)
        elif isinstance(statement, tree.Test):
            self._test(statement)
        else:
            self._expression(statement, self.program)

    def _test(self, statement: tree.Test) -> None:
        """What a test expects may be asked of the finished run, too; what the program defines is meant before it."""
        space = self.brackets[statement.span.start] = Space(self.program)
        for name in FACTS:
            kind = Kind.WORD if name == RUN else Kind.BUILT_IN
            if self.program.find(name, called=kind is Kind.BUILT_IN) is None:
                among = space.names if name == RUN else space.functions
                among[name] = self._word(name, kind)
        for setting in statement.settings:
            self._expression(setting.value, self.program)
            meant = self.program.names.get(setting.name)
            if meant is not None:
                self.bound[setting.name_span.start] = setting.name_span, meant
                meant.uses.append(setting.name_span)
        for expect in statement.expects:
            self._expression((expect.condition, expect.within), space)

    def _function(self, statement: tree.Fn) -> None:
        definition = self.bound[statement.name_span.start][1]
        assert definition.body is not None
        for parameter in statement.parameters:
            self._expression(parameter.default, self.program)
        for inner in statement.body:
            values = (inner.value,) if isinstance(inner, tree.Let) else (inner.initial, inner.update)
            self._expression(values, definition.body)
        self._expression(statement.result, definition.body)

    def _clauses(self, clauses: Sequence[tree.Clause]) -> None:
        stopped = any(clause.word == "stop" and clause.at is None for clause in clauses)
        for clause in clauses:
            value = level = self.program
            if clause.word in _TOLD_APART:
                value = Space(self.program, clause=clause.word)
            if clause.word in (*_BRACKETS, "trail") or clause.at is not None:
                plain = clause.word == "stop" and clause.at is None
                known = BRACKET_WORDS if stopped and not plain else BRACKET_WORDS[:1]
                level = self.brackets[clause.span.start] = Space(self.program, self._bracket_words(known))
                value = level if clause.word in _BRACKETS else value
            if clause.word != "fill" and not self._is_moment(clause):
                self._expression(clause.value, value)
            self._expression(clause.at, level)

    def _is_moment(self, clause: tree.Clause) -> bool:
        """`expire day`: the day's end, not the day of the month. What the program defines under the name is meant."""
        if not isinstance(clause.value, tree.Name) or clause.word not in MOMENTS:
            return False
        name = clause.value.name
        known = any(name in moments for moments in (*MOMENTS.values(), MOMENTS_LATER))
        return known and self.program.find(name) is None

    def _bracket_words(self, known: Iterable[str]) -> dict[str, Definition]:
        return {name: self._word(name, Kind.BRACKET) for name in known}

    def _broken(self, statement: tree.Broken) -> None:
        """Judge what was read of it, but the name right before the fault, which may belong to what is wrong."""
        space = Space(self.program, self._bracket_words(BRACKET_WORDS))
        last = max((part.span.end for part in statement.parts if hasattr(part, "span")), default=0)
        if not any(isinstance(part, (tree.Fn, tree.Parameter)) for part in tree.walk(statement.parts)):
            self._expression(statement.parts, space, judged_to=last)

    def _expression(self, root: object, space: Space, judged_to: int | None = None) -> None:
        for part, role in uses(root):
            if isinstance(part, tree.Call):
                self._named_arguments(part, space)
                continue
            if isinstance(part, tree.Unread):
                self.whole = False
                continue
            definition = self._meaning(part, role, space)
            if definition is not None:
                self.bound[part.name_span.start] = part.name_span, definition
                definition.uses.append(part.name_span)
            elif role is not Role.QUIET and (judged_to is None or part.span.end < judged_to):
                self.unknown.append((part, role, space))

    def _meaning(self, name: tree.Name, role: Role, space: Space) -> Definition | None:
        called = role is Role.CALLED
        found = space.find(name.name, called=called)
        if found is not None:
            return found
        if called:
            return self._word(name.name, Kind.BUILT_IN) if name.name in self.registry.names else None
        known = is_reserved(name.name) or self.registry.reads(name.name)
        return self._word(name.name, Kind.WORD) if known else None

    def _word(self, name: str, kind: Kind) -> Definition:
        key = name, kind
        if key not in self.words:
            self.words[key] = Definition(name, kind)
        return self.words[key]

    def _named_arguments(self, call: tree.Call, space: Space) -> None:
        """`f(length = 14)` is a use of the argument `length` of f."""
        function = space.find(call.function.name, called=True) if isinstance(call.function, tree.Name) else None
        if function is None or function.body is None:
            return
        for argument in call.arguments:
            meant = function.body.names.get(argument.name or "")
            if meant is not None and meant.kind is Kind.ARGUMENT:
                start = argument.span.start
                span = Span(argument.span.source, start, start + len(meant.name))
                self.bound[start] = span, meant
                meant.uses.append(span)
