"""Plain English from what was understood."""

from __future__ import annotations

from pathlib import Path

import pytest
from stratagem.lang.compile import compile_text
from stratagem.lang.explain import explain

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            'strategy "One"\non EURUSD every 15m\nassume fee 0.1%\nparam n = 20 in 5 to 50\nlet calm = sma(close, n)\n'
            "enter long when cross_above(close, calm)\n  size 50%\n  stop 2%\nexit long when close < calm\n",
            ["One on EURUSD with bars of 15m.", "The parameter n is 20, from 5 to 50.",
             "It enters long when close crosses above calm, with 50% of equity", "when close is below calm",
             "Here calm is the average of close over n bars (20).", "It assumes fee 0.1%."],
        ),
        (
            "enter short when close @ 4h < open @ 1h\n  risk 1%\n  trail 3%\n  expire 5 bars\n  scale 2\n"
            "guard exposure 200%\nguard drawdown 20% then flatten\n",
            ["This program.", "close on the last completed 4h bar", "1% of equity at risk", "leaving after 5 bars",
             "a stop that trails at 3% above the best price", "up to 2 further times",
             "When drawdown reaches 20%, everything is closed"],
        ),
        (
            "param on_ = true\nparam room = 2% in [1%, 2%]\nrequire room > 0\nlet up = close > open\n"
            "enter long when on_ and not up\n  stop room\n  target 2 * atr(14)\nexit long when up\n  size 50%\n  once\n"
            'emit strong when up\nalert when up "up"\n',
            ["one of 1%, 2%", "It refuses to run unless room is above 0.", "on_ and not up",
             "a stop at room below the fill", "a target at 2 × atr(14) above the fill",
             "It leaves 50% of long positions when up, once per position.", "It publishes strong while up.",
             "It alerts when up.", "Here up holds when close is above open."],
        ),
    ],
)  # fmt: skip
def test_every_part_of_a_program_is_told(text: str, sentences: list[str]) -> None:
    told = explain(compile_text(text))
    for sentence in sentences:
        assert sentence in told, told


RESTING = [
    ("limit close - 2 * atr(14)", "waiting 1 bar for a fill at close - 2 × atr(14) or better."),
    ("limit 1%", "waiting 1 bar for a fill at close - 1% of close or better."),
    ("trigger highest(high, 20) valid 5 bars", "waiting 5 bars for the price to reach the highest high of 20 bars."),
    ("trigger 105 limit 106 valid 4h", "waiting 4 hours for the price to reach 105, then for a fill at 106 or better."),
    ("limit 90 valid day", "waiting until the day ends for a fill at 90 or better."),
    ("limit 90 until close < open", "waiting for a fill at 90 or better, until close is below open."),
    ("stop 2% stop 0r after 1r", "a stop at 2% below the fill, a stop at the fill once the price reaches 1 times the "
     "distance to the stop, above the fill."),
    ("stop 2% take 50% at 3%", "taking 50% of the lot at 3% above the fill."),
    ("trail 2% after 5%", "a stop that trails at 2% below the best price once the price reaches 5% above the fill."),
    ("stop 2% trail 0.5r after 2r", "a stop that trails at 0.5 times the distance to the stop, below the best price "
     "once the price reaches 2 times the distance to the stop, above the fill."),
    ("stop 90 target 120", "a stop at 90, a target at 120."),
    ("expire next_open", "leaving at the open of the bar after the fill's."),
    ("expire day", "leaving at the end of the day."), ('expire "15:55"', "leaving at 15:55."),
]  # fmt: skip


@pytest.mark.parametrize(("clauses", "told"), RESTING)
def test_what_waits_and_moves_is_told(clauses: str, told: str) -> None:
    assert told in explain(compile_text(f"enter long when close > open {clauses}\nexit long when close < open"))


def test_exits_wait_and_entries_are_cancelled_in_words() -> None:
    said = explain(compile_text("enter long when close > open limit 1% cancel long when close < open "
                                "exit long when true limit highest(high, 20) size 50% once"))  # fmt: skip
    assert "It cancels long entries that wait when close is below open." in said
    assert "once per position, waiting 1 bar for a fill at the highest high of 20 bars or better." in said


