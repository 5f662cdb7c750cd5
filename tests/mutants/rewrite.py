"""What could be wrong in a module: every small change of its functions that still reads as code.

A mutant is one change: a comparison that takes or leaves its limit, plus for minus, a number one more or less,
`and` for `or`, a condition negated or left out, a statement that is not there, two arguments of one kind
exchanged, the neighbour of a slot in its table, a function's opposite.
"""

from __future__ import annotations

import ast
import copy
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from .names import FOLDER, SIBLINGS, neighbours, source_of

Path = tuple[tuple[str, int | None], ...]
"""How a node is reached from its module: field by field, with the place in a list."""

NOT_RUN = {"__init__", "layout", "rows", "phases", "buffers", "sound"}
"""Modules of names alone, those that only run when they are imported, and `sound`: snapshots from a hand are tried in
processes of their own (`tests/runtime/machine`), which no fork reaches."""
FIRST = "execute lots fill path bracket decide sizing guards books".split()
CALLED_FROM_OUTSIDE = {"attention", "tripped", "due", "accepts"}
"""Phases whose result an engine reads; reads of the books are told by their name."""
HOST = {"specs", "state"}
"""Modules that are no step functions: what they return is read beyond the package."""
ALIKE = {"farther", "tighter"}
"""Functions to which the order of their arguments is nothing."""
SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One change of one function."""

    module: str
    function: str
    number: int
    """The line."""
    line: str
    before: str
    after: str
    path: Path
    node: ast.AST
    """What stands at the path instead."""
    again: int
    """How many times the same change of the same line came before in this function."""

    @cached_property
    def key(self) -> str:
        """The change and the line it is in, by a hash: another line is another mutant."""
        parts = (self.module, self.function, self.line, self.before, self.after, str(self.again))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:10]

    @property
    def label(self) -> str:
        return f"{self.module}.{self.function}: {self.line}  [{self.before} -> {self.after}]"


@dataclass(frozen=True)
class _Change:
    path: Path
    old: ast.AST
    new: ast.AST
    before: str
    after: str


def modules() -> list[str]:
    """The modules whose functions are changed, those that move money first."""
    names = [path.stem for path in sorted(FOLDER.glob("*.py")) if path.stem not in NOT_RUN]
    return sorted(names, key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))


def mutants(module: str, source: str | None = None) -> list[Mutant]:
    """Every mutant of a module, in the order of its lines."""
    text = source_of(module) if source is None else source
    lines = text.splitlines()
    found: list[Mutant] = []
    seen: Counter[tuple[str, ...]] = Counter()
    for name, path, function in functions(ast.parse(text)):
        for change in _changes(function, path, name.split(".")[-1] in ignored()):
            number = getattr(change.old, "lineno", function.lineno)
            line = lines[number - 1].strip()
            same = (name, line, change.before, change.after)
            found.append(
                Mutant(module, name, number, line, change.before, change.after, change.path, change.new, seen[same])
            )
            seen[same] += 1
    return found


def mutated(mutant: Mutant, source: str | None = None) -> ast.Module:
    """The module with the change made."""
    tree = ast.parse(source_of(mutant.module) if source is None else source)
    at: ast.AST = tree
    for field, place in mutant.path[:-1]:
        at = _child(at, field, place)
    field, place = mutant.path[-1]
    new = copy.deepcopy(mutant.node)
    if place is None:
        old = getattr(at, field)
        setattr(at, field, new)
    else:
        old = getattr(at, field)[place]
        getattr(at, field)[place] = new
    if isinstance(new, (ast.expr, ast.stmt)):
        ast.copy_location(new, old)
    return ast.fix_missing_locations(tree)


def _child(node: ast.AST, field: str, place: int | None) -> ast.AST:
    held = getattr(node, field)
    child: ast.AST = held if place is None else held[place]
    return child


def functions(tree: ast.Module) -> Iterator[tuple[str, Path, ast.FunctionDef]]:
    """Name, path and node of each function of a module and each method of its classes."""
    for place, statement in enumerate(tree.body):
        if isinstance(statement, ast.FunctionDef):
            yield statement.name, (("body", place),), statement
        elif isinstance(statement, ast.ClassDef):
            for inner, method in enumerate(statement.body):
                if isinstance(method, ast.FunctionDef):
                    yield f"{statement.name}.{method.name}", (("body", place), ("body", inner)), method


def _walk(
    node: ast.AST, path: Path, parents: tuple[ast.AST, ...] = ()
) -> Iterator[tuple[ast.AST, Path, tuple[ast.AST, ...]]]:
    yield node, path, parents
    for field, held in ast.iter_fields(node):
        if field in ("annotation", "returns", "args") and isinstance(node, (ast.FunctionDef, ast.AnnAssign)):
            continue
        if isinstance(held, ast.AST):
            yield from _walk(held, (*path, (field, None)), (*parents, node))
        elif isinstance(held, list):
            for place, item in enumerate(held):
                if isinstance(item, ast.AST):
                    yield from _walk(item, (*path, (field, place)), (*parents, node))


def _changes(function: ast.FunctionDef, path: Path, unread: bool) -> Iterator[_Change]:
    known = {argument.arg for argument in function.args.args}
    for node, at, parents in _walk(function, path):
        if any(isinstance(parent, (ast.JoinedStr, ast.Raise)) for parent in parents):
            continue  # what is said of a fault
        if unread and parents and isinstance(parents[-1], ast.Return) and isinstance(node, ast.Constant):
            continue  # a result that nobody reads
        for new, before, after in _replacements(node, parents, known):
            yield _Change(at, node, new, before, after)
        if isinstance(node, (ast.Assign, ast.For)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            known |= {name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)}


Replacement = tuple[ast.AST, str, str]


def _replacements(node: ast.AST, parents: tuple[ast.AST, ...], known: set[str]) -> Iterator[Replacement]:
    parent = parents[-1] if parents else None
    if isinstance(node, ast.stmt):
        yield from _statements(node, known)
    elif isinstance(node, ast.Compare):
        if not _of_two_equals(node, parent):
            yield from _comparisons(node)
    elif isinstance(node, ast.BoolOp):
        yield from _conditions(node)
    elif isinstance(node, ast.BinOp):
        yield from _arithmetic(node, parents)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.Not)):
        yield node.operand, ast.unparse(node), ast.unparse(node.operand)
    elif isinstance(node, ast.Constant):
        yield from _constants(node, parent)
    elif isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, ast.Load):
        yield from _names(node)
    elif isinstance(node, ast.Call):
        yield from _arguments(node)
    if isinstance(parent, (ast.If, ast.IfExp, ast.While)) and node is parent.test and not _one_equality(node):
        yield ast.UnaryOp(ast.Not(), node), ast.unparse(node), f"not ({ast.unparse(node)})"


def _of_two_equals(node: ast.Compare, parent: ast.AST | None) -> bool:
    """Whether the comparison chooses between what it compares (`a if a > b else b`): of equals either is the one."""
    compared = {ast.dump(side) for side in (node.left, *node.comparators)}
    if isinstance(parent, ast.IfExp):
        return {ast.dump(parent.body), ast.dump(parent.orelse)} == compared
    if isinstance(parent, ast.If) and len(parent.body) == 1 and isinstance(parent.body[0], ast.Assign):
        target = ast.dump(parent.body[0].targets[0]).replace("Store()", "Load()")
        return not parent.orelse and {target, ast.dump(parent.body[0].value)} == compared
    return False


def _one_equality(node: ast.AST) -> bool:
    """Its negation is the other comparison, which is tried already."""
    negated = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
    return negated or (
        isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], (ast.Eq, ast.NotEq))
    )


def _statements(node: ast.stmt, known: set[str]) -> Iterator[Replacement]:
    gone = isinstance(node, ast.Continue)
    if isinstance(node, ast.Expr):
        gone = isinstance(node.value, ast.Call)
    elif isinstance(node, ast.AugAssign):
        gone = True
        if type(node.op) in SWAPS:
            other = ast.AugAssign(node.target, SWAPS[type(node.op)](), node.value)
            yield other, ast.unparse(node), ast.unparse(other)
    elif isinstance(node, ast.Assign):
        target = node.targets[0]
        gone = isinstance(target, ast.Subscript) or (isinstance(target, ast.Name) and target.id in known)
    if gone:
        yield ast.Pass(), ast.unparse(node), "pass"


def _comparisons(node: ast.Compare) -> Iterator[Replacement]:
    for place, operator in enumerate(node.ops):
        if type(operator) in SWAPS:
            swapped = SWAPS[type(operator)]()
            new = ast.Compare(node.left, [*node.ops[:place], swapped, *node.ops[place + 1 :]], node.comparators)
            yield new, ast.unparse(node), ast.unparse(new)


def _conditions(node: ast.BoolOp) -> Iterator[Replacement]:
    other = ast.BoolOp(SWAPS[type(node.op)](), node.values)
    yield other, ast.unparse(node), ast.unparse(other)
    for place in range(len(node.values)):
        rest = [*node.values[:place], *node.values[place + 1 :]]
        new = rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
        yield new, ast.unparse(node), ast.unparse(new)


def _arithmetic(node: ast.BinOp, parents: tuple[ast.AST, ...]) -> Iterator[Replacement]:
    if type(node.op) in SWAPS and not any(isinstance(parent, ast.Subscript) for parent in parents):
        new = ast.BinOp(node.left, SWAPS[type(node.op)](), node.right)
        yield new, ast.unparse(node), ast.unparse(new)


def _constants(node: ast.Constant, parent: ast.AST | None) -> Iterator[Replacement]:
    if type(node.value) is int:  # 1 becomes 0 and not 2: what is 1 is mostly a flag, a side or a direction
        other = 0 if node.value == 1 else node.value + 1
        yield ast.Constant(other), str(node.value), str(other)
    elif type(node.value) is float:
        yield ast.Constant(node.value + 1.0), repr(node.value), repr(node.value + 1.0)


def _names(node: ast.Name | ast.Attribute) -> Iterator[Replacement]:
    name = node.id if isinstance(node, ast.Name) else node.attr
    for pair in SIBLINGS:
        if name in pair:
            other = pair[1 - pair.index(name)]
            yield _renamed(node, other), name, other
    if not (name.isupper() and len(name) > 1):
        return
    if name in neighbours():
        yield _renamed(node, neighbours()[name]), name, neighbours()[name]
    else:
        yield ast.Constant(0), name, "0"


def _renamed(node: ast.Name | ast.Attribute, name: str) -> ast.expr:
    return ast.Name(name, ast.Load()) if isinstance(node, ast.Name) else ast.Attribute(node.value, name, ast.Load())


def _arguments(node: ast.Call) -> Iterator[Replacement]:
    """Neighbours of one kind, exchanged."""
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    kinds = signatures().get(name, [])
    for place in range(min(len(kinds), len(node.args)) - 1):
        one, two = node.args[place : place + 2]
        if kinds[place] == kinds[place + 1] and name not in ALIKE and ast.dump(one) != ast.dump(two):
            new = ast.Call(node.func, [*node.args[:place], two, one, *node.args[place + 2 :]], node.keywords)
            yield new, ast.unparse(node), ast.unparse(new)


@cache
def _trees() -> dict[str, ast.Module]:
    return {path.stem: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.py"))}


@cache
def signatures() -> dict[str, list[str]]:
    """The kinds of arguments of every function of the package, and of the division they share."""
    found = {"div": ["float", "float"]}
    for tree in _trees().values():
        for name, _, function in functions(tree):
            kinds = [argument.annotation for argument in function.args.args]
            found[name] = [ast.unparse(kind) if kind else "" for kind in kinds]
    return found


@cache
def ignored() -> frozenset[str]:
    """Functions whose result nobody reads: it is dropped by all that call them, or handed on by such a one."""
    read_by: dict[str, set[str]] = {}
    steps = [tree for module, tree in _trees().items() if module not in HOST | NOT_RUN]
    known = {name: function for tree in steps for name, _, function in functions(tree)}
    for name, function in known.items():
        for node, _, parents in _walk(function, ()):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not isinstance(parents[-1], ast.Expr):
                handed_on = isinstance(parents[-1], ast.Return)
                read_by.setdefault(node.func.id, set()).add(name if handed_on else "")
    found = {name for name in known if name not in CALLED_FROM_OUTSIDE and not name.startswith("read_")}
    while True:
        left = {name for name in found if read_by.get(name, set()) <= found}
        if left == found:
            return frozenset(found)
        found = left
