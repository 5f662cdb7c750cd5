"""Several symbols: what a text becomes, beside the faults of `cases.strat`."""

from __future__ import annotations

import pytest
from stratagem.lang.compile import check_text, compile_text
from stratagem.lang.plan.several import several
from stratagem.lang.program.nodes import BASE, CROSSINGS, Node, walk
from stratagem.lang.program.program import Program
from stratagem.lang.program.units import Unit
from stratagem.lang.program.verify import verify


def program(text: str) -> Program:
    """The program of a text of which nothing is said."""
    found = check_text(text)
    assert found.program is not None, found.diagnostics
    assert not [d for d in found.diagnostics if d.severity == "warning"], found.diagnostics
    verify(found.program)
    return found.program


def value(text: str, heading: str = "") -> Node:
    found = program(f"{heading}\nlet a = {text}").lets["a"]
    assert isinstance(found, Node)
    return found


def crossings(node: Node, of: Program | None = None) -> list[str]:
    cells = dict(of.cells) if of else {}
    return [n.kind for n in walk([node], cells) if n.kind in CROSSINGS]


def codes(text: str) -> list[str]:
    return [d.code for d in check_text(text).diagnostics]


# --- the value of another symbol ------------------------------------------------------------------------


def test_of_takes_the_whole_of_what_is_read():
    node = value("sma(close, 200)[1] of SPY")
    assert (node.kind, node.data) == ("of", ("SPY",)) and node.unit is Unit.PRICE
    assert [n.kind for n in walk([node])] == ["input", "const", "step", "const", "step", "of"]


def test_of_a_definition_and_of_a_record_reads_all_of_it_there():
    held = program("let m = macd(close)\nstate n = 0 then n + 1\nlet a = m of SPY\nlet b = n of SPY")
    record, count = held.lets["a"], held.lets["b"]
    assert isinstance(count, Node) and (count.kind, count.args[0].kind) == ("of", "cell")
    assert {name: node.kind for name, node in record.items()} == {"line": "of", "signal": "of", "hist": "of"}


def test_equal_values_of_one_symbol_are_one():
    held = program('let a = close of "BRK-B"\nlet b = close of "BRK-B"\nlet c = close of SPY')
    assert held.lets["a"] is held.lets["b"] is not held.lets["c"]


def test_on_a_higher_clock_it_is_the_completed_value_that_crosses():
    weekly = value("(close of SPY) @ 1w")
    (of,) = weekly.args
    assert (weekly.kind, of.kind, of.args[0].kind, str(of.clock)) == ("sample", "of", "sample", "1w")
    assert of.args[0].clock is BASE
    direct = value("close @ 1w of SPY")
    assert (direct.kind, direct.args[0]) != ("sample", weekly) and direct.args[0].kind == "sample"
    assert repr(direct.args[0].args[0]) == repr(of.args[0].args[0])


def test_of_the_only_symbol_is_the_value_itself():
    found = check_text("on SPY\nlet a = close of SPY\nlet b = fresh of SPY")
    assert found.program is not None and [d.code for d in found.diagnostics] == ["W702"]
    assert found.program.lets["a"].kind == "input" and found.program.lets["b"].data[0] is True  # type: ignore[union-attr]
    assert not found.program.crosses and not found.program.several


def test_an_argument_of_a_function_may_be_the_same_everywhere():
    assert value("f(5) + f(close)", "fn f(x) = x of SPY").args[0].kind == "const"


def test_fresh_is_a_word_before_of_alone():
    assert value("fresh of SPY").kind == "fresh"
    own = program("let fresh = close > open\nlet a = fresh of SPY").lets["a"]
    assert isinstance(own, Node) and own.kind == "of"


def test_a_column_of_another_symbol_is_a_condition_where_one_is_read():
    node = value('column("signal") of SPY and close > open').args[0]
    assert (node.kind, node.type, node.args[0].type) == ("of", "bool", "bool")