@pytest.mark.parametrize(
    ("guard", "told"),
    [
        ("drawdown 20% then halt", "When drawdown reaches 20%, no new risk is taken from then on."),
        ("daily_loss 3% then halt", "When daily loss reaches 3%, no new risk is taken until the day ends."),
        ("day_losses 2 then flatten", "everything is closed, and no new risk is taken until the day ends."),
        ("exposure 100%", "When exposure reaches 100%, no new risk is taken."),
    ],
)
def test_it_is_told_when_a_halt_ends(guard: str, told: str) -> None:
    assert told in explain(compile_text(f"enter long when close > open expire 3 bars guard {guard}"))


def test_a_program_that_does_nothing_says_so() -> None:
    assert explain(compile_text("let a = close")) == (
        "This program does nothing: nothing is entered, and nothing shown.\n"
    )


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ('column("funding") > 2', 'the column "funding" is above 2'),
        ("rising(close, 1)", "close has risen for 1 bar"),
        ("close > high[1]", "close is above high, 1 bar ago"),
        ("close > highest(high, 1)", "close is above the highest high of 1 bar"),
        ("close > open or open > low", "close is above open or open is above low"),
        ("not (close > open or open > low)", "not (close is above open or open is above low)"),
        ("(close > open or open > low)[2]", "(close is above open or open is above low) 2 bars ago"),
        ("abs(close + open) > min(close - open, 3)", "abs(close + open) is above min(close - open, 3)"),
        ("close > abs(high[1])", "close is above abs(high, 1 bar ago)"),
        ("close + open - high > 2 * (high - low)", "close + open - high is above 2 × (high - low)"),
        ("(close > 1 or open > 1) and low > 1", "(close is above 1 or open is above 1) and low is above 1"),
        ("(if close > open then 1 else 2) > 1", "(1 if close is above open, else 2) is above 1"),
        ("sma(close / open, 5) > 1", "the 5-bar average of (close / open) is above 1"),
        ("sma(close, 5) / open > 1", "the 5-bar average of close / open is above 1"),
        ("(close > open) @ 1w", "(close is above open) on the last completed 1w bar"),
        ("sma(-close, 5) < 1", "the 5-bar average of (-close) is below 1"),
    ],
)  # fmt: skip
def test_one_is_one_and_brackets_stand_where_they_mean_something(condition: str, told: str) -> None:
    program = compile_text(f"enter long when {condition}\n  expire 1 bars\nexit long when close < 1\n")
    assert f"It enters long when {told}, with 100% of equity, leaving after 1 bar." in explain(program)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("(close / open) of A", "(close / open) of A"), ("close / open of A", "close / open of A"),
        ("number((close > open and high > low) of A)", "(close is above open and high is above low) of A"),
        ("number((not (close > open)) of A)", "(not (close is above open)) of A"),
        ("(close - open) of A * 2", "(close - open) of A × 2"), ("abs(close) of A", "abs(close) of A"),
        ("sma(close, 5) of A", "the 5-bar average of close of A"),
    ],
)  # fmt: skip
def test_what_is_read_of_another_symbol_is_told_as_a_whole(value: str, told: str) -> None:
    text = f"on A, B every 1d\nlet v = {value}\nenter long when v > 1\nexit long when v < 1\nprefer close\n"
    assert told in explain(compile_text(text)), explain(compile_text(text))


@pytest.mark.parametrize("path", sorted((ROOT / "strategies").glob("*.strat")), ids=lambda path: path.stem)
def test_a_strategy_is_told_in_whole_lines_without_a_trace_of_the_compiler(path: Path) -> None:
    program = compile_text(path.read_bytes(), path.name)
    lines = explain(program).splitlines()
    assert all(line.endswith(".") for line in lines)
    assert not [line for line in lines if "%0" in line or "Node" in line or "bselect" in line or "None" in line]
    assert len([line for line in lines if line.startswith("- It enters")]) == path.read_text().count("\nenter ")
    assert explain(program) == explain(program)


