"""What an operator is: one Python step function and the facts the compiler needs about it.

`step(f, k, w, inputs…, parameters…) -> value` is the only definition of what an
operator computes. `f` is its float64 state, `k` its int64 state and `w` its
window of float64; each is anything indexable (a `memoryview` in CPython, a
pointer in native code) and **all zeros before the first bar**. CPython calls
the function as it is; the native runtime compiles the same text.

The annotations of the function are its signature:

    Number   a float64 input, missing as NaN; may be a series, a parameter or a constant
    Bool     an int64 input, 0 or 1 (`True`/`False` in CPython)
    Count    an int64 whole number, known before the run (a window length, an offset)

An operator with more than one output returns the first; the others are read
from the slots of `f` named in `outputs` after the step.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias
from weakref import WeakValueDictionary

from .arith import LIMIT

NUMBER, BOOL, COUNT = "Number", "Bool", "Count"

# The same three, and the state arrays, for the annotations of a step.
Number: TypeAlias = float
Bool: TypeAlias = int
Count: TypeAlias = int


class Floats(Protocol):
    """A flat array of float64: a list or memoryview in CPython, a pointer in native code."""

    def __getitem__(self, index: int, /) -> float: ...
    def __setitem__(self, index: int, value: float, /) -> None: ...


class Ints(Protocol):
    """A flat array of int64."""

    def __getitem__(self, index: int, /) -> int: ...
    def __setitem__(self, index: int, value: int, /) -> None: ...


Bound: TypeAlias = int | tuple[int, int] | Callable[..., int] | None
"""The greatest value of a slot of `k`, least and greatest, or the greatest as a function of the Count arguments."""

BARS = None  # the greatest value of a slot that counts bars: no more than were run
UNBOUNDED = float("inf")  # an end of a range that has none

# Missing-value rules (the column of the operator table; semantics 14).
WINDOWED = "windowed"  # na while any of the last n inputs is na
RECURSIVE = "recursive"  # na on a missing input; the state holds and resumes
SPARSE = "sparse"  # na until an event; adds no warm-up
PASSES = "passes"  # na exactly when an input is, at that bar
EVENT = "event"  # a bool; false when an input is missing


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a step: its name, kind (Number, Bool, Count) and default (None: required)."""

    name: str
    kind: str
    default: float | int | bool | None = None

    @property
    def least(self) -> int:
        """Of a Count: 0 for an offset, 1 for a length."""
        return 0 if self.default == 0 or self.name == "n" else 1


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Operator:
    """The facts of one operator; `step` is its meaning.

    floats: slots of `f`.
    bounds: of each slot of `k` the greatest value it can have; the least is 0 where it is not said. A step uses `k`
        as places in `w`, so state that comes from outside is held to them before a step sees it.
    sound: whether `k` and `w` fit each other where bounds do not say it all, a function of them and the Counts.
    beyond: whether `f` and `w` may hold numbers outside ±`arith.LIMIT`, as sums of squares do; or how many times it, a
        function of the Counts, as a sum does. All others hold what they were given or may return. State that comes
        from outside is held to it: it would leave as a value.
    window: doubles of window memory, a function of the Count arguments (by name).
    warmup: bars beyond the inputs' own before the output is defined (zero-based: `length - 1`
        for a simple average), a function of the Count arguments built with + - * and `most`
        only, because it is also run on symbols; or a mapping output -> such function.
    missing: one of the rules above.
    unit: an argument's name (same unit as it), "distance(NAME)" (a price becomes a distance), or a unit.
    outputs: name -> slot of `f` for every output after the first; `first` names the first one
        (only operators with `outputs` have it).
    event: the output is a momentary event (sampled with `@` it is warned about).
    range: between which numbers every output lies, where the operator bounds it; of some a function of the Counts.
    within: the output lies between the least and the greatest value of `source`.
    identity: of a host's function its name with a hash of what it computes. compiled: what native code is made of,
        where that is not the step itself.
    """

    name: str
    step: Callable[..., Any]
    arguments: tuple[Argument, ...]
    result: str
    floats: int
    bounds: tuple[Bound, ...]
    window: Callable[..., Any] | None
    warmup: Callable[..., Any] | Mapping[str, Callable[..., Any]] | None
    missing: str
    unit: str
    outputs: Mapping[str, int] = field(default_factory=dict)
    first: str = ""
    event: bool = False
    family: str = ""
    formula: str = ""
    example: str = ""
    range: tuple[float, float] | Callable[..., tuple[Any, Any]] | None = None
    within: bool = False
    sound: Callable[..., bool] | None = None
    beyond: bool | Callable[..., int] = False
    identity: str = ""
    compiled: Callable[..., Any] | None = None

    @property
    def key(self) -> str:
        """What graphs, plans and snapshots call it: its name, of a host's function with what it computes."""
        return self.identity or self.name

    @property
    def ints(self) -> int:
        """Slots of `k`."""
        return len(self.bounds)

    def limits(self, bars: int, **counts: int) -> list[tuple[int, int]]:
        """The least and the greatest value of each slot of `k` after so many bars."""
        return [_limits(bound, bars, counts) for bound in self.bounds]

    def farthest(self, **counts: int) -> float:
        """The greatest size of a number in `f` and `w`."""
        if callable(self.beyond):
            return LIMIT * self.beyond(**counts)
        return UNBOUNDED if self.beyond else LIMIT

    @property
    def doc(self) -> str:
        return inspect.cleandoc(self.step.__doc__ or "")

    @property
    def counts(self) -> tuple[Argument, ...]:
        return tuple(a for a in self.arguments if a.kind == COUNT)