def test_a_missing_value_of_another_symbol_is_warned_about_where_it_is_negated():
    assert codes("let a = not (close of SPY > 5)") == ["W401"]


# --- books -----------------------------------------------------------------------------------------------


def test_a_reading_of_another_book():
    node = value("position.size of GLD")
    assert (node.kind, node.data) == ("book_of", ("position.size", "GLD"))
    assert (node.unit, node.type) == (Unit.QUANTITY, "number")
    assert value("position.flat of GLD").type == "bool"


def test_books_cross_within_arithmetic_beside_values_that_do():
    node = value("(position.size * close > 2 * n) of GLD", "let n = trades.count")
    kinds = sorted(n.kind for n in walk([node]) if n.kind in CROSSINGS)
    assert (node.kind, kinds) == ("pure", ["book_of", "book_of", "of"])
    assert not [n for n in walk([node]) if n.kind == "book"]


def test_the_book_of_one_symbol_read_of_another_stays_its_own():
    assert value("(position.size of A) of B").data == ("position.size", "A")


# --- across ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "type", "unit"),
    [
        ("rank(close)", "number", Unit.PLAIN), ("top(close, 3)", "bool", Unit.PLAIN),
        ("quantile_of(close)", "number", Unit.RATIO), ("zscore_across(close)", "number", Unit.PLAIN),
        ("demean(close)", "number", Unit.DISTANCE), ("demean(volume)", "number", Unit.QUANTITY),
        ("total(volume)", "number", Unit.QUANTITY), ("average(close)", "number", Unit.PRICE),
        ("any(close > open)", "bool", Unit.PLAIN), ("all(close > open)", "bool", Unit.PLAIN),
        ("count(close > open)", "number", Unit.PLAIN),
    ],
)  # fmt: skip
def test_what_a_function_across_all_symbols_gives(text, type, unit):
    node = value(text)
    assert (node.kind, node.type, node.unit, node.data[0]) == ("across", type, unit, text.partition("(")[0])


def test_functions_of_all_symbols_nest_and_stand_anywhere():
    text = """fn score(x) = rank(zscore(demean(x), 20))
    state best = 0 then if score(close) == 1 then best + 1 else best
    let a = best > 3 and top(score(volume), n = 2)"""
    held = program(text)
    made = several(held, [("a", held.lets["a"])])
    assert [[c.function for c in level.crossings] for level in made.levels] == [
        ["demean", "demean"], ["rank", "rank"], ["top"],
    ]  # fmt: skip


def test_an_own_function_of_the_name_is_meant_before_the_built_in_one():
    assert value("rank(close)", "fn rank(x) = 2 * x").kind == "pure"


def test_a_rank_of_weekly_values_ranks_them():
    node = value("rank(close) @ 1w")
    (rank,) = node.args
    assert (node.kind, rank.kind, rank.args[0].kind) == ("sample", "across", "sample")
    forming = value("rank(close @ forming 1w)")
    assert (forming.kind, forming.args[0].data[0]) == ("across", "forming")


def test_a_rank_is_an_index_and_a_quantile_a_share():
    assert codes("let a = rank(close) > 50%") == ["E211"]
    assert codes("let a = quantile_of(close) > 80") == ["E212"]
    assert codes("let a = quantile_of(close) > 80%") == []


def test_one_symbol_is_ranked_by_a_parameter():
    text = "param n = 5 in 1 to 20\nuniverse x\nrebalance weekly weight if top(close, n) then 5% else 0%"
    made = several(program(text))
    (top,) = made.levels[0].crossings
    assert made.levels[0].plan.stage[top.count] == ("param", "n", ())


# --- statements ----------------------------------------------------------------------------------------------


PAIR = "on GLD, GDX\n"


