"""What an entry does to every limit, told with its order: before it, as asked and after it, by hand and as a law."""

from __future__ import annotations

import math

import pytest
import stratagem as sg
from stratagem.runtime.why.reading import LimitEffect

from .made import bar, history, run, statement

Effects = dict[str, LimitEffect]


def effects(result: sg.Result, order: int, number: int = 1) -> Effects:
    return {each.guard: each for each in statement(result.why(order=order), number).limits}


def reads(effect: LimitEffect) -> tuple[float, ...]:
    return effect.before, effect.asked, effect.after


def test_by_hand_what_fits_what_is_cut_and_what_is_denied() -> None:
    """Of 1,000 at 10: 80 units are 80 % and lose 2 of 10 each, 160. Half fits, 50 units. Then 50 at 12 are 600 of
    1,100, and 10 more would be 720: none fits; of the 20 that may still be lost there are 5; a second trade of the day
    would be one too many."""
    text = """guard exposure 50%
guard open_risk 20%
guard drawdown 10%
guard day_trades 1
enter long when close >= 10 size 80 units stop 8
enter long when close == 12 size 10 units scale 2 stop 8"""
    result = run(text, history([10, 10, 12], hours=1), capital=1_000)
    cut = effects(result, 0)
    assert reads(cut["exposure"]) == (0.0, 0.8, 0.5) and cut["exposure"].verdict == "cuts"
    assert reads(cut["open_risk"]) == pytest.approx((0.0, 0.16, 0.1)) and cut["open_risk"].verdict == "fits"
    assert reads(cut["drawdown"]) == (0.0, 0.0, 0.0) and reads(cut["day_trades"]) == (0.0, 1.0, 1.0)
    denied = effects(result, 1, 2)
    assert reads(denied["exposure"]) == pytest.approx((600 / 1_100, 720 / 1_100, 600 / 1_100))
    assert reads(denied["open_risk"]) == pytest.approx((200 / 1_100, 240 / 1_100, 200 / 1_100))
    assert reads(denied["day_trades"]) == (1.0, 2.0, 1.0)
    assert [each.verdict for each in denied.values()] == ["denies", "cuts", "fits", "denies"]
    told = " ".join(result.why(order=0).text().split())
    assert "guard exposure 50%: 0.00% before it, 80.00% as asked, 50.00% after it: cut to fit" in told
    assert "guard day_trades 1: 0 before it, 1 after it: it fits" in told
    found = result.why(order=1).to_json()["bar"]["statements"][0]["limits"][0]
    assert found["guard"] == "exposure" and (found["limit"], found["verdict"]) == (0.5, "denies")


def test_by_hand_what_it_costs_is_in_it_and_what_was_accepted_before_it_counts() -> None:
    """40 at 10 with 1 % of fee: 400 of 996. Beside them 40 more: 800 of 992, above 80 %. The floor of `loss` is 990."""
    text = """assume fee 1%
guard exposure 80%
guard loss 1%
enter long when close == 10 size 40 units
enter long when close == 10 size 40 units scale 2"""
    result = run(text, history([9, 10, 10]), capital=1_000)
    first, second = effects(result, 0), effects(result, 1, 2)
    assert reads(first["exposure"]) == pytest.approx((0.0, 400 / 996, 400 / 996))
    assert reads(first["loss"]) == pytest.approx((0.0, 0.004, 0.004))
    assert second["exposure"].before == pytest.approx(400 / 996) and second["exposure"].verdict == "cuts"
    assert second["exposure"].asked == pytest.approx(800 / 992) and second["exposure"].after == pytest.approx(0.8)
    assert second["loss"].before == pytest.approx(0.004) and second["loss"].verdict == "fits"


def test_what_is_halted_or_has_no_size_and_what_only_leaves() -> None:
    """A halt denies what every limit has room for; what leaves is asked by none; a missing size is refused before."""
    text = "guard loss 10% then halt\nenter long when close > 11 size 50%\nexit long when close < 10"
    result = run(text, history([10, 12, 12, 9, 12, 13, 13]))
    halted = statement(result.why(at="2024-01-06")).limits
    assert [(each.guard, each.verdict) for each in halted] == [("loss", "fits"), ("exposure", "fits")]
    left = statement(result.why(at="2024-01-04"), 2).limits
    assert [(each.guard, each.verdict) for each in left] == [("loss", "leaves"), ("exposure", "leaves")]
    unknown = run("enter long when close > 11 size sma(close, 5) / close", history([10, 12, 12]))
    assert statement(unknown.why(at="2024-01-02")).limits == ()


