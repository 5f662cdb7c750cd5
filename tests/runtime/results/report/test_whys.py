"""Why a trade was entered and left, in the page: what is packed, what is said of the rest, and in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import stratagem as sg
from stratagem.runtime.results.metrics.run import Measured
from stratagem.runtime.results.report.page import page
from stratagem.runtime.results.report.sections import explained
from stratagem.runtime.results.report.whys import whys
from stratagem.runtime.why import many

from .. import made
from . import test_browser
from .test_pack import unpacked
from .test_page import Elements, data_of

TEXT = """
let momentum = rsi(close, 14)
enter long when momentum < 30 and close > 0 stop 5%
exit long when momentum > 60
"""


def output() -> Any:
    return sg.compile(TEXT).backtest("sample:IBM", engine="interpreted").output


def test_numbers_of_the_page_are_those_of_the_run() -> None:
    out = output()
    found = data_of(page(Measured(out)))["why"]
    assert found["count"] == len(out.trades) and found["missing"] == ""
    enter = found["statements"][0]
    assert (enter["label"], enter["line"]) == ("enter long", 3)
    told = next(part for part in enter["parts"] if part.get("name") == "momentum")
    values = unpacked(enter["columns"][str(told["value"])])
    momentum, orders = out.series["momentum"], {int(row[0]): int(row[1]) for row in out.orders}
    rows = unpacked(found["columns"]["entry_row"])
    decided = [orders[int(trade[21])] for trade in out.trades]
    assert [values[int(row)] for row in rows] == pytest.approx([momentum[at] for at in decided], rel=1e-6)


def test_no_part_says_what_goes_without_saying() -> None:
    for statement in whys(output())["statements"]:
        for part in statement["parts"]:
            assert "" not in part.values() and -1 not in part.values() and None not in part.values()


def test_a_result_that_no_run_made_says_that_none_is_explained() -> None:
    out = made.traded(300)
    text = page(Measured(out))
    assert data_of(text)["why"]["count"] == 0
    assert "Which trades say why: none, as this result was not made by a run" in "".join(Elements(text).texts)


@pytest.mark.parametrize(
    ("count", "trades", "told"),
    [(7, 7, ""), (0, 0, ""),
     (2000, 13858, "Which trades say why: the last 2,000 of 13,858 trades do; "
                   "<code>strat why --trade N</code> explains any."),
     (0, 3, "Which trades say why: none, as &lt;b&gt;.")],
)  # fmt: skip
def test_the_page_says_how_many_are_explained(count: int, trades: int, told: str) -> None:
    assert explained(count, trades, "<b>" if trades and not count else "") == told


@pytest.mark.skipif(test_browser.BROWSER is None, reason="no Chromium on this machine to open the page in")
def test_a_click_tells_why_and_a_name_filters(tmp_path: Path) -> None:
    script = """
    const filter = element("filter");
    const type = (text) => { filter.value = text; filter.dispatchEvent(new Event("input")); };
    told.hidden = element("why").hidden;
    type("#2"); document.querySelector("#table tbody tr").click();
    told.second = element("why").textContent;
    told.marks = Array.from(document.querySelectorAll("#why li"), (line) => line.className);
    element("after").click(); told.third = element("why").querySelector("h3").textContent;
    type("momentum < 25"); told.filtered = rows().length; told.place = element("place").textContent;
    type("momentum >= 25"); told.other = element("place").textContent;
    type("momentum"); told.words = element("place").textContent;
    """
    out = output()
    found = test_browser.told(out, script, tmp_path)
    assert found["hidden"] is True
    assert "Entered by \u201center long\u201d, line 3:" in found["second"] and "rsi(close, 14)" in found["second"]
    assert found["marks"][:2] == ["held", "held"]
    assert found["third"].startswith("Trade 3: long")
    orders = {int(row[0]): int(row[1]) for row in out.orders}
    below = sum(out.series["momentum"][orders[int(trade[21])]] < 25 for trade in out.trades)
    assert 0 < below < len(out.trades)
    assert found["place"].endswith(f"of {below}") and found["other"].endswith(f"of {len(out.trades) - below}")
    assert found["words"].endswith(f"of {len(out.trades)}")


@pytest.mark.skipif(test_browser.BROWSER is None, reason="no Chromium on this machine to open the page in")
def test_a_trade_beyond_the_bound_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "CELLS", 40)
    script = """
    const filter = element("filter");
    const type = (text) => { filter.value = text; filter.dispatchEvent(new Event("input")); };
    type("#1"); document.querySelector("#table tbody tr").click(); told.first = element("why").textContent;
    """
    assert "trades are explained here; strat why --trade N explains any." in test_browser.told(
        output(), script, tmp_path)["first"]  # fmt: skip
