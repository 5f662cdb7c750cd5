"""A host: its functions, columns and records, what it takes away, and that nobody else sees any of it."""

from __future__ import annotations

import copy
import gc
import math
import subprocess
import sys

import numpy as np
import pytest
import stratagem as sg
from stratagem.lang.analysis.hover import standing_at
from stratagem.lang.analysis.offers import may_stand
from stratagem.runtime.native.subset import faults
from stratagem.stdlib import arith
from stratagem.stdlib.arith import div


def filtered(f, k, w, source: float, gain: float = 0.25) -> float:
    """A filter with a fixed gain."""
    if source != source:
        return arith_nan
    if k[0] == 0:
        k[0] = 1
        f[0] = source
    f[0] += gain * (source - f[0])
    return f[0]


arith_nan = arith.NAN


def channel(f, k, w, source: float, length: int = 3) -> float:
    """The mean of the last values, and how far they are apart."""
    w[k[0]] = source
    k[0] = 0 if k[0] + 1 == length else k[0] + 1
    k[1] += 1 if k[1] < length else 0
    if k[1] < length:
        f[0] = arith_nan
        return arith_nan
    low = source
    high = source
    total = 0.0
    for place in range(length):
        total += w[place]
        if w[place] < low:
            low = w[place]
        if w[place] > high:
            high = w[place]
    f[0] = high - low
    return div(total, length + 0.0)


def quiet(f, k, w, calm: bool, source: float) -> bool:
    """Whether it is calm, and the price is not missing."""
    return calm and source == source


def made(**options):
    host = sg.Host(**options)
    host.function(filtered, unit="source", floats=1, ints=[1], missing="recursive", example="filtered(close, 0.1)")
    host.function(
        channel, unit="source", floats=1, ints=[lambda length: length - 1, lambda length: length], missing="windowed",
        window=lambda length: length, warmup=lambda length: length - 1, first="middle", outputs={"width": 0},
    )  # fmt: skip
    host.function(quiet, missing="event")
    host.column("funding", "ratio", meaning="What a long position pays.")
    host.column("risky", condition=True)
    host.record("quote", {"bid": "price", "ask": "price"})
    return host


HOST = made()
TEXT = """
param length = 3 in 2 to 9
let smooth = filtered(close)
let band = channel(close, length)
let spread = quote.ask - quote.bid
enter long when cross_above(close, smooth) and quiet(not risky, close) and funding < 1%
exit long when close < smooth or band.width > 3 * spread
plot filtered(close, 0.5) @ 1w
"""


def data(count=300):
    at = np.arange(count)
    close = 100 + 5 * np.sin(at / 7) + at % 3
    return {"ts": np.datetime64("2024-01-01") + at, "open": close, "high": close + 1, "low": close - 1, "close": close,
            "funding": 0.001 + 0 * close, "risky": at % 11 == 0, "quote.bid": close - 1,
            "quote.ask": close + 1}  # fmt: skip


# --- one meaning -----------------------------------------------------------------------------------


def test_a_program_with_all_of_it_means_one_thing_in_every_engine():
    verdict = HOST.compile(TEXT).verify(data())
    assert verdict, verdict.text()
    result = HOST.compile(TEXT).backtest(data())
    assert result.stats["trades"] > 3
    values = result.series["smooth"]
    f, k, own = [0.0], [0], []
    for close in data()["close"].tolist():
        own.append(filtered(f, k, [], close))
    assert values.tolist() == own
    width = [max(data()["close"][i - 2 : i + 1]) - min(data()["close"][i - 2 : i + 1]) for i in range(2, 300)]
    assert result.series["band.width"].tolist()[2:] == width and np.isnan(result.series["band.width"][:2]).all()


