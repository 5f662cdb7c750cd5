"""A compiled program: its plan, what it needs, what it says of itself. How it is run is said by `program.py`.

The plan of a text is kept in the store under the hash of the text, so that
running an unchanged file again needs neither the parser nor LLVM.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from ...lang.compile import compile_text
from ...lang.diagnostics.model import CompileError, Diagnostic
from ...lang.inputs.parameters import written
from ...lang.plan.codec import PlanError
from ...lang.plan.constants import evaluate_params, warmup
from ...lang.plan.model import FORMAT, Parameter, Plan
from ...lang.words.limits import TextLimits
from ..build import build
from ..given import check_given
from ..limits import Limits, look, text_limits, within
from ..native.store import key_of, open_store
from .plan_cache import Kept, plots_of, read_kept

if TYPE_CHECKING:
    from typing import Self

    from ...lang.explain.changes import Changes
    from ...lang.explain.model import Explanation
    from ...lang.plan.model import Several
    from ...lang.program.nodes import Node
    from ...lang.program.program import Program, Value
    from ...lang.words.registry import Registry


class Compiled:
    """A program ready to run: its parameters and what it needs. Safe to share between threads."""

    def __init__(
        self, source: bytes, name: str = "<text>", *, timezone: str | None = None, limits: Limits | None = None,
        registry: Registry | None = None,
    ) -> None:  # fmt: skip
        """CompileError if the text has a fault. timezone: the calendar zone, where it is not the text's own.

        limits: of the text, and of every run that is given no others. registry: what there is without the text, of a
        host; the language as it is if None.
        """
        self.registry = registry
        self.source, self.name, self._timezone, self.limits = source, name, timezone, limits
        with within(limits):
            self._bounds = text_limits(limits)
            self.kept = self._kept()
            look()

    def __reduce__(self) -> tuple[Any, ...]:
        """The text is enough; a program is the same wherever it is compiled."""
        return _compiled, (type(self), self.source, self.name, self._timezone, self.limits, self.registry)

    def __repr__(self) -> str:
        told = ", ".join(f"{p.name}={written(p, p.default)}" for p in self.params)
        return f"<{type(self).__name__} {self.title or self.name!r}{': ' if told else ''}{told}>"

    @cached_property
    def typed(self) -> Program:
        """The typed program; made anew where its plan came from the store."""
        return compile_text(self.source, self.name, timezone=self._timezone, longest=self.bounds.source,
                            registry=self.registry, look=look)  # fmt: skip

    @property
    def bounds(self) -> TextLimits:
        """What the text may ask for, as it was when it was compiled."""
        return self._bounds

    def _kept(self) -> Kept:
        """The plan and what goes with it: from the store by the hash of the text, or made and kept there."""
        store = open_store()
        own = self.bounds
        told = repr((own.source, own.state, own.cost, own.code, self.registry.digest if self.registry else ""))
        key = key_of("plan", FORMAT, build(), self.name, self._timezone or "", told, self.source)
        content = store.get("plan", key)
        if content is not None:
            try:
                return read_kept(content)
            except PlanError:
                pass  # of another format: made again below
        from ...lang.diagnostics.render import render

        typed = self.typed
        try:
            several = self._planned_several() if typed.several else None
            made = self._planned() if several is None else several.main
        except CompileError as error:  # a limit of memory or cost: shown in the text it is about
            raise CompileError(error.diagnostics, dict(typed.sources)) from None
        kept = Kept(made, plots_of(typed), render(typed.diagnostics, dict(typed.sources)), several)
        store.put("plan", key, kept.content())
        return kept

    @property
    def plan(self) -> Plan:
        """What the engines run: decisions and books, no further outputs."""
        return self.kept.plan

    @cached_property
    def monitored(self) -> Plan:
        """The plan for a run that keeps the monitors' records: they tell the day's loss, so it knows of new days."""
        return self.plan if self.plan.day else self._planned(days=True)

    @property
    def is_several(self) -> bool:
        """Whether it runs as one portfolio alone: it names several symbols, reads across them or holds positions."""
        return self.kept.several is not None

    @property
    def several(self) -> Several:
        """The plans of a run over several symbols; of any program, as every one can be run so."""
        from ...lang.plan.model import Several

        if self.kept.several is None and self._has_account:
            return self._of_the_account
        return self.kept.several or Several(self.plan, ())

    @property
    def _has_account(self) -> bool:
        """Whether an account over several symbols has a plan of its own: for its money, or for what guards read."""
        return bool(self.plan.pays) or self.plan.gauged

    @cached_property
    def _of_the_account(self) -> Several:
        return self._planned_several()

    def several_monitored(self) -> Several:
        """The same for a run that keeps the monitors' records."""
        from ...lang.plan.model import Several

        if self.is_several or self._has_account:
            return self._planned_several(days=True)
        return Several(self.monitored, ())

    def _planned_several(self, *, days: bool = False) -> Several:
        from ...lang.plan.several import several

        try:
            return several(self.typed, days=days, limits=self.bounds)
        except CompileError as error:  # of a program made for one symbol, which several cannot run
            raise CompileError(error.diagnostics, dict(self.typed.sources)) from None

    def _planned(self, *, days: bool = False) -> Plan:
        """A plan made now: what makes plans is imported here, and not for a program that is kept."""
        from ...lang.plan.build import plan

        return plan(self.typed, days=days, limits=self.bounds)

    @property
    def title(self) -> str:
        """What the text calls itself, "" where it does not."""
        return self.plan.title

    @property
    def text(self) -> str:
        """The text of the program; bytes that are no UTF-8 are replaced."""
        return self.source.decode("utf-8", "replace")

    @property
    def params(self) -> tuple[Parameter, ...]:
        """Name, default and domain of each parameter, in the order of the text."""
        return self.plan.params

    @property
    def symbols(self) -> tuple[str, ...]:
        """The symbols that it trades by name, in the order of the text; none where it takes what the data have."""
        return self.plan.symbols

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Warnings and hints; a program with errors does not compile."""
        return self.typed.diagnostics

    @property
    def timeframes(self) -> tuple[str, ...]:
        """The timeframe it is made for, if it names one, then the higher ones it reads."""
        own = (self.plan.timeframe,) if self.plan.timeframe else ()
        return own + tuple(clock.timeframe for clock in self.plan.clocks)

    @property
    def warmup(self) -> dict[str, int]:
        """Closed bars of each clock before the program may act, with the parameters' defaults."""
        return warmup(self.plan, evaluate_params(self.plan, {}))

    def series_nodes(self) -> dict[str, Node]:
        """Every let (fields as `name.field`), signal and plot by name; what is shown under a name goes before a let."""
        found: dict[str, Node] = {}
        for name, value in self.typed.lets.items():
            found.update(flattened(name, value))
        found.update((emit.name, emit.node) for emit in self.typed.emits)
        found.update((plot.title, plot.node) for plot in self.typed.plots)
        return found

    def with_zone(self, timezone: str | None) -> Self:
        """The same text read in another calendar zone (dates in the text are of that zone). UsageFault: no zone;
        CompileError: a text with a fault there."""
        check_given(timezone=timezone)
        if timezone is None or timezone == self._timezone:
            return self
        return type(self)(self.source, self.name, timezone=timezone, limits=self.limits, registry=self.registry)

    def explain(self) -> Explanation:
        """The program in plain English, from what was understood: sections of sentences, printed as a text."""
        from ...lang.explain.explain import explain

        return explain(self.typed)

    def explain_changes(self, other: Compiled) -> Changes:
        """What `other` means otherwise than this program; names, layout and comments are no difference.

        other: a program, compiled. Never raises for what the texts say.
        """
        from ...lang.explain.changes import changes

        return changes(self.typed, other.typed)


def _compiled(
    kind: type[Compiled], source: bytes, name: str, timezone: str | None, limits: Limits | None,
    registry: Registry | None,
) -> Compiled:
    return kind(source, name, timezone=timezone, limits=limits, registry=registry)


def flattened(name: str, value: Value) -> dict[str, Node]:
    """A value as nodes by name: fields of a record as `name.field`."""
    from ...lang.program.nodes import Node

    if isinstance(value, Node):
        return {name: value}
    found: dict[str, Node] = {}
    for field, inner in value.items():
        found.update(flattened(f"{name}.{field}", inner))
    return found
