"""What reads wrong or clumsy to people is told in their words."""

from __future__ import annotations

import pytest
from stratagem.lang.compile import compile_text
from stratagem.lang.explain.explain import explain

PAIR = "on A, B\n"
CREDIT = "bought on credit"
ENTRY = "enter long when close > open target 2% size 50%\n"
SHORT = "short where that is below 0"


def told(text: str) -> str:
    return " ".join(str(explain(compile_text(text))).split())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PAIR + "rebalance weekly day 5 weight 50%", "on or after Friday of each week"),
        (PAIR + "rebalance monthly day 5 weight 50%", "on or after day 5 of each month"),
        (PAIR + "rebalance monthly weight 100% / 3", "at 1/3 of equity"),
        (PAIR + "rebalance monthly weight 33.3%", "at 33.3% of equity"),
        ("enter long when trades.loss_streak >= 2 target 2%", "the number of losing trades in a row is at least 2"),
        ("enter long when close > open size 1 units stop 1tick", "Stakes 1 unit. - Stop at 1 tick below the fill."),
        ("enter long when close > open size 2 units stop 3ticks", "Stakes 2 units. - Stop at 3 ticks below the fill."),
        (ENTRY + "assume tick 1 assume slippage 1ticks+1bp", "is worse by 1 tick + 0.01%."),
        (ENTRY + "assume tick 1 assume spread 10ticks", "half a spread of 10 ticks."),
        (ENTRY + 'assume tick 1 assume spread "spread" in ticks', 'half a spread of "spread" in ticks.'),
        (ENTRY + "assume leverage 3", "Positions tie up 1/3 of their value"),
        (ENTRY + "assume margin 20%", "Positions tie up 20% of their value"),
        (ENTRY + "exit long when position.bars >= 2", "The age of a position is 1 at the close of the bar that filled"),
        ("enter long when close > 1 limit 1% until not (close > 2) stop 1%", "first close when not (close is"),
        ("enter long when is_na(pivot_low(low, 5, 5)) target 2%", "the swing low of low (5 bars on each side)"),
    ],
)
def test_it_is_said_so(text: str, said: str) -> None:
    assert said in told(text)


@pytest.mark.parametrize(
    ("guard", "credit"), [("guard exposure 300%", False), ("guard exposure 100%", True), ("guard leverage 2", False)]
)
def test_what_a_guard_lets_be_held_is_not_denied_elsewhere(guard: str, credit: bool) -> None:
    assert (CREDIT in told(f"{ENTRY}{guard}")) is credit


@pytest.mark.parametrize(
    ("weight", "short"), [("if close > open then 50% else 0%", False), ("if close > open then 50% else -50%", True)]
)
def test_short_is_said_where_it_can_be(weight: str, short: bool) -> None:
    assert (SHORT in told(f"{PAIR}rebalance monthly weight {weight}")) is short