def test_sweeps_sessions_and_several_symbols_know_it():
    program = HOST.compile(TEXT)
    for engine in ("native", "interpreted"):
        table = program.sweep(data(), {"length": [3, 4]}, engine=engine)
        assert table.column("trades").to_pylist()[0] == program.backtest(data()).stats["trades"]
    assert program.verify({"A": data(60), "B": data(60)}, effort=None)
    session = program.session(timeframe="1d")
    rows, extra = data(40), ("funding", "risky", "quote.bid", "quote.ask")
    for at in range(40):
        bar = sg.Bar(str(rows["ts"][at]), *(float(rows[name][at]) for name in ("open", "high", "low", "close")))
        session.push(bar, {name: float(rows[name][at]) for name in extra})
        if at == 20:
            kept = session.snapshot()
            session = made().compile(TEXT).session(timeframe="1d", engine="native")  # the same host, made anew
            session.restore(kept)
    assert session.equity == program.backtest({k: v[:40] for k, v in rows.items()}).equity["equity"][39].as_py()


def test_a_number_beyond_what_there_can_be_is_missing():
    host = sg.Host()

    @host.function
    def huge(f, k, w, source: float) -> float:
        """Too much."""
        return source * 1e300

    for engine in ("native", "interpreted"):
        assert np.isnan(host.evaluate("huge(close)", data(), engine=engine)).all()
        assert host.evaluate("is_na(huge(close)) or huge(close) > 0", data(), engine=engine).all()


def test_a_session_runs_where_there_is_no_numpy():
    text = """
import sys
class Blocked:
    def find_spec(self, name, *where):
        if name.split(".")[0] in ("numpy", "numba", "llvmlite", "pyarrow"):
            raise ImportError(name)
sys.meta_path.insert(0, Blocked())
import stratagem as sg
host = sg.Host()
@host.function
def twice(f, k, w, source: float) -> float:
    "Twice the price."
    return 2 * source
program = host.compile("enter long when twice(close) > 20\\nexit long when close < 9")
session = program.session(timeframe="1d", limits=sg.Limits(native=False, seconds=60), cancel=sg.Cancel())
kinds = [event.kind for day in (1, 2) for event in session.push(sg.Bar(f"2024-01-0{day}", 11, 12, 10, 11))]
session.restore(session.snapshot())
print(*kinds, session.bars)
"""
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["decision", "order", "2"], done.stderr


# --- hosts apart -------------------------------------------------------------------------------------


def test_two_hosts_do_not_see_each_other():
    def one(f, k, w, source: float) -> float:
        """Of one host."""
        return source + 1.0

    def other(f, k, w, source: float) -> float:
        """Of the other."""
        return source + 2.0

    first, second, none = sg.Host(), sg.Host(), sg.Host()
    first.function(one, name="shifted")
    second.function(other, name="shifted")
    close = data()["close"]
    for engine in ("interpreted", "native"):
        assert (first.evaluate("shifted(close)", data(), engine=engine) == close + 1).all()
        assert (second.evaluate("shifted(close)", data(), engine=engine) == close + 2).all()
    for text in (none.compile, sg.compile):
        with pytest.raises(sg.CompileError, match="shifted"):
            text("plot shifted(close)")
    assert first.compile("plot shifted(close)").registry != second.compile("plot shifted(close)").registry


def test_a_program_keeps_what_it_was_compiled_with():
    host = made()
    program = host.compile(TEXT)
    host.remove("filtered")
    with pytest.raises(sg.CompileError, match="filtered"):
        host.compile(TEXT)
    del host
    gc.collect()
    assert program.backtest(data(), engine="interpreted").series["smooth"][5] > 0
    assert copy.deepcopy(program).backtest(data(), engine="interpreted").stats["trades"] > 3


def test_a_changed_function_is_another_in_caches_and_snapshots():
    def shifted(by):
        host = sg.Host()

        def step(f, k, w, source: float) -> float:
            """Keeps a sum."""
            f[0] += source + by
            return f[0]

        host.function(step, name="total_of", floats=1)
        return host.compile("enter long when total_of(close) > 500\nexit long when total_of(close) < 0")

    one, two = shifted(1.0), shifted(2.0)
    assert one.plan.ops != two.plan.ops
    session = one.session(timeframe="1d")
    session.push(sg.Bar("2024-01-01", 1, 1, 1, 1))
    shifted(1.0).session(timeframe="1d").restore(session.snapshot())
    with pytest.raises(sg.SnapshotError):
        two.session(timeframe="1d").restore(session.snapshot())


