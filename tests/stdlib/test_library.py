"""The index is what the `.strat` files say, finding needs no parser, and the catalogue leaves nothing out."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from stratagem.lang.compile import check_text
from stratagem.stdlib import library, synonyms
from stratagem.stdlib.builtins import BUILTINS
from stratagem.stdlib.catalogue import FAMILIES, catalogue, search
from stratagem.stdlib.operator import REGISTRY
from stratagem.tools import build_index

STDLIB = Path(library.__file__).parent
FILES = sorted((STDLIB / "indicators").glob("*.strat"))
NAMES = library.names()


def test_the_index_is_up_to_date() -> None:
    assert (STDLIB / "index.json").read_text(encoding="utf-8") == build_index.render(build_index.complete()), (
        "run python -m stratagem.tools.build_index"
    )


def test_every_function_of_the_files_is_found() -> None:
    written = [n for path in FILES for n in re.findall(r"^fn (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)]
    assert list(NAMES) == written and len(set(written)) == len(written)


@pytest.mark.parametrize("name", NAMES)
def test_an_entry_is_one_whole_function(name: str) -> None:
    entry = library.find(name)
    assert entry is not None and entry.name == name
    text = library.source(entry)
    assert text.startswith(f"fn {name}(") and text == text.strip()
    assert text.count("fn ") == 1 and "#" not in text
    assert text.count("(") == text.count(")") and text.count("{") == text.count("}")
    assert "\n" not in text or text.split("\n")[-1].startswith("  return ")


@pytest.mark.parametrize("name", NAMES)
def test_an_entry_is_documented(name: str) -> None:
    entry = library.find(name)
    assert entry is not None
    assert re.search(r"Example: `.+`", entry.doc), "an example"
    assert f"{name}(" in entry.doc, "an example that calls it"
    assert entry.family in FAMILIES


def test_parameters_and_their_defaults() -> None:
    entry = library.find("macd")
    assert entry is not None
    assert entry.parameters == (
        ("source", None), ("fast", "12"), ("slow", "26"), ("signal", "9"), ("aligned", "false"),
    )  # fmt: skip
    vwap = library.find("vwap")
    assert vwap is not None and vwap.parameters == (("source", "hlc3()"), ("anchor", "new_day()"))


def test_what_is_not_there() -> None:
    assert library.find("no_such_function") is None


def test_no_name_is_taken_twice() -> None:
    names = [*NAMES, *REGISTRY, *(str(row["name"]) for row in BUILTINS)]
    assert len(names) == len(set(names))


def test_a_name_defined_twice_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "indicators").mkdir()
    for file in ("a", "b"):
        (tmp_path / "indicators" / f"{file}.strat").write_text("fn twice(x) = x\n", encoding="utf-8")
    monkeypatch.setattr(build_index, "STDLIB", tmp_path)
    with pytest.raises(ValueError, match="twice"):
        build_index.index()


def test_the_scanner_finds_boundaries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "indicators").mkdir()
    one = "fn a(x = f(1, 2), y = { p: 1 }, z) = x"
    two = "fn b()\n  let c = 1\n  return c"
    text = f"# head\n\n## One.\n## Two.\n{one}\n\n## Next.\n{two}\n"
    (tmp_path / "indicators" / "x.strat").write_text(text, encoding="utf-8")
    monkeypatch.setattr(build_index, "STDLIB", tmp_path)
    first, second = build_index.index()
    assert first["doc"] == "One.\nTwo." and second["doc"] == "Next."
    assert first["parameters"] == [["x", "f(1, 2)"], ["y", "{ p: 1 }"], ["z", None]] and second["parameters"] == []
    assert (first["start"], first["end"]) == (text.index(one), text.index(one) + len(one))
    assert (second["start"], second["end"]) == (text.index(two), text.index(two) + len(two))


def test_finding_imports_nothing_heavy() -> None:
    code = (
        "import sys; from stratagem.stdlib import library; library.source(library.find('macd'));"
        "print([m for m in ('numpy', 'numba', 'llvmlite', 'lark', 'stratagem.lang.syntax') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_units_and_warmups_are_the_compilers() -> None:
    macd, tr, bb = library.find("macd"), library.find("tr"), library.find("bb")
    assert macd is not None and tr is not None and bb is not None
    assert macd.warmup == {"line": 25, "signal": 33, "hist": 33} and set(macd.unit.values()) == {"distance"}
    assert tr.warmup == {"": 0} and tr.unit == {"": "distance"}
    assert set(bb.unit.values()) == {"price"}, "a band is a level, not a distance"


@pytest.mark.parametrize("name", "dema tema hma vwma swma trima hl2 hlc3 ohlc4 hlcc4 vwap".split())
def test_an_average_of_prices_is_a_price(name: str) -> None:
    entry = library.find(name)
    assert entry is not None and entry.unit == {"": "price"}


# --- the catalogue -------------------------------------------------------------------------------


def test_the_catalogue_has_everything_once() -> None:
    rows = catalogue()
    assert {r.name for r in rows} == {*NAMES, *REGISTRY, *(str(row["name"]) for row in BUILTINS)}
    assert len(rows) == len({r.name for r in rows})
    assert [FAMILIES.index(r.family) for r in rows] == sorted(FAMILIES.index(r.family) for r in rows)


@pytest.mark.parametrize("row", catalogue(), ids=lambda r: r.name)
def test_a_row_is_complete(row) -> None:  # type: ignore[no-untyped-def]
    assert row.signature.startswith(f"{row.name}(") and row.signature.endswith(")")
    assert row.meaning and row.unit and row.warmup and row.missing and row.example
    assert row.meaning.endswith((".", "?")) or ":" in row.meaning
    assert "Formula:" not in row.meaning and "Example:" not in row.meaning


def test_rows_of_operators_say_warmup_and_unit() -> None:
    rows = {r.name: r for r in catalogue()}
    assert rows["sma"].warmup == "length - 1" and rows["sma"].unit == "that of source"
    assert rows["pivot_high"].warmup == "left + right" and rows["cross_above"].unit == "bool"
    assert rows["stdev"].signature == "stdev(source, length, sample = false)"
    assert rows["stdev"].unit == "a distance of source" and rows["barssince"].unit == "bars"


def test_words_of_traders_find_functions_that_there_are() -> None:
    known = {row.name for row in catalogue()}
    meant = {name for said in synonyms._FUNCTIONS for name in synonyms.functions(said)}
    assert meant <= known
    found = {said: [row.name for row in search(said)][:2] for said in ("breakout", "Crossover", "pct_change", "mean")}
    assert found["breakout"] == ["highest", "lowest"] and found["Crossover"][0] == "cross_above"
    assert found["pct_change"] == ["roc"] and found["mean"] == ["sma", "average"]
    assert not known & set(synonyms._FUNCTIONS), "a name of ours means itself"
    assert "watch VIX" in synonyms.otherwise("VIX") and not synonyms.otherwise("rsi")


def test_search() -> None:
    assert search("rsi")[0].name == "rsi"
    assert {"ema", "dema", "tema"} <= {r.name for r in search("exponential moving")}
    assert search("no such thing") == ()


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("iMA", "sma ema wma"), ("iRSI", "rsi"), ("iMACD", "macd"), ("iBands", "bb"), ("iStochastic", "stochastic"),
        ("iATR", "atr"), ("iCCI", "cci"), ("iADX", "adx"), ("iSAR", "sar"), ("iMomentum", "mom"), ("iWPR", "wpr"),
        ("iMFI", "mfi"), ("iOBV", "obv"), ("iStdDev", "stdev"), ("iHighest", "highest"), ("iFractals", "pivot_high"),
        ("iOsMA", "macd"), ("SMA", "sma"), ("BBANDS", "bb"), ("STOCH", "stochastic"), ("WILLR", "wpr"),
        ("MAX", "highest"),
        ("MIN", "lowest"), ("talib.MAX", "highest"), ("max", "max"), ("STDDEV", "stdev"), ("PLUS_DI", "dmi"),
        ("LINEARREG_SLOPE", "linreg_slope"), ("TRANGE", "tr"), ("rolling", "sma stdev sum highest lowest median"),
        ("ewm", "ema"), ("shift", "history"), ("pct_change", "roc"), ("diff", "change"), (".rolling(20).mean()", "sma"),
        ("rolling mean", "sma"), ("df.close.shift(1)", "history"), ("cummax", "highest_since"), ("ta.sma", "sma"),
        ("ta.crossover", "cross_above"), ("ta.pivothigh", "pivot_high"), ("AVERAGE", "sma"), ("average", "average"),
        ("OFFSET", "history"), ("HHV", "highest"), ("XAverage", "ema"), ("np.argmax", "highest_bars"),
    ],
)  # fmt: skip
def test_names_of_other_tools_find_the_function_first(asked: str, first: str) -> None:
    found = [row.name for row in search(asked)]
    assert found[: len(first.split())] == first.split() and len(found) == len(set(found))


@pytest.mark.parametrize(
    "asked", ["iClose", "request.security", "np.where", "PPO", "iAO", "input.int", "strategy.entry"]
)
def test_of_what_is_no_function_it_is_told_how_it_is_said(asked: str) -> None:
    assert synonyms.otherwise(asked)


def test_what_is_told_in_place_of_a_function_compiles() -> None:
    for said in synonyms._OTHERWISE.values():
        for code in re.findall(r"`([^`]+)`", said):
            if code == "@":
                continue
            whole = code.partition(" ")[0] in ("watch", "enter", "fn", "param")
            text = code.replace("…", "close > open") if whole else f"let a = {code}"
            if " of " in code:
                text = f"watch SPY, VIX\n{text}"
            assert not [each for each in check_text(text).diagnostics if each.is_error], code