def test_the_heading_says_what_is_traded_and_read():
    held = program('on GLD, "BRK-B" every 1d\nwatch VIX\nwatch "^TNX", SPY\nplot close')
    assert (held.symbols, held.watches, held.universe) == (("GLD", "BRK-B"), ("VIX", "^TNX", "SPY"), "")
    held = program("universe sp20 every 4h\nplot close")
    assert (held.symbols, held.universe, str(held.timeframe)) == ((), "sp20", "4h")


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("on A\nplot close", False), ("plot close", False), ("on A, B\nplot close", True),
        ("watch V\nplot close", True), ("universe u\nplot close", True), ("on A\nrebalance monthly weight 20%", True),
        ("plot close of SPY", True), ("plot number(fresh of SPY)", True), ("plot rank(close)", True),
        ("plot position.size of SPY", True), ("assume lot of SPY 1\nplot close", True),
        ("prefer close\nplot close", True),
    ],
)  # fmt: skip
def test_what_makes_a_program_one_of_several_symbols(text, so):
    assert program(text).several is so


def test_statements_for_one_symbol_never_act_on_another():
    held = program(PAIR + "enter long GLD when close > open size 10%\nexit long GLD when close < open\n"
                   "enter short GDX when close < open size 10% limit close * 1.01\ncancel short GDX when close > open\n"
                   "exit short when close > open")  # fmt: skip
    assert [s.symbol for s in held.trading] == ["GLD", "GLD", "GDX", "GDX", ""]
    assert [d.symbol for d in several(held).main.decisions] == ["GLD", "GLD", "GDX", "GDX", ""]


def test_an_exit_of_another_symbol_closes_nothing_here():
    assert "W601" in codes(PAIR + "enter long GLD when close > open size 10%\nexit long GDX when close < open")
    assert "W601" not in codes(PAIR + "enter long GLD when close > open size 10%\nexit long when close < open")
    assert "W604" in codes(PAIR + "enter long GLD when close > open size 10% limit 1%\ncancel long GDX when close > 1\n"
                           "exit long when close < open")  # fmt: skip


def test_both_sides_of_a_pair_may_have_one_condition():
    text = PAIR + "enter long GLD when close > open size 9% stop 1%\nenter short {0} when close > open size 9% stop 1%"
    assert "W506" not in codes(text.format("GDX"))
    assert "W506" in codes(text.format("GLD"))


def test_assumptions_of_one_symbol_stand_beside_those_of_all():
    text = 'assume fee 0.1%\nassume fee of GDX 5/order\nassume tick of "GLD" 0.01\nassume lot of GLD 10\n'
    held = program(PAIR + text + "assume slippage of GLD 2ticks\nplot close")
    assert held.assumptions == {"fee": "0.1%"}
    assert held.assumed == (("GDX", "fee", "5/order"), ("GLD", "tick", "0.01"), ("GLD", "lot", "10"),
                            ("GLD", "slippage", "2ticks"))  # fmt: skip


def test_an_assumption_of_the_only_symbol_is_one_of_all():
    found = check_text("on GLD\nassume lot of GLD 10\nplot close")
    assert found.program is not None and found.program.assumptions == {"lot": "10"} and not found.program.several


def test_ticks_of_every_symbol_stand_for_a_tick_of_all():
    assert codes(PAIR + "assume slippage 1ticks\nassume tick of GLD 0.01\nassume tick of GDX 0.05\nplot close") == []


# --- what is held ----------------------------------------------------------------------------------------


def test_a_rebalance_is_one_statement_for_all_symbols():
    text = "universe u\nrebalance monthly day 3 weight if close > open then 5% else -5% band 2% fill this_close\n"
    held = program(text + '  because "{close}"')
    (hold,) = held.holds
    assert (hold.symbol, hold.atomic, hold.group, hold.period, hold.fill) == ("", False, 0, "monthly", "this_close")
    assert hold.day is not None and hold.day.data[0] == 3.0
    assert hold.band is not None and hold.band.data[0] == 0.02 and hold.because is not None
    assert hold.sizing.kind == "fraction" and hold.when not in hold.reads


