"""Several symbols in the page: the table of what each brought, whose candles there are, each trade with its symbol."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import numpy as np
from stratagem.runtime.data.panel import Panel
from stratagem.runtime.results.metrics.run import Measured
from stratagem.runtime.results.output import Plot, RunOutput
from stratagem.runtime.results.report.by_symbol import DRAWN
from stratagem.runtime.results.report.page import page
from stratagem.runtime.results.report.part_table import is_shown

from ..made import traded
from ..several.made import panel, run, walk
from .test_pack import unpacked


def data_of(text: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert found
    made: dict[str, Any] = json.loads(found[1])
    return made


def test_each_symbol_has_a_line_most_first() -> None:
    text = page(Measured(run()))
    section = text[text.index("<section id='symbols'>") :].split("</section>")[0]
    names = re.findall(r"<tr><td>(\w+)</td>", section)
    assert names == ["WHOLE", "LATE", "EARLY"] and '<a href="#symbols">' in text
    assert "Money that is no symbol&#x27;s" not in section, "what is nothing in cents is not told"


def test_money_that_is_no_symbols_is_told_from_half_a_cent_on() -> None:
    assert [is_shown(money) for money in (-0.004, 0.0, 0.005, -2.0)] == [False, False, True, True]
    out = run()
    section = page(Measured(replace(out, equity=out.equity + 1.25)))
    assert "Money that is no symbol&#x27;s, rounding among it: +1.25." in section


def test_the_reader_picks_whose_candles_are_drawn() -> None:
    text = page(Measured(run()))
    assert re.findall(r"<option value='(-?\d+)'>([\w ]+)<", text)[:4] == [
        ("-1", "the index of all"), ("0", "WHOLE"), ("1", "LATE"), ("2", "EARLY"),
    ]  # fmt: skip
    made = data_of(text)
    late = made["symbols"][1]
    close, own = np.array(unpacked(late["columns"]["close"])), panel()["LATE"]
    assert late["at"] == 1 and len(close) == 300
    np.testing.assert_array_equal(close[close == close], own.close)
    assert np.isnan(close[:60]).all()  # it had not begun
    assert made["names"] == ["WHOLE", "LATE", "EARLY"]


def test_trades_know_their_symbols_and_stand_at_events() -> None:
    out = run()
    made = data_of(page(Measured(out)))["trades"]
    assert out.several is not None
    np.testing.assert_array_equal(unpacked(made["columns"]["symbol"]), out.several.trades)
    np.testing.assert_array_equal(unpacked(made["columns"]["exit_index"]), out.trades[:, 6])


def test_plots_are_each_symbols_own() -> None:
    out = run()
    assert out.several is not None
    bars = out.several.bars
    series = [{"mean": each.close * 2.0, "wish": each.close > 90} for each in bars]
    several = replace(out.several, series=series.__getitem__)
    made = data_of(page(Measured(replace(out, several=several, plots=(Plot("mean", "price"), Plot("wish"))))))
    values = unpacked(made["symbols"][2]["over"][0]["values"])
    np.testing.assert_allclose(values[:150], bars[2].close * 2.0, rtol=1e-8)
    assert set(unpacked(made["symbols"][0]["below"][0]["values"])) <= {0.0, 1.0}
    assert [plot["title"] for plot in made["over"] + made["below"]] == ["mean", "wish"]


def test_of_many_symbols_those_are_drawn_that_were_traded_most() -> None:
    count = DRAWN + 3
    many = Panel(tuple(walk(f"S{place:02d}", range(60), place) for place in range(count)))
    text = page(Measured(run(many, count, sizes=[float(1 + place) for place in range(count)])))
    drawn = [symbol["at"] for symbol in data_of(text)["symbols"]]
    assert drawn == sorted(drawn) and len(drawn) == DRAWN and not {0, 1, 2} & set(drawn)
    assert f"the {DRAWN} bought and sold most; 3 others in" in text


def test_panes_tell_gross_value_and_how_many_are_held() -> None:
    data = data_of(page(Measured(run())))
    assert data["choices"][0]["title"] == "symbols held" and {"net", "gross"} <= set(data["columns"])


def test_names_of_symbols_are_texts_and_nothing_else() -> None:
    out: RunOutput = run(Panel((walk("<b>&'", range(60), 1), walk("</script>", range(60), 2))), 2)
    text = page(Measured(out))
    assert "<b>&'" not in text and "&lt;b&gt;&amp;&#x27;" in text
    assert data_of(text)["names"] == ["<b>&'", "</script>"]


def test_a_run_of_one_symbol_has_no_choice() -> None:
    text = page(Measured(traded(100)))
    assert "id='symbols'" not in text and "<select id='symbol' hidden></select>" in text
    assert data_of(text)["names"] == [] and data_of(text)["symbols"] == []
