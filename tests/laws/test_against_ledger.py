"""The state machine of `against_ledger.py`: a few runs here, 10,000 in `make soak`."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from .against_ledger import Trading

RUNS, PARTS, PER_PART, STEPS = 40, 20, 500, 40
drawn = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck), stateful_step_count=STEPS,
                 phases=[Phase.generate, Phase.shrink])  # fmt: skip


class OfBothEngines(Trading):
    """Each restart goes over to the other engine."""

    engines = ("interpreted", "native")


def test_any_wishes_bars_and_restarts_leave_the_ledgers_books() -> None:
    run_state_machine_as_test(Trading, settings=settings(drawn, max_examples=RUNS, derandomize=True))


def test_a_fault_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine whose entries cost a thousandth more than they should is told."""
    from stratagem.runtime.trading import execute

    honest = execute.charge_part
    monkeypatch.setattr(execute, "charge_part", lambda *given: honest(*given) * 1.001 + 0.01)
    with pytest.raises(AssertionError, match="equity|order|trade"):
        run_state_machine_as_test(Trading, settings=settings(drawn, max_examples=RUNS, derandomize=True,
                                                             phases=[Phase.generate]))  # fmt: skip


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS))
def test_many_runs(part: int) -> None:
    machine: Any = seed(part)(OfBothEngines if part % 4 == 0 else Trading)
    run_state_machine_as_test(machine, settings=settings(drawn, max_examples=PER_PART))
