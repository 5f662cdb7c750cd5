"""What is told of orders that rest and levels that move, and of which nothing is said; each fix is what is meant."""

from __future__ import annotations

from dataclasses import replace

import pytest
from stratagem.lang.compile import check_text
from stratagem.lang.diagnostics.model import Diagnostic
from stratagem.lang.diagnostics.render import apply_fixes

END = "\nexit long when close < open\nexit short when close > high[1]"


def said(clauses: str, side: str = "long", head: str = "") -> list[Diagnostic]:
    return list(check_text(f"{head}enter {side} when close > open {clauses}{END}").diagnostics)


QUIET = [
    "limit 1%", "limit close", "limit low", "limit close - 2 * atr(14)", "limit lowest(low, 5)", "trigger 1%",
    "trigger high", "trigger highest(high, 20)", "trigger close + atr(14)", "trigger high limit high + 5ticks",
    "limit 1% valid 5 bars until close < open", "limit lowest(low, 5) stop lowest(low, 5) - atr(14)",
    "trigger 5% stop close * 1.02", "limit 5% target close * 0.98", "limit 5% stop close * 0.94",
    "trigger highest(high, 20) stop close", "limit 2% stop 1% target 2r",
    "stop 2% take 50% at 1r stop 0r after 1r", "stop 2% take 25% at 1r take 75% at 2r",
    "stop 2% stop entry + 1r after 2r",
    "stop 1% trail 2% after 1r",
    "stop 2% stop entry - 0.5r after 1r", "stop 2% stop entry + 0.5r after 1r",
    "stop 2% stop entry + 3 * (entry - low) after 1r", "stop 2% target highest(high, 20)[1] - lowest(low, 20)[1]",
]  # fmt: skip


@pytest.mark.parametrize("clauses", QUIET)
def test_nothing_is_said_of_ordinary_orders(clauses: str) -> None:
    assert said(f"{clauses}\nassume tick 0.01") == []


@pytest.mark.parametrize("clauses", ["limit 1% valid n bars", "limit 1% valid 2 * n bars", "expire n bars"])
def test_what_may_last_for_no_bar_is_refused(clauses: str) -> None:
    for head, code in (("param n = 0\n", "E206"), ("param n = 2 in 0 to 5\n", "E206"), ("param n = 2 in 1 to 5\n", "")):
        errors = [found for found in said(clauses, head=head) if found.severity == "error"]
        assert [found.code for found in errors] == [code] * bool(code)