def test_by_hand_exits_in_parts_and_what_rests() -> None:
    """50 at 10, stop 8. At 12 equity is 1,100: 20 leave, and of the 30 that stay all, of which 5 are still said to
    rest at 15. A fee of 1 %: the purchase cost 5, so 20 of 50 leave with 2.4 of cost."""
    text = """guard exposure 80%
guard open_risk 20%
guard positions 1
guard orders_per_minute 3
guard day_trades 2
enter long when close == 10 size 50 units stop 8
exit long when close == 12 size 20 units once
exit long when close == 12 size 5 units once limit 15
exit long when close == 12"""
    result = run(text, history([10, 10, 12, 12], hours=1), capital=1_000)
    part, rest, all_ = (
        {each.guard: each for each in statement(result.why(at="2024-01-01T02:00"), n).limits} for n in (2, 3, 4)
    )
    assert reads(part["exposure"]) == pytest.approx((600 / 1_100, 360 / 1_100, 360 / 1_100))
    assert reads(part["open_risk"]) == pytest.approx((200 / 1_100, 120 / 1_100, 120 / 1_100))
    assert [reads(part[name])[::2] for name in ("positions", "orders_per_minute", "day_trades")] == [
        (1.0, 1.0), (0.0, 1.0), (1.0, 1.0),
    ]  # fmt: skip
    assert reads(rest["exposure"])[::2] == pytest.approx((360 / 1_100, 300 / 1_100))
    assert reads(all_["exposure"])[::2] == pytest.approx((360 / 1_100, 0.0))
    assert (all_["positions"].after, all_["open_risk"].after) == (0.0, 0.0)
    assert {each.verdict for each in (*part.values(), *rest.values(), *all_.values())} == {"leaves"}
    told = " ".join(result.why(at="2024-01-01T02:00").text().split())
    assert "guard exposure 80%: 54.55% before it, 32.73% after it guard open_risk" in told
    costs = run("assume fee 1%\n" + text, history([10, 10, 12, 12], hours=1), capital=1_000)
    first = {each.guard: each for each in statement(costs.why(at="2024-01-01T02:00"), 2).limits}
    assert reads(first["exposure"])[::2] == pytest.approx((600 / 1_095, 360 / 1_092.6))


def test_by_hand_an_entry_that_rests_is_weighed_at_its_own_price() -> None:
    """50 at 9 are 450, not the 500 of the close; the second counts beside the first, which rests."""
    text = """guard exposure 60%
enter long when close == 10 size 50 units limit 9
enter long when close == 10 size 50 units limit 8 scale 2"""
    result = run(text, history([9.5, 10, 9.5, 9.5]), capital=1_000)
    first, second = (
        {each.guard: each for each in statement(result.why(at="2024-01-02"), n).limits}["exposure"] for n in (1, 2)
    )
    assert reads(first) == pytest.approx((0.0, 0.45, 0.45)) and first.verdict == "fits"
    assert reads(second) == pytest.approx((0.45, 0.85, 0.6)) and second.verdict == "cuts"
    assert statement(result.why(at="2024-01-03")).limits == ()  # it rests as it is: no order


def test_by_hand_positions_to_hold_of_one_and_of_several() -> None:
    """10 at 100 of 1,000; at 200 of 2,000 half is 5: 5 leave. B is worth 50 a half: of what A leaves B gets its own."""
    text = "guard exposure 120%\nrebalance when close != 150\n  weight if close < 150 then 100% else 50%"
    one = run(text, history([100, 100, 200, 200]), capital=1_000)
    assert reads(effects(one, 0)["exposure"]) == pytest.approx((0.0, 1.0, 1.0))
    assert reads(effects(one, 1)["exposure"]) == pytest.approx((1.0, 0.5, 0.5))
    assert effects(one, 1)["exposure"].verdict == "leaves"
    flat = {"A": history([10.0, 10.0, 10.0]), "B": history([20.0, 40.0, 40.0])}
    pair = "stratagem 1\non A, B every 1d\nguard exposure 120%\nrebalance when close > 5\n  weight 50%"
    both = sg.compile(pair).backtest(flat, engine="interpreted", capital=1_000)
    assert [reads(effects(both, order)["exposure"])[::2] for order in range(2)] == [
        pytest.approx((0.0, 0.5)), pytest.approx((0.5, 1.0)),
    ]  # fmt: skip


