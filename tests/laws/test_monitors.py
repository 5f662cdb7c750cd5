"""The monitors' records say the same whatever else the program reads."""

from __future__ import annotations

import pytest
import stratagem as sg
from stratagem.runtime.machine.engines import ENGINES
from stratagem.runtime.run.events import Event

from ..enginekit import make_bars

TEXT = """stratagem 1
enter long when close > open
exit long when close < open
assume fee 0.1%
"""
BARS = make_bars(3, 600)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_day_s_loss_is_counted_from_each_day_s_start(engine: str) -> None:
    """Found by a random program: the day was only followed where the program itself read something by day."""
    plain, reading = (sg.compile(TEXT + more).backtest(BARS, engine=engine, monitors=True)
                      for more in ("", "plot pnl.day\n"))  # fmt: skip
    assert plain.monitors.equals(reading.monitors)
    assert len(set(plain.monitors["day_loss"].to_pylist())) > 100


def _bare(event: Event) -> Event:
    """An event without what `monitors=True` tells besides: what an order does to the limits."""
    told = {name: value for name, value in event.data.items() if name not in ("limits", "settled")}
    return Event(event.kind, event.ts, told)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_session_without_records_goes_on_with_them(engine: str) -> None:
    program = sg.compile(TEXT)
    sessions = [program.session(timeframe="15m", engine=engine, monitors=kept) for kept in (False, True)]
    bars = list(zip(BARS.ts.tolist(), *(getattr(BARS, name).tolist() for name in ("open", "high", "low", "close")),
                    BARS.volume.tolist(), strict=True))  # fmt: skip
    for bar in bars[:300]:
        sessions[0].push(sg.Bar(*bar))
    sessions[1].restore(sessions[0].snapshot())
    for bar in bars[300:]:
        kept, seen = sessions[0].push(sg.Bar(*bar)), sessions[1].push(sg.Bar(*bar))
        assert [_bare(event) for event in seen if event.kind != "monitor"] == kept
    assert sessions[0].equity == sessions[1].equity
