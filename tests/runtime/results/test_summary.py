"""The terminal summary: it fits, says what matters, and keeps the author's text from the terminal's controls."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from stratagem.lang.diagnostics.brief import one_line
from stratagem.runtime.results.chart import hanging_chart, line_chart, resampled
from stratagem.runtime.results.format import counted, percent, price, shown
from stratagem.runtime.results.metrics.run import Measured
from stratagem.runtime.results.output import RunOutput
from stratagem.runtime.results.report.page import page
from stratagem.runtime.results.stats import summary_document
from stratagem.runtime.results.summary import summary
from stratagem.runtime.trading.rows import REASONS, STATUSES

from . import made

LONG = "a very long title " * 20
RUNS = {
    "daily": lambda: made.traded(2600),
    "many years": lambda: made.traded(9000, notes=("a note " * 40, "another")),
    "intraday": lambda: made.traded(3000, frame="15m"),
    "across a year in minutes": lambda: made.traded(700_000 // 400, frame="6h"),
    "no bars": lambda: made.output(made.bars([])),
    "one bar": lambda: made.output(made.bars([5.0])),
    "long texts": lambda: made.traded(100, strategy=LONG, notes=(LONG, LONG)),
    "large numbers": lambda: made.output(made.bars([1e8, 2e8]), [1e15, 2e15], capital=1e15),
}


def text_of(output: RunOutput, **how: Any) -> str:
    return summary(Measured(output), **how)


@pytest.mark.parametrize("ascii", [False, True])
@pytest.mark.parametrize("name", RUNS)
def test_it_fits_a_terminal(name: str, ascii: bool) -> None:
    lines = text_of(RUNS[name](), ascii=ascii).split("\n")
    assert len(lines) <= 40
    assert max(len(line) for line in lines) <= 80


@pytest.mark.parametrize("name", RUNS)
def test_ascii_is_ascii(name: str) -> None:
    assert text_of(RUNS[name](), ascii=True).isascii()


def test_colour_only_if_asked_and_of_no_width() -> None:
    output = made.traded(600)
    plain, coloured = text_of(output), text_of(output, colour=True)
    assert "\x1b" not in plain
    assert "\x1b[32m" in coloured
    bare = re.sub(r"\x1b\[\d+m", "", coloured)
    assert [line.rstrip() for line in bare.split("\n")] == plain.split("\n")


def test_headlines_and_what_must_not_be_overlooked() -> None:
    text = text_of(made.traded(600))
    for part in ("Return", "CAGR", "Max drawdown", "Sharpe", "Trades", "Win rate", "Profit factor", "Exposure", "Fees"):
        assert part in text
    assert "denied 3 · reduced 1 · ambiguous fills 2" in text
    assert re.search(r"Trades +\d+ \+ 1 open ", text)
    assert "conflicts" not in text
    assert "assumes model stratagem · capital 100_000 · fee 0.1%" in text


@pytest.mark.parametrize("width", range(50, 80))
def test_no_line_ends_between_a_day_and_its_money(width: int) -> None:
    text = text_of(made.traded(600), width=width)
    assert re.search(r"best \d{4}-\d\d-\d\d [-+]\d", text) and re.search(r"worst \d{4}-\d\d-\d\d [-+]\d", text)


def test_what_a_day_has_used_up_is_told_apart_from_faults() -> None:
    data, reasons = made.bars([100, 101, 102]), ("day_trades", "day_trades", "exposure")
    refused = [
        made.order(data, n, 1, status=STATUSES.index("denied"), reason=REASONS.index(r)) for n, r in enumerate(reasons)
    ]
    output = made.output(data, orders=refused, counters={"denied": 3, "open_trades": 0})
    assert "denied 3 (exposure 1), 2 of them used up (day trades)" in text_of(output)
    assert summary_document(Measured(output))["denied_by"] == {"day_trades": 2, "exposure": 1}
    alone = made.output(data, orders=refused[:2], counters={"denied": 2, "open_trades": 0})
    assert "denied 2, 2 of them used up (day trades)" in text_of(alone)


def denied_run() -> RunOutput:
    """Denied six times for four reasons; the order that filled gives none."""
    data = made.bars([100, 101, 102])
    reasons = ["halted", "exposure", "halted", "zero_quantity", "wrong_side", "halted"]
    refused = [
        made.order(data, n, 1, status=STATUSES.index("denied"), reason=REASONS.index(r)) for n, r in enumerate(reasons)
    ]
    return made.output(data, orders=[*refused, made.order(data, 6, 1)], counters={"denied": 6, "open_trades": 0})


def test_denials_are_told_by_reason() -> None:
    output = denied_run()
    counts = {"halted": 3, "exposure": 1, "wrong_side": 1, "zero_quantity": 1}
    assert summary_document(Measured(output))["denied_by"] == counts
    assert "denied 6 (halted 3, exposure 1, wrong side 1, …)" in text_of(output)
    assert "denied (halted 3, exposure 1, wrong side 1, …)" in page(Measured(output))


def test_what_cut_orders_is_told() -> None:
    data, reasons = made.bars([100, 101, 102]), ("exposure", "volume", "exposure")
    orders = [
        made.order(data, n, 1, status=STATUSES.index("reduced"), reason=REASONS.index(r)) for n, r in enumerate(reasons)
    ]
    output = made.output(data, orders=orders, counters={"reduced": 3, "open_trades": 0})
    assert summary_document(Measured(output))["reduced_by"] == {"exposure": 2, "volume": 1}
    assert "reduced 3 (exposure 2, volume 1)" in text_of(output)
    assert "reduced (exposure 2, volume 1)" in page(Measured(output))


def test_notes_are_told_whole_or_not_at_all() -> None:
    notes = ("the package " + "word " * 20 + "ends here", "a second one", "much " * 200, "a fourth one")
    text = text_of(made.traded(600, notes=notes))
    assert "ends here\nnote: a second one\n… 2 more notes: in the report that `--out` writes, and in `--json`" in text
    assert "much" not in text and "fourth" not in text
    assert text_of(made.traded(600, notes=notes[:2])).endswith("note: a second one")


def test_the_last_trades_are_the_last() -> None:
    lines = [line for line in text_of(made.traded(600)).split("\n") if line.startswith("#")]
    assert [line.split()[0] for line in lines] == ["#21", "#22", "#23", "#24", "#25"]
    assert lines[-1].endswith("end") and lines[0].endswith("signal")


def test_years_that_do_not_fit_are_counted() -> None:
    text = text_of(made.traded(9000))
    found = re.search(r"\(the last (\d+) of 25 years\)", text)
    assert found and sum(line[:4].isdigit() for line in text.split("\n")) == int(found[1])


def test_control_characters_do_not_reach_the_terminal() -> None:
    text = text_of(made.traded(60, strategy="\x1b[2Jboo\n\rhoo", notes=("\x07bell",)))
    assert "\x1b" not in text and "\x07" not in text and "\r" not in text
    assert text.startswith(" [2Jboo  hoo · TEST 1d")


def test_a_rising_line_rises() -> None:
    lines = line_chart(np.arange(100.0), 10, 5, ascii=True)
    assert [line.index("*") for line in lines] == [8, 6, 4, 2, 0]


def test_the_deepest_fall_reaches_the_floor() -> None:
    lines = hanging_chart(np.array([0.0, 0.0, 0.5, 1.0]), 4, 2, ascii=True)
    assert lines == ["  **", "   *"]


def test_braille_cells_hold_eight_dots() -> None:
    assert hanging_chart(np.array([1.0, 1.0]), 1, 1) == ["⣿"]
    assert hanging_chart(np.array([0.0, 1.0]), 1, 1) == ["⢸"]


@pytest.mark.parametrize(("count", "points"), [(3, 7), (7, 3), (5, 5), (1, 4)])
def test_resampling_ends_with_the_last_value(count: int, points: int) -> None:
    values = np.arange(float(count))
    made_points = resampled(values, points)
    assert len(made_points) == points
    assert made_points[-1] == values[-1]
    assert max(resampled(values, points, worst=True)) == values.max()


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (None, "ratio", "–"),
        (0.12345, "ratio", "12.35%"),
        (-0.0, "ratio", "0.00%"),
        (12.5, "ratio", "1,250%"),
        (1e9, "ratio", "1e+11%"),
        (1234.5, "money", "1,234.50"),
        (12345678.9, "money", "12,345,679"),
        (1234, "count", "1,234"),
        (12.5, "bars", "12.5"),
        (1.234, "number", "1.23"),
        (1e7, "number", "1e+07"),
    ],
)
def test_values_as_people_read_them(value: float | None, unit: str, text: str) -> None:
    assert shown(value, unit) == text


def test_one_is_not_many() -> None:
    assert [counted(n, "bar") for n in (0, 1, 2, 1234)] == ["0 bars", "1 bar", "2 bars", "1,234 bars"]
    assert "1 bar</" in page(Measured(made.output(made.bars([5.0]), warmup={"base": 1})))


def test_signs_prices_and_lines() -> None:
    assert (shown(0.5, "ratio", True), percent(-0.5, "+")) == ("+50.00%", "-50.00%")
    assert (price(1.1), price(1e-8), price(123456.789), price(2e9)) == ("1.1", "1e-08", "123456.79", "2,000,000,000")
    assert one_line("abc\tdef", 5) == "abc …"


@pytest.mark.parametrize("width", [80, 100, 130, 160])
@pytest.mark.parametrize("name", RUNS)
def test_it_is_as_wide_as_the_terminal(name: str, width: int) -> None:
    lines = text_of(RUNS[name](), width=width).split("\n")
    assert len(lines[1]) == width and max(map(len, lines)) <= width
    assert len(lines) <= 40


def test_a_narrow_terminal_has_the_headlines_below_each_other() -> None:
    lines = text_of(RUNS["daily"](), width=50).split("\n")
    heads = [line.split("  ")[0] for line in lines[2:14]]
    assert heads[:3] == ["Return", "CAGR", "Buy and hold"] and "Fees" in heads[-1]
    assert max(len(line) for line in lines if "┤" in line) <= 50 and not any(line.startswith("% ") for line in lines)


def test_widths_beyond_use_are_not_followed() -> None:
    assert len(text_of(RUNS["daily"](), width=9).split("\n")[1]) == 40
    assert len(text_of(RUNS["daily"](), width=999).split("\n")[1]) == 160


def test_times_are_read_in_the_zone_of_the_program() -> None:
    """18:00 UTC is 13:00 in New York in January; bars of a day carry their date in any zone."""
    import numpy as np
    import stratagem as sg

    close = np.array([10.0, 10.0, 11.0, 11.0])
    text = "enter long when bar_index == 0 size 1 units\nexit long when bar_index == 1"
    ts = np.datetime64("2024-01-02T17:00", "us") + np.arange(4) * np.timedelta64(1, "h")
    there = sg.compile(text).backtest({"ts": ts, "close": close}, engine="interpreted", timezone="America/New_York")
    told = there.summary()
    assert "long  2024-01-02 13:00" in told and "→ 01-02 14:00" in told
    assert "times are those of America/New_York" in told
    assert "in America/New_York" in there.plot().html and there.trades["entry_time"][0].as_py().hour == 18
    here = sg.compile(text).backtest({"ts": ts, "close": close}, engine="interpreted").summary()
    assert "long  2024-01-02 18:00" in here and "times are those" not in here
    days = np.datetime64("2024-01-02", "us") + np.arange(4) * np.timedelta64(1, "D")
    daily = sg.compile(text).backtest({"ts": days, "close": close}, engine="interpreted", timezone="America/New_York")
    assert "long  2024-01-03 " in daily.summary()
