"""What a host allows a text it does not trust: every limit is met by what exceeds it, and a run can be stopped."""

from __future__ import annotations

import copy
import time
from contextlib import nullcontext
from threading import Timer

import numpy as np
import pytest
import stratagem as sg
from stratagem.runtime import limits as held

TEXT = b"""
param length = 3 in 2 to 9
enter long when cross_above(close, sma(close, length))
exit long when cross_below(close, sma(close, length))
"""
BUSY = b"enter long when close > open\nexit long when close <= open\n"


def data(count=400):
    at = np.arange(count)
    middle = 100 + 5 * np.sin(at / 50)
    close = middle - 0.5 + at % 2
    return {"ts": np.datetime64("2024-01-01") + at, "open": middle, "high": middle + 1, "low": middle - 1,
            "close": close, "volume": close}  # fmt: skip


def told(error):
    return error.value.diagnostics[0].code


# --- the text --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limits", "text", "code"),
    [
        ({"source": 40}, TEXT, "E607"),
        ({"state": 200}, b"enter long when close > sma(close, 100)\n  stop 1%", "E605"),
        ({"cost": 20}, b"enter long when close > sma(close, 9) + sma(close, 8)\n  stop 1%", "E606"),
        ({"code": 100}, TEXT, "E610"),
    ],
)
def test_a_text_beyond_a_limit_does_not_compile(limits, text, code, tmp_path):
    sg.compile(text)  # what is kept of it is no way around
    with pytest.raises(sg.CompileError) as error:
        sg.compile(text, limits=sg.Limits(**limits))
    assert told(error) == code
    file = tmp_path / "a.strat"
    file.write_bytes(text)
    with pytest.raises(sg.CompileError) as error:
        sg.compile(file, limits=sg.Limits(**limits))
    assert told(error) == code


def test_an_expression_has_the_limits_of_a_text():
    for limits, code in (({"source": 10}, "E607"), ({"state": 200}, "E605"), ({"cost": 20}, "E606")):
        with pytest.raises(sg.CompileError) as error:
            sg.evaluate("sma(close, 100) + sma(close, 99)", data(), limits=sg.Limits(**limits), engine="interpreted")
        assert told(error) == code


def test_a_text_as_bytes_names_no_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret.strat").write_text("plot close")
    with pytest.raises(sg.CompileError):
        sg.compile(b"secret.strat")


def test_a_text_without_a_file_reads_no_universe_that_lies_about(tmp_path, monkeypatch):
    text = b"universe notes\nenter long when close > open\nexit long when close <= open\n"
    panel = {"A": data(9), "B": data(9)}
    there_is_none = sg.compile(text).backtest(panel, engine="interpreted")
    monkeypatch.chdir(tmp_path)
    for ending in ("txt", "yaml", "yml"):
        (tmp_path / f"notes.{ending}").write_text("password: hunter2\n")
    result = sg.compile(text).backtest(panel, engine="interpreted")
    assert result.notes == there_is_none.notes and result.equity.equals(there_is_none.equity)
    assert sg.compile(text).session(timeframe="1d", symbols=["A"]).symbols == ("A",)
    (tmp_path / "a.strat").write_bytes(text)
    (tmp_path / "sub").mkdir()
    for name in ("../notes", str(tmp_path / "notes"), "sub/../../notes"):
        (tmp_path / "sub" / "b.strat").write_bytes(text.replace(b"notes", f'"{name}"'.encode()))
        with pytest.raises(sg.RunError, match="beside its file"):
            sg.compile(tmp_path / "sub" / "b.strat").backtest(panel, engine="interpreted")
    with pytest.raises(sg.DataError, match="notes"):  # beside the program's own file it is read
        sg.compile(tmp_path / "a.strat").backtest(panel, engine="interpreted")


# --- a run -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limits", "name"), [({"bars": 399}, "bars"), ({"rows": 50}, "rows"), ({"seconds": 1e-9}, "seconds")]
)
def test_a_run_beyond_a_limit_is_stopped(limits, name):
    program = sg.compile(BUSY)
    for engine in ("interpreted", "native"):
        with pytest.raises(sg.LimitError) as error:
            program.backtest(data(), engine=engine, limits=sg.Limits(**limits))
        assert error.value.limit == name and "limit" in str(error.value)
    wide = program.backtest(data(), limits=sg.Limits(bars=400, rows=1000, seconds=60))
    assert wide.equity.equals(program.backtest(data()).equity)


def test_limits_of_the_program_hold_for_its_runs_unless_others_are_given():
    program = sg.compile(BUSY, limits=sg.Limits(rows=50, native=False))
    for again in (program, copy.deepcopy(program), program.with_zone("Europe/Berlin")):
        with pytest.raises(sg.LimitError):
            again.backtest(data())
    assert program.backtest(data(), limits=sg.Limits(native=False)).stats["trades"] > 50


