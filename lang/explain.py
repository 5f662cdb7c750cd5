"""A typed program in plain English: what was understood, not what was written.

Every sentence is made from nodes. A value that has a name (a `let`, a call of
the library) is called by it, and the names are explained below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .program.holdings import at_most, gross, known
from .program.nodes import BOOL, CROSSINGS, Binding, Node
from .program.program import Affine, Cancel, Enter, Exit, Flow, Guard, Hold, Param, Program, Rest, Sizing
from .program.units import Unit
from .words import table
from .words.vocabulary import FLOORS

_INFIX = {
    "add": "+", "sub": "-", "mul": "×", "div": "/", "floordiv": "//", "lt": "is below", "le": "is at most",
    "gt": "is above", "ge": "is at least", "eq": "equals", "ne": "differs from", "beq": "equals",
    "bne": "differs from", "and": "and", "or": "or",
}  # fmt: skip
_BARE_IN = dict.fromkeys(("add", "sub"), (0,)) | dict.fromkeys(("lt", "le", "gt", "ge", "eq", "ne"), (0, 1))
"""Which operands of an operation need no brackets where they are sums."""
_STEPS = {
    "highest": "the highest {0} of {bars}", "lowest": "the lowest {0} of {bars}",
    "cross_above": "{0} crosses above {1}",
    "cross_below": "{0} crosses below {1}", "crosses": "{0} crosses {1}", "history": "{0}, {bars} ago,",
    "history_bool": "({inner}) {bars} ago", "rising_edge": "{0} becomes true", "falling_edge": "{0} stops being true",
    "barssince": "the bars since {0}", "recent": "{0} within {bars}",
    "changed": "{0} changes", "rising": "{0} has risen for {bars}", "falling": "{0} has fallen for {bars}",
}  # fmt: skip
_OVER = {"sma": "average", "ema": "exponential average", "rma": "smoothed average", "stdev": "deviation"}
"""What is told as `the 20-bar average of close`, and where a name says of how many bars as that over so many."""
_SAMPLES = {
    "closed": "{0} on the last completed {1} bar",
    "forming": "{0} on the {1} bar as it stands",
    "event": "{0} at the moment a {1} bar completes",
}
_ACROSS = {
    "rank": "the rank of {0} among all symbols", "top": "{0} is among the {1} highest of all symbols",
    "quantile_of": "the share of the other symbols whose {0} is lower",
    "zscore_across": "the z-score of {0} among all symbols", "demean": "({0} less its average over all symbols)",
    "total": "the total of {0} over all symbols", "average": "the average of {0} over all symbols",
    "any": "({0}) for any symbol", "all": "({0}) for every symbol", "count": "the number of symbols with ({0})",
}  # fmt: skip
_DOES = {word.name: word.meaning for word in table.words("action")}
_FILLS = {"": "", **{word.name: f", filled {word.meaning}" for word in table.words("fill")}}
ENTRY, STOP, TICK = "$entry", "$stop", "$tick"  # parameters that a program cannot name
_OWN = {ENTRY: "the fill", STOP: "the stop", TICK: "1 tick"}
_CALENDAR = {
    "day_number": "the day", "decision_minute": "the minute of the decision", "bar_index": "the number of the bar",
    "month": "the month", "year": "the year", "weekday": "the day of the week", "hour": "the hour", "time": "the time",
    "minute": "the minute", "day": "the day of the month",
}  # fmt: skip
_MOMENTS = {word.name: word.meaning for word in table.words("moment")}
_PERIODS = {"daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year"}
_LASTING = ((86_400, "day"), (3600, "hour"), (60, "minute"))

LONGEST = 2000
"""Characters of a value in words; functions that repeat what they are given make texts of any length."""
_LONG = ("a long formula", "a long condition holds")


def explain(program: Program) -> str:
    """The program in sentences, one line each."""
    return "\n".join(_lines(program)) + "\n"


def _lines(program: Program) -> Iterator[str]:
    words = Words(program)
    where = f" on {' and '.join(program.symbols)}" if program.symbols else ""
    where += f" on the universe {program.universe}" if program.universe else ""
    where += f", watching {' and '.join(program.watches)}," if program.watches else ""
    bars = f" with bars of {program.timeframe}" if program.timeframe else ""
    idle = "" if _does_anything(program) else " does nothing: nothing is entered, and nothing shown"
    yield f"{program.title or 'This program'}{where}{bars}{idle}."
    for param in program.params:
        yield f"- The parameter {param.name} is {_amount(param.default, param.unit)}{_domain(param)}."
    for statement in program.trading:
        if not isinstance(statement, Hold):
            yield f"- {words.statement(statement)}"
        elif all(statement.group != other.group for other in program.holds if other.index < statement.index):
            yield f"- {words.held([other for other in program.holds if other.group == statement.group])}"
    if program.prefer is not None:
        yield f"- Where entries outnumber their places, those with the largest {words.whole(program.prefer)} go first."
    for guard in program.guards:
        limit = words.of(guard.threshold)
        reaches = "falls to" if guard.name in FLOORS else "reaches"
        of, there = (f" of {guard.of}", " there") if guard.of else ("", "")
        what, does = guard.name.replace("_", " ") + of, _DOES[guard.action] + there
        yield f"- When {what} {reaches} {limit}, {does}{_until(guard)}."
    for rule in program.requires:
        yield f"- It refuses to run unless {words.whole(rule.node)}."
    for alert in program.alerts:
        yield f"- It alerts when {words.whole(alert.when)}."
    for emit in program.emits:
        yield f"- It publishes {emit.name} while {words.whole(emit.node)}."
    for name, means in words.definitions():
        yield f"- Here {name} {means}."
    for name, value in program.assumptions.items():
        yield f"- It assumes {name.replace('_', ' ')} {value}."
    for symbol, name, value in program.assumed:
        yield f"- It assumes {name.replace('_', ' ')} {value} of {symbol}."


def _does_anything(program: Program) -> bool:
    return bool(program.trading or program.alerts or program.emits or program.plots)


class Words:
    """Nodes in words; values with a name are called by it."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.names: dict[int, str] = {node: written.text for node, written in program.named.items()}
        for name, value in program.lets.items():
            if isinstance(value, Node) and value.args:
                self.names.setdefault(value.id, name)
                self.names[value.id] = name
        self.defaults = {param.name: param.default for param in program.params}
        self.used: dict[str, Node] = {}
        self._told: dict[int, str] = {}

    def whole(self, node: Node) -> str:
        """A value that stands alone in its sentence."""
        return _alone(self.of(node))

    def of(self, node: Node) -> str:
        name = self.names.get(node.id)
        if name is not None:
            if name in self.program.lets:
                self.used.setdefault(name, node)
            return name
        made = node.kind == "pure" and node.binding is Binding.PARAM and node.unit is not Unit.BARS
        return f"{self.inside(node)}{self._comes_to(node)}" if made else self.inside(node)

    def _comes_to(self, node: Node) -> str:
        """What is made of parameters, with their defaults."""
        value = known(node, self.defaults)
        return "" if value is None or node.type == BOOL else f" ({_amount(value, node.unit)})"

    def inside(self, node: Node) -> str:
        """The node itself, its arguments by name; one that nobody would read to its end is only mentioned."""
        if node.id not in self._told:
            text = self._inside(node)
            self._told[node.id] = text if len(text) <= LONGEST else _LONG[node.type == "bool"]
        return self._told[node.id]

    def _inside(self, node: Node) -> str:
        if node.kind == "const":
            return _amount(node.data[0], node.unit)  # type: ignore[arg-type]
        if node.kind == "pure":
            return self._pure(node)
        arguments = [self.of(a) for a in node.args]
        if node.kind == "across" and node.name == "top" and node.args[1].kind == "param":
            arguments[1] += f" ({self.defaults[node.args[1].name]:g})"
        if node.kind == "step" and node.name in _OVER:
            what, of, count = _OVER[node.name], self._whole(node.args[0]), node.args[1]
            if count.kind != "const":
                return f"the {what} of {of} over {self._bars(count)}"
            return f"the {count.data[0]:g}-bar {what} of {of}"
        if node.kind == "step" and node.name in _STEPS:
            bars = self._bars(node.args[1]) if len(arguments) > 1 else ""
            return _STEPS[node.name].format(*arguments, bars=bars, inner=bare(arguments[0]))
        if node.kind == "sample":
            return _SAMPLES[str(node.data[0])].format(self._whole(node.args[0]), node.args[0].clock)
        if node.kind == "cell":
            return f"a memory that begins as {arguments[0]} and becomes {arguments[1]}"
        if node.kind in ("previous", "lagged"):
            return "its value of the bar before"
        if node.kind == "closes":
            return f"a {node.name} bar completes"
        if node.kind == "input" and node.name.startswith("column:"):
            return f'the column "{node.name.removeprefix("column:")}"'
        if node.kind == "calendar":
            return _CALENDAR.get(node.name, node.name.replace("_", " "))
        if node.kind == "book":
            return node.name
        if node.kind == "of":
            return f"{self._whole(node.args[0]).removesuffix(',')} of {node.data[0]}"
        if node.kind in CROSSINGS:
            return _crossing(node, arguments)
        own = _OWN.get(node.name, node.name) if node.kind == "param" else node.name.replace("_", " ")
        return f"{own}({', '.join(map(bare, arguments))})" if arguments else own

    def _whole(self, node: Node) -> str:
        """An argument that something behind or before it is about, as a whole: an operation in brackets."""
        text = self.of(node)
        operation = node.kind == "pure" and node.name in (*_INFIX, "not", "neg") and node.id not in self.names
        return f"({text})" if operation and bare(text) == text else text

    def _bars(self, count: Node) -> str:
        """So many bars; of a parameter its name, and how many it stands for."""
        value = None if count.kind == "const" else known(count, self.defaults)
        return _bars(self.of(count)) if value is None else f"{self.inside(count)} bars ({value:g})"

    def _after(self, wait: Node, kind: str) -> str:
        """How long a lot is held, in bars or in time."""
        if kind == "bars":
            return self._bars(wait)
        default = self.defaults.get(wait.name) if wait.kind == "param" else None
        return self.of(wait) if default is None else f"{wait.name} ({_amount(default, wait.unit)})"

    def _pure(self, node: Node) -> str:
        if (span := _span_of_day(node)) is not None:
            return span
        parts = [self._part(node, a) for a in node.args]
        if node.name == "mul" and node.args[1].name == TICK:
            return f"{parts[0]} ticks"
        if node.name == "mul" and node.args[0].name == "abs" and node.args[1].unit is Unit.RATIO:
            return f"{parts[1]} of {self.of(node.args[0].args[0])}"
        if node.name in _INFIX and len(parts) == 2:
            for at in _BARE_IN.get(node.name, ()):
                if node.args[at].name in ("add", "sub"):
                    parts[at] = bare(parts[at])
            text = f"{parts[0]} {_INFIX[node.name]} {parts[1]}"
            return f"({text})" if node.name in ("or", "add", "sub") else text
        if node.name in ("select", "bselect"):
            return f"({parts[1]} if {parts[0]}, else {parts[2]})"
        if node.name == "not":
            return f"not {parts[0]}" if node.args[0].id in self.names else f"not ({bare(parts[0])})"
        if node.name == "neg":
            return f"-{parts[0]}"
        return f"{node.name}({', '.join(map(bare, parts))})"

    def _part(self, whole: Node, part: Node) -> str:
        """An operand; of what is made of parameters the whole tells what it comes to."""
        inner = whole.binding is Binding.PARAM and part.id not in self.names
        return self.inside(part) if inner else self.of(part)

    def definitions(self) -> Iterator[tuple[str, str]]:
        """The named values that were used, each explained once; explaining may use further ones."""
        told: set[str] = set()
        while True:
            waiting = [name for name in self.used if name not in told]
            if not waiting:
                return
            for name in waiting:
                told.add(name)
                yield name, self._means(self.used[name])

    def _means(self, node: Node) -> str:
        written = self.program.named.get(node.id)
        text = written.text if written else _alone(self.inside(node))
        if written:  # its arguments are told as they are written, by their names
            for name, value in self.program.lets.items():
                if isinstance(value, Node) and value.args and re.search(rf"(?<![\w.]){name}\b", text):
                    self.used.setdefault(name, value)
        return f"holds when {text}" if node.type == BOOL and node.kind != "cell" else f"is {text}"

    def held(self, group: Sequence[Hold]) -> str:
        """A `rebalance`, an `atomic` with all its legs or a `sequence` with its instructions, in one sentence."""
        first = group[0]
        when = self.whole(first.when if first.said is None else first.said)
        if first.step:
            steps = ", then ".join(f"{self._position(step)} of {step.symbol}" for step in group)
            return (f"When {when} on the bars of {first.symbol}, it holds first {steps}, each once the one before has "
                    f"filled and left what was expected{_FILLS[first.fill]}.")  # fmt: skip
        if first.atomic:
            legs = listed([f"{self._position(leg)} of {leg.symbol}" for leg in group])
            text = f"When {when} on the bars of {first.symbol}, it holds {legs}, all of them or none"
        else:
            text = f"It rebalances {self._period(first)}{self._weights(first)}"
        text += self._together(group)
        if first.band is not None:
            text += f", leaving differences below {self.of(first.band)} of equity alone"
        return f"{text}{_FILLS[first.fill]}."

    def _weights(self, hold: Hold) -> str:
        """To what each symbol is brought."""
        if not hold.weights:
            return f", each to {self._share(hold.sizing.value)}"
        shares = [f"{symbol} to {self._share(weight)}" for symbol, weight in hold.weights]
        if set(self.program.symbols) != {symbol for symbol, _ in hold.weights}:
            others = "nothing" if hold.others is None else self._share(hold.others)
            shares.append(f"every other symbol to {others}")
        return f": {listed(shares)}"

    def _together(self, group: Sequence[Hold]) -> str:
        """What all of it comes to, where that is known."""
        shares = [share for hold in group for share in gross(hold, self.program.symbols, self.defaults)]
        total = sum(share for share in shares if share is not None)
        if None in shares or total == 0.0 or (len(shares) == 1 and group[0].symbol):
            return ""
        most = "at most " if any(map(at_most, group)) else ""
        return f", {most}{_amount(total, Unit.RATIO)} of equity together"

    def _share(self, weight: Node) -> str:
        """A share of equity; nothing where that is none."""
        if weight.kind == "const" and weight.data[0] == 0.0:
            return "nothing"
        told = self.of(weight)
        if weight.kind == "param" and weight.name in self.defaults:
            return f"{told} ({_amount(self.defaults[weight.name], weight.unit)}) of equity"
        return f"{told if ' ' not in told or told.startswith('(') else f'({told})'} of equity"

    def _position(self, hold: Hold) -> str:
        """What is held; none where that is nothing, of a leg on which side."""
        value = hold.sizing.value
        if value.kind == "const" and value.data[0] == 0.0:
            return "nothing"
        if hold.leg == "sell":
            size = value.args[0] if value.kind == "pure" else None
            told = _amount(-float(value.data[0]), value.unit) if size is None else self.of(size)  # type: ignore[arg-type]
            return f"{bare(self._size(hold.sizing, told))} short"
        side = {"buy": " long", "hold": ", short below 0,"}.get(hold.leg, "")
        return f"{bare(self._size(hold.sizing))}{side}"

    def _period(self, hold: Hold) -> str:
        """When a `rebalance` is decided."""
        if not hold.period:
            return f"all symbols when {self.whole(hold.when)}"
        return f"all symbols {self._on(hold)}"

    def _on(self, of: Hold | Flow) -> str:
        """The bars of a period."""
        bar = "the first bar" if of.day is None else f"the first bar on or after day {self.of(of.day)}"
        return f"on {bar} of each {_PERIODS[of.period]}, and on the first bar that can be"

    def statement(self, statement: Enter | Exit | Cancel | Flow) -> str:
        """A statement that trades, in one sentence."""
        one = f" of {statement.symbol}" if statement.symbol else ""
        if isinstance(statement, Cancel):
            return f"It cancels {statement.side} entries{one} that wait when {self.whole(statement.when)}."
        if isinstance(statement, Flow):
            return self._flow(statement)
        return self._enter(statement) if isinstance(statement, Enter) else self._exit(statement)

    def _flow(self, flow: Flow) -> str:
        does = "pays in" if flow.word == "deposit" else "takes out"
        when = self._on(flow) if flow.period else f"when {self.whole(flow.when)}"
        return f"It {does} {self._size(flow.sizing)} {when}."

    def _enter(self, statement: Enter) -> str:
        one = f" {statement.symbol}" if statement.symbol else ""
        when, size = self.whole(statement.when), self._size(statement.sizing)
        text = f"It enters {statement.side}{one} when {when}, with {size}"
        if statement.cap is not None:
            text += f", at most {self.of(statement.cap)} of equity"
        text += self._waits(statement.rest) + self._ladder(statement)
        text += "".join(f", {level}" for level in self._levels(statement))
        if statement.expire_kind:
            text += f", leaving {self._leaves(statement)}"
        if statement.scale:
            text += f", up to {statement.scale} further times while it is open"
        return f"{text}{_FILLS[statement.fill]}."

    def _levels(self, statement: Enter) -> Iterator[str]:
        against, along = ("below", "above") if statement.side == "long" else ("above", "below")
        if statement.stop is not None:
            yield f"a stop at {self._price(statement.stop, against)}"
        for move in statement.moves:
            side = along if move.gains else against
            yield f"a stop at {self._price(move.stop, side)} once the price reaches {self._price(move.after, along)}"
        for take in statement.takes:
            yield f"taking {self.of(take.share)} of the lot at {self._price(take.level, along)}"
        if statement.target is not None:
            yield f"a target at {self._price(statement.target, along)}"
        if statement.trail is not None:
            after = statement.trail_after
            begins = f" once the price reaches {self._price(after, along)}" if after is not None else ""
            yield f"a stop that trails at {self._price(statement.trail, against, 'the best price')}{begins}"

    def _leaves(self, statement: Enter) -> str:
        """When a lot leaves at last."""
        if statement.expire is not None:
            return f"after {self._after(statement.expire, statement.expire_kind)}"
        if statement.expire_kind == "time":
            return f"at {statement.expire_at}"
        return _MOMENTS[statement.expire_kind]

    def _waits(self, rest: Rest | None) -> str:
        """For which price an order waits, and how long."""
        if rest is None:
            return ""
        text = ", waiting" if rest.life == "open" else f", waiting {self._life(rest)}"
        if rest.trigger is not None:
            text += f" for the price to reach {self.whole(rest.trigger)}"
        if rest.limit is not None:
            text += f"{', then' if rest.trigger is not None else ''} for a fill at {self.whole(rest.limit)} or better"
        return text if rest.until is None else f"{text}, until {self.whole(rest.until)}"

    def _ladder(self, statement: Enter) -> str:
        """How many orders rest, and what becomes of one whose lot has left."""
        ladder = statement.ladder
        if ladder is None:
            return ""
        step = ladder.step.args[1] if ladder.step.kind == "pure" and ladder.step.name == "select" else ladder.step
        of = " of the first price" if step.unit is Unit.RATIO else ""
        text = f", as {len(ladder.rests)} orders of that size, each {self.of(step)}{of} further from the market"
        anew = ", each placed anew for the time that is left once its lot has left"
        return text + (anew if ladder.again else ", each with one lot a position")

    def _life(self, rest: Rest) -> str:
        if rest.valid is not None:
            return self._after(rest.valid, rest.life)
        return "until the day ends" if rest.life == "day" else "1 bar"

    def _exit(self, statement: Exit) -> str:
        value = "" if statement.sizing is None else self.of(statement.sizing.value)
        unit = " units" if statement.sizing is not None and statement.sizing.kind == "units" else ""
        amount = f" {value}{unit} of" if value else ""
        once = ", once per position" if statement.once else ""
        when, waits = self.whole(statement.when), self._waits(statement.rest)
        one = f" of {statement.symbol}" if statement.symbol else ""
        fill = _FILLS[statement.fill]
        return f"It leaves{amount} {statement.side} positions{one} when {when}{once}{waits}{fill}."

    def _size(self, sizing: Sizing, value: str = "") -> str:
        value = value or self.of(sizing.value)
        return {"fraction": f"{value} of equity", "units": f"{value} units", "cash": f"{value} of money",
                "risk": f"{value} of equity at risk"}[sizing.kind]  # fmt: skip

    def _price(self, price: Affine, direction: str, entry: str = "the fill") -> str:
        """A level as it is; a distance or a share with what it counts from, and on which side of it."""
        assert price.said is not None
        said = price.said
        if said.unit in (Unit.PRICE, Unit.PLAIN):
            return self.whole(said)
        if said.unit is Unit.DISTANCE and (count := _risk_multiple(said)) is not None:
            if count.data[0] == 0.0:
                return entry
            return f"{self.of(count)} times the distance to the stop, {direction} {entry}"
        return f"{self.of(said).removesuffix(',')} {direction} {entry}"