def test_a_weight_made_of_numbers_is_told_how_to_become_a_share():
    (found,) = check_text("universe u\nrebalance monthly weight 1 / stdev(close, 20)").diagnostics
    assert found.code == "E404" and "`100% * x / total(x)`" in found.help
    weight = "100% / stdev(roc(close, 1), 20) / total(1 / stdev(roc(close, 1), 20))"
    assert program(f"universe u\nrebalance monthly weight {weight}").holds[0].sizing.value.unit is Unit.RATIO


def test_the_legs_of_an_atomic_share_condition_group_and_clauses():
    text = "atomic when z > 2\n  sell GLD size 50%\n  buy GDX size 10 units fill this_close\natomic when z < 0\n"
    text += '  hold GLD size -5000 cash\n  flatten GDX because "done"'
    held = program(f"{PAIR}guard exposure 300%\nlet z = zscore(log(close of GLD) - log(close of GDX), 60)\n{text}")
    legs = held.holds
    assert [(leg.index, leg.group, leg.symbol, leg.leg, leg.sizing.kind) for leg in legs] == [
        (0, 0, "GLD", "sell", "fraction"), (1, 0, "GDX", "buy", "units"), (2, 1, "GLD", "hold", "cash"),
        (3, 1, "GDX", "flatten", "fraction"),
    ]  # fmt: skip
    assert [leg.sizing.value.data[0] for leg in legs] == [-0.5, 10.0, -5000.0, 0.0]
    assert legs[0].when is legs[1].when is not legs[2].when
    assert [leg.fill for leg in legs] == ["this_close", "this_close", "", ""]
    assert [leg.because is not None for leg in legs] == [False, False, True, True]


def test_the_condition_of_an_atomic_is_read_on_the_bars_of_its_first_leg():
    held = program(PAIR + "atomic when close > open and position.flat\n  sell GLD size 50%\n  buy GDX size 50%")
    when = held.holds[1].when
    assert when.args[0].kind == "fresh" and when.args[0].data == ("GLD",)
    assert {(n.kind, n.data) for n in walk([when]) if n.kind in CROSSINGS} == {
        ("fresh", ("GLD",)), ("of", ("GLD",)), ("book_of", ("position.flat", "GLD")),
    }  # fmt: skip


def test_what_is_held_needs_no_exit_and_no_entry():
    assert codes(PAIR + "rebalance monthly weight 50%") == []
    assert codes(PAIR + "rebalance monthly weight 50%\nexit long when close < 0.9 * open") == []


# --- who goes first ------------------------------------------------------------------------------------------


ENTRY = "enter long when close > open {0}\nexit long when close < open\n"


@pytest.mark.parametrize(
    ("heading", "clauses", "so"),
    [
        ("on A, B", "", True), ("on A, B", "size 50%", False), ("on A, B", "size 60%", True), ("on A", "", False),
        ("on A, B\nguard exposure 200%", "", False), ("on A, B\nguard leverage 1.5", "", True),
        ("on A, B\nguard positions 1", "size 50%", True), ("on A, B\nguard positions 2", "size 50%", False),
        ("on A, B", "size 10 units", True), ("on A, B", "size 10 units cap 50%", False),
        ("on A, B", "size 20% scale 1", False), ("on A, B", "size 20% scale 2", True),
        ("universe u", "size 1%", True), ("on A, B\nprefer volume", "", False), ("watch V", "", False),
        ("on A, B\nassume leverage 4", "", False), ("on A, B\nassume margin 50%", "size 110%", True),
        ("on A, B\nassume leverage 4\nguard exposure 100%", "", True),
    ],
)  # fmt: skip
def test_entries_that_compete_without_an_order_are_warned_about(heading, clauses, so):
    assert ("W703" in codes(f"{heading}\n{ENTRY.format(clauses)}")) is so


