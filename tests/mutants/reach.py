"""Which lines of the trading core a test runs: every statement marks that it was reached.

A tracer would be called for each line of everything that a test runs, which takes several times as long as the test
itself; a mark is one store. So the functions are given, for the first run of the judges, code that has the marks in it.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from types import CodeType, FunctionType

from .names import source_of
from .place import code_of, function_of, load
from .rewrite import functions, modules

Line = tuple[str, int]
MARKS = "_reached"


class Reach:
    """Between `begin` and `end` the functions mark what they reach; `lines` tells what that was, and forgets it."""

    def __init__(self) -> None:
        self._places: list[list[Line]] = []
        self._marks = bytearray()
        self._plain: list[tuple[FunctionType, CodeType]] = []

    def begin(self) -> None:
        for name in modules():
            module, tree = load(name), ast.parse(source_of(name))
            for _, _, function in functions(tree):
                self._mark(name, function)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                code = compile(ast.fix_missing_locations(tree), str(module.__file__), "exec", dont_inherit=True)
            vars(module)[MARKS] = self._marks
            for path, _, _ in functions(tree):
                held = function_of(module, path)
                self._plain.append((held, held.__code__))
                held.__code__ = code_of(code, path)
        self._marks.extend(bytes(len(self._places)))

    def end(self) -> None:
        for function, code in self._plain:
            function.__code__ = code
        for name in modules():
            del vars(load(name))[MARKS]

    def lines(self) -> frozenset[Line]:
        """Those that were reached since the last time."""
        found = frozenset(line for place, mark in enumerate(self._marks) if mark for line in self._places[place])
        self._marks[:] = bytes(len(self._marks))
        return found

    def _mark(self, module: str, function: ast.FunctionDef) -> None:
        for body in _bodies(function):
            for statement in list(body):
                if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                    continue  # what is said of a function
                mark = ast.parse(f"{MARKS}[{len(self._places)}] = 1").body[0]
                body.insert(body.index(statement), mark)
                self._places.append([(module, number) for number in _numbers(function, statement)])


def _bodies(node: ast.AST) -> Iterator[list[ast.stmt]]:
    """Every list of statements in a function, each before those in it."""
    for name in ("body", "orelse", "finalbody"):
        body = getattr(node, name, None)
        if isinstance(body, list):
            inner = list(body)
            yield body
            for statement in inner:
                yield from _bodies(statement)


def _numbers(function: ast.FunctionDef, statement: ast.stmt) -> range | list[int]:
    """The lines of a statement, of one that has others in it those before them; the first has its function's, too."""
    body = getattr(statement, "body", None)
    end = body[0].lineno - 1 if body else statement.end_lineno or statement.lineno
    lines = range(statement.lineno, max(end, statement.lineno) + 1)
    return [function.lineno, *lines]