def _crossing(node: Node, arguments: Sequence[str]) -> str:
    """A value that comes from other symbols."""
    name = str(node.data[0])
    if node.kind == "book_of":
        return f"{name} of {node.data[1]}"
    if node.kind == "fresh":
        return f"a bar of {name} closes at this moment"
    return _ACROSS[name].format(*map(bare, arguments))


def _risk_multiple(node: Node) -> Node | None:
    """n of what `nr` became: n times the way from the fill to the stop of the lot."""
    if node.kind != "pure" or node.name != "mul":
        return None
    count, distance = node.args
    by_entry = distance.kind == "pure" and distance.name == "sub" and any(a.name == ENTRY for a in distance.args)
    return count if by_entry and count.kind == "const" else None


def _span_of_day(node: Node) -> str | None:
    """`between("09:30", "16:00")` in words; None of any other node."""
    if node.name not in ("and", "or") or len(node.args) != 2:
        return None
    after, before = node.args
    if (after.name, before.name) != ("ge", "lt") or after.args[0] is not before.args[0]:
        return None
    minute = after.args[0]
    if minute.kind != "calendar" or minute.name != "decision_minute":
        return None
    begin, end = (_clock_time(bound.args[1]) for bound in (after, before))
    zone = f" in {minute.data[1]}" if minute.data[1] else ""
    return f"the decision falls from {begin} to before {end}{zone}"


