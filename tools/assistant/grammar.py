"""The grammar for constrained decoding: the fixed part, and what the registries say, in llguidance's Lark dialect.

A server that holds a model to it lets through only known functions, with as many arguments as they take, of the kind
they take. What a grammar without a table of names cannot know is left to the compiler: whether a name is defined, once,
and is a number or a condition; units; what belongs together (`risk` and `stop`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from importlib.resources import files
from string import ascii_lowercase

from ...lang.diagnostics.suggest import nearest
from ...lang.inputs.currency import CODE
from ...lang.inputs.readers import BRACKETS, ENTRIES, MODELS, OPENS, PATHS, SIZINGS
from ...lang.words import table
from ...lang.words.vocabulary import (
    ASSUMPTIONS_OF,
    CONSTANTS,
    COUNTS,
    FILLS,
    GROUPED,
    GUARDS,
    HALTING,
    JOINTS,
    OTHER_WORDS,
    REDUCIBLE,
    RESETS,
    STATEMENTS,
)
from .signatures import Kind, Signature, signatures

ZONES = ("UTC", "America/New_York", "America/Chicago", "America/Toronto", "America/Sao_Paulo", "Europe/London",
         "Europe/Berlin", "Europe/Paris", "Europe/Zurich", "Europe/Istanbul", "Asia/Kolkata", "Asia/Shanghai",
         "Asia/Hong_Kong", "Asia/Singapore", "Asia/Tokyo", "Asia/Seoul", "Asia/Dubai", "Australia/Sydney")  # fmt: skip
"""Those of the large exchanges; a program may name any other."""
_KINDS = {
    Kind.SERIES: "source", Kind.NUMBER: "num", Kind.LENGTH: "length", Kind.CONDITION: "cond",
    Kind.FLAG: "flag", Kind.CLOCK_TIME: "CLOCK", Kind.ZONE: "ZONE", Kind.TIMEFRAME: "TIMEFRAME",
    Kind.COLUMN: "COLUMN",
}  # fmt: skip
_OWN_RULE = ("column",)
"""Calls that stand in the fixed part: a column may be a number or a condition."""
_COST = 'SHARE | PLAIN ("/order" | "/unit")'
_ASSUMED = {
    "currency": "CURRENCY", "quote_currency": "CURRENCY", "conversion": "COLUMN", "timezone": "ZONE",
    "fee": f'({_COST}) (_w "+" _w ({_COST}))? (_w "min" _w PLAIN)?', "slippage": "SHARE | TICKS",
    "spread": '(SHARE | TICKS) (_w "on" _w ("entries" | "exits"))?', "latency": 'INT _w "bars"', "magnify": "TIMEFRAME",
}  # fmt: skip
"""How each assumption is written that is no plain number, share or one of some words."""
_CHOICES = {"fill": FILLS, "path": PATHS, "bracket": BRACKETS, "sizing": SIZINGS, "entries": ENTRIES, "opens": OPENS,
            "model": tuple(MODELS)}  # fmt: skip
_ELSEWHERE = "entry stop bars units cash forming event import test".split()


def grammar(functions: Collection[str] = ()) -> str:
    """The grammar as a text; functions: the only ones that may be called, all if none is named.

    ValueError where one of them does not exist.
    """
    known = signatures()
    for name in functions:
        if name not in known:
            near = nearest(name, known)
            raise ValueError(f"there is no function `{name}`" + (f"; did you mean `{near}`?" if near else ""))
    chosen = [each for each in known.values() if not functions or each.name in functions]
    fixed = (files(__package__) / "typed.lark").read_text(encoding="utf-8")
    return "\n".join([fixed, "// From the registries.", *_calls(chosen), *_words(), *_assumptions(), *_guards()]) + "\n"


# --- calls ---------------------------------------------------------------------------------------------


def _calls(chosen: Sequence[Signature]) -> Iterator[str]:
    """A rule for numbers, conditions and records, each an alternative for every way to call a function."""
    records = [each for each in chosen if each.fields]
    conditions = [each for each in chosen if each.condition]
    numbers = [s for s in chosen if not s.fields and not s.condition and s.name not in _OWN_RULE]
    for rule, group in (("number_call", numbers), ("condition_call", conditions), ("record_call", records)):
        yield _rule(rule, (way for each in group for way in _ways(each)))
    yield _rule("record_field", (f"{way} {_field(each.fields)}" for each in records for way in _ways(each)))
    yield _terminal("FIELD", sorted({field for each in records for field in each.fields}) or ["line"])


def _field(fields: Sequence[str]) -> str:
    return f'"." ({" | ".join(f"{chr(34)}{field}{chr(34)}" for field in fields)})'


def _ways(function: Signature) -> Iterator[str]:
    """The forms of a call: so many arguments in order, then those that are left out or named."""
    least = function.required
    for count in range(max(least, 1), len(function.parameters) + 1):
        inside = ' ", " '.join(_KINDS[p.kind] for p in function.parameters[:count])
        more = ' (", " num)*' if function.many and count == len(function.parameters) else ""
        yield f'"{function.name}(" {inside}{more}{_named(function, count)} ")"'
    if least == 0:
        yield f'"{function.name}(" ")"'
        for at, parameter in enumerate(function.parameters):
            first = f'"{parameter.name}" _w "=" _w {_KINDS[parameter.kind]}'
            yield f'"{function.name}(" {first}{_named(function, at + 1)} ")"'


def _named(function: Signature, after: int) -> str:
    """The parameters from a place on, each by its name or not at all."""
    return "".join(f' (", " "{p.name}" _w "=" _w {_KINDS[p.kind]})?' for p in function.parameters[after:])


# --- words ---------------------------------------------------------------------------------------------


def _words() -> Iterator[str]:
    """What is read without being defined, by kind, and the names that are left for definitions."""
    plain = [word.name for kind in ("series", "time", "book") for word in table.words(kind) if not word.is_bool]
    plain = [name for name in plain if name not in ("time", "weekday", "trades.last_reason")]
    yield _terminal("VALUE", plain)
    yield _terminal("TRUTH", [word.name for word in table.words("book") if word.is_bool])
    yield _terminal("DAY", table.names("weekday"))
    yield _terminal("PERIOD", table.names("period"))
    yield _terminal("REASON", [f'"{name}"' for name in table.names("reason")])
    yield _terminal("ZONE", [f'"{name}"' for name in ZONES])
    yield f"CURRENCY: /{CODE}/"
    yield f"NAME: /{unlike(reserved(), 30)}/"


def reserved() -> frozenset[str]:
    """The words that no definition may be called by, and those that would be read as another thing where it is used."""
    return frozenset(name for name in (*STATEMENTS, *JOINTS, *CONSTANTS, *OTHER_WORDS, *_ELSEWHERE, *_values())
                     if name.isidentifier())  # fmt: skip


def _values() -> Iterator[str]:
    """The words that have a value everywhere, and what stands before the dot in theirs."""
    for kind in ("series", "time", "weekday", "book"):
        for name in table.names(kind):
            yield from (name, name.partition(".")[0])


def unlike(words: Iterable[str], longest: int) -> str:
    """A regular expression of lower-case names that are none of the words, without look-ahead, of which many have none.

    longest: how many characters may follow the first.
    """
    return _branches(sorted(words), "", longest, first=True)


def _branches(words: Sequence[str], begun: str, room: int, first: bool = False) -> str:
    """What may follow a beginning that some words have: another letter than theirs, or theirs and so on."""
    place = len(begun)
    longer = sorted({word[place] for word in words if len(word) > place})
    others = _set(longer, first)
    ways = [f"[{others}][a-z0-9_]{{0,{room - place}}}"] if others else []
    for letter in longer:
        inner = begun + letter
        ways.append(letter + _branches([word for word in words if word.startswith(inner)], inner, room))
    return f"({'|'.join(ways)}){'' if first or begun in words else '?'}"


def _set(without: Collection[str], first: bool) -> str:
    """The letters of a name without some, as ranges: `a-ce-z`."""
    letters = "".join(" " if letter in without else letter for letter in ascii_lowercase)
    ranges = [f"{run[0]}-{run[-1]}" if len(run) > 1 else run for run in letters.split()]
    return "".join(ranges) + ("" if first else "0-9" if "_" in without else "0-9_")


def _terminal(name: str, words: Iterable[str]) -> str:
    return f"{name}: /{'|'.join(re.escape(word).replace('/', chr(92) + '/') for word in words)}/"


def _rule(name: str, ways: Iterable[str]) -> str:
    return f"{name}: " + "\n    | ".join(ways or ['"(" ")"'])


# --- assumptions and guards ----------------------------------------------------------------------------


def _assumptions() -> Iterator[str]:
    ways = []
    for word in table.words("assumption"):
        if word.name in _CHOICES:
            value = " | ".join(f'"{choice}"' for choice in _CHOICES[word.name])
        else:
            value = _ASSUMED.get(word.name) or ("SHARE" if str(word.unit) == "ratio" else "PLAIN")
        of = ' (_w "of" _w ticker)?' if word.name in ASSUMPTIONS_OF else ""
        ways.append(f'"{word.name}"{of} _w ({value} | hole)')
    yield _rule("assumption", ways)


_GIVEN = {
    **dict.fromkeys(("value_at_risk", "expected_shortfall"), ' ("(" INT (", " SHARE)? ")")?'),
    "ewma_value_at_risk": ' ("(" PLAIN (", " PLAIN)? ")")?', "ewma_volatility": ' ("(" PLAIN ")")?',
    "volatility": ' ("(" INT ")")?', "beta": ' "(" "close" _w "of" _w ticker (", " INT)? ")"',
}  # fmt: skip
"""The arguments of guards that have some, as they are usually written."""


def _guards() -> Iterator[str]:
    ways = []
    for name, unit in GUARDS.items():
        value = "INT" if name in COUNTS else "SHARE" if str(unit) == "ratio" else "PLAIN"
        of = ' (_w "of" _w ticker)?' if name in GROUPED else ""
        actions = [action for action in table.names("action") if action != "reduce" or name in REDUCIBLE]
        plain = " | ".join(f'"{action}"' for action in actions if action not in HALTING)
        halts = " | ".join(f'"{action}"' for action in actions if action in HALTING)
        resets = " | ".join(f'"{reset}"' for reset in RESETS)
        then = f'{plain} | ({halts}) (_w "until" _w ({resets}))?'
        ways.append(f'"{name}"{_GIVEN.get(name, "")} _w ({value} | NAME | hole){of} (_w "then" _w ({then}))?')
    yield _rule("guard", ways)