TOLD = [
    ("limit close * 1.01", "W511", "hint"), ("limit high", "W511", "hint"), ("trigger close * 0.99", "W511", "warning"),
    ("trigger low", "W511", "warning"), ("trigger high limit 1%", "W511", "hint"),
    ("limit 1% fill this_close", "E417", "error"), ("trigger high fill next_open", "E417", "error"),
    ("valid 5 bars", "E418", "error"), ("until close < open", "E418", "error"), ("valid day", "E418", "error"),
    ("limit 1% valid 0", "E415", "error"), ("limit 1% valid 2.5", "E204", "error"),
    ("limit 1% valid 1%", "E408", "error"),
    ('limit 1% valid "16:00"', "E024", "error"), ("limit 1% valid session", "E901", "error"),
    ("limit 1% valid next_open", "E408", "error"), ("limit 1% until close", "E201", "error"),
    ("limit na", "E408", "error"), ("trigger na", "E408", "error"), ("stop na", "E408", "error"),
    ("limit 0%", "E415", "error"), ("trigger volume", "E408", "error"), ("limit close > open", "E201", "error"),
    ("limit 1% limit 2%", "E401", "error"), ("stop 1% stop 2%", "E401", "error"),
    ("trail 1% trail 2% after 3%", "E401", "error"), ("target 2% after 1%", "E402", "error"),
    ("expire 5 bars after 2%", "E402", "error"), ("take 0% at 2%", "E415", "error"),
    ("take 120% at 2%", "E415", "error"),
    ("take 50 at 2%", "E404", "error"), ("take 10% at volume", "E408", "error"), ("take close at 1%", "E404", "error"),
    ("take 60% at 1% take 60% at 2%", "W510", "warning"), ("stop -1% after 2%", "E415", "error"),
    ("take 10% at 1% take 10% at 2% take 10% at 3% take 10% at 4% take 10% at 5%", "E419", "error"),
    ("stop entry after 1% stop entry after 2% stop entry after 3% stop entry after 4%", "E419", "error"),
    ("stop 2% take 50% at -1r", "W503", "warning"), ("stop 2% target -2r", "W503", "warning"),
    ("stop 2% target 0r", "W503", "warning"), ("stop 2% trail 1% after -1r", "W503", "warning"),
    ("stop 2% take 50% at entry - 0.5r", "W503", "warning"), ("stop 2% stop entry - 2r after 0r", "W503", "warning"),
    ("take 50% at valuewhen(position.flat, position.high)", "W502", "warning"),
    ("stop 1% expire friday", "E408", "error"), ("limit 1% valid monday", "E408", "error"),
    ("stop 1% scale friday", "E409", "error"), ("stop 2% take 50% at target target 4%", "E101", "error"),
    ("limit 1% valid 5", "W512", "warning"), ("expire 20", "W512", "warning"),
    ("stop entry after entry * 0.9", "W503", "warning"), ("take 50% at close * 0.9", "W503", "warning"),
    ("stop 2% stop entry + 2r after 1r", "W503", "warning"), ("stop 2% stop entry + 1r after 1r", "W503", "warning"),
    ("stop 2% stop entry - 1r after 1r", "W503", "warning"), ("trail 2% stop entry - 2r after 1r", "W503", "warning"),
    ("limit 5% stop close * 0.98", "W503", "warning"), ("trigger 5% target close * 1.02", "W503", "warning"),
    ("limit lowest(low, 9) stop lowest(low, 9) + atr(9)", "W503", "warning"),
    ("limit low stop high", "W503", "warning"),
    ("stop 2% take 50% at sma(close, 20)", "W501", "warning"), ("take 50% at position.high", "W502", "warning"),
    ('expire "9:30"', "E208", "error"), ('expire "24:00"', "E208", "error"), ('expire "noon"', "E208", "error"),
    ('expire "15:60"', "E208", "error"), ("expire session", "E901", "error"), ('expire "{close}"', "E208", "error"),
]  # fmt: skip


TEXTS = [f"enter long when close > open {clauses}{END}" for clauses, _, _ in TOLD]


@pytest.mark.parametrize(("clauses", "code", "severity"), TOLD)
def test_what_is_hardly_meant_is_told(clauses: str, code: str, severity: str) -> None:
    assert [(d.code, d.severity) for d in said(clauses)] == [(code, severity)]


@pytest.mark.parametrize(
    ("side", "clauses", "code"),
    [("short", "limit close * 0.99", "W511"), ("short", "trigger close * 1.01", "W511"),
     ("short", "take 50% at close * 1.1", "W503")],
)  # fmt: skip
def test_a_short_entry_sells(side: str, clauses: str, code: str) -> None:
    assert [d.code for d in said(clauses, side)] == [code]
    assert said(clauses.replace("0.99", "1.05").replace("1.01", "0.95").replace("1.1", "0.9"), side) == []


@pytest.mark.parametrize(
    ("clause", "mended"),
    [("stop lowest(low, 10)", "trigger lowest(low, 10)"), ("target highest(high, 10)", "limit highest(high, 10)"),
     ("target 5%", None), ("stop 2 * atr(14)", None), ("stop entry - 2", None), ("trail 2%", None)],
)  # fmt: skip
def test_an_exit_has_a_price_and_no_level_of_a_lot(clause: str, mended: str | None) -> None:
    """What counts from the fill of a lot would count from the close in an exit, so that no fix writes it there."""
    text = "enter long when close > open\nexit long when true "
    (told,) = (d for d in check_text(text + clause).diagnostics if d.code == "E402")
    assert bool(told.fixes) == (mended is not None)
    assert mended is None or (apply_fixes(text + clause, [told]) == text + mended and check_text(text + mended).program)


