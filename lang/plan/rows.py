"""Rows of JSON to the values of the model that they are the fields of, each held to what the model says of it.

Making and asking are one pass: a row whose fields have the kinds of a row before costs one look into a set.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from .check import hints
from .model import Decision, Limit, Plan, Several

Made = TypeVar("Made")
Read = Callable[[Any], Any]


def _from(kind: type[Any], first: str) -> int:
    """How many fields of a kind there are from one on."""
    names = list(kind.__dataclass_fields__)
    return len(names) - names.index(first)


LEFT_OUT: dict[type[Any], int] = {
    Decision: _from(Decision, "symbol"), Limit: _from(Limit, "of"), Plan: _from(Plan, "books_of"),
    Several: _from(Several, "account"),
}
"""The last fields that few programs use, most of several symbols: what has the default is not written."""


def made(kind: type[Made], row: object) -> Made:
    """The value of the model that a row is; ValueError if it is none."""
    hint: Any = kind
    value: Made = _reader(hint)(row)
    return value


@cache
def _reader(hint: Any) -> Read:
    """What makes a value of a kind out of what JSON has for it; ValueError where that is something else."""
    if is_dataclass(hint):
        assert isinstance(hint, type)
        kinds, name = list(hints(hint).values()), hint.__name__
        return _of_parts(kinds, len(kinds) - LEFT_OUT.get(hint, 0), name, lambda parts: hint(*parts))
    if get_origin(hint) is tuple:
        inside = get_args(hint)
        return _of_many(inside[0]) if inside[-1] is Ellipsis else _of_parts(inside, len(inside), "a row", tuple)
    if hint is object:
        return _frozen
    either = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    return _of_one(frozenset[type].union(*map(_plain, either)), [_reader(one) for one in either if not _plain(one)])


def _plain(hint: Any) -> frozenset[type]:
    """What JSON may have for a kind that has no parts; nothing for one that has."""
    if hint is None or hint is NoneType:
        return frozenset({NoneType})
    if hint is float:
        return frozenset({int, float})
    if get_origin(hint) in (Union, UnionType):
        kinds = list(map(_plain, get_args(hint)))
        return frozenset[type].union(*kinds) if all(kinds) else frozenset()
    return frozenset({hint}) if hint in (int, str, bool) else frozenset()


def _of_one(kinds: frozenset[type], others: Sequence[Read]) -> Read:
    """Of a value that is plain, or else what the first of the others makes of it that can."""

    def read(value: Any) -> Any:
        if type(value) in kinds:
            return value
        for other in others:
            try:
                return other(value)
            except ValueError as error:
                wrong = error
        raise wrong if others else ValueError(f"{value!r:.40} is of another kind")

    return read


def _of_many(hint: Any) -> Read:
    """Of a list of any length, of one kind."""
    kinds, each = _plain(hint), _reader(hint)

    def read(row: Any) -> tuple[Any, ...]:
        if type(row) is not list:
            raise ValueError("a list is none")
        if not kinds:
            return tuple([each(part) for part in row])
        if not kinds.issuperset(map(type, row)):
            raise ValueError("a part of a list is of another kind")
        return tuple(row)

    return read


def _of_parts(inside: Sequence[Any], least: int, name: str, make: Callable[[list[Any]], Any]) -> Read:
    """Of a list of parts of different kinds, the last of which may be left out, and what is made of them."""
    plain = list(map(_plain, inside))
    deep = [(at, _reader(hint)) for at, hint in enumerate(inside) if not plain[at]]
    known: set[tuple[type, ...]] = set()

    def fitting(told: tuple[type, ...]) -> bool:
        return all(not kinds or kind in kinds for kind, kinds in zip(told, plain, strict=False))

    def read(row: Any) -> Any:
        if type(row) is not list:
            raise ValueError(f"{name} is no list")
        told = tuple(map(type, row))
        if told not in known:
            if not least <= len(row) <= len(inside):
                raise ValueError(f"{name} has {len(inside)} fields, found {len(row)}")
            if not fitting(told):
                raise ValueError(f"a field of {name} is of another kind")
            known.add(told)
        parts = list(row)
        for at, each in deep:
            if at < len(parts):
                parts[at] = each(parts[at])
        return make(parts)

    return read


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