@pytest.mark.parametrize(
    ("clauses", "told"),
    [
        ("stop 2 * atr(14) target 2r", "a target at 2 times the distance to the stop, above the fill"),
        ("stop lowest(low, 10) target 1.5r", "a target at 1.5 times the distance to the stop, above the fill"),
        ("stop 2% target entry + 2 * (entry - stop)", "a target at the fill + 2 × (the fill - the stop)"),
        ("stop entry - 3", "a stop at the fill - 3"),
        ("stop entry * 0.98 - 1", "a stop at the fill × 0.98 - 1"),
        ("stop 20ticks", "a stop at 20 ticks below the fill"),
        ("stop 0.5 * (high - low)", "a stop at 0.5 × (high - low) below the fill"),
        ("target highest(high, 20)[1]", "a target at the highest high of 20 bars, 1 bar ago."),
        ("fill this_close", "with 100% of equity, filled at that close."),
    ],
)
def test_brackets_are_told_as_they_were_meant(clauses: str, told: str) -> None:
    text = f"assume tick 0.01\nenter long when close > open {clauses}\nexit long when close < open"
    assert told in explain(compile_text(text)), explain(compile_text(text))


@pytest.mark.parametrize(
    ("expire", "told"),
    [
        ("90m", "after 90 minutes."), ("4h", "after 4 hours."), ("1h", "after 1 hour."), ("2d", "after 2 days."),
        ("90s", "after 90 seconds."), ("5", "after 5 bars."), ("5 bars", "after 5 bars."), ("1", "after 1 bar."),
        ("leave", "after leave bars (16)."), ("leave bars", "after leave bars (16)."),
        ("counted", "after counted bars (7)."), ("hold", "after hold (4 hours)."),
        ("leave * 2", "after leave × 2 bars (32)."), ("hold * 2", "after hold × 2 (8 hours)."),
    ],
)  # fmt: skip
def test_how_long_a_trade_is_held_is_told_in_bars_or_in_time(expire: str, told: str) -> None:
    params = "param leave = 16\nparam counted = 7 bars\nparam hold = 4h in 30m to 2d\n"
    text = explain(compile_text(f"{params}enter long when close > open expire {expire}"))
    assert f"leaving {told}" in text, text
    assert "The parameter hold is 4 hours, from 30 minutes to 2 days." in text


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("close > sma(close, n)", "close is above the average of close over n bars (3)"),
        ("close > ema(close[1], n)", "close is above the exponential average of close, 1 bar ago, over n bars (3)"),
        ("close > sma(close, 5)", "close is above the 5-bar average of close"),
        ("close > sma(close, 5 bars)", "close is above the 5-bar average of close"),
        ("close > sma(close, n // 2)", "close is above the average of close over n // 2 bars (1)"),
        ("close > highest(high, n)[1]", "close is above the highest high of n bars (3), 1 bar ago"),
        ("rising(close, n)", "close has risen for n bars (3)"),
    ],
)
def test_bars_that_a_parameter_counts_are_told_by_its_name_and_number(condition: str, told: str) -> None:
    text = explain(compile_text(f"param n = 3 in 2 to 9\nalert when {condition}"))
    assert f"It alerts when {told}." in text, text


def test_a_short_has_its_stop_above_the_fill() -> None:
    text = "enter short when close > open stop 2% target 2r trail 5%\nexit short when close < open"
    told = explain(compile_text(text))
    assert "a stop at 2% above the fill, a target at 2 times the distance to the stop, below the fill" in told
    assert "a stop that trails at 5% above the best price" in told


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ('between("09:30", "16:00")', "the decision falls from 09:30 to before 16:00"),
        ('between("22:00", "02:30", "Europe/London")', "falls from 22:00 to before 02:30 in Europe/London"),
        ("new_day()", "the day changes"),
        ("position.bars > 3", "position.bars is above 3"),
    ],
)
def test_times_and_books_are_told_in_words(condition: str, told: str) -> None:
    assert told in explain(compile_text(f"alert when {condition}"))
