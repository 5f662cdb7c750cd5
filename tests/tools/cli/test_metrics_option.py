"""`strat backtest --metrics`: every metric as lines or under `metrics` of the document, by the conventions given."""

from __future__ import annotations

from stratagem.runtime.results.metrics.wider import EVERY_GROUP, METRICS

from .conftest import Strat

DATA = ("--data", "sample:AAPL")


def test_the_document_has_them_beside_the_statistics(strat: Strat, golden_cross: str) -> None:
    plain = strat("backtest", golden_cross, *DATA, "--json").json
    document = strat("backtest", golden_cross, *DATA, "--json", "--metrics", "--convention", "year=252").json
    metrics = document.pop("metrics")
    assert "metrics" not in plain and document.keys() == plain.keys()
    assert metrics.keys() == {"benchmark", "notes", "conventions", "values", "drawdowns", "by", "intervals",
                              "trailing"}  # fmt: skip
    assert metrics["values"].keys() == METRICS.keys()
    assert metrics["conventions"]["year"] == 252.0
    assert metrics["values"]["return"] == plain["return"] and metrics["values"]["sharpe"] != plain["sharpe"]
    assert metrics["drawdowns"][0]["depth"] == plain["max_drawdown"]
    assert metrics["drawdowns"][0]["start"] == "2007-12-28T00:00:00Z"
    assert sum(row["trades"] for row in metrics["by"]["year"]) == plain["trades"]
    low, high = metrics["intervals"]["return"][1:]
    assert low < plain["return"] < high


def test_lines_show_every_metric(strat: Strat, golden_cross: str) -> None:
    done = strat("backtest", golden_cross, *DATA, "--metrics", "--convention", "deviation=sample")
    assert done.code == 0
    assert "conventions: returns days · deviation sample · year measured" in done.out
    for group in EVERY_GROUP:
        assert f"\n{group.title}\n" in done.out
        assert all(f"  {definition.title} " in done.out for definition in group.definitions)
    assert "2007-12-28  2008-09-23  2010-10-11" in done.out and "Trades by year" in done.out


def test_other_data_are_measured_against(strat: Strat, golden_cross: str) -> None:
    other = ("--metrics", "--benchmark", "sample:MSFT")
    metrics = strat("backtest", golden_cross, *DATA, "--json", *other).json["metrics"]
    own = strat("backtest", golden_cross, *DATA, "--json", "--metrics").json["metrics"]
    assert (own["benchmark"], metrics["benchmark"]) == ("AAPL", "MSFT") and not own["notes"]
    changed = {name for name, value in metrics["values"].items() if value != own["values"][name]}
    group = next(group for group in EVERY_GROUP if group.title == "Beside buying and holding")
    assert changed == {"benchmark_return", *(definition.name for definition in group.definitions)}
    lines = strat("backtest", golden_cross, *DATA, *other).out
    assert "\nbenchmark: MSFT\n" in lines and "note: sample data" in lines
    alone = strat("backtest", golden_cross, *DATA, "--benchmark", "sample:MSFT")
    assert alone.code == 2 and "give --metrics, too" in alone.err
    short = strat("backtest", golden_cross, *DATA, "--metrics", "--benchmark", "sample:GOOG")
    assert short.code == 2 and "found 2004-08-19 to 2013-03-01" in short.err
    missing = strat("backtest", golden_cross, *DATA, "--metrics", "--benchmark", "nowhere.csv")
    assert missing.code == 3 and "nowhere.csv" in missing.err


def test_a_convention_without_metrics_and_a_wrong_one_are_told(strat: Strat, golden_cross: str) -> None:
    alone = strat("backtest", golden_cross, *DATA, "--convention", "year=252")
    assert alone.code == 2 and "give --metrics, too" in alone.err
    wrong = strat("backtest", golden_cross, *DATA, "--metrics", "--convention", "level=95")
    assert wrong.code == 2 and "such as 0.95 or 95%, found '95'" in wrong.err
    unknown = strat("backtest", golden_cross, *DATA, "--metrics", "--convention", "years=252")
    assert unknown.code == 2 and "did you mean `year`" in unknown.err