# --- taking away -------------------------------------------------------------------------------------


def test_what_is_taken_away_cannot_be_called_but_the_library_goes_on_to():
    host = sg.Host(without=["ema", "column", "sma"])
    assert len(host.evaluate("macd(close).signal", data(), engine="interpreted")) == 300
    for text in ("plot ema(close, 3)", 'plot column("funding")'):
        with pytest.raises(sg.CompileError, match="taken it away"):
            host.compile(text)

    def ema(f, k, w, source: float) -> float:
        """Another one."""
        return source

    host.function(ema)
    assert (host.evaluate("ema(close)", data(), engine="interpreted") == data()["close"]).all()
    plain = sg.evaluate("macd(close).signal", data(), engine="interpreted")
    assert np.array_equal(host.evaluate("macd(close).signal", data(), engine="interpreted"), plain, equal_nan=True)


# --- faces -------------------------------------------------------------------------------------------


def test_faces_know_the_names_of_the_host():
    text = "let x = filtered(close)\nlet y = quote.\n"
    analysis = HOST.analyse(text)
    names = {offer.name: offer for offer in may_stand(analysis, text.index("filt")).offers}
    assert names["filtered"].detail == "filtered(source, gain = 0.25)" and names["funding"].detail == "ratio"
    assert [o.name for o in may_stand(analysis, text.index("quote.") + 6).offers] == ["bid", "ask"]
    standing = standing_at(analysis, text.index("filt") + 1)
    assert standing is not None and "A filter with a fixed gain." in standing.lines
    assert "What a long position pays." in standing_at(HOST.analyse("plot funding"), 7).lines
    assert [row.name for row in HOST.functions("filt")] == ["filtered"]
    assert HOST.functions("filtered")[0].written_in == "host"
    assert "rsi" not in [row.name for row in sg.Host(without=["rsi"]).functions("rsi")]


def test_explain_and_why_call_things_by_their_names():
    program = HOST.compile(TEXT)
    told = str(program.explain())
    assert "filtered(close, gain 0.25)" in told and "quote.ask" in told and "__" not in told
    why = str(program.why(data(), trade=1, engine="interpreted"))
    assert "filtered(close)" in why and "quote.ask" in why and "__" not in why


def test_a_name_of_the_host_is_no_name_for_a_definition():
    with pytest.raises(sg.CompileError, match="already means something"):
        HOST.compile("let funding = 3\nplot funding")
    for text, what in (("plot funds", "funding"), ("plot filterd(close)", "filtered")):
        with pytest.raises(sg.CompileError) as error:
            HOST.compile(text)
        assert what in error.value.diagnostics[0].notes[0].message
    with pytest.raises(sg.CompileError, match="own clock"):
        HOST.compile("plot quote.bid @ 1w")


def test_verify_finds_a_function_that_remembers_beside_its_state():
    host, seen = sg.Host(), [0]

    @host.function(version="1", native=False)
    def drifting(f, k, w, source: float) -> float:
        """Counts its calls where nobody keeps them."""
        seen[0] += 1
        return source + seen[0]

    program = host.compile("let x = drifting(close)\nenter long when x > 200\nexit long when close < 99")
    verdict = program.verify(data(90))
    assert not verdict and "drifting" in verdict.text()


# --- what a function may not do ----------------------------------------------------------------------