@pytest.mark.parametrize(("guard", "offered"), [("guard positions 1", False), ("guard exposure 100%", True)])
def test_a_smaller_size_is_offered_where_it_makes_room(guard, offered):
    """A place among `positions` is taken by whatever size."""
    found = check_text(f"on A, B\n{guard}\n{ENTRY.format('size 60%')}").diagnostics
    (told,) = [each for each in found if each.code == "W703"]
    assert "prefer" in told.help and ("smaller" in told.help) is offered


@pytest.mark.parametrize(("text", "notes", "way_on"), [
    ("rebalance monthly weight 100%", "the last are cut: so says `assume leverage 1.5`", "`assume leverage 2`"),
    (ENTRY.format("size 80%"), "exposure is held to 150% by `assume leverage 1.5`; all together come to 160%", "75%"),
])  # fmt: skip
def test_a_margin_takes_the_place_of_the_implied_exposure(text, notes, way_on):
    found = check_text(f"on A, B\nassume leverage 1.5\n{text}").diagnostics
    (told,) = [each for each in found if each.code in ("W703", "W705")]
    assert told.notes[0].message == notes and way_on in told.help


def test_entries_of_named_symbols_compete_only_with_each_other():
    text = "on A, B, C\nenter long A when close > open size {0}\nenter short B when close > open size {0}\n"
    text += "exit long when close < open\nexit short when close < open"
    assert "W703" not in codes(text.format("50%")) and "W703" in codes(text.format("51%"))
    assert "W703" not in codes("on A, B\nenter long A when close > open size 10 units"), "with nobody"


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("on A, B\nrebalance monthly weight 50%", False), ("on A, B, C\nrebalance monthly weight 50%", True),
        ("on A, B, C\nguard exposure 150%\nrebalance monthly weight -50%", False),
        ("on A, B, C\nrebalance monthly weight if rank(close) < 3 then 50% else 0%", False),
        ("on A, B, C\nrebalance monthly weight if rank(close) < 4 then 50% else 0%", True),
        ("universe u\nrebalance monthly weight if top(close, 5) then 20% else 0%", False),
        ("on A, B\nassume margin 25%\nrebalance monthly weight 100%", False),
        ("on A, B\nassume leverage 1.5\nrebalance monthly weight 100%", True),
        ("on A, B\nassume leverage 4\nguard exposure 150%\nrebalance monthly weight 100%", True),
        ("universe u\nrebalance monthly weight 20%", False), ("on A, B\nrebalance monthly weight close / 100", False),
    ],
)  # fmt: skip
def test_weights_beyond_what_may_be_held_are_warned_about(text, so):
    assert ("W705" in codes(text)) is so


# --- in words ------------------------------------------------------------------------------------------------


def test_nothing_of_it_changes_a_program_of_one_symbol():
    text = "enter long when cross_above(close, sma(close, 20))\nexit long when cross_below(close, sma(close, 20))"
    one, named = compile_text(text), compile_text(f"on SPY\n{text}")
    assert several(one).levels == several(named).levels == ()
    assert not one.several and not named.several


# --- one after another ---------------------------------------------------------------------------------------

TURN = PAIR + "sequence when close > open\n  flatten GLD\n  buy GDX size 100%\n"


def test_instructions_of_a_sequence_have_their_turns():
    first, second = program(TURN).holds
    assert [(h.symbol, h.leg, h.sequence, h.step, h.atomic) for h in (first, second)] == [
        ("GLD", "flatten", 1, 1, False), ("GDX", "buy", 1, 2, False),
    ]  # fmt: skip
    assert second.when.kind == "const" and second.when.data[0] is True and first.when is first.said
    more = "atomic when close < open\n  flatten GDX\nsequence when close < open\n  buy GDX size 1%"
    third = program(TURN + more).holds[3]
    assert (third.sequence, third.step, third.group) == (2, 1, 2)