@pytest.mark.parametrize("leaving", ["", "\nexit long when close < open"])
@pytest.mark.parametrize("first", ["", "stop 3%\n", "expire 9 bars\n", "target 5%\n"])
def test_a_lot_that_never_gains_is_left_somewhere(first: str, leaving: str) -> None:
    found = check_text(f"enter long when close > open\n{first}stop entry after 2%{leaving}").diagnostics
    assert [d.code for d in found] == ["W601"] * (not first and not leaving)


@pytest.mark.parametrize(("takes", "told"), [
    ("take 50% at 2%", True), ("take 50% at 2% take 50% at 3%", False), ("param s = 50% take s at 2%", False),
    ("take 50% at 2% expire 9 bars", False), ("take 50% at 2% stop 0% after 2%", True),
])  # fmt: skip
def test_what_a_take_leaves_is_left_somewhere(takes: str, told: bool) -> None:
    head, _, clauses = takes.rpartition("take s") if takes.startswith("param") else ("", "", takes)
    found = check_text(f"{head}\nenter long when close > open {'take s' * bool(head)}{clauses}").diagnostics
    assert [d.code for d in found] == ["W601"] * told


@pytest.mark.parametrize(("life", "told"), [("1d", True), ("4h", True), ("2d", False), ("1 bars", False)])
def test_a_life_no_longer_than_a_bar_can_meet_no_bar(life: str, told: bool) -> None:
    """A bar of Friday's decision with `valid 1d` opens on Monday, more than a day later."""
    found = said(f"limit 1% valid {life}", head="on X every 1d\n")
    assert [d.code for d in found] == ["W508"] * told
    assert not told or "on none where that opens later" in found[0].message


@pytest.mark.parametrize("sign", ["-", "+"])
def test_of_a_short_lot_gain_is_below(sign: str) -> None:
    """Two risks below the fill lie beyond one; two above it behind the first stop."""
    (told,) = said(f"stop 2% stop entry {sign} 2r after 1r", "short")
    assert told.code == "W503"
    assert ("as soon as the price is there" in str(told.notes)) == (sign == "-")
    assert said(f"stop 2% stop entry {sign} 0.5r after 1r", "short") == []


@pytest.mark.parametrize(
    ("exit", "codes"),
    [
        ("exit long when true limit highest(high, 20)", []), ("exit long when true trigger lowest(low, 20)", []),
        ("exit long when true limit lowest(low, 20)", ["W511"]), ("exit long when true trigger close * 1.01", ["W511"]),
        ("exit long when true limit 1% size 50%", ["E406"]), ("exit long when true limit 1% size 50% once", []),
        ("exit long when true valid 5 bars", ["E418"]), ("exit long when true take 50% at 2%", ["E402"]),
        ("exit long when true limit 1% fill this_close", ["E417"]),
        ("exit short when true limit close * 1.01", ["W511"]),
    ],
)  # fmt: skip
def test_exits_that_rest(exit: str, codes: list[str]) -> None:
    enters = "enter long when close > open stop 1%\nenter short when close < open stop 1%\n"
    found = check_text(f"{enters}{exit}").diagnostics
    assert [d.code for d in found] == codes


def test_an_exit_that_rests_is_none_that_comes_too_early() -> None:
    head = "enter long when close > open fill this_close\n"
    assert [d.code for d in check_text(f"{head}exit long when true").diagnostics] == ["W504"]
    assert check_text(f"{head}exit long when true limit highest(high, 20)").diagnostics == ()
    assert said("limit 1%", head="assume fill this_close\n") == []


def test_levels_are_said_with_the_entry() -> None:
    (found,) = check_text("enter long when close > open\nexit long when true stop 2%").diagnostics
    assert found.code == "E402" and found.help.endswith("so far from a lot's fill is `stop`, a clause of its `enter`")
    (found,) = check_text("enter long when close > open\nexit long when true trail 2%").diagnostics
    assert found.code == "E402" and found.help.endswith("; what becomes of a lot is said with its `enter`")
    (found,) = said("once")
    assert found.code == "E402" and "lot" not in found.help


def test_there_must_be_something_to_cancel() -> None:
    enters = "enter long when close > open limit 1%\nenter short when close < open\n"
    found = check_text(f"{enters}cancel long when true\ncancel short when true{END}").diagnostics
    assert [(d.code, d.span.start) for d in found] == [("W604", len(enters) + len("cancel long when true\n"))]


