"""A portfolio is verified: every way of running it is the same, and one that is not is told."""

from __future__ import annotations

from typing import Any

import pytest
import stratagem as sg
from stratagem.runtime.run.strategies.together import Together

from .test_clock import HOLD, bars


@pytest.fixture(scope="module")
def both() -> Any:
    program = sg.compile(HOLD)
    hours = bars("2024-01-01T00:00", 60, [100, 101, 102, 103, 60, 61, 62, 63])
    longs = bars("2024-01-01T00:00", 120, [50, 60, 80, 70])
    told = {"short": {"program": program, "data": hours, "params": {"n": 10}},
            "long": {"program": program, "data": longs, "params": {"n": 10}}}  # fmt: skip
    return sg.portfolio(told, capital=2500, limits={"drawdown": "10% then flatten", "exposure": "90%"})


def test_all_ways_are_one(both: Any) -> None:
    verdict = both.verify()
    assert verdict, verdict.text()
    assert list(verdict.strategies) == ["short", "long"] and all(verdict.strategies.values())
    ways = [each.run for each in verdict.checked]
    assert "interpreted, event by event" in ways and sum(way.startswith("cut off at") for way in ways) == 3
    assert verdict.to_json()["equal"] is True and "equal to the last bit" in verdict.text()


def test_a_limit_that_one_way_overlooks_is_told(both: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    made = sg.portfolio({each.name: {"program": each.program, "data": each.data, "params": dict(each.params)}
                         for each in both.declared.strategies}, capital=2500,
                        limits={"drawdown": "10% then flatten"})  # fmt: skip
    assert made.verify()
    monkeypatch.setattr(Together, "_first_reached", lambda self: len(self.events))
    verdict = made.verify()
    assert not verdict and all(verdict.strategies.values())
    assert verdict.difference.run == "interpreted, pushed live" and verdict.difference.name == "equity"
    assert "NOT EQUAL" in verdict.text() and verdict.to_json()["difference"]["kind"] == "equity"
