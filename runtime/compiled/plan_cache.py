"""What is kept of a compiled program between processes: its plan, its plots, its warnings as text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...lang.plan.codec import PlanError, from_json, to_json
from ...lang.plan.model import Plan

if TYPE_CHECKING:
    from ...lang.program.program import Program


@dataclass(frozen=True, slots=True)
class Kept:
    """plots: (title, unit) of each. warnings: the diagnostics rendered without colour, "" if there are none."""

    plan: Plan
    plots: tuple[tuple[str, str], ...]
    warnings: str

    def content(self) -> bytes:
        """The bytes that `read_kept` reads."""
        return json.dumps([to_json(self.plan), self.plots, self.warnings]).encode()


def read_kept(content: bytes) -> Kept:
    """What `Kept.content` wrote; PlanError if it is of another format."""
    try:
        text, plots, warnings = json.loads(content)
        return Kept(from_json(text), tuple((str(t), str(u)) for t, u in plots), str(warnings))
    except (ValueError, TypeError, RecursionError) as fault:
        raise PlanError(f"not a kept program: {fault}") from fault


def plots_of(program: Program) -> tuple[tuple[str, str], ...]:
    """Title and unit of each plot."""
    return tuple((plot.title, str(plot.node.unit)) for plot in program.plots)