def test_without_native_code_the_interpreted_engine_runs_and_no_other():
    limits = sg.Limits(native=False)
    program = sg.compile(TEXT)
    result = program.backtest(data(), limits=limits)
    assert result.stats["trades"] == program.backtest(data()).stats["trades"] > 0
    assert program.verify(data(), limits=limits)
    assert len(program.sweep(data(), {"length": [3, 4]}, limits=limits)) == 2
    assert program.why(data(), trade=1, limits=limits)
    for run in (program.backtest, program.why, lambda *a, **o: program.sweep(*a, {"length": [3]}, **o)):
        with pytest.raises(sg.LimitError, match="interpreted"):
            run(data(), engine="native", limits=limits)
    with pytest.raises(sg.LimitError, match="interpreted"):
        program.session(timeframe="1d", engine="native", limits=limits)


def test_a_sweep_has_a_limit_of_combinations_and_stops():
    program = sg.compile(TEXT)
    with pytest.raises(sg.LimitError) as error:
        program.sweep(data(), {"length": range(3, 9)}, limits=sg.Limits(combinations=5))
    assert error.value.limit == "combinations"
    for engine in ("native", "interpreted"):
        token, seen = sg.Cancel(), []

        def progress(done, of, token=token, seen=seen):
            seen.append(done)
            token.cancel()

        with pytest.raises(sg.Cancelled):
            program.sweep(data(), {"length": range(3, 9)}, engine=engine, progress=progress, cancel=token)
        assert len(seen) == 1


def test_several_symbols_have_the_limits_of_one():
    program, panel = sg.compile(BUSY), {"A": data(), "B": data()}
    for engine in ("native", "interpreted"):
        for limits in ({"bars": 399}, {"rows": 100}, {"seconds": 1e-9}):
            with pytest.raises(sg.LimitError):
                program.backtest(panel, engine=engine, limits=sg.Limits(**limits))
    with pytest.raises(sg.LimitError, match="interpreted"):
        program.backtest(panel, engine="native", limits=sg.Limits(native=False))
    assert program.backtest(panel, limits=sg.Limits(native=False)).stats["trades"] > 100


def test_a_portfolio_of_strategies_keeps_to_what_is_held_around_it():
    share = {"drawdown": "50% then flatten"}
    both = sg.portfolio({"a": sg.compile(BUSY), "b": sg.compile(TEXT)}, limits=share)
    for limits in (sg.Limits(bars=399), sg.Limits(rows=20), sg.Limits(seconds=1e-9)):
        with pytest.raises(sg.LimitError), sg.within(limits):
            both.backtest(data(), engine="interpreted")
    with sg.within(sg.Limits(rows=5000)):
        assert both.backtest(data(), engine="interpreted").stats["trades"] > 100


    for limits in (sg.Limits(bars=399), sg.Limits(rows=20), sg.Limits(seconds=1e-9)):
        with pytest.raises(sg.LimitError) as error:
            both.backtest(data(), engine="interpreted", limits=limits)
        assert getattr(limits, error.value.limit) is not None
    token = sg.Cancel()
    token.cancel()
    with pytest.raises(sg.Cancelled):
        both.backtest(data(), cancel=token)
    with sg.within(sg.Limits(native=False)):
        assert both.backtest(data(20))
    with pytest.raises(sg.LimitError, match="native"):
        both.backtest(data(), engine="native", limits=sg.Limits(native=False))
    with pytest.raises(sg.LimitError, match="limit is 10"):
        both.verify(data(11), limits=sg.Limits(bars=10))


def test_a_live_portfolio_of_strategies_has_limits_and_a_token():
    both = sg.portfolio({"a": sg.compile(BUSY), "b": sg.compile(TEXT)})
    token = sg.Cancel()
    session = both.session(timeframe="1d", cancel=token)
    session.push({"a": bars(1)[0], "b": bars(1)[0]})
    token.cancel()
    with pytest.raises(sg.Cancelled):
        session.push({"a": bars(2)[1]})
    for name, most in (("bars", 5), ("rows", 5), ("seconds", 1e-9)):
        limits = sg.Limits(**{name: most})
        own, held_around = both.session(timeframe="1d", limits=limits), both.session(timeframe="1d")
        for session, around in ((own, None), (held_around, limits)):
            with pytest.raises(sg.LimitError) as error, sg.within(around):
                for bar in bars(30):
                    session.push({"a": bar, "b": bar})
            assert error.value.limit == name and session.events < 30
            again = {"a": bars(30)[session.events]}
            with pytest.raises(sg.LimitError) if session is own else nullcontext():
                copy.deepcopy(session).push(again)


