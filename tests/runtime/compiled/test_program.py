"""Programs as a host holds them: compiled from a text or a path, kept in the store, shared by threads."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import stratagem as sg
from stratagem.lang.plan.codec import PlanError
from stratagem.runtime.compiled import compiled as module
from stratagem.runtime.compiled.plan_cache import read_kept

from ...enginekit import make_bars

ROOT = Path(__file__).resolve().parents[3]
BARS = make_bars(11, 60)
GOLDEN_CROSS = ROOT / "strategies" / "golden_cross.strat"
TEXT = """
strategy "Sample"
on EURUSD every 15m
param n = 20 in 5 to 100
param share = 50% in 10% to 100%
let line = sma(close, n)
let bands = bb(close, n)
let inner = { both: { high: high, low: low }, mid: line }
enter long when line > line[1] and close > line @ 4h
  size share
exit long when close < line
emit cheap when close < bands.lower
plot line - 1 as "below"
"""


# --- compiling -----------------------------------------------------------------------------------------


def test_a_text_a_path_and_a_path_as_text_are_one_program() -> None:
    programs = [sg.compile(source) for source in (GOLDEN_CROSS.read_text(), GOLDEN_CROSS, str(GOLDEN_CROSS))]
    assert len({program.plan.source_hash for program in programs}) == 1
    assert {program.title for program in programs} == {"Golden cross"}
    assert programs[1].name == str(GOLDEN_CROSS)


def test_what_a_program_tells_of_itself() -> None:
    program = sg.compile(TEXT)
    assert (program.title, program.symbols, program.timeframes) == ("Sample", ("EURUSD",), ("15m", "4h"))
    assert [(p.name, p.default, p.low, p.high) for p in program.params] == [("n", 20, 5, 100), ("share", 0.5, 0.1, 1)]
    assert program.warmup == {"base": 21, "4h": 20}
    assert "Enters long when" in str(program.explain())
    assert repr(program) == "<CompiledProgram 'Sample': n=20, share=50%>"
    assert program.text == TEXT
    assert {d.severity for d in program.diagnostics} <= {"warning", "hint"}


def test_faults_are_values() -> None:
    with pytest.raises(sg.CompileError) as caught:
        sg.compile("let a = clse\nlet b = opn\n")
    assert [d.span.start for d in caught.value.diagnostics] == [8, 21]
    assert str(caught.value) == "E101: nothing is named `clse` (and 1 more)"


def test_a_bad_assumption_is_a_fault_with_its_place() -> None:
    text = "plot close\n  assume fee wild # so\n"
    with pytest.raises(sg.CompileError) as caught:
        sg.compile(text)
    (fault,) = caught.value.diagnostics
    assert text[fault.span.start : fault.span.end] == "wild"


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        sg.compile(tmp_path / "none.strat")
    with pytest.raises(FileNotFoundError):
        sg.compile("none.strat")
    long = tmp_path / "long.strat"
    long.write_bytes(b"# " + b"x" * 50_000_000)
    with pytest.raises(sg.CompileError, match="bytes"):
        sg.compile(long)


@pytest.mark.parametrize("text", ["\ud800", "\0", "\ufeffplot close", "plot close\r\nplot open\r"])
def test_odd_characters_end_in_a_program_or_a_fault(text: str) -> None:
    try:
        sg.compile(text)
    except sg.CompileError as fault:
        assert fault.diagnostics


# --- series --------------------------------------------------------------------------------------------


def test_series_are_found_by_let_field_plot_and_signal() -> None:
    program = sg.compile(TEXT)
    assert {"line", "bands.upper", "inner.both.high", "inner.mid", "cheap", "below"} <= program.series_nodes().keys()
    result = program.backtest(make_bars(1, 400))
    assert (result.series["inner.both.high"] == result.output.bars.high).all()
    line, below = result.series["line"], result.series["below"]
    assert (below[50:] == line[50:] - 1).all()
    assert result.series["cheap"].dtype == bool
    assert result.series["line"] is line, "computed once"
    with pytest.raises(KeyError, match="no series 'lien'; it has .*line"):
        result.series["lien"]


@pytest.mark.parametrize("engine", ["native", "interpreted"])
def test_a_series_is_what_evaluate_gives(engine: str) -> None:
    bars = make_bars(2, 300)
    found = sg.compile(TEXT).backtest(bars, {"n": 30}, engine=engine).series["line"]
    assert found.tobytes() == sg.evaluate("sma(close, 30)", bars).tobytes()


# --- the store -----------------------------------------------------------------------------------------


def test_a_kept_plan_needs_no_compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    first = sg.compile(TEXT + "# kept\n")

    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("compiled again")

    monkeypatch.setattr(module, "compile_text", forbidden)
    again = sg.compile(TEXT + "# kept\n")
    assert again.plan == first.plan
    assert again.kept == first.kept
    bars = make_bars(3, 900)
    result = again.backtest(bars)
    assert len(result.trades), "why there are none is told from the text"
    assert result.equity.equals(first.backtest(bars).equity)


def test_a_kept_plan_that_is_damaged_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def get(self, kind: str, key: str) -> bytes:
            return b"[]"

        def put(self, kind: str, key: str, content: bytes) -> None:
            self.written = content

    store = Broken()
    monkeypatch.setattr(module, "open_store", lambda: store)
    program = sg.compile(TEXT)
    assert read_kept(store.written) == program.kept


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[1, 2]", b"[1, 2, 3]", b'["{}", [], ""]', b"\xff", b"null", b"[[], 1, {}]"]
)
def test_what_is_no_kept_program(content: bytes) -> None:
    with pytest.raises(PlanError):
        read_kept(content)


# --- the calendar zone ---------------------------------------------------------------------------------


def test_another_zone_moves_days_and_dates_of_the_text() -> None:
    bars = make_bars(4, 700)
    program = sg.compile('plot hour as "hour"\nlet late = time >= "2024-03-10"\n')
    utc, tokyo = program.backtest(bars), program.backtest(bars, timezone="Asia/Tokyo")
    assert ((tokyo.series["hour"] - utc.series["hour"]) % 24 == 9).all()
    nine_hours = 9 * 3600 * 1_000_000
    first = int(bars.ts[utc.series["late"]][0])
    assert int(bars.ts[tokyo.series["late"]][0]) <= first
    assert (tokyo.series["late"] == (bars.ts + nine_hours >= first // 86_400_000_000 * 86_400_000_000)).all()
    assert tokyo.stats["assumptions"]["timezone"] == "Asia/Tokyo"
    assert program.backtest(bars, tz="Asia/Tokyo").equity.equals(tokyo.equity)


# --- threads and imports -------------------------------------------------------------------------------


def test_many_programs_in_many_threads_give_the_results_of_one() -> None:
    bars = make_bars(5, 3000)
    texts = [
        f"let a = ema(close, {n})\nenter long when cross_above(close, a)\n  stop {n} * atr(5)\nexit long when close < a"
        for n in range(2, 14)
    ]
    alone = [sg.compile(text).backtest(bars, engine="interpreted").equity for text in texts]
    shared = [sg.compile(text) for text in texts]

    def run(place: int) -> bool:
        program = shared[place % 12] if place % 2 else sg.compile(texts[place % 12])
        return bool(program.backtest(bars).equity.equals(alone[place % 12]))

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(run, range(72)))


HEAVY = "{'numba', 'llvmlite', 'pyarrow', 'numpy', 'pandas', 'lark', 'bokeh', 'duckdb'}"
PUSH = """
session = program.session(timeframe="1h")
for day in range(1, 29):
    for hour in range(24):
        session.push(sg.Bar(f"2024-02-{day:02}T{hour:02}:00:00Z", 1.0, 2.0 + hour % 3, 0.5, 1.5 - hour % 2))