def test_by_hand_legs_and_instructions() -> None:
    """Legs: 60 % of A, then 60 % of B short beside it, which 100 % cannot hold: all are denied. In turn: 60 % of A, out
    of it at the close after, and B then beside nothing."""
    flat = {"A": history([10.0] * 5), "B": history([20.0] * 5)}
    legs = """stratagem 1
on A, B every 1d
guard exposure 100%
atomic when close of A > 5
  buy A size 60%
  sell B size 60%"""
    result = sg.compile(legs).backtest(flat, engine="interpreted", capital=1_000)
    found = [
        {e.guard: e for s in result.why(order=order).bar.statements for e in s.limits}["exposure"] for order in (0, 1)  # type: ignore[union-attr]
    ]
    assert [reads(each) for each in found] == [pytest.approx((0.0, 0.6, 0.6)), pytest.approx((0.6, 1.2, 1.0))]
    assert [each.verdict for each in found] == ["fits", "cuts"]
    turns = """stratagem 1
on A, B every 1d
sequence when close of A > 5
  buy A size 60%
  flatten A
  buy B size 90%"""
    result = sg.compile(turns).backtest(flat, engine="interpreted", capital=1_000)
    found = [
        next(e for s in result.why(order=order).bar.statements for e in s.limits if e.guard == "exposure")  # type: ignore[union-attr]
        for order in range(3)
    ]
    assert [reads(each)[::2] for each in found] == [
        pytest.approx((0.0, 0.6)), pytest.approx((0.6, 0.0)), pytest.approx((0.0, 0.9)),
    ]  # fmt: skip


def test_what_is_sized_at_the_fill_or_arrives_late_says_so() -> None:
    """At its fill the order is asked anew; a wish that is late meets the books of its arrival: 40 at 12, not at 10."""
    text = """guard exposure 50%
enter long when close == 10 size 40 units
exit long when close == 12 size 100 cash once"""
    at_fill = run("assume sizing fill\n" + text, history([10, 10, 12, 12]), capital=1_000)
    assert [statement(at_fill.why(order=order), order + 1).settled for order in (0, 1)] == ["fill", "fill"]
    assert "sized at the fill" in " ".join(at_fill.why(order=0).text().split())
    plain = run(text, history([10, 10, 12, 12]), capital=1_000)
    assert statement(plain.why(order=0)).settled == "decision"
    late = run("assume latency 2 bars\n" + text, history([10, 11, 12, 12, 12]), capital=1_000)
    assert reads(effects(late, 0)["exposure"]) == pytest.approx((0.0, 0.48, 0.48))


def test_of_several_an_exit_frees_what_the_others_see() -> None:
    """A and B hold 40 % each. Both leave on the third day: B's exit finds A's part gone."""
    flat = {name: history([10.0, 10.0, 10.0, 9.0, 9.0]) for name in ("A", "B")}
    text = "stratagem 1\non A, B every 1d\nenter long when close >= 10\n  size 40%\nexit long when close < 10"
    result = sg.compile(text).backtest(flat, engine="interpreted", capital=1_000)
    rows = [row["order"] for row in result.orders.to_pylist() if row["kind"] == "exit"]
    found = [effects(result, order, 2)["exposure"] for order in rows]
    assert [reads(each)[::2] for each in found] == [
        pytest.approx((720 / 920, 360 / 920)), pytest.approx((360 / 920, 0.0)),
    ]  # fmt: skip


WILD = """assume fee 0.1%
assume slippage 0.1%
guard exposure 120%
guard net_exposure 100%
guard open_risk 6%
guard drawdown 12%
guard day_trades 2
guard orders_per_minute 2
enter long when close > sma(close, 3) size 50% scale 3 stop 4%
enter short when close < sma(close, 4) size 70% stop 3%
enter long when close > open[2] size 40% limit 1% valid 3 bars
enter long when close > sma(close, 3) size 20% scale 4
exit long when close < lowest(low, 6)[1]"""


def test_law_the_row_of_an_order_is_what_its_limits_say() -> None:
    """A limit that names an order denies or cuts it, one that is not named is not passed; readings keep limits."""
    walk = [100 + 9 * math.sin(at / 3) + 4 * math.sin(at * 1.7) for at in range(60)]
    result = run(WILD, history(walk, hours=6))
    seen = set()
    rows = [row for row in result.orders.to_pylist() if row["kind"] == "enter" and row["status"] != "conflict"]
    for row in rows:
        told = next(s for s in result.why(order=row["order"]).bar.statements if s.order is not None)  # type: ignore[union-attr]
        assert told.limits and told.order is not None and told.order["order"] == row["order"]
        named = {each.guard: each for each in told.limits}
        weighed = row["status"] == "denied" or (row["got"] == row["asked"] and not row["reason"])
        for each in told.limits:
            if each.after > each.limit * (1 + 1e-9):  # it was passed already, by prices
                assert each.after <= max(each.before, each.limit) * (1 + 1e-9)
            if weighed and row["status"] != "denied":
                assert each.verdict == "fits", (row, each)
        if row["status"] == "denied" and row["reason"] in named:
            assert named[row["reason"]].verdict == "denies", row
        seen.add((row["status"], row["reason"]))
    assert len(seen) >= 4 and {"denied", "filled"} <= {status for status, _ in seen}