def test_what_is_held_is_held_over_texts_sessions_and_what_is_made_of_a_result(tmp_path):
    below = ({"source": 20}, "E607"), ({"cost": 9}, "E606"), ({"state": 9}, "E605"), ({"code": 50}, "E610")
    for limits, code in below:
        for made in (lambda: sg.compile(TEXT), lambda: sg.evaluate("sma(close, 9) + sma(close, 8)", data(20))):
            with pytest.raises(sg.CompileError) as error, sg.within(sg.Limits(**limits)):
                made()
            assert told(error) == code
    with pytest.raises(sg.CompileError), sg.within(sg.Limits(source=2 << 20)):  # no more than is said of a text
        sg.compile(TEXT, limits=sg.Limits(source=40))
    session = sg.compile(BUSY).session(timeframe="1d")
    session.push(bars(9)[0])
    with pytest.raises(sg.LimitError, match="2 bars"), sg.within(sg.Limits(bars=2)):
        for bar in bars(9)[1:]:
            session.push(bar)
    assert session.bars == 3 and session.push(bars(9)[3]) is not None
    result = sg.compile(BUSY).backtest(data(60), engine="interpreted")
    page, folder = tmp_path / "r.html", tmp_path / "w"
    for make in (lambda: result.report(page), lambda: result.write(folder), result.metrics):
        token = sg.Cancel()
        with pytest.raises(sg.Cancelled), sg.within(None, token):
            token.cancel()
            make()
    assert not any(tmp_path.rglob("*.*"))


def test_a_sweep_keeps_to_rows_whatever_it_measures():
    for metric in ("return", "sharpe"):
        with pytest.raises(sg.LimitError) as error:
            sg.compile(TEXT).sweep(data(), {"length": range(3, 9)}, metric=metric, limits=sg.Limits(rows=1))
        assert error.value.limit == "rows"


# --- stopping ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ["interpreted", "native"])
@pytest.mark.parametrize("symbols", [1, 2])
def test_a_run_is_cancelled_in_its_middle(engine, symbols, monkeypatch):
    """Between blocks: with a token there are many, and the last that ran is the one in which it was said."""
    monkeypatch.setattr(held, "_NATIVE", 1)
    monkeypatch.setattr(held, "_INTERPRETED", 1)
    token, looks, plain = sg.Cancel(), [], held.Watch.look

    def look(self, rows=0):
        looks.append(rows)
        if len(looks) == 5:
            token.cancel()
        plain(self, rows)

    monkeypatch.setattr(held.Watch, "look", look)
    given = data() if symbols == 1 else {"A": data(), "B": data()}
    with pytest.raises(sg.Cancelled):
        sg.compile(BUSY).backtest(given, engine=engine, cancel=token)
    assert len(looks) == 5 and looks[-1] > 0 and repr(token) == "<Cancel: cancelled>"


def test_a_long_run_ends_soon_after_it_is_cancelled_from_another_thread():
    program, token = sg.compile(BUSY), sg.Cancel()
    Timer(0.2, token.cancel).start()
    began = time.monotonic()
    with pytest.raises(sg.Cancelled):
        while True:  # until it is noticed: within a run, or before the next
            program.backtest(data(50_000), engine="interpreted", cancel=token)
    assert time.monotonic() - began < 5
    with pytest.raises(sg.Cancelled):
        sg.evaluate("close", data(), cancel=token)


def test_blocks_decide_nothing(monkeypatch):
    program = sg.compile(TEXT)
    whole = {engine: program.backtest(data(), engine=engine) for engine in ("native", "interpreted")}
    monkeypatch.setattr(held, "_NATIVE", 1)
    monkeypatch.setattr(held, "_INTERPRETED", 1)
    for engine, result in whole.items():
        again = program.backtest(data(), engine=engine, cancel=sg.Cancel())
        assert again.equity.equals(result.equity) and again.trades.equals(result.trades)
    table = program.sweep(data(), {"length": range(3, 9)})
    assert program.sweep(data(), {"length": range(3, 9)}, cancel=sg.Cancel()).equals(table)


# --- a session ---------------------------------------------------------------------------------------


def bars(count):
    rows = data(count)
    return [sg.Bar(str(ts), *map(float, row)) for ts, *row in zip(*rows.values(), strict=True)]


