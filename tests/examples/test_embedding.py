"""The examples of embedding: a service for strangers' texts, a batch job, an indicator, a report."""

from __future__ import annotations

import csv
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest
import stratagem as sg
from fastapi.testclient import TestClient

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "examples" / "embedding"
CROSS = "param n = 50 in 5 to 200\nenter long when close > sma(close, n)\nexit long when close < sma(close, n)\n"


def loaded(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def service() -> ModuleType:
    return loaded("web_service")


@pytest.fixture(scope="module")
def client(service: ModuleType) -> TestClient:
    return TestClient(service.app)


def test_every_example_is_short_and_run_here() -> None:
    paths = sorted(FOLDER.glob("*.py"))
    assert [path.stem for path in paths] == ["batch_job", "custom_indicator", "custom_report", "web_service"]
    assert all(len(path.read_text(encoding="utf-8").splitlines()) <= 125 for path in paths)


# --- the web service -------------------------------------------------------------------------------


def post(client: TestClient, path: str, source: str, **more: Any) -> Any:
    return client.post(path, json={"source": source, **more})


def test_the_service_checks_backtests_and_sweeps(client: TestClient) -> None:
    told = post(client, "/check", CROSS).json()
    assert told["params"] == {"n": 50.0} and "Enters long" in told["explained"]
    found = post(client, "/backtest", CROSS, params={"n": 100}).json()
    own = sg.compile(CROSS).backtest("sample:AAPL", {"n": 100}, fee="0.1%")
    assert found["stats"]["final_equity"] == own.stats["final_equity"]
    assert [trade["pnl"] for trade in found["trades"]] == own.trades["pnl"].to_pylist()[-20:]
    rows = post(client, "/sweep", CROSS, grid={"n": [50, 100]}).json()
    assert [row["n"] for row in rows] == [50, 100]


def test_what_a_stranger_may_not_do_is_one_clear_answer(client: TestClient) -> None:
    fault = post(client, "/backtest", "enter long when close > smaa(close, 20)")
    assert fault.status_code == 422 and fault.json()["diagnostics"][0]["code"] == "E102"
    for text in ('plot column("x")', "plot " + " + ".join(f"sma(close, {n})" for n in range(2, 700)),
                 "enter long when close > highest(close, 900000)\n  stop 1%", "secret.strat"):  # fmt: skip
        assert post(client, "/backtest", text).status_code == 422, text
    assert post(client, "/backtest", "x" * 30_000).status_code == 422
    wide = post(client, "/sweep", CROSS, grid={"n": list(range(5, 201))} | {"m": [1]})
    assert wide.status_code == 422
    assert "there are AAPL, MSFT" in post(client, "/backtest", CROSS, symbol="../../etc/passwd").json()["error"]


def test_what_takes_too_long_is_stopped(
    client: TestClient, service: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service.HOST, "limits", sg.Limits(seconds=1e-6, combinations=2))
    assert post(client, "/backtest", CROSS).json()["limit"] == "seconds"
    monkeypatch.setattr(service.HOST, "limits", sg.Limits(combinations=2))
    found = post(client, "/sweep", CROSS, grid={"n": [50, 60, 70]})
    assert found.status_code == 429 and found.json()["limit"] == "combinations"


def test_a_session_streams_its_events(client: TestClient) -> None:
    with client.websocket_connect("/live") as socket:
        socket.send_json({"source": CROSS})
        told = []
        while not told or told[-1]["kind"] != "end":
            told.append(socket.receive_json())
    own = sg.compile(CROSS).backtest("sample:AAPL")
    assert told[-1]["equity"] == own.stats["final_equity"]
    assert [event["pnl"] for event in told if event["kind"] == "trade"] == own.trades["pnl"].to_pylist()
    broken: list[tuple[dict[str, str], str]] = [
        ({"source": "enter"}, "diagnostics"), ({"source": CROSS, "symbol": "X"}, "error"), ({}, "error"),
    ]  # fmt: skip
    for wrong, what in broken:
        with client.websocket_connect("/live") as socket:
            socket.send_json(wrong)
            assert socket.receive_json()[what]


# --- the others --------------------------------------------------------------------------------------


Run = Callable[..., "Captured"]


class Captured(NamedTuple):
    out: str
    err: str


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """An example as from a command line, in this process."""

    def run(name: str, *arguments: object, code: int | None = None) -> Captured:
        monkeypatch.setattr(sys, "argv", [name, *map(str, arguments)])
        assert loaded(name).main() == code
        return Captured(*capsys.readouterr())

    return run


def test_the_batch_job_leaves_a_table_and_says_what_failed(run: Run, tmp_path: Path) -> None:
    texts, data = tmp_path / "texts", tmp_path / "data"
    texts.mkdir()
    data.mkdir()
    (texts / "cross.strat").write_text(CROSS)
    (texts / "broken.strat").write_text("enter long when close > smaa(close, 20)")
    bars = sg.load_bars("sample:AAPL").rows(0, 300)
    days = bars.ts.astype("datetime64[us]").astype("datetime64[D]")
    lines = [f"{day},{o},{h},{low},{c},{v}" for day, o, h, low, c, v in
             zip(days, bars.open, bars.high, bars.low, bars.close, bars.volume, strict=True)]  # fmt: skip
    (data / "AAPL.csv").write_text("date,open,high,low,close,volume\n" + "\n".join(lines))
    (data / "torn.csv").write_text("date,open\n2024-01-01,")
    done = run("batch_job", texts, data, tmp_path / "out.csv", code=1)
    rows = list(csv.DictReader((tmp_path / "out.csv").read_text().splitlines()))
    assert [(row["strategy"], row["data"], bool(row["failed"])) for row in rows] == [
        ("broken.strat", "AAPL", True), ("broken.strat", "torn", True), ("cross.strat", "AAPL", False),
        ("cross.strat", "torn", True),
    ]  # fmt: skip
    own = sg.compile(CROSS).backtest(data / "AAPL.csv", fee="0.1%")
    assert float(rows[2]["return"]) == own.stats["return"]
    assert "E102" in done.err and "4 runs of 2 strategies, 3 failed" in done.out


def test_the_indicator_is_verified(run: Run) -> None:
    told = run("custom_indicator").out
    assert "kalman(source, trust = 0.01): A Kalman filter" in told
    assert "bar by bar and restarted: True" in told and "there is no function `kalman`" in told


def test_the_report_has_what_the_result_has(run: Run, tmp_path: Path) -> None:
    strategy = ROOT / "strategies" / "turtle_breakout.strat"
    run("custom_report", strategy, "sample:AAPL", tmp_path / "r.md", code=0)
    page = (tmp_path / "r.md").read_text(encoding="utf-8")
    result = sg.compile(strategy).backtest("sample:AAPL", fee="0.1%", slippage="1bp")
    assert f"{result.stats['return']:+.1%} after costs" in page and "## The worst trade" in page
    assert all(f"| {reason} |" in page for reason in set(result.trades["exit_reason"].to_pylist()))
    assert "cannot be read" in run("custom_report", "no.strat", "sample:AAPL", tmp_path / "x", code=1).err
    assert "STRATEGY.strat DATA OUT.md" in run("custom_report", code=2).err