def _clock_time(node: Node) -> str:
    hour, minute = divmod(int(node.data[0]), 60)  # type: ignore[call-overload]
    return f"{hour:02}:{minute:02}"


def listed(parts: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _bars(count: str) -> str:
    return "1 bar" if count == "1" else count if count.endswith((" bar", " bars")) else f"{count} bars"


def bare(text: str) -> str:
    """The text without brackets around the whole of it."""
    depth = 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return text[1:-1] if letter == ")" and at == len(text) - 1 else text
    return text


def _alone(text: str) -> str:
    """A value as its sentence says it: no brackets around the whole, no comma at an end."""
    return bare(text).removesuffix(",").replace(",)", ")")


def _amount(value: float | bool, unit: Unit) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value != value:
        return "missing"
    if unit is Unit.RATIO:
        return f"{value * 100:g}%"
    if unit is Unit.DURATION:
        return _lasting(value)
    return _bars(f"{value:g}") if unit is Unit.BARS else f"{value:g}"


def _lasting(seconds: float) -> str:
    """A duration in the largest unit of which it is a whole number."""
    size, unit = next((row for row in _LASTING if seconds and seconds % row[0] == 0), (1, "second"))
    count = seconds / size
    return f"{count:g} {unit}{'s' if count != 1 else ''}"


def _until(guard: Guard) -> str:
    """When a halt of the guard ends: one of a day ends with it."""
    if guard.action not in ("halt", "flatten"):
        return ""
    return " until the day ends" if guard.name.startswith(("day_", "daily_")) else " from then on"


def _domain(param: Param) -> str:
    if param.low is not None and param.high is not None:
        return f", from {_amount(param.low, param.unit)} to {_amount(param.high, param.unit)}"
    return f", one of {', '.join(_amount(c, param.unit) for c in param.choices)}" if param.choices else ""