def test_a_session_has_limits_and_a_token():
    program = sg.compile(BUSY)
    for limits, name in (({"bars": 20}, "bars"), ({"rows": 20}, "rows"), ({"seconds": 1e-9}, "seconds")):
        session = program.session(timeframe="1d", limits=sg.Limits(**limits))
        with pytest.raises(sg.LimitError) as error:
            for bar in bars(100):
                session.push(bar)
        before = session.snapshot()
        assert error.value.limit == name
        with pytest.raises(sg.LimitError):
            copy.deepcopy(session).push(bars(100)[session.bars])
        assert session.snapshot() == before, "what is refused changes nothing"
    token = sg.Cancel()
    session = program.session(timeframe="1d", cancel=token)
    session.push(bars(2)[0])
    token.cancel()
    with pytest.raises(sg.Cancelled):
        session.push(bars(2)[1])
    assert session.bars == 1


def test_a_session_of_several_has_them_too():
    session = sg.compile(BUSY).session(timeframe="1d", symbols=["A", "B"], limits=sg.Limits(bars=3))
    with pytest.raises(sg.LimitError):
        for bar in bars(9):
            session.push({"A": bar, "B": bar})
    assert session.bars == 3


# --- the value itself --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [{"source": 0}, {"bars": -1}, {"rows": 1.5}, {"seconds": 0}, {"seconds": float("nan")}, {"seconds": "5"},
     {"native": 1}, {"combinations": None}, {"cost": True}],
)  # fmt: skip
def test_what_is_no_limit_is_refused(wrong):
    with pytest.raises(sg.RunError, match=next(iter(wrong))):
        sg.Limits(**wrong)


def test_what_is_no_limits_or_token_is_refused():
    program = sg.compile(TEXT)
    for run in (lambda **o: program.backtest(data(), **o), lambda **o: sg.evaluate("close", data(), **o)):
        with pytest.raises(sg.RunError, match=r"sg\.Limits"):
            run(limits={"seconds": 5})
        with pytest.raises(sg.RunError, match=r"sg\.Cancel"):
            run(cancel=True)
    with pytest.raises(sg.RunError, match=r"sg\.Limits"):
        sg.compile(TEXT, limits=5)


# --- hostile texts -----------------------------------------------------------------------------------

DOUBLED = "".join(f"fn f{n}(x) = f{n - 1}(x) + f{n - 1}(x + {n})\n" for n in range(1, 40)) + "fn f0(x) = x + 1\n"
HOSTILE = {
    "nested": f"plot {'(' * 4000}close{')' * 4000}",
    "functions that double": f"{DOUBLED}\nplot f39(close)",
    "a great many averages": "\n".join(f"plot sma(close, {n}) as \"{n}\"" for n in range(2, 900)),
    "a great many entries": "\n".join(f"enter long when close > sma(close, {n})\n  stop 1%" for n in range(2, 500)),
    "a window of the whole memory": "enter long when close > highest(close, 9_000_000)\n  stop 1%",
    "a window by a parameter": "param n = 2 in 2 to 1e12\nenter long when close > highest(close, n)\n  stop 1%",
    "a great many parameters": "\n".join(f"param p{n} = {n} in 1 to 5000" for n in range(1, 1500)) + "\nplot close",
    "clocks that grow": "\n".join(f"plot ema(close, 9) @ forming {n}d as \"{n}\"" for n in range(2, 400)),
    "an order on every bar": "enter long when true\n  size 1%\n  scale 50\n  expire 1 bars",
    "one long line": "#" * 90_000,
    "no text": bytes(range(256)) * 40,
    "half of a pair": "plot \ud800",
    "a long number": f"plot {'9' * 20_000}",
    "a long name": f"let {'a' * 20_000} = 1\nplot {'a' * 20_000}",
    "a name that is a path": "../../../etc/passwd.strat",
    "a template": 'alert "{__import__(\'os\').system(\'true\')}" when close > 1',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_costs_little_and_ends_in_one_clear_error_or_in_a_result(name):
    limits = sg.Limits(source=100_000, state=1 << 20, cost=3_000, code=15_000, rows=2_000, seconds=1.5, native=False)
    began = time.process_time()
    try:
        result = sg.Host(limits=limits).compile(HOSTILE[name]).backtest(data())
    except (sg.CompileError, sg.LimitError) as error:
        assert len(str(error)) < 20_000
    else:
        assert result.stats["bars"] == 400
    assert time.process_time() - began < 20.0


def test_compiling_is_stopped_in_its_middle():
    with pytest.raises(sg.LimitError, match="seconds"):
        sg.compile(DOUBLED.encode() + b"plot f39(close)", limits=sg.Limits(seconds=0.02))
    token = sg.Cancel()
    Timer(0.1, token.cancel).start()
    with pytest.raises(sg.Cancelled), sg.within(None, token):
        sg.compile(DOUBLED.encode() + b"plot f39(close)")