def test_a_sequence_begins_once_all_its_sizes_are_known():
    first, _ = program(TURN.replace("size 100%", "size 20% * close / sma(close, 9)")).holds
    held = [node for node in walk([first.when]) if node.kind in ("of", "warm")]
    assert [(node.kind, node.data) for node in held] == [("warm", ()), ("of", ("GDX",))]
    text = TURN.replace("flatten GLD", "buy GDX size 1%").replace("100%", "20% * close / sma(close, 9)")
    same, _ = program(text).holds
    assert not [node for node in walk([same.when]) if node.kind == "of"], "read on its own bars"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sequence when close > open\n  buy GLD\n  flatten GDX", ["E805"]),
        ("sequence when close > open\n  buy QQQ size 10%", ["E801"]),
        ("sequence when close > open size 10%\n  buy GLD size 10%", ["E402"]),
        ("sequence when close > open\n  buy GLD size 10% stop 2%", ["E402"]),
        ("sequence when close\n  buy GLD size 10%", ["E201"]),
        ("sequence when close > open\n  buy GLD size 60%\n  buy GDX size 60%", ["W705"]),
        ("sequence when close > open\n  buy GLD size 60%\n  flatten GLD\n  buy GDX size 60%", []),
        ("sequence when close > open\n  buy GLD size 60%\n  hold GLD size -9%\n  buy GDX size 60% because \"a\"", []),
        ("sequence when close > open\n  buy GLD size 60%\n  transfer 500 cash", ["E901"]),
    ],
)  # fmt: skip
def test_what_is_said_of_a_sequence(text, said):
    assert codes(PAIR + text) == said


@pytest.mark.parametrize(("read", "code", "help_"), [
    ("exposure.gross of tech", "E802", "of a symbol read `position.weight of A`"),
    ("exposure of tech", "E201", "bounded by `guard exposure 50% of tech`"),
    ("exposure.net of B", "E802", "of a symbol read `position.weight of B`"),
    ("equity of tech", "E802", "read it without `of`"),
    ("pnl of B", "E201", "`pnl.realised of B`"),
    ("orders.pending of B", "E802", "`position.lots of B`"),
    ("margin.distance of B", "E802", "`margin.use`, without `of`"),
    ("pnl.carry of B", "E802", "`pnl.fees of B`"),
    ("position.weight of tech", "E801", "a group of a catalogue has no reading: add those of its symbols"),
    ("(position.weight * 2) of tech", "E801", "bound it by `guard exposure 50% of tech`"),
    ("close of tech", "E801", "to read its data alone, `watch tech`"),
])  # fmt: skip
def test_what_is_the_accounts_has_no_reading_of_a_symbol_or_a_group(read: str, code: str, help_: str) -> None:
    """One fault for one cause: that `tech` is no symbol either is not said besides."""
    found = check_text(f"on A, B every 1d\nenter long when {read} < 1\nexit long when close < 1\n")
    (fault,) = (each for each in found.diagnostics if each.severity == "error")
    assert fault.code == code and help_ in fault.help


def errors(text: str) -> list[str]:
    return [each.code for each in check_text(text).diagnostics if each.severity == "error"]


def test_a_symbol_that_is_only_watched_has_no_book() -> None:
    text = "on A, B every 1d\nwatch VIX\nenter long when {read} < 30\nexit long when close < 1\n"
    assert errors(text.format(read="close of VIX")) == []
    (fault,) = (d for d in check_text(text.format(read="position.bars of VIX")).diagnostics if d.severity == "error")
    assert (fault.code, fault.help) == ("E801", "it has no position to read: a symbol that is traded stands after `on`")


@pytest.mark.parametrize("read", ['trades.last_reason of B == "stop"', '(trades.last_reason == "stop") of B'])
def test_why_another_symbols_last_trade_ended_is_compared_with_a_reason(read: str) -> None:
    text = f"on A, B every 1d\nenter long when {read}\nexit long when close < 1\n"
    assert errors(text) == []
    assert len(errors(text.replace("stop", "stopp"))) == 1