def failing(body, **options):
    host = sg.Host()
    names = {"math": math}
    text = "def bad(f, k, w, source: float) -> float:\n    'What it is.'\n" + body
    exec(text, names)
    host.function(names["bad"], floats=1, **options)
    return host


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("    return 1 / 0", "ZeroDivisionError"),
        ("    return None", "gave None"),
        ("    return 'x'", "gave 'x'"),
        ("    return 10 ** 400", "expected a float"),
        ("    return f[9]", "IndexError"),
        ("    return [source]", "expected a float"),
        ("    raise SystemError('x' * 500)", "SystemError"),
    ],
)
def test_a_function_that_raises_or_gives_no_value_is_one_clear_error(body, told):
    host = failing(body)
    with pytest.raises(sg.HostError, match="`bad`") as error:
        host.evaluate("bad(close)", data(), engine="interpreted")
    assert told in str(error.value) and len(str(error.value)) < 300
    with pytest.raises(sg.RunError, match="interpreted"):
        host.evaluate("bad(close)", data(), engine="native")


def test_a_bar_in_which_a_function_fails_has_not_run():
    host = sg.Host()

    @host.function(floats=1)
    def summed(f, k, w, source: float) -> float:
        """Fails at 13, after it has changed its state."""
        f[0] += source
        if source == 13.0:
            raise ValueError("unlucky")
        return f[0]

    session = host.compile("enter long when summed(close) > 20\nexit long when close > 90").session(timeframe="1d")
    session.push(sg.Bar("2024-01-01", 10, 10, 10, 10))
    before = session.snapshot()
    with pytest.raises(sg.HostError, match="unlucky"):
        session.push(sg.Bar("2024-01-02", 13, 13, 13, 13))
    assert session.snapshot() == before and session.bars == 1
    session.push(sg.Bar("2024-01-03", 12, 12, 12, 12))
    several = session.program.session(timeframe="1d", symbols=["A", "B"])
    with pytest.raises(sg.HostError, match="restore"):
        several.push({"A": sg.Bar("2024-01-02", 13, 13, 13, 13), "B": sg.Bar("2024-01-02", 1, 1, 1, 1)})
    with pytest.raises(sg.RunError, match="closed"):
        several.push({"A": sg.Bar("2024-01-03", 1, 1, 1, 1), "B": sg.Bar("2024-01-03", 1, 1, 1, 1)})


@pytest.mark.parametrize(
    "body",
    ["    return source / 2.0", "    return source ** 2", "    return math.exp(source)", "    return max(source, 1.0)",
     "    assert source\n    return source", "    return source % 3", "    return len([source]) + 0.0",
     "    try:\n        return source\n    except ValueError:\n        return 0.0"],
)  # fmt: skip
def test_what_could_differ_in_native_code_is_not_made_native(body):
    host = failing(body)
    with pytest.raises(sg.RunError, match=r"`bad` cannot be native code.*interpreted"):
        host.evaluate("bad(close)", data(), engine="native")


def test_what_steps_of_this_package_use_is_native():
    for step in (filtered, channel, quiet):
        assert not list(faults(step))


def test_a_function_kept_from_native_code_runs_interpreted_unless_asked_otherwise():
    host = failing("    return math.fabs(source)", native=False)
    program = host.compile("let x = bad(close)\nenter long when x > 104\nexit long when x < 100")
    assert program.backtest(data()).stats["trades"] > 1 and program.verify(data())
    assert len(host.evaluate("bad(close)", data())) == 300
    with pytest.raises(sg.RunError, match="not for native"):
        program.backtest(data(), engine="native")


# --- what is refused when it is added ------------------------------------------------------------------


def impure(box):
    def step(f, k, w, source: float) -> float:
        """Reads a list."""
        return source + box[0]

    return step


