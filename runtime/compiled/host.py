"""A host: what an application adds to the language for its own texts, and what it takes away.

It is a value. Two hosts of one process do not see each other's functions, and what was compiled by one keeps what it
was compiled with, whatever is added later.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, Unpack, overload

from ...lang.diagnostics.brief import brief
from ...lang.diagnostics.suggest import nearest
from ...lang.program.units import Unit
from ...lang.words.functions import function_names
from ...lang.words.registry import DataColumn, Registry
from ...stdlib.operator import BOOL, EVENT, PASSES, Bound, Operator, hosted
from ..errors import UsageFault
from ..given import flag, several
from ..given import text as check_text
from ..limits import Cancel, Limits, check
from . import steps
from .program import CompiledProgram, content_of

if TYPE_CHECKING:
    from ...lang.analysis.analysis import Analysis
    from ...stdlib.catalogue import Row
    from ..run.options import Options


Step = TypeVar("Step", bound=Callable[..., Any])


class StepOptions(TypedDict, total=False):
    """What may be said of a step function; `Host.function` says what each means."""

    name: str
    unit: str
    floats: int
    ints: Sequence[Bound]
    window: int | Callable[..., int] | None
    warmup: int | Callable[..., Any] | None
    missing: str
    first: str
    outputs: Mapping[str, int] | None
    event: bool
    range: tuple[float, float] | None
    example: str
    version: str
    native: bool


class Host:
    """Functions, columns and records of columns beside those of the language, and functions taken away.

    `host.compile(text)` and `host.evaluate(text, data)` read texts so; nothing else in the process does.
    """

    def __init__(self, without: Iterable[str] = (), *, limits: Limits | None = None) -> None:
        """without: names of functions that texts may not call; functions of the library go on to use them.
        limits: of every text and run that is given no others. UsageFault: a function that there is not."""
        check(limits)
        if not several(without) or isinstance(without, str | bytes):
            raise UsageFault(f"without: expected a list of names of functions, found {brief(without)}")
        self.limits = limits
        self._operators: dict[str, Operator] = {}
        self._columns: dict[str, DataColumn] = {}
        self._without: set[str] = set()
        self.remove(*without)

    def __repr__(self) -> str:
        told = [*self._operators, *self._columns, *(f"without {name}" for name in sorted(self._without))]
        return f"<Host: {', '.join(told) or 'the language as it is'}>"

    # --- adding and taking away -----------------------------------------------------------------------

    @overload
    def function(self, step: Step, **said: Unpack[StepOptions]) -> Step: ...

    @overload
    def function(self, step: None = None, **said: Unpack[StepOptions]) -> Callable[[Step], Step]: ...

    def function(
        self,
        step: Callable[..., Any] | None = None,
        *,
        name: str = "",
        unit: str = "plain",
        floats: int = 0,
        ints: Sequence[Bound] = (),
        window: int | Callable[..., int] | None = None,
        warmup: int | Callable[..., Any] | None = None,
        missing: str = PASSES,
        first: str = "",
        outputs: Mapping[str, int] | None = None,
        event: bool = False,
        range: tuple[float, float] | None = None,
        example: str = "",
        version: str = "",
        native: bool = True,
    ) -> Any:
        """Add a step function, `def f(f, k, w, source: float, length: int = 20) -> float`; a decorator.

        The step is called once a bar, in order. Arguments: float, a series (missing as nan); bool, a condition; int, a
        whole number known before the run. It gives a float (nan: missing; so is a number beyond ±1e300) or a bool. Its
        state is all there is between bars, all zeros before the first, and kept in snapshots:
        floats: how many float64 `f` has. ints: of each int64 of `k` the greatest value, (least, greatest), a function
            of the int arguments, or None where it counts bars. window: how many float64 `w` has, a function of the
            int arguments by name: `lambda length: length`.
        warmup: bars before the first value, likewise; the step gives nan until then. missing: when a value is missing:
            "passes" (where an input is), "windowed", "recursive", "sparse" or "event".
        unit: of the result: "price", "ratio" …, the name of an argument whose unit it has, or "distance(source)".
        first, outputs: where it gives a record: the name of what it returns, and the slot of `f` of each other field.
        event: a bool that is true for a moment only. range: between which numbers the values lie. example: a call.
        version: stands for what the step reads and no hash can be made of; to be changed whenever that changes.
        native: whether native code may be made of it. What cannot be is refused when a native run begins.

        The docstring is what authors are told. UsageFault says what is wrong with a step; HostError is raised by a run
        in which it raises, or gives what is no value.
        """
        if step is None:
            return lambda given: self.function(
                given, name=name, unit=unit, floats=floats, ints=ints, window=window, warmup=warmup, missing=missing,
                first=first, outputs=outputs, event=event, range=range, example=example, version=version, native=native,
            )  # fmt: skip
        own = self._free(getattr(step, "__name__", "") if isinstance(name, str) and not name else name, function=True)
        made = steps.function(step, own)
        steps.check_said(own, unit=unit, missing=missing, first=first, example=example, version=version, event=event,
                         native=native, outputs=outputs, range=range)  # fmt: skip
        arguments, result = steps.signature_of(made, own)
        if not isinstance(floats, int) or isinstance(floats, bool) or floats < 0:
            raise UsageFault(f"`{own}`: floats: expected how many there are, found {brief(floats)}")
        if missing not in steps.MISSING or (missing == EVENT and result != BOOL):
            raise UsageFault(f"`{own}`: missing: expected one of {', '.join(steps.MISSING)}, the last for a bool alone")
        further = steps.slots(own, outputs, first, floats)
        kept = steps.rule(own, "window", window, arguments), steps.rule(own, "warmup", warmup, arguments)
        slots = steps.bounds(own, ints, arguments)
        facts = [arguments, result, floats, [steps.as_told(each) for each in (*slots, *kept)], missing, unit,
                 further, first, event, range, native]  # fmt: skip
        operator = Operator(
            own, steps.guarded(own, made, result), arguments, result, floats, slots,
            kept[0], kept[1], missing, steps.unit_rule(own, unit, arguments), further, first, event, "host", "",
            example or _example(own, [a.name for a in arguments if a.default is None]), range,
            identity=steps.identity(own, made, facts, str(version)), compiled=step if native else None,
        )  # fmt: skip
        known = hosted(operator)
        if version and known.step.__wrapped__ is not step:  # type: ignore[attr-defined]
            raise UsageFault(f"`{own}`: another host of this process has it in the version {version!r} too, made of "
                             "another function: give one of them another version")  # fmt: skip
        self._operators[own] = known
        return step

    def column(self, name: str, unit: str = "number", *, condition: bool = False, meaning: str = "") -> None:
        """Add a column of the data's own, which texts then read by its name: `funding > 0.01%`.

        unit: "price", "ratio", "number" … condition: it is true and false, or 1 and 0. UsageFault: a name that is
        none, or means something already.
        """
        self._columns[name] = self._column(self._free(name), unit, condition, meaning)

    def record(self, name: str, fields: Mapping[str, str], meaning: str = "") -> None:
        """Add a record of columns: `host.record("quote", {"bid": "price", "ask": "price"})` is read as `quote.bid`.

        fields: a unit for each. The data have the columns `quote.bid` and `quote.ask`. UsageFault as of `column`.
        """
        self._free(name)
        if not isinstance(fields, Mapping) or not fields:
            raise UsageFault(f"`{name}`: a record has fields with units, {{'bid': 'price'}}, found {brief(fields)}")
        made = {f"{name}.{steps.named(field, name)}": unit for field, unit in fields.items()}
        self._columns.update({full: self._column(full, unit, False, meaning) for full, unit in made.items()})

    def remove(self, *names: str) -> None:
        """Take functions away, of the language or of this host. UsageFault names one that there is not."""
        for name in names:
            check_text("a function to take away", name)
            if self._operators.pop(name, None) is None:
                if name not in function_names():
                    close = nearest(str(name), sorted(function_names()))
                    raise UsageFault(f"there is no function {brief(name)} to take away"
                                     + (f": did you mean `{close}`?" if close else ""))  # fmt: skip
                self._without.add(name)

    def _free(self, name: object, *, function: bool = False) -> str:
        """A name that means nothing yet."""
        found = steps.named(name, "a host's function" if function else "a host's column")
        taken = found in self._operators if function else found in self.registry.words
        if taken or (function and found in function_names() - self._without):
            raise UsageFault(f"there is a `{found}` already: choose another name, or take it away first, "
                             f"`host.remove({found!r})`")  # fmt: skip
        return found

    @staticmethod
    def _column(name: str, unit: object, condition: bool, meaning: str) -> DataColumn:
        check_text(f"`{name}`: meaning", meaning)
        flag(f"`{name}`: condition", condition)
        units = {str(each): each for each in Unit}
        if not isinstance(unit, str) or unit not in units:
            raise UsageFault(f"`{name}`: unit: expected one of {', '.join(units)}, found {brief(unit)}")
        return DataColumn(name, units[str(unit)], condition, meaning or "a column of the data's own")

    # --- what texts are read by -----------------------------------------------------------------------

    @property
    def registry(self) -> Registry:
        """What a text may call and read, as it is now; a value."""
        return Registry(self._operators, self._columns, frozenset(self._without))

    def functions(self, query: str = "") -> tuple[Row, ...]:
        """A row for each function that a text may call: signature, meaning, unit, warm-up.

        query: part of a name; one that none has gives none. UsageFault: no text."""
        check_text("query", query)
        rows = self.registry.functions
        return tuple(rows[name] for name in sorted(rows) if query in name)

    def analyse(self, text: str | bytes, source: str = "<text>") -> Analysis:
        """All that is known of a text, for editors: diagnostics, offers, hover know this host's names.

        Never raises for what the text says; UsageFault: no text.
        """
        from ...lang.analysis.analysis import analyse

        if not isinstance(text, str | bytes):
            raise UsageFault(f"analyse: expected the text of a program, found {brief(text)}")
        return analyse(text, source, registry=self.registry)

    def compile(self, text: str | bytes | os.PathLike[str], *, limits: Limits | None = None) -> CompiledProgram:
        """The program of a text, which may use what the host adds, and not what it takes away.

        text: a string or bytes are always a text, so that a stranger's names no file; a PathLike is a path.
        limits: those of the host if None. CompileError, ProgramFileError, UsageFault as `stratagem.compile`.
        """
        own = self.limits if limits is None else limits
        return CompiledProgram(*content_of(text, own), limits=own, registry=self.registry)

    def evaluate(
        self, expression: str | bytes, data: object, *, engine: str | None = None,
        params: Mapping[str, object] | None = None, limits: Limits | None = None, cancel: Cancel | None = None,
        **options: Unpack[Options],
    ) -> Any:  # fmt: skip
        """The values of an expression, one per bar, as `stratagem.evaluate` gives and raises; HostError too."""
        from ..run.evaluate import evaluate_by

        return evaluate_by(self.registry, expression, data, engine=engine, params=params,
                           limits=self.limits if limits is None else limits, cancel=cancel, **options)  # fmt: skip


def _example(name: str, arguments: Iterable[str]) -> str:
    return f"{name}({', '.join('close' if each == 'source' else each for each in arguments)})"
