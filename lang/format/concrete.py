"""The concrete tree of a text: every word that the grammar read, under the rule that read it.

It is made on the parser's own tables, by a builder that answers to every rule alike, so a new rule of the grammar has
a place in it at once. Chains of one kind (`a + b + c`, `p and q and r`) are one node, however long they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple, Union

from ..syntax import automaton
from ..syntax.scanner import Token

Part = Union["Node", Token]

_CHAINS = frozenset(("either", "both"))
_LEVELS = ({"+", "-"}, {"*", "/", "//"})
"""Operators of one rank: where one follows another, both are parts of one chain."""


class Node(NamedTuple):
    """What a rule read: its name in the grammar, and its parts in the order of the text."""

    rule: str
    parts: tuple[Part, ...]


class _Builder:
    """Makes a `Node` for every rule of the grammar that has a name."""

    def __getattr__(self, rule: str) -> Callable[..., Node]:
        return partial(_node, rule)


def _node(rule: str, *values: object) -> Node:
    parts = tuple(_flat(values))
    first = parts[0] if parts else None
    if isinstance(first, Node) and first.rule == rule and _is_chain(rule, first, parts):
        return Node(rule, (*first.parts, *parts[1:]))
    return Node(rule, parts)


def _is_chain(rule: str, first: Node, parts: tuple[Part, ...]) -> bool:
    if rule in _CHAINS:
        return True
    if rule != "binary":
        return False
    return any(_sign(first) in level and _sign(Node(rule, parts)) in level for level in _LEVELS)


def _sign(node: Node) -> str:
    sign = node.parts[1]
    return sign.text if isinstance(sign, Token) else ""


def _flat(values: tuple[object, ...] | list[object]) -> Iterator[Part]:
    for value in values:
        if isinstance(value, list):
            yield from _flat(value)
        elif isinstance(value, (Node, Token)):
            yield value


def statements(tokens: list[Token]) -> list[Node]:
    """The statements of a text without a fault of syntax."""
    read: Node = automaton.run(tokens, 0, "start", automaton.rules(_Builder()))
    return [part for part in read.parts if isinstance(part, Node)]


def words(node: Part) -> Iterator[Token]:
    """Every token of a node, in the order of the text."""
    waiting: list[Part] = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Token):
            yield part
        else:
            waiting.extend(reversed(part.parts))