session.restore(session.snapshot())
"""
BACKTEST = """
result = program.backtest("sample:AAPL", engine="interpreted")
result.trades, result.equity, result.series["quick"], result.stats["sharpe"], result.summary()
"""


@pytest.mark.parametrize(
    ("body", "allowed"),
    [
        (PUSH, {"lark"}),
        (BACKTEST, {"numpy", "pyarrow", "pandas", "lark"}),  # pyarrow imports pandas where there is one
        ("sg.evaluate('rsi(close, 14)', 'sample:AAPL', engine='interpreted')", {"numpy", "lark"}),
    ],
    ids=["session", "backtest", "evaluate"],
)
def test_the_interpreted_engine_needs_nothing_native(body: str, allowed: set[str]) -> None:
    text = f"import sys\nimport stratagem as sg\nprogram = sg.compile({str(GOLDEN_CROSS)!r})\n{body}\n"
    text += f"print(*sorted({HEAVY} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) <= allowed


def test_the_package_itself_costs_nothing() -> None:
    text = f"import sys\nimport stratagem\nprint(*sorted({HEAVY} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_every_public_name_is_there() -> None:
    assert dir(sg) == sorted(sg.__all__)
    assert all(getattr(sg, name) is not None for name in sg.__all__)
    with pytest.raises(AttributeError, match="no attribute 'backtset'"):
        sg.backtset  # noqa: B018


def test_the_names_of_the_surface(monkeypatch: pytest.MonkeyPatch) -> None:
    program = sg.compile(GOLDEN_CROSS)
    calls: list[Callable[..., object]] = [program.backtest, program.session, program.sweep, program.verify]
    assert all(callable(call) for call in calls)
    assert issubclass(sg.RunError, ValueError) and issubclass(sg.DataError, ValueError)


def test_what_is_plotted_under_a_name_is_what_that_name_shows() -> None:
    bars = make_bars(6, 50)
    result = sg.compile('let x = open\nplot close as "x"\n').backtest(bars)
    assert (result.series["x"] == bars.close).all()


# --- what a caller may give wrongly --------------------------------------------------------------------

PLAIN = (
    'param n = 5 in 2 to 9\nlet line = sma(close, n)\nenter long when close > line size 50%\nplot close as "price"\n'
)
MISTAKES: tuple[tuple[str, Callable[[sg.CompiledProgram], object], str], ...] = (
    ("text", lambda p: sg.compile(None), "`compile` takes the text of a program or a path, found None"),  # type: ignore[arg-type]
    ("number", lambda p: sg.compile(5), "`compile` takes the text of a program or a path, found 5"),  # type: ignore[arg-type]
    ("expression", lambda p: sg.evaluate(5, BARS), "`evaluate` takes an expression as text"),  # type: ignore[arg-type]
    ("engine", lambda p: p.backtest(BARS, engine="gpu"), "engine: expected native or interpreted, found 'gpu'"),
    ("no engine", lambda p: p.session(timeframe="1d", engine=None), "expected native or interpreted, found None"),
    (
        "timeframe",
        lambda p: p.backtest("sample:AAPL", timeframe=5),
        "timeframe: expected a timeframe such as 30s.*found 5",
    ),
    ("live timeframe", lambda p: p.session(timeframe=5), "expected a timeframe such as 30s.*found 5"),
    ("names", lambda p: p.backtest(BARS, params={5: 5}), "`params` is a mapping of names to values.*found the name 5"),  # type: ignore[dict-item]
    ("pairs", lambda p: p.backtest(BARS, params=[("n", 5)]), r"`params` is a mapping .*; found \[\('n', 5\)\]"),  # type: ignore[arg-type]
    ("a setting", lambda p: p.session("n=5", timeframe="1d"), "`params` is a mapping .*; found 'n=5'"),  # type: ignore[arg-type]
    ("assumptions", lambda p: p.backtest(BARS, assumptions=5), "`assumptions` is a mapping .* found 5"),
    ("capital, twice", lambda p: p.backtest(BARS, capital=5, assumptions={"capital": 6}), "keep one of the two"),
    ("zone, twice", lambda p: p.session(tz="UTC", timezone="UTC", timeframe="1d"), "keep one of the two"),
    ("policy", lambda p: p.backtest(BARS, data_policy="drop"), "`data_policy` is called `policy` here: policy='drop'"),
)


@pytest.mark.parametrize(("call", "told"), [(call, told) for _, call, told in MISTAKES], ids=[m[0] for m in MISTAKES])
def test_a_mistake_is_told_in_an_error_of_our_own(call: Callable[[sg.CompiledProgram], object], told: str) -> None:
    with pytest.raises((sg.RunError, sg.DataError), match=told):
        call(sg.compile(PLAIN))


def test_bytes_are_text() -> None:
    assert sg.compile(PLAIN.encode()).plan.source_hash == sg.compile(PLAIN).plan.source_hash
    assert sg.evaluate(b"close + 1", BARS)[0] == BARS.close[0] + 1


def test_the_series_of_a_result_have_names() -> None:
    series = sg.compile(PLAIN).backtest(BARS).series
    assert list(series) == ["line", "price"] and len(series) == 2
    assert "line" in series and "lin" not in series
    assert (dict(series)["price"] == BARS.close).all()
    with pytest.raises(KeyError, match="no series 'lin'; it has line, price"):
        series["lin"]


def test_an_error_of_a_snapshot_is_one_of_running() -> None:
    assert issubclass(sg.SnapshotError, sg.RunError)
    with pytest.raises(sg.RunError):
        sg.compile(PLAIN).session(timeframe="1d").restore(b"nothing")


def test_a_file_that_is_not_there_is_told_by_its_own_name(tmp_path: Path) -> None:
    """However long the way to it is."""
    with pytest.raises(FileNotFoundError, match=r"nowhere\.strat' cannot be read"):
        sg.compile(tmp_path / ("a" * 120) / "nowhere.strat")