def _limits(bound: Bound, bars: int, counts: Mapping[str, int]) -> tuple[int, int]:
    if isinstance(bound, tuple):
        return bound
    most = bars if bound is None else bound(**counts) if callable(bound) else bound
    return 0, max(0, most)


REGISTRY: dict[str, Operator] = {}
"""The language's own."""

_HOSTED: WeakValueDictionary[str, Operator] = WeakValueDictionary()
"""Operators of hosts by their keys, as long as a host holds them. A key says what the operator computes, and no text
can name it: so this is no register that hosts share, but how a plan, which is text, finds what it was made with."""


_OF_HOST = re.compile(r"__[0-9a-f]{16}\Z")


def is_hosted(key: str) -> bool:
    """Whether it is the key of a host's function."""
    return _OF_HOST.search(key) is not None


def hosted(operator: Operator) -> Operator:
    """The operator of a host, one object for each key."""
    return _HOSTED.setdefault(operator.key, operator)


def find_operator(key: str) -> Operator | None:
    """The operator that a graph or a plan calls so; None where there is none."""
    return REGISTRY.get(key) or _HOSTED.get(key)


def operator_of(key: str) -> Operator:
    """The operator that a graph or a plan calls so."""
    found = find_operator(key)
    if found is None:
        raise KeyError(f"no operator is known as {key!r}")
    return found


def operator(
    *,
    floats: int = 0,
    ints: Sequence[Bound] = (),
    window: Callable[..., Any] | None = None,
    warmup: Callable[..., Any] | Mapping[str, Callable[..., Any]] | None = None,
    missing: str = PASSES,
    unit: str = "plain",
    outputs: Mapping[str, int] | None = None,
    first: str = "",
    event: bool = False,
    family: str = "",
    formula: str = "",
    example: str = "",
    range: tuple[float, float] | Callable[..., tuple[Any, Any]] | None = None,
    within: bool = False,
    name: str = "",
    sound: Callable[..., bool] | None = None,
    beyond: bool | Callable[..., int] = False,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a step function; the function itself is returned unchanged. ints: the bounds of `Operator`."""

    def register(step: Callable[..., Any]) -> Callable[..., Any]:
        parameters = list(inspect.signature(step).parameters.values())
        if [p.name for p in parameters[:3]] != ["f", "k", "w"]:
            raise TypeError(f"{step.__name__}: a step takes f, k, w first")
        arguments = tuple(
            Argument(p.name, str(p.annotation), None if p.default is p.empty else p.default) for p in parameters[3:]
        )
        entry = Operator(
            name or step.__name__.rstrip("_"),
            step,
            arguments,
            str(step.__annotations__["return"]),
            floats,
            tuple(ints),
            window,
            warmup,
            missing,
            unit,
            dict(outputs or {}),
            first,
            event,
            family,
            formula,
            example,
            range,
            within,
            sound,
            beyond,
        )
        if entry.name in REGISTRY:
            raise TypeError(f"operator {entry.name!r} is defined twice")
        REGISTRY[entry.name] = entry
        return step

    return register