def test_what_reads_things_that_change_needs_a_version():
    host = sg.Host()
    with pytest.raises(sg.RunError, match=r"`box`.*version="):
        host.function(impure([1.0]), name="boxed")
    host.function(impure([1.0]), name="boxed", version="1", native=False)
    assert host.evaluate("boxed(close)", data())[0] == 101.0
    with pytest.raises(sg.RunError, match="another version"):
        sg.Host().function(impure([2.0]), name="boxed", version="1", native=False)
    sg.Host().function(impure([2.0]), name="boxed", version="2", native=False)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"name": "rsi"}, "already"), ({"name": "close"}, "means something"), ({"name": "Big"}, "small letters"),
        ({"name": "a__b"}, "underscores"), ({"unit": "furlong"}, "unit"), ({"missing": "never"}, "missing"),
        ({"missing": "event"}, "bool"), ({"floats": -1}, "floats"), ({"window": lambda n: n}, "window"),
        ({"outputs": {"x": 0}}, "first"), ({"first": "a", "outputs": {"b": 7}}, "slot"),
        ({"first": "a", "outputs": {"a": 0}}, "two outputs"), ({"ints": 3}, "ints"), ({"warmup": -1}, "warmup"),
    ],
)  # fmt: skip
def test_what_is_said_wrongly_of_a_function_is_refused(options, told):
    with pytest.raises(sg.RunError, match=told):
        sg.Host().function(filtered, **{"floats": 1, "ints": [1], "name": "own", **options})


def test_what_is_no_step_is_refused():
    def without_state(source: float) -> float:
        """X."""

    def untold(f, k, w, source: float) -> float: ...

    def untyped(f, k, w, source) -> float:
        """X."""

    def default(f, k, w, n: int = 2.5) -> float:
        """X."""

    def result(f, k, w, source: float):
        """X."""

    for step, told in ((without_state, "state first"), (untold, "docstring"), (untyped, "`source`"),
                       (default, "default"), (result, "-> float"), (len, "Python function")):  # fmt: skip
        with pytest.raises(sg.RunError, match=told):
            sg.Host().function(step)


def test_columns_and_what_is_taken_away_are_checked():
    host = made()
    for wrong in (
        lambda: host.column("funding"), lambda: host.column("close"), lambda: host.column("x", "miles"),
        lambda: host.record("quote", {"x": "price"}), lambda: host.record("r", {}), lambda: host.remove("rsj"),
        lambda: sg.Host(without=["smaa"]), lambda: host.function(filtered),
    ):  # fmt: skip
        with pytest.raises(sg.RunError):
            wrong()
    assert repr(sg.Host()) == "<Host: the language as it is>" and "funding" in repr(host)


class Unshown:
    def __repr__(self) -> str:
        raise RuntimeError("no repr")


ODD = (None, 3, -1, "x" * 5000, b"x", 1.5, float("nan"), [], {}, (1,), np.zeros(2), Unshown(), "\ud800", True, len,
       object)  # fmt: skip
SAID = ("name", "unit", "floats", "ints", "window", "warmup", "missing", "first", "outputs", "event", "range",
        "example", "version", "native")  # fmt: skip
GIVEN = {
    "without": lambda odd: sg.Host(odd), "one without": lambda odd: sg.Host([odd]),
    "limits": lambda odd: sg.Host(limits=odd), "column": lambda odd: sg.Host().column(odd),
    "unit": lambda odd: sg.Host().column("abc", odd), "condition": lambda odd: sg.Host().column("abc", condition=odd),
    "record": lambda odd: sg.Host().record(odd, {"a": "price"}), "fields": lambda odd: sg.Host().record("abc", odd),
    "field": lambda odd: sg.Host().record("abc", {"a": odd}), "remove": lambda odd: sg.Host().remove(odd),
    "function": lambda odd: sg.Host().function(odd), "compile": lambda odd: sg.Host().compile(odd),
    "of compile": lambda odd: sg.Host().compile("plot close", limits=odd),
    "evaluate": lambda odd: sg.Host().evaluate(odd, data(9)), "functions": lambda odd: sg.Host().functions(odd),
    "analyse": lambda odd: sg.Host().analyse(odd), "within": lambda odd: sg.within(odd).__enter__(),
    **{f"said {said}": lambda odd, said=said: sg.Host().function(quiet, **{said: odd}) for said in SAID},
}  # fmt: skip


@pytest.mark.parametrize("name", GIVEN)
def test_what_is_odd_is_taken_or_told(name):
    for odd in ODD:
        try:
            GIVEN[name](odd)
        except (sg.RunError, sg.CompileError) as error:
            assert len(str(error)) < 2_000