def test_what_takes_the_whole_closes_the_position() -> None:
    assert check_text("enter long when close > open take 100% at 5%").diagnostics == ()


@pytest.mark.parametrize("frame", ["1d", "1w", "4h"])
def test_a_time_of_day_needs_bars_within_the_day(frame: str) -> None:
    for clause in ('expire "15:55"', "expire day", "expire next_open", "limit 1% valid day"):
        codes = [d.code for d in said(clause, head=f"on X every {frame}\n")]
        assert codes == (["E420"] if frame != "4h" and '"' in clause else [])


def test_a_life_within_one_bar_is_told() -> None:
    assert [d.code for d in said("limit 1% valid 90m", head="on X every 1d\n")] == ["W508"]
    assert said("limit 1% valid 90m", head="on X every 30m\n") == []


def test_one_condition_may_place_orders_on_both_sides() -> None:
    both = "enter long when close > open trigger high\nenter short when close > open trigger low"
    assert check_text(both).diagnostics == ()
    market = "enter long when close > open\nenter short when close > open"
    assert [d.code for d in check_text(market).diagnostics] == ["W506"]


# --- fixes ---------------------------------------------------------------------------------------------

MENDED = [
    ("target highest(high, 20)", "enter long when close > open\nexit long when true limit highest(high, 20)"),
    ("size 50% target sma(close, 20) cap 90%",
     "enter long when close > open size 50% cap 90%\nexit long when true limit sma(close, 20)"),
    ("stop sma(close, 20)", "enter long when close > open\nexit long when true trigger sma(close, 20)"),
    ("trail (if close > open then 1% else 2%)",
     "enter long when close > open\nexit long when true trigger "
     "position.high * (1 - (if close > open then 1% else 2%))"),
    ("trail if close > open then atr(5) else atr(9)", "enter long when close > open\nexit long when true trigger "
     "position.high - (if close > open then atr(5) else atr(9))"),
    ("valid 5 bars", "enter long when close > open"),
    ("limit 1% fill this_close", "enter long when close > open limit 1%"),
    ("fill this_close limit 1%", "enter long when close > open limit 1%"),
    ("limit -2%", "enter long when close > open limit 2%"),
    ("target 2r", "enter long when close > open target 2r\n  stop 2 * atr(14)"),
    ("take 50 at 1%", "enter long when close > open take 50% at 1%"),
    ('expire "9:30"', 'enter long when close > open expire "09:30"'),
    ('expire "4pm"', 'enter long when close > open expire "16:00"'),
    ('expire "12:05 AM"', 'enter long when close > open expire "00:05"'),
    ('expire "24:00"', "enter long when close > open expire day"),
    ('expire "1555"', 'enter long when close > open expire "15:55"'),
]  # fmt: skip


@pytest.mark.parametrize(("clauses", "mended"), MENDED)
def test_each_fix_is_what_is_meant(clauses: str, mended: str) -> None:
    found = said(clauses)
    text = f"enter long when close > open {clauses}{END}"
    fixed = apply_fixes(text, [replace(found[0], fixes=found[0].fixes[:1])])
    assert fixed == mended + END
    assert check_text(fixed).diagnostics == ()


@pytest.mark.parametrize(
    "clauses",
    ["risk 1% stop sma(close, 20)\nguard exposure 300%\n", "stop sma(close, 20) target 2r",
     "stop sma(close, 20) take 50% at entry + (entry - stop)", "stop 1% target sma(close, 20) + 1r"],
)  # fmt: skip
def test_a_level_that_others_count_from_is_not_taken_away(clauses: str) -> None:
    told = [d for d in said(clauses) if d.code == "W501"]
    assert len(told) == 1 and told[0].fixes == () and "exit long when true" in told[0].help


def test_of_a_short_position_the_other_way_round() -> None:
    (told,) = said("trail (if close > open then 1% else 2%)", "short")
    assert "`exit short when true trigger position.low * (1 + (if" in told.help
    (told,) = said("target lowest(low, 20)", "short")
    assert "`exit short when true limit lowest(low, 20)`" in told.help
