"""What is kept of a compiled program between processes: its plan, its plots, its warnings as text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...lang.plan.codec import PlanError, from_json, several_from_json, to_json
from ...lang.plan.model import Plan, Several

if TYPE_CHECKING:
    from ...lang.program.program import Program


@dataclass(frozen=True, slots=True)
class Kept:
    """plan: of a program of several symbols the one that trades (`several.main`); several is None of any other.

    plots: (title, unit) of each. warnings: the diagnostics rendered without colour, "" if there are none.
    """

    plan: Plan
    plots: tuple[tuple[str, str], ...]
    warnings: str
    several: Several | None = None

    def content(self) -> bytes:
        """The bytes that `read_kept` reads."""
        made = [self.several is not None, to_json(self.several or self.plan), self.plots, self.warnings]
        return json.dumps(made).encode()


def read_kept(content: bytes) -> Kept:
    """What `Kept.content` wrote; PlanError if it is of another format."""
    try:
        of_several, text, plots, warnings = json.loads(content)
        several = several_from_json(text) if of_several is True else None
        plan = from_json(text) if several is None else several.main
        return Kept(plan, tuple((str(t), str(u)) for t, u in plots), str(warnings), several)
    except (ValueError, TypeError, RecursionError) as fault:
        raise PlanError(f"not a kept program: {fault}") from fault


def plots_of(program: Program) -> tuple[tuple[str, str], ...]:
    """Title and unit of each plot."""
    return tuple((plot.title, str(plot.node.unit)) for plot in program.plots)