def test_several_symbols_share_what_a_limit_reads() -> None:
    """A takes 60 %, so B asks for 60 % beside it, and C for as much beside all of the account."""
    flat = {name: history([price] * 4) for name, price in (("A", 10.0), ("B", 20.0), ("C", 30.0))}
    text = "guard positions 2\nguard exposure 100%\nenter long when close > 5\n  size 60%"
    result = sg.compile(f"stratagem 1\n{text}").backtest(flat, engine="interpreted")
    found = [effects(result, order) for order in range(3)]
    assert [reads(each["exposure"]) for each in found] == [
        pytest.approx(told) for told in ((0.0, 0.6, 0.6), (0.6, 1.2, 1.0), (1.0, 1.6, 1.0))
    ]
    assert [reads(each["positions"]) for each in found] == [(0.0, 1.0, 1.0), (1.0, 2.0, 2.0), (2.0, 3.0, 2.0)]
    assert [[each.verdict for each in of.values()] for of in found] == [
        ["fits", "fits"], ["fits", "cuts"], ["denies", "denies"],
    ]


def test_by_hand_how_near_liquidation_an_entry_brings_the_price() -> None:
    """60 at 10 with 250 owe 350: at 350 / (60 x 0.9) = 6.48 it falls short. Half the way down, 1 / 0.55 of 250 stay."""
    text = """assume margin 25%
assume maintenance 10%
guard margin_distance 50%
enter long when close == 10 size 60 units"""
    result = run(text, history([9, 10, 10, 10]), capital=250)
    (cut,) = [e for e in effects(result, 0).values() if e.guard == "margin_distance"]
    most = 1 / (1 - 0.9 * 0.5)
    assert math.isnan(cut.before) and cut.after == pytest.approx(0.5) and cut.verdict == "cuts"
    assert cut.asked == pytest.approx(1 - (600 - 250) / (60 * 0.9) / 10)
    assert result.orders.to_pylist()[0]["got"] == pytest.approx(most * 250 / 10)
    told = " ".join(result.why(order=0).text().split())
    assert "guard margin_distance 50%: at na, nothing to measure" in told and "na before it" in told


def test_where_all_money_was_taken_out_no_guard_on_losses_has_anything_to_measure() -> None:
    """All of 1,000 goes at the first close. Until 500 come at the third, nothing is there to be a share of."""
    text = """guard loss 10%
guard drawdown 10%
guard daily_loss 10%
guard day_gain 10%
withdraw 100% when bar_index == 0
deposit 500 cash when bar_index == 2
enter long when close > 5 size 1 units"""
    of_losses = ("loss", "drawdown", "daily_loss", "day_gain")
    result = run(text, history([10] * 4), capital=1_000)
    told = {day: bar(result.why(at=f"2024-01-0{day}")) for day in (1, 2, 4)}
    for day, value in ((1, 0.0), (2, math.nan), (4, 0.0)):
        found = [each.value for each in told[day].readings.guards if each.guard in of_losses]
        assert found == pytest.approx([value] * 4, nan_ok=True), day
    limits = {each.guard: each for each in statement(result.why(at="2024-01-02"), 3).limits}
    assert all(math.isnan(limits[name].after) for name in of_losses)
    assert "guard loss 10%: at na, nothing to measure" in " ".join(result.why(at="2024-01-02").text().split())


@pytest.mark.parametrize("several", [False, True])
def test_a_guard_is_told_with_the_arguments_of_its_statistic_and_with_what_resets_it(several: bool) -> None:
    """Two of a name are told apart; where a reset is the guard's own it is not said again."""
    text = """guard volatility( 2 ) 500% then halt until month
guard volatility(3) 400%
guard daily_loss 50% then halt until week
guard day_losses 9 then halt
guard drawdown 60% then flatten
enter long when close == 10 size 50%"""
    data = history([10, 11, 10, 11, 10])
    result = run(text, {"A": data, "B": data} if several else data, capital=1_000)
    answer = result.why(order=0)
    told = " ".join(answer.text().split())
    for guard in ("volatility(2) 500% then halt until month", "volatility(3) 400%", "drawdown 60% then flatten",
                  "daily_loss 50% then halt until week", "day_losses 9 then halt"):  # fmt: skip
        assert f"guard {guard}: at " in told and f"guard {guard}: " in told.partition("order 0")[2]
    limits = answer.to_json()["bar"]["statements"][0]["limits"]
    assert [(each["until"], each["read_as"]) for each in limits[:5]] == [
        ("month", "volatility(2)"), ("", "volatility(3)"), ("week", ""), ("day", ""), ("never", ""),
    ]  # fmt: skip
