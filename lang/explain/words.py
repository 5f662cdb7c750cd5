"""Values in words, from the nodes of the typed program and never from its text.

A value that has a name (of a `let` or a `state`) is called by it, in backquotes; what it means is told by
`definitions`. A part that is too long to be read inside another gets a name of its own, `value 1`, so that the whole
grows no faster than the program does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...stdlib.operator import is_hosted, operator_of
from ..program.beginnings import new_period
from ..program.nodes import BOOL, Node
from ..program.program import Called, Program
from ..program.timeframe import Timeframe
from ..program.units import Unit
from ..words.vocabulary import EXIT_REASONS
from . import amounts, phrases, readings
from .amounts import ticks
from .flags import is_default, is_flag
from .names import named, states
from .said import AND, ATOM, LOOSE, NEGATIVE, OR, POSTFIX, PREFIX, PRODUCT, SUM, Said, clause, infix, joined, prefix
from .said import postfix as behind
from .spans import span_of_day

ENTRY, STOP, TICK = "$entry", "$stop", "$tick"  # parameters that a program cannot name
_OWN = {ENTRY: "the fill", STOP: "the stop", TICK: "1 tick"}
_ARITHMETIC = {"add": ("+", SUM), "sub": ("-", SUM), "mul": ("×", PRODUCT), "div": ("/", PRODUCT),
               "floordiv": ("//", PRODUCT)}  # fmt: skip
_COMPARED = {"lt": "is below", "le": "is at most", "gt": "is above", "ge": "is at least", "eq": "equals",
             "ne": "differs from", "beq": "is the same as", "bne": "is not the same as"}  # fmt: skip
LONG = 160
"""Characters of a part beyond which it has a name of its own."""
LONGEST = 450
"""The same of conditions that `and` or `or` joins, which are read one after another."""


class Words:
    """The values of one program in words."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.defaults = {param.name: amounts.amount(param.default, param.unit) for param in program.params}
        self._bars_units = {param.name for param in program.params if param.unit is Unit.BARS}
        self.names: dict[int, str] = {}
        for name, node in sorted(named(program), key=lambda found: (len(found[0]), found[0]), reverse=True):
            self.names[node.id] = name
        self.names |= states(program)
        self._said: dict[int, Said] = {}
        self._made = {"value": 0, "condition": 0}

    # --- what others ask --------------------------------------------------------------------------

    def of(self, node: Node) -> str:
        """A value as it stands by itself, by its name if it has one."""
        return self.said(node).whole

    def inside(self, node: Node) -> str:
        """What a value is made of, its parts by their names."""
        return self._of_parts(node).whole

    def said(self, node: Node) -> Said:
        """The words of a value, for those who put them into others."""
        return self._by_name(node) or self._of_parts(node)

    def bars(self, count: Node) -> str:
        """So many bars; of a parameter its name, and how many it stands for."""
        if count.kind == "const":
            return amounts.bars(amounts.amount(count.data[0]))
        said = self.said(count)
        return said.whole if count.kind == "param" and count.name in self._bars_units else (
            f"{said.alone or said.at_least(ATOM)} bars"
        )

    def parts(self, node: Node) -> tuple[Node, ...]:
        """What the words of a value mention: arguments of the call that it is, else those of the node."""
        called = self.called(node)
        if called is not None:
            return tuple(given for _, given in self._given(called))
        return () if span_of_day(node) or new_period(node) else node.args

    def mentioned(self, nodes: Iterator[Node]) -> Iterator[Node]:
        """The values that are called by their names in the words of these, in order."""
        seen: set[int] = set()
        waiting = list(nodes)[::-1]
        while waiting:
            node = waiting.pop()
            if node.id in seen:
                continue
            seen.add(node.id)
            if node.id in self.names:
                yield node
            elif node.kind in ("previous", "lagged"):
                yield self.program.cells[str(node.data[0])]
            else:
                waiting += reversed(self.parts(node))

    # --- names ------------------------------------------------------------------------------------

    def _by_name(self, node: Node) -> Said | None:
        name = self.names.get(node.id)
        return None if name is None else Said(f"`{name}`")

    def _part(self, node: Node) -> Said:
        """A value as part of another: by its name, which it is given if its own words are too long."""
        named = self._by_name(node)
        if named is not None:
            return named
        said = self._said[node.id]
        if len(said.text) <= (LONGEST if said.level in (AND, OR) else LONG):
            return said
        kind = "condition" if node.type == BOOL else "value"
        self._made[kind] += 1
        self.names[node.id] = f"{kind} {self._made[kind]}"
        return Said(f"`{self.names[node.id]}`")

    # --- from the parts up ------------------------------------------------------------------------

    def _of_parts(self, node: Node) -> Said:
        """The words of a value, its parts' before them; no value is so deep that this could not be done."""
        waiting = [node]
        while waiting:
            inner = waiting[-1]
            unknown = [part for part in self.parts(inner) if part.id not in self._said and part.id not in self.names]
            waiting += reversed(unknown)
            if not unknown:
                waiting.pop()
                if inner.id not in self._said:
                    self._said[inner.id] = self._made_of(inner)
        return self._said[node.id]

    def _made_of(self, node: Node) -> Said:
        called = self.called(node)
        if called is not None:
            return self._call(called)
        make: Callable[[Node], Said] = getattr(self, f"_{node.kind}")
        return make(node)

    # --- calls of the library ---------------------------------------------------------------------

    def called(self, node: Node) -> Called | None:
        """The call of the library that a value is told as; None where it is told by what it is made of."""
        called = self.program.calls.get(node.id)
        if called is None or called.function in phrases.INLINE or (called.function, called.field) in phrases.PLAIN:
            return None
        return called

    def _given(self, called: Called) -> list[tuple[str, Node]]:
        unread = phrases.UNREAD.get((called.function, called.field), ())
        return [(name, node) for name, node in called.given if name not in unread]

    def _call(self, called: Called) -> Said:
        given = dict(self._given(called))
        names = {name for name, node in given.items() if not is_default(called.function, name, node)}
        if called.function in phrases.OVER and names <= {"source", "length"} and "length" in given:
            of = self._part(given["source"])
            return phrases.over(phrases.OVER[called.function], given["length"], self.bars, of)
        if called.function in phrases.OWN and names <= {"length"}:
            return phrases.over(phrases.OWN[called.function], given["length"], self.bars)
        shown = [(name, node) for name, node in given.items() if name in names or not is_flag(node)]
        return self._titled(called.function, called.field, shown)

    def _titled(self, function: str, field: str, given: list[tuple[str, Node]]) -> Said:
        """`the MACD line of close (fast 12, slow 26)`, or `name(close, length 20).field`."""
        title = phrases.TITLES.get((function, field))
        source = given[0][1] if given and given[0][0] == "source" else None
        rest = given[1:] if source is not None else given
        told = ", ".join(self._argument(name, node) for name, node in rest)
        if title is None:
            first = [self._part(source).whole] if source is not None else []
            text = f"{function}({', '.join([*first, *([told] if told else [])])})"
            return Said(f"{text}.{field}" if field else text)
        text = f"the {title}" if source is None else f"the {title} of {self._part(source).at_least(ATOM)}"
        return Said(f"{text} ({told})" if told else text, PREFIX, not told)

    def _argument(self, name: str, node: Node) -> str:
        """`fast 12`, `20 bars`; a word of the language that has the argument's name, `high`, is not told twice."""
        text = self.bars(node) if name == "length" else self._part(node).whole
        return text if name in ("length", text) else f"{name} {text}"

    # --- one method a kind of node ------------------------------------------------------------------

    def _const(self, node: Node) -> Said:
        text = amounts.amount(node.data[0], Unit.PLAIN if node.unit is Unit.BARS else node.unit)
        return Said(text, NEGATIVE if text.startswith("-") else ATOM)

    def _param(self, node: Node) -> Said:
        if node.name in _OWN:
            return Said(_OWN[node.name])
        default = self.defaults.get(node.name)
        return Said(f"`{node.name}`", alone=f"`{node.name}` ({default})" if default is not None else "")

    def _input(self, node: Node) -> Said:
        if not node.name.startswith("column:"):
            return Said(node.name)
        told = f'the column "{node.name.removeprefix("column:")}"'
        return clause(f"{told} is true") if node.type == BOOL else Said(told)

    def _bar(self, node: Node) -> Said:
        return Said(node.name)

    def _calendar(self, node: Node) -> Said:
        zone = f" in {node.data[1]}" if len(node.data) > 1 and node.data[1] else ""
        return prefix(readings.CALENDAR[node.name] + zone)

    def _book(self, node: Node) -> Said:
        told = readings.BOOKS[node.name]
        return clause(told) if node.type == BOOL else Said(told, ATOM if " " not in told else PREFIX)

    def _book_of(self, node: Node) -> Said:
        told = f"({readings.BOOKS[node.name]}) of {node.data[1]}"
        return clause(told) if node.type == BOOL else Said(told, POSTFIX, True)

    def _closes(self, node: Node) -> Said:
        frame = node.data[0]
        assert isinstance(frame, Timeframe)
        return clause(f"a {amounts.frame(frame)} bar completes")

    def _fresh(self, node: Node) -> Said:
        return clause(f"a bar of {node.name} closes at this moment")

    def _warm(self, node: Node) -> Said:
        return clause(f"all is known of {amounts.listed([self._part(arg).at_least(ATOM) for arg in node.args])}")

    def _of(self, node: Node) -> Said:
        return behind(self._part(node.args[0]), f"of {node.data[0]}")

    def _across(self, node: Node) -> Said:
        first = self._part(node.args[0]).at_least(ATOM)
        if node.name == "top":
            return clause(readings.OF_ALL["top"].format(first, self._part(node.args[1]).operand()))
        if node.name in readings.OF_ALL:
            return clause(readings.OF_ALL[node.name].format(first))
        return Said(readings.ACROSS[node.name].format(first), PREFIX, True)

    def _sample(self, node: Node) -> Said:
        frame = node.args[0].clock
        assert isinstance(frame, Timeframe)
        return behind(self._part(node.args[0]), readings.SAMPLES[node.name].format(amounts.frame(frame)))

    def _cell(self, node: Node) -> Said:
        begins, becomes = (self._part(arg).whole for arg in node.args)
        return Said(f"{begins} until all that it reads is known, and from then on, each bar, {becomes}", LOOSE)

    def _previous(self, node: Node) -> Said:
        return Said(f"the previous `{self._cell_name(node)}`")

    def _lagged(self, node: Node) -> Said:
        return Said(f"the previous `{self._cell_name(node)}` (missing on the first bar)", PREFIX)

    def _cell_name(self, node: Node) -> str:
        return self.names[self.program.cells[str(node.data[0])].id]

    def _step(self, node: Node) -> Said:
        operator = operator_of(node.name)
        period = new_period(node)
        if period:
            return clause(f"a new {period} begins")
        if node.name in phrases.STEPS:
            return phrases.STEPS[node.name](node.args, self._part, self.bars)
        given = [(argument.name, arg) for argument, arg in zip(operator.arguments, node.args, strict=True)]
        names = {name for name, arg in given if not is_default(node.name, name, arg)}
        if node.name in phrases.OVER and names == {"source", "length"}:
            return phrases.over(phrases.OVER[node.name], node.args[1], self.bars, self._part(node.args[0]))
        shown = [(name, arg) for name, arg in given if not (is_flag(arg) and is_default(node.name, name, arg))]
        return self._titled(operator.name, operator.first, shown)

    def _output(self, node: Node) -> Said:
        step, slot = node.args[0], node.data[0]
        operator = operator_of(step.name)
        field = next(name for name, place in operator.outputs.items() if place == slot)
        given = [(argument.name, arg) for argument, arg in zip(operator.arguments, step.args, strict=True)]
        return self._titled(operator.name, field, given)

    # --- operations -----------------------------------------------------------------------------------

    def _pure(self, node: Node) -> Said:
        span = span_of_day(node)
        if span:
            return clause(span)
        args = [self._part(arg) for arg in node.args]
        if node.name == "mul" and _of_host(node.args[0]):  # it is held to the range of numbers so
            return args[0]
        if node.name == "mul" and node.args[1].name == TICK and node.args[0].kind == "const":
            return Said(ticks(args[0].text))
        if node.name in _ARITHMETIC:
            return infix(*_ARITHMETIC[node.name], *args)
        if node.name in _COMPARED:
            return self._compared(node, args)
        if node.name in ("and", "or"):
            return joined(node.name, AND if node.name == "and" else OR, *args)
        if node.name in phrases.EXTREMES:
            text = f"{phrases.EXTREMES[node.name]} {args[0].at_least(ATOM)} and {args[1].at_least(ATOM)}"
            return Said(text, PREFIX, True)
        return self._called_pure(node, args)

    def _called_pure(self, node: Node, args: list[Said]) -> Said:
        name = node.name
        if name in ("select", "bselect"):
            condition, then, otherwise = args
            return Said(f"{_branch(then)} if {_branch(condition)}, else {_branch(otherwise)}", LOOSE)
        if name == "not" and node.args[0].id not in self.names and span_of_day(node.args[0]):
            return clause(args[0].text.replace("falls", "does not fall", 1))
        if name == "not":
            return clause(f"not {args[0].at_least(ATOM)}")
        if name == "neg":
            return Said(f"-{args[0].at_least(ATOM)}", NEGATIVE)
        if name == "is_na":
            return clause(f"{args[0].at_least(POSTFIX)} is missing")
        if name == "or_else":
            return Said(f"{args[0].at_least(ATOM)}, or while that is missing {args[1].at_least(ATOM)}", LOOSE)
        if name == "number":
            return Said(f"1 where {_branch(args[0])}, else 0", LOOSE)
        return Said(f"{phrases.MATHEMATICS[name]}({', '.join(arg.whole for arg in args)})")

    def _compared(self, node: Node, args: list[Said]) -> Said:
        """`the 14-bar RSI of close is below 30`; numbers that have names are told with them."""
        told = [arg.operand() if node.name not in ("beq", "bne") else arg.at_least(ATOM) for arg in args]
        if (name := _numbered(node.args[1], node.args[0])) and node.name in ("eq", "ne"):
            return clause(f"{told[0]} is {'not ' * (node.name == 'ne')}{name}")
        for at, other in ((0, 1), (1, 0)):
            name = _numbered(node.args[at], node.args[other])
            told[at] += f" ({name})" if name else ""
        return clause(f"{told[0]} {_COMPARED[node.name]} {told[1]}")


def _branch(said: Said) -> str:
    """A part of a choice."""
    return said.whole if said.level != LOOSE else f"({said.text})"


def _numbered(number: Node, beside: Node) -> str:
    """`Friday` of the 5 that a day of the week is compared with; the reason that a number stands for."""
    value = number.data[0] if number.kind == "const" else None
    if not isinstance(value, float) or not value.is_integer() or value < 0:
        return ""
    if beside.kind in ("book", "book_of") and beside.name == "trades.last_reason":
        return f'"{EXIT_REASONS[int(value)]}"' if 0 < value < len(EXIT_REASONS) else ""
    names = readings.NUMBERED.get(beside.name, ()) if beside.kind == "calendar" else ()
    return names[int(value)] if value < len(names) else ""


def _of_host(node: Node) -> bool:
    """Whether it is what a function of the host gives."""
    return is_hosted((node.args[0] if node.kind == "output" else node).name)
