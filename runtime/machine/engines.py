"""The two engines behind one face: a plan bound to its arrays, ready to run bars.

Both read columns and write outputs item by item from the first bar of a call, change the arrays in place and
keep nothing else, so that one may go on where the other stopped. Only the native one needs numpy and LLVM.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
from array import array
from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import MISSING, dataclass
from functools import cache, cached_property, partial
from operator import attrgetter
from struct import Struct
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from ...lang.plan.model import Decision, Plan
from ..errors import UsageFault
from ..given import ENGINES, check_given
from ..limits import native_allowed
from ..trading.state import Rows
from .crossing import TOGETHER, Crossing
from .outputs import out_count

if TYPE_CHECKING:
    from ..data.scan import Scan
    from ..native.kernels import Kernel

NATIVE, INTERPRETED = ENGINES

Buffer = Any
"""Numbers one after another: an `array`, a memoryview or a numpy array."""


@dataclass(frozen=True, slots=True)
class Arrays:
    """What a plan runs on: its parameters, its state, and that of trading (empty where it does not trade)."""

    params: array[float]
    f: array[float]
    k: array[int]
    w: array[float]
    b: array[float]
    bk: array[int]
    trades: Rows
    orders: Rows
    records: Rows

    def all(self) -> tuple[Rows, ...]:
        return (self.params, self.f, self.k, self.w, self.b, self.bk, self.trades, self.orders, self.records)


class Engine(Protocol):
    """A plan bound to arrays."""

    def run(self, first: int, stop: int, columns: Sequence[Buffer], outs: Sequence[Buffer | None], at: int = 0) -> int:
        """Run the bars first … stop-1, whose values are items `at` … of each buffer; the bar reached."""
        ...

    def step(self, index: int, values: Sequence[float | int]) -> Sequence[float]:
        """Run one bar; gives its outputs, in a buffer that the next call writes again."""
        ...

    def forget(self) -> None:
        """The arrays were given another state; nothing that was taken from them before counts."""
        ...


class Interpreted:
    """The generated Python step."""

    def __init__(self, plan: Plan, arrays: Arrays, prepare: Callable[..., Callable[..., int]]) -> None:
        views = [memoryview(arrays.f), memoryview(arrays.k), memoryview(arrays.w)]
        self._run = prepare(arrays.params, *views, *arrays.all()[4:])
        self._kinds = [int if column.whole else float for column in plan.columns]
        self._handed = [[0.0] for _ in range(out_count(plan))]

    def run(self, first: int, stop: int, columns: Sequence[Buffer], outs: Sequence[Buffer | None], at: int = 0) -> int:
        end = at + stop - first
        values = [plain(column[at:end]) for column in columns]
        return self._run(first, stop, values, [None if out is None else memoryview(out)[at:] for out in outs])

    def step(self, index: int, values: Sequence[float | int]) -> Sequence[float]:
        columns = [(make(value),) for make, value in zip(self._kinds, values, strict=True)]
        self._run(index, index + 1, columns, self._handed)
        return [handed[0] for handed in self._handed]

    def forget(self) -> None:
        """It keeps nothing but the arrays."""


def plain(values: Buffer) -> Sequence[Any]:
    """The numbers as Python's own: CPython's arithmetic on them is the definition."""
    numbers: Sequence[Any] = values.tolist() if hasattr(values, "tolist") else values
    return numbers


class Native:
    """The fused kernel: over many bars first its series and then its books, over one both."""

    def __init__(self, plan: Plan, arrays: Arrays, kernel: Any) -> None:
        self._kernel = kernel
        self.crossing = self.new_crossing()
        self._arrays = arrays  # their addresses are used: they must live as long as this does
        self._whole = [column.whole for column in plan.columns]
        given = [_address(held) for held in arrays.all()]
        self._before, self._after = given[:4], given[4:]
        self._outs = out_count(plan)

    def run(self, first: int, stop: int, columns: Sequence[Buffer], outs: Sequence[Buffer | None], at: int = 0) -> int:
        held = self._checked(columns, outs, at + stop - first)
        places = _places(held, outs)
        while first < stop:
            if not self.crossing.holds(first):
                self.crossing.begin(first, min(stop, first + TOGETHER))
                self._loop(self._kernel.series, self.crossing, first, self.crossing.stop, places, at)
            end = min(stop, self.crossing.stop)
            reached = self._loop(self._kernel.books, self.crossing, first, end, places, at)
            self.crossing.reached, at, first = reached, at + reached - first, reached
            if first < end:
                break  # rows are full
        return first

    def ahead(
        self, crossing: Crossing, first: int, stop: int, columns: Sequence[Buffer], outs: Sequence[Buffer | None]
    ) -> None:  # fmt: skip
        """The series of these bars alone, which know no book; `run` over them needs this `crossing`."""
        crossing.begin(first, stop)
        held = self._checked(columns, outs, stop - first)
        self._loop(self._kernel.series, crossing, first, stop, _places(held, outs), 0)

    def _checked(self, columns: Sequence[Buffer], outs: Sequence[Buffer | None], count: int) -> list[Buffer]:
        import numpy as np

        held = [
            np.ascontiguousarray(column, dtype=np.int64 if whole else np.float64)
            for column, whole in zip(columns, self._whole, strict=True)
        ]
        _enough(held, outs, count)
        return held

    def _loop(
        self, function: Callable[..., int], crossing: Crossing, first: int, stop: int, places: Places, at: int
    ) -> int:
        """One of the kernel's loops over bars whose values are items `at` … from each of these places; the bar
        reached."""
        columns, outs = places
        sources = [column + 8 * at for column in columns] + crossing.addresses(first)
        targets = [None if out is None else out + 8 * at for out in outs]
        return function(first, stop, _pointers(sources), *self._before, _pointers(targets), *self._after)

    def forget(self) -> None:
        """What was computed ahead is of no use: the state is another."""
        self.crossing = self.new_crossing()

    @property
    def crosses(self) -> int:
        """How many columns series leave for books."""
        return int(self._kernel.ahead)

    def new_crossing(self) -> Crossing:
        """Room for what series leave for books; none of them is computed ahead yet."""
        return Crossing(self._kernel.ahead)

    def step(self, index: int, values: Sequence[float | int]) -> Sequence[float]:
        one = self.one
        one.write(one.cells, 0, *values)
        one.run(index)
        return one.handed

    @cached_property
    def one(self) -> _One:
        """What one bar goes through."""
        return _One(self.address, self._whole, self._kernel.ahead, self._outs, self._before, self._after)

    @property
    def address(self) -> Any:
        """Of the kernel."""
        return ctypes.cast(self._kernel.run, ctypes.c_void_p)

    def row(self, columns: array[int], outs: array[int]) -> array[int]:
        """The pointers of one bar whose columns and outputs are at these addresses."""
        return array("q", [columns.buffer_info()[0], *self._before, outs.buffer_info()[0], *self._after])


class _One:
    """What it takes to run one bar: a cell for each column and output, and the row of pointers to all there is."""

    def __init__(
        self, kernel: Any, whole: Sequence[bool], ahead: int, outs: int, before: list[int], after: list[int]
    ) -> None:  # fmt: skip
        from ..native.step import step

        self.cells, self.handed = (array("d", bytes(8 * max(1, count))) for count in (len(whole) + ahead, outs))
        self.write = Struct("".join("q" if each else "d" for each in whole)).pack_into
        self._lists = _items(self.cells), _items(self.handed)
        columns, targets = map(ctypes.addressof, self._lists)
        self._row = _pointers([columns, *before, targets, *after])
        self.run = partial(step(), kernel, ctypes.addressof(self._row))


class Together:
    """Machines of one plan that does not trade, of which those that are chosen step one bar in one call."""

    def __init__(
        self, engines: Mapping[int, Native], columns: Mapping[int, array[int]], outs: Mapping[int, array[int]]
    ) -> None:
        """By the place of a machine: where its columns are, and where its outputs go (0: nowhere). Addresses are used:
        whoever has what they are of keeps it."""
        from ..native.step import steps

        self._kept = [*columns.values(), *outs.values()]
        self._all = {place: engine.row(columns[place], outs[place]) for place, engine in engines.items()}
        self._rows, self._bars = (array("q", bytes(8 * len(engines))) for _ in range(2))
        kernel = next(iter(engines.values())).address
        self._run = partial(steps(), kernel, self._rows.buffer_info()[0], self._bars.buffer_info()[0])

    def choose(self, places: Sequence[int]) -> None:
        """Those that step from now on."""
        for number, place in enumerate(places):
            self._rows[number] = self._all[place].buffer_info()[0]

    def step(self, indices: Sequence[int]) -> None:
        """One bar of each, whose numbers these are."""
        self._bars[: len(indices)] = array("q", indices)
        self._run(len(indices))


def _enough(columns: Sequence[Buffer], outs: Sequence[Buffer | None], count: int) -> None:
    """UsageFault unless every buffer holds so many items: native code reads and writes by address alone."""
    if any(len(buffer) < count for buffer in (*columns, *outs) if buffer is not None):
        raise UsageFault(f"a column or an output is shorter than the {count} bars it is for")


Places: TypeAlias = "tuple[list[int], list[int | None]]"
"""The addresses of columns, and of outputs where one is wanted. Whoever takes them keeps what they are of."""


def _places(columns: Sequence[Any], outs: Sequence[Buffer | None]) -> Places:
    return [column.ctypes.data for column in columns], [None if out is None else _address(out) for out in outs]


def _items(numbers: array[float]) -> Any:
    """Pointers to each of the numbers."""
    first, count = numbers.buffer_info()
    return _pointers([first + 8 * place for place in range(count)])


def _pointers(addresses: Sequence[int | None]) -> Any:
    return (ctypes.c_void_p * max(1, len(addresses)))(*addresses)


def _address(buffer: Buffer) -> int:
    if isinstance(buffer, array):
        return buffer.buffer_info()[0]
    return ctypes.addressof(ctypes.c_char.from_buffer(buffer))


def kernel_of(plan: Plan, effort: str = "quick", apart: bool = False) -> Kernel:
    """The kernel of a plan, from the object cache or made now. apart: see `crossing.apart`."""
    from ..native.kernels import LOOPS, Kernel, kernel
    from ..native.shared_object import trading
    from ..native.store import open_store

    apart = apart and plan.trading
    key, text = kernel_key(plan) + " apart" * apart, partial(_text, plan, apart)
    of_trading = trading if plan.trading else None
    return Kernel(kernel(open_store(), key, text, effort=effort, shared=of_trading, also=LOOPS))


def _text(plan: Plan, apart: bool, called: Collection[str]) -> str:
    """The plan as LLVM text; what writes it is imported only for a kernel that is not kept."""
    from ..native.emit import emit

    return emit(plan, called, apart=apart)


def kernel_key(plan: Plan) -> str:
    """A hash of what the kernel is made of; parameters' values, titles and texts are not.

    What most programs do not have (a field with a default) is left out of theirs: their kernels are those they were.
    """
    parts = [getattr(plan, name) for name in _COMPILED]
    parts += [[name, value] for name, default in _SPECIAL.items() if (value := getattr(plan, name)) != default]
    return hashlib.sha256(json.dumps([len(plan.stage), *parts], default=_values).encode()).hexdigest()


_HOST = (
    "title source_hash symbols timeframe assumptions params requires lengths stage thresholds guards alerts "
    "seal state cost"
).split()
_SPECIAL = {name: field.default for name, field in Plan.__dataclass_fields__.items() if field.default is not MISSING}
_COMPILED = [name for name in Plan.__dataclass_fields__ if name not in _HOST and name not in _SPECIAL]
_OF_SEVERAL = ("symbol", "group", "atomic", "sequence", "step")
"""The fields of a decision that only programs of several symbols use."""


def _values(part: Any) -> list[Any]:
    """The fields of an op, a clock or another part of a plan."""
    kind: Any = type(part)
    fields = kind.__dataclass_fields__
    if isinstance(part, Decision) and all(getattr(part, name) == fields[name].default for name in _OF_SEVERAL):
        return [getattr(part, name) for name in fields if name not in _OF_SEVERAL]
    return list(_all_of(kind)(part)) if len(fields) > 1 else [getattr(part, name) for name in fields]


@cache
def _all_of(kind: Any) -> Callable[[Any], tuple[Any, ...]]:
    """What gives every field of a kind, of one with two of them or more."""
    found: Callable[[Any], tuple[Any, ...]] = attrgetter(*kind.__dataclass_fields__)
    return found


def bind(engine: str, plan: Plan, arrays: Arrays, effort: str = "quick", apart: bool = False) -> Engine:
    """The engine of this name over the arrays; effort ("quick" or "full") is what is spent on new native code.

    apart: see `crossing.apart`.
    """
    check_given(engine=engine)
    if engine == NATIVE:
        native_allowed()
    code = _code(engine, plan, effort, apart)
    return Native(plan, arrays, code) if engine == NATIVE else Interpreted(plan, arrays, code)


def scan_of(engine: str) -> Scan | None:
    """What looks at the data of a run quickly, where its engine has native code."""
    if engine != NATIVE:
        return None
    from ..native.scan import NativeScan

    return NativeScan()


_recent: deque[tuple[Plan, tuple[str, str, bool], Any]] = deque(maxlen=8)


def _code(engine: str, plan: Plan, effort: str, apart: bool) -> Any:
    """The code of a plan; that of the last few is at hand: a further machine over the same plan costs little."""
    asked = engine, effort, apart
    for known, how, code in tuple(_recent):
        if known is plan and how == asked:
            return code
    made: Any
    if engine == NATIVE:
        made = kernel_of(plan, effort, apart)
    else:
        from ..interpreted.engine import compiled

        made = compiled(plan)
    _recent.append((plan, asked, made))
    return made
