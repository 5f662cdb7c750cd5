"""A condition as a tree of what its author wrote: definitions opened by name, each part with the node it is.

What a library function is made of inside is not opened: its value counts, and that of what it was given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...lang.diagnostics.brief import flowing, one_line
from ...lang.diagnostics.reports import LIBRARY
from ...lang.diagnostics.span import NOWHERE
from ...lang.explain.said import bare
from ...lang.explain.words import ENTRY, STOP, Words
from ...lang.program.nodes import BASE, Node, walk
from ...lang.program.program import Affine, Cancel, Exit, Flow, Hold, Program, Trading, Value
from ...lang.program.timeframe import Timeframe
from ...stdlib.operator import BOOL as BOOL_RESULT
from ...stdlib.operator import COUNT, operator_of
from .reads import OF, Reads, Way

ALL, ANY, NOT, COMPARE, EVENT, CHOICE, STATE, VALUE, ACROSS, LEAF, MINUTE, PARAM, CONSTANT = (
    "all", "any", "not", "compare", "event", "if", "state", "value", "across", "leaf", "minute", "param", "constant",
)  # fmt: skip
SIGNS = {"lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "==", "ne": "!=", "beq": "==", "bne": "!="}
_JOINS = {"and": ALL, "or": ANY}
_COMMENT = re.compile(r'#[^"\n]*$', re.MULTILINE)
_SINGLE = frozenset({LEAF, MINUTE, PARAM, CONSTANT})
_LEAVES = frozenset({"calendar", "book", "closes", "param", "across", "fresh", "book_of"})
_COUNTED = "day_number"
"""The reading of the calendar that no author writes: what `new_day()` and `new_week()` count by."""
_OF_THE_FILL = frozenset({ENTRY, STOP})
_LONGEST = 400
"""Characters of a part's text that are kept."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One part.

    role: all any not compare event if state value across (all symbols) leaf minute (of the day) param constant. read:
    its value, on the clock of the data; before: that of the bar before, where it matters. frame, opened: which higher
    bar it is read from, and when that opened; symbol: whose bar, where it is another's.
    told: it was opened where it stood first, and is not again.
    """

    text: str
    name: str
    role: str
    operator: str
    node: Node
    read: Node
    before: Node | None = None
    frame: str = ""
    opened: Node | None = None
    symbol: str = ""
    children: tuple[Branch, ...] = ()
    told: bool = False

    def all(self) -> Iterator[Branch]:
        """This part and every part in it."""
        waiting = [self]
        while waiting:
            part = waiting.pop()
            yield part
            waiting.extend(reversed(part.children))


class Sketcher:
    """Draws the trees of one program."""

    def __init__(self, program: Program, reads: Reads) -> None:
        self.program, self.reads, self._words = program, reads, Words(program)
        self._names: dict[int, str] = {}
        for name, value in program.lets.items():
            for path, node in _fields(name, value):
                if node.kind not in ("const", "input", "param"):
                    self._names.setdefault(node.id, path)
        self._opened: set[tuple[int, Way]] = set()

    def tree(self, node: Node) -> Branch:
        """The tree of a condition or value on the clock of the data; what it shares with others is opened here too."""
        self._opened = set()
        return self._branch(node, ())

    def of_clause(self, node: Node) -> Iterator[Branch]:
        """A clause as it was worth at the decision; of one that counts from the fill the parts that do not."""
        if node.kind == "const":
            return
        self._opened = set()
        if any(part.name in _OF_THE_FILL for part in walk([node])):
            yield from (self._branch(part, ()) for part in self._written(node, with_inputs=True)
                        if not any(below.name in _OF_THE_FILL for below in walk([part])))
        else:
            yield self._branch(node, ())

    # --- one part --------------------------------------------------------------------------------

    def _branch(self, node: Node, way: Way, *, before: bool = False) -> Branch:
        inside, deeper = _through(node, way)
        role = VALUE if inside.id in self.program.named else _role(inside)
        told = (node.id, way) in self._opened and role not in _SINGLE
        self._opened.add((node.id, way))
        whole = node.kind == OF  # what is read of another symbol is of the bar before of the one at hand
        earlier = self.reads.before(node if whole else inside) if before else None
        frame = inside.clock if inside is not node else None
        symbol = str(node.data[0]) if whole else ""
        framed = isinstance(frame, Timeframe)
        return Branch(
            text=self.text(node),
            name=self._names.get(node.id, ""),
            role=role,
            operator=SIGNS[inside.name] if role == COMPARE else inside.name if role == EVENT else "",
            node=node,
            read=self.reads.seen(node, way),
            before=None if earlier is None else self.reads.seen(earlier, way if whole else deeper),
            frame=str(frame) if framed else "",
            opened=self.reads.opened(frame or BASE, deeper) if framed or symbol else None,
            symbol=symbol,
            children=() if told else tuple(self._children(inside, deeper, role)),
            told=told,
        )

    def _children(self, node: Node, way: Way, role: str) -> Iterator[Branch]:
        if role in (ALL, ANY):
            yield from (self._branch(part, way) for part in self._flat(node, node.name))
        elif role in (NOT, COMPARE, CHOICE, ACROSS):
            yield from (self._branch(arg, way) for arg in node.args)
        elif role == EVENT and not _made_inside(node):
            given = zip(operator_of(node.name).arguments, node.args, strict=True)
            yield from (self._branch(arg, way, before=node.name != "recent") for argument, arg in given
                        if (argument.kind != COUNT or arg.kind != "const") and arg.name != _COUNTED)
        elif role == STATE:
            yield self._branch(node.args[1], way)
        elif role == VALUE:
            yield from (self._branch(part, way) for part in self._written(node, with_inputs=node.kind == "pure"))
        elif role == EVENT:
            yield from (self._branch(part, way) for part in self._written(node, with_inputs=True))

    def _flat(self, node: Node, word: str) -> Iterator[Node]:
        """What one operator joins; a definition that joins by it too stays whole, under its name."""
        for arg in node.args:
            same = arg.kind == "pure" and arg.name == word and not _made_inside(arg)
            if same and arg.id not in self._names:
                yield from self._flat(arg, word)
            else:
                yield arg

    def _written(self, node: Node, *, with_inputs: bool) -> Iterator[Node]:
        """The nearest parts below a value that its author wrote, in order; constants go without saying."""
        with_inputs = with_inputs and node.id not in self.program.named
        waiting, seen = list(reversed(node.args)), {node.id}
        while waiting:
            part = waiting.pop()
            if part.id in seen or part.kind == "const" or part.name.startswith("$") or part.name == _COUNTED:
                continue
            seen.add(part.id)
            inside, _ = _through(part, ())
            if inside.kind in ("input", "bar"):
                if with_inputs and part in node.args:
                    yield part
            elif part.kind in _LEAVES or part.id in self._names or (self._own(part) and part.span != node.span):
                yield part
            else:
                waiting.extend(reversed(part.args))

    # --- what it is called -----------------------------------------------------------------------

    def text(self, node: Node) -> str:
        """As the author wrote it; in plain words where nobody did."""
        if node.kind in ("previous", "lagged"):
            return f"{_cell_name(node)} of the bar before"
        if node.kind == "param":
            return node.name
        if node.kind == "calendar" and node.name == "decision_minute":
            return "the decision"
        if node.kind == "cell":
            return _cell_name(node)
        if node.kind == "calendar" and node.id not in self.program.named:  # one is read for all, `new_month()` too
            return node.name
        written = self.program.named.get(node.id)
        span = written.span if written is not None else node.span
        if written is not None and not span.source.startswith(LIBRARY):
            return _tidy(written.text)
        if self._own(node) and not (node.kind in _LEAVES and _made_inside(node)):
            return _tidy(self.program.sources[span.source][span.start : span.end])
        return _tidy(self._words.of(node))

    def _own(self, node: Node) -> bool:
        """Whether it stands in the text of the program, and not in a library function."""
        source = node.span.source
        return node.span != NOWHERE and source in self.program.sources and not source.startswith(LIBRARY)


def _role(node: Node) -> str:
    if node.kind == "const":
        return CONSTANT
    if node.kind == "cell":
        return STATE
    if node.kind == "step":
        return EVENT if operator_of(node.name).result == BOOL_RESULT else VALUE
    if node.kind == "output":
        return VALUE
    if node.kind == "across":
        return ACROSS
    if node.kind != "pure":
        minute = node.name == "decision_minute"
        return PARAM if node.kind == "param" else MINUTE if minute and node.kind == "calendar" else LEAF
    if _made_inside(node):
        return VALUE
    if node.name in _JOINS:
        return _JOINS[node.name]
    if node.name in SIGNS:
        return COMPARE
    return {"not": NOT, "select": CHOICE, "bselect": CHOICE}.get(node.name, VALUE)


def _made_inside(node: Node) -> bool:
    """Whether a function built into the language made it: its parts then stand where it does."""
    return any(arg.span == node.span and arg.kind != "const" for arg in node.args)


def _through(node: Node, way: Way) -> tuple[Node, Way]:
    """What stands under `@` and `of`, and the way to it."""
    while node.kind in ("sample", OF):
        if node.kind == OF:
            node, way = node.args[0], (*way, (OF, str(node.data[0])))
            continue
        outer = node.clock
        assert outer is not None
        node, way = node.args[0], (*way, (str(node.data[0]), outer))
    return node, way


def _cell_name(node: Node) -> str:
    """`streak` of `streak`, and of `f()#0/streak@4h`."""
    return str(node.data[0]).rpartition("/")[2].partition("@")[0]


def _tidy(text: str) -> str:
    """One line without comments and without brackets around the whole."""
    return one_line(bare(flowing(_COMMENT.sub("", text))), _LONGEST)


def _fields(name: str, value: Value) -> Iterator[tuple[str, Node]]:
    """A definition as nodes by name; fields of a record as `name.field`."""
    if isinstance(value, Node):
        yield name, value
    else:
        for field, inner in value.items():
            yield from _fields(f"{name}.{field}", inner)


Statement = Trading


@dataclass(frozen=True, slots=True)
class StatementSketch:
    """A statement with its trees. number: from 1. place: of its decision in the plan. reads: all that it waits for."""

    number: int
    place: int
    statement: Statement
    condition: Branch
    clauses: tuple[tuple[str, Branch], ...]
    reads: tuple[Node, ...]

    @property
    def label(self) -> str:
        return label(self.statement)

    def branches(self) -> Iterator[Branch]:
        """Every part of it."""
        yield from self.condition.all()
        for _, clause in self.clauses:
            yield from clause.all()


def label(statement: Statement) -> str:
    """`enter long`, `exit short SPY`, `rebalance`, `atomic sell GLD`."""
    one = f" {statement.symbol}" if statement.symbol else ""
    if isinstance(statement, Hold):
        if statement.step:
            return f"sequence {statement.sequence} step {statement.step} {statement.leg}{one}"
        return f"atomic {statement.leg}{one}" if statement.atomic else "rebalance"
    if isinstance(statement, Flow):
        return statement.word
    return f"{type(statement).__name__.lower()} {statement.side}{one}"


def sketch(sketcher: Sketcher, number: int, place: int, statement: Statement, symbol: str = "") -> StatementSketch:
    """The trees of a statement: its condition, and the clauses whose values are no constants.

    symbol: the one that is explained, of whose own weights only those count; "" for all.
    """
    condition = _condition(sketcher, statement)
    clauses = tuple(
        (word, branch) for word, node in _clauses(statement, symbol) for branch in sketcher.of_clause(node)
    )  # fmt: skip
    return StatementSketch(number, place, statement, condition, clauses, statement.reads)


def _condition(sketcher: Sketcher, statement: Statement) -> Branch:
    """The tree of a condition; a period that has begun, `rebalance monthly`, is one part, as it is written."""
    if isinstance(statement, Hold | Flow) and statement.period:
        word = statement.word if isinstance(statement, Flow) else "rebalance"
        return Branch(f"{word} {statement.period}", "", LEAF, "", statement.when, statement.when)
    when = statement.when
    if isinstance(statement, Hold) and when.kind == "pure" and when.args[0].kind == "fresh":
        fresh, there = when.args  # what every leg reads on the bars of the first one
        told = Branch(f"a bar of {fresh.data[0]} closes now", "", LEAF, "", fresh, fresh)
        return Branch(sketcher.text(when), "", ALL, "", when, when, children=(told, sketcher.tree(there)))
    return sketcher.tree(when)


def _weights(statement: Hold, symbol: str) -> Iterator[tuple[str, Node]]:
    """What is to be held: of a `rebalance` with weights of single symbols the one that counts."""
    own = dict(statement.weights)
    if not own:
        yield "size" if statement.leg else "weight", statement.sizing.value
    elif symbol in own or not symbol:
        yield from ((f"weight of {name}", node) for name, node in own.items() if symbol in ("", name))
    if own and symbol not in own and statement.others is not None:
        yield "weight", statement.others


def _clauses(statement: Statement, symbol: str) -> Iterator[tuple[str, Node]]:
    if isinstance(statement, Cancel):
        return
    if isinstance(statement, Flow):
        yield "amount", statement.sizing.value
        return
    if isinstance(statement, Hold):
        yield from _weights(statement, symbol)
        if statement.band is not None:
            yield "band", statement.band
        return
    if statement.rest is not None:
        for word in ("limit", "trigger", "valid", "until"):
            if (node := getattr(statement.rest, word)) is not None:
                yield word, node
    if statement.sizing is not None:
        yield "risk" if statement.sizing.kind == "risk" else "size", statement.sizing.value
    if isinstance(statement, Exit):
        return
    if statement.cap is not None:
        yield "cap", statement.cap
    levels: list[tuple[str, Affine | None]] = [
        ("stop", statement.stop), ("target", statement.target), ("trail", statement.trail),
        *(("take at", take.level) for take in statement.takes),
        *(("stop", move.stop) for move in statement.moves), *(("after", move.after) for move in statement.moves),
        ("trail after", statement.trail_after),
    ]  # fmt: skip
    for word, price in levels:
        if price is not None and price.said is not None:
            yield word, price.said
    if statement.expire is not None:
        yield "expire", statement.expire
