"""Both engines against the ledger: random programs over random bars, every row of trades and orders, every bar."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import stratagem as sg
from hypothesis import HealthCheck, Phase, given, seed, settings

from ..laws.fleeting import nothing_kept
from .compare import ENGINES, faults, rests
from .draws import ALL, RESTING, cases
from .smaller import Case, shown, smallest

PARTS, PER_PART = 40, 500
EVERYTHING = ALL | RESTING if rests() else ALL
FINER = frozenset("finer limit oco takes moves after trail scale parts tick late expire".split())
drawn = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])


@pytest.fixture(scope="module", autouse=True)
def _nothing_kept() -> Iterator[None]:
    with nothing_kept():
        yield


def hold(case: Case, engines: tuple[str, ...] = ENGINES) -> None:
    """Fails with the smallest case in which the first difference is of the same kind."""
    if found := faults(*case, engines):
        kind = found[0].split()[0]

        def fails(other: Case) -> bool:
            try:
                still = faults(*other, engines)
            except (sg.CompileError, sg.RunError):  # a guard that a size needs was left out, or all volume
                return False
            return bool(still) and still[0].split()[0] == kind

        case = smallest(case, fails)
        pytest.fail("\n".join([shown(case), *faults(*case, engines)[:12]]), pytrace=False)


@settings(drawn, max_examples=50)
@given(cases(EVERYTHING))
def test_engines_play_as_the_ledger_does(case: Case) -> None:
    hold(case)


@settings(drawn, max_examples=20)
@given(cases(FINER, 12))
def test_engines_go_by_finer_bars_as_the_ledger_does(case: Case) -> None:
    """With few features, so that most bars of most cases meet something."""
    hold(case, ENGINES[:1])


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS))
def test_engines_play_as_the_ledger_does_many_times(part: int) -> None:
    def one(case: Case) -> None:
        hold(case)

    many = settings(drawn, derandomize=False, max_examples=PER_PART)
    features, count = (FINER, 12) if part % 4 == 0 else (EVERYTHING, 0)
    test: Callable[[], None] = seed(part)(many(given(cases(features, count))(one)))
    test()
