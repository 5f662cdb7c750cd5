"""The LALR(1) machine that runs on the generated tables.

It keeps its own two stacks, so the depth of a text can exhaust neither
Python's stack nor anything else; values are made bottom-up by the builder.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from . import tables
from .scanner import END, Token

Make = Callable[..., Any]
_ROWS = tables.ROWS
KINDS = frozenset((*tables.LITERALS, *tables.PATTERNS)) - frozenset(tables.IGNORED)
"""Every kind of token but the end."""


class Unexpected(Exception):
    """No statement goes on with the token at `index`; `values` is what had been read before it."""

    def __init__(self, index: int, values: list[Any]) -> None:
        super().__init__(index)
        self.index, self.values = index, values


def rules(builder: object) -> list[tuple[str, int, Make | None]]:
    """The grammar's rules, each with the method of `builder` that makes its value."""
    makes = {"": None, "*": _collect}
    return [
        (symbol, length, makes[make] if make in makes else getattr(builder, make))
        for symbol, length, make in tables.RULES
    ]


def _collect(*values: Any) -> list[Any]:
    """The values of a repeated part; the list made so far comes first."""
    if type(values[0]) is list:
        values[0].extend(values[1:])
        return values[0]
    return list(values)


def run(tokens: Sequence[Token], at: int, goal: str, made: list[tuple[str, int, Make | None]]) -> Any:
    """The value of the tokens from `at` to the end, read as `goal`."""
    states = [tables.START[goal]]
    values: list[Any] = []
    final = tables.END[goal]
    for index in range(at, len(tokens)):
        token = tokens[index]
        kind = token[0]
        while True:
            row = _ROWS[states[-1]]
            action = row.get(kind)
            if action is None:
                action = row.get("")
                if action is None:
                    if kind == END and states[-1] == final:
                        return values[-1]
                    raise Unexpected(index, values)
            if action >= 0:
                states.append(action)
                values.append(token)
                break
            symbol, length, make = made[~action]
            if make is None:
                states[-1] = _lifted(states[-2], states[-1], kind)
                continue
            if length:
                value = make(*values[-length:])
                del values[-length:]
                del states[-length:]
            else:
                value = make()
            values.append(value)
            states.append(_ROWS[states[-1]][symbol])
    raise AssertionError("the tokens end with $END")


def _lifted(below: int, top: int, kind: str) -> int:
    """The state in place of `top`, above `below`, when all rules are done that pass their only value on before a token
    of this kind: of `14` before `)` a number, a factor, a term, a sum and so on, which is found out once."""
    key = below, top, kind
    found = _climbed.get(key)
    if found is None:
        found = top
        while (action := _ROWS[found].get(kind, _ROWS[found].get(""))) is not None and action < 0:
            symbol, _, make = tables.RULES[~action]
            if make:
                break
            found = _ROWS[below][symbol]
        _climbed[key] = found
    return found


_climbed: dict[tuple[int, int, str], int] = {}
"""What `_lifted` has found: as many as there are such places in the grammar."""


def expected(tokens: Sequence[Token], at: int, index: int, goal: str) -> set[str]:
    """The kinds of token that could stand at `index`, after those from `at` on."""
    states = [tables.START[goal]]
    for token in tokens[at:index]:
        _step(states, token.kind, tables.END[goal])
    return _taken(states, tables.END[goal])


def stuck(tokens: Sequence[Token], at: int, goal: str) -> int | None:
    """The place of the first token, from `at` on, that cannot stand where it does: that of the end where they end too
    early; None where all of them can be read as `goal`. No value is made."""
    states = [tables.START[goal]]
    for index in range(at, len(tokens)):
        if not _step(states, tokens[index].kind, tables.END[goal]):
            return index
    return None


def _taken(states: list[int], final: int) -> set[str]:
    """The kinds of token that could stand next; what is reduced whichever of them comes is reduced once for all."""
    taken: set[str] = set()
    rest = {*KINDS, END}
    while True:
        row = _ROWS[states[-1]]
        own = rest & row.keys()
        taken |= {kind for kind in own if row[kind] >= 0 or _step(list(states), kind, final)}
        rest -= own
        if "" not in row:
            return taken | {END} if END in rest and states[-1] == final else taken
        _reduce(states, row[""])


def _step(states: list[int], kind: str, final: int) -> bool:
    """Move on by one token, without making values; whether it could stand here."""
    while True:
        row = _ROWS[states[-1]]
        action = row.get(kind, row.get(""))
        if action is None:
            return kind == END and states[-1] == final
        if action >= 0:
            states.append(action)
            return True
        if tables.RULES[~action][2]:
            _reduce(states, action)
        else:
            states[-1] = _lifted(states[-2], states[-1], kind)


def _reduce(states: list[int], action: int) -> None:
    symbol, length, _ = tables.RULES[~action]
    if length:
        del states[-length:]
    states.append(_ROWS[states[-1]][symbol])
