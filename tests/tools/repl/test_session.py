"""What is entered, and what becomes of it: values, a program that grows, runs that follow, and undoing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from stratagem.lang.syntax.parse import Parsed, parse
from stratagem.runtime.results.summary import as_ascii
from stratagem.tools.repl import program
from stratagem.tools.repl.reply import FAULT, Look, Reply
from stratagem.tools.repl.session import Session

from .conftest import CROSS, Enter

Refused = Callable[[str, int], str]


def test_an_expression_tells_what_it_is_when_it_is_known_and_its_last_values(enter: Enter) -> None:
    reply = enter("sma(close, 3)")
    assert reply.lines[:2] == (
        "_1: a price · known from 3 bars of 1d on",
        "  2024-01-14  8.666667   2024-01-15  9.333333   2024-01-16  11",
    )
    least, line, most = reply.lines[2].split(" ")[2], reply.lines[2].strip(" ").split(" ", 1)[1], reply.lines[2][-2:]
    assert (least, line[:-3], most) == ("8.666667", "  ▅▅▅▃▂▄▇██▅▂▁▂▅", "13")
    assert reply.document["warmup"] == {"base": 3}
    assert (reply.document["missing"], reply.document["unit"], reply.document["most"]) == (2, "price", 13.0)
    assert reply.document["last"][-1] == {"ts": "2024-01-16T00:00:00Z", "value": 11.0}


def test_a_condition_tells_how_often_it_holds_and_when_last(enter: Enter) -> None:
    reply = enter("close > 12")
    assert reply.lines[1] == "  holds on 3 of 16 bars (18.8%), last on 2024-01-16"
    assert (reply.document["true"], reply.document["last_true"]) == (3, "2024-01-16T00:00:00Z")
    assert "last on" not in enter("close > 99").lines[1]


def test_records_constants_and_parameters(enter: Enter) -> None:
    assert [line.split()[0] for line in enter("bb(close, 3, 2)").lines[1:]] == ["middle", "upper", "lower"]
    assert enter("2 * 3.5").document["value"] == 7.0
    enter("param n = 4 in 2 to 9")
    assert enter("n + 1").document["value"] == 5.0
    enter("n = 6")
    assert enter("n + 1").document["value"] == 7.0
    assert enter("sma(close, n)").document["warmup"] == {"base": 6}


def test_results_have_numbers(enter: Enter, refused: Refused) -> None:
    assert "no result yet" in refused("_ + 1", 2)
    enter("close")
    enter("open")
    assert enter("_1 - _").document["most"] == 0.0
    assert enter("_ == 0").document["true"] == 16
    assert "there are _1 to _4" in refused("_9", 2)
    enter("let spread = _1 - _2")
    assert enter(".show").document["program"] == "let spread = (close) - (open)\n"


def test_a_result_that_names_itself_over_and_over_stays_short(enter: Enter, session: Session) -> None:
    enter("close")
    for _ in range(10):
        enter("_ + _")
    for _ in range(6):
        (reply,) = session.enter("_ + _")
    assert reply.exit == 2 and "name a part with `let`" in reply.lines[0]


def test_several_symbols_have_a_line_each(session: Session, enter: Enter) -> None:
    enter("data sample:IBM sample:MSFT --data-from 2012-01-01")
    reply = enter("close > sma(close, 20)")
    assert [line.split()[0] for line in reply.lines[1:]] == ["IBM", "MSFT"]
    assert reply.document["values"].keys() == {"IBM", "MSFT"}


def test_without_data_an_expression_is_typed(session: Session, enter: Enter) -> None:
    session.take(None)
    assert "no data are loaded" in enter("rsi(close, 14)").lines[1]
    assert enter("1 + 1").document["value"] == 2.0


def test_the_program_grows_and_a_definition_is_changed_where_it_stands(enter: Enter) -> None:
    enter("param n = 3 in 2 to 9\nlet a = sma(close, n)  # the average")
    enter(CROSS)
    enter("let a = ema(close, n)")
    text = enter(".show").document["program"]
    assert text.index("ema(close, n)") < text.index("enter long") and "sma" not in text
    enter("param n = 5 in 2 to 9")
    assert enter("n").document["value"] == 5.0
    enter("enter long when close > close[1] stop 5%")
    assert enter(".show").document["statements"] == 4, "an entry of the same condition is the same entry"


def test_an_error_changes_nothing_and_says_where_it_is(refused: Refused, enter: Enter) -> None:
    assert "  --> <shell>:1:9\n" in refused("let a = clos", 1)
    assert "`close`" in refused("clos + 1", 1)
    enter("let a = close")
    enter("let b = a > 1")
    told = refused("let a = close > open", 1)
    assert "let b = a > 1" in told, "the fault is in what stood there before"
    assert "something reads it: let a = close" in refused("drop a", 1)


def test_undo_goes_back_step_by_step(enter: Enter, refused: Refused) -> None:
    enter("let a = close")
    enter("let b = a")
    enter("drop b")
    assert enter("undo").document["program"] == "let a = close\nlet b = a\n"
    enter("undo")
    assert enter("undo").document["program"] == ""
    assert "nothing to undo" in refused("undo", 2)


def test_what_is_computed_once_is_at_hand_and_only_what_changes_is_computed_again(
    enter: Enter, session: Session
) -> None:  # fmt: skip
    enter("param n = 3 in 2 to 9\nparam m = 3 in 2 to 9\nlet a = sma(close, n)\nlet b = sma(open, m)")
    enter("a")
    enter("b + 1")
    assert session.kept.computed == 2
    enter("let b = ema(open, m)")
    enter("m = 5")
    enter("assume fee 0.1%")
    enter("a")
    assert session.kept.computed == 2, "nothing of it changed"
    enter("b + 1")
    enter("n = 4")
    enter("a")
    assert session.kept.computed == 4


def test_a_run_is_made_again_when_what_it_trades_changes_and_not_else(enter: Enter, session: Session) -> None:
    enter("param n = 1 in 1 to 5")
    enter("enter long when close > close[n]")
    enter("exit long when close < close[n]")
    assert enter("run").document["trades"] == 2
    made = session.ran
    assert enter("let unread = rsi(close, 3)").lines == ("added: let unread = rsi(close, 3)",)
    assert session.ran is made
    moved = enter("n = 3")
    assert session.ran is not made
    assert moved.lines[0] == "n = 3  (in the text 1)" and moved.lines[2].split()[0] == "before"
    assert moved.document["run"]["trades"] == 2
    back = enter("undo")
    assert back.document["program"] and "now" in "\n".join(back.lines)
    assert session.values == {}


def test_what_no_run_reads_runs_nothing_and_what_is_told_of_one_is_of_the_text_as_it_is(
    enter: Enter, session: Session
) -> None:  # fmt: skip
    enter(CROSS)
    enter("run")
    made = session.ran
    assert len(enter("param k = 3 in 1 to 5").lines) == len(enter("k = 4").lines) == 1
    assert len(enter('strategy "Named"').lines) == 1 and session.ran is made
    assert enter("run").lines[0].startswith("Named"), "its title is that of now"
    assert made is not None and session.ran is not None and session.ran.key == made.key


def test_runs_over_several_symbols(enter: Enter, session: Session, refused: Refused) -> None:
    enter("data sample:IBM sample:MSFT --data-from 2011-01-01")
    enter("let m = close / close[20]\nenter long when top(m, 1) size 40%\nexit long when not top(m, 1)")
    enter("run")
    assert len(enter("param k = 1 in 1 to 3").lines) == 1, "nobody reads it"
    assert {trade["symbol"] for trade in enter("trades").document["trades"]} == {"IBM", "MSFT"}
    assert "of which symbol" in refused("why not 2012-01-03", 2)
    assert enter("why not 2012-01-03 of IBM").document["symbol"] == "IBM"
    assert "are of several" in refused(".plot", 2)


def test_a_parameter_that_is_moved_shows_at_once_what_it_does(enter: Enter) -> None:
    enter("param n = 1 in 1 to 5")
    assert enter("n = 2").lines == ("n = 2  (in the text 1)",), "nothing trades yet"
    enter("enter long when close > close[n] exit long when close < close[n]")
    assert [line.split()[0] for line in enter("n = 3").lines] == ["n", "Final", "before", "now"]


def test_what_a_program_lacks_is_told_when_it_is_run(enter: Enter) -> None:
    assert len(enter("enter long when close > open").lines) == 1
    assert "nothing ever closes this long position" in "\n".join(enter("run").lines)


def test_a_run_takes_options_and_keeps_them_for_those_that_follow(enter: Enter, refused: Refused) -> None:
    enter(CROSS)
    free = enter("run").document["fees"]
    dear = enter("run --fee 1% --from 2024-01-03")
    assert free == 0.0 and dear.document["fees"] > 0.0 and dear.document["assumptions"]["fee"] == "1%"
    assert enter("trades 1").document["trades"][0]["fees"] > 0.0
    assert "did you mean `--fee`" in refused("run --fees 1%", 2)


def test_trades_and_why(enter: Enter, refused: Refused) -> None:
    enter(CROSS)
    assert enter("trades 2").document["trades"][-1]["side"] == "long"
    assert "Why it entered" in "\n".join(enter("why 1").lines)
    assert enter("why not 2024-01-05").document["why_not"] is True
    assert "trade" in refused("why 99", 2)
    assert "expected" in refused("why", 2)


def test_sweeps_and_charts(enter: Enter, refused: Refused) -> None:
    enter("param n = 1 in 1 to 3\nparam m = 1 in 1 to 3")
    enter("enter long when close > close[n] exit long when close < close[m]")
    swept = enter("sweep n m --metric trades")
    assert len(swept.document["rows"]) == 9 and any("n (down) and m (across)" in line for line in swept.lines)
    assert max(map(len, enter(".plot").lines)) == 80
    for what in ("equity", "drawdown", "close + 1 last 8", "bb(close, 3, 2)", "candles last 4"):
        assert len(enter(f".plot {what}").lines) == 20, what
    assert "nothing is named" in refused(".plot clos", 1)


def test_commands_are_told_from_the_language(enter: Enter, session: Session, refused: Refused) -> None:
    assert enter("time > 0").kind == "value", "`time` is a word of the language"
    assert enter(".time close").kind == "time"
    assert enter("help").kind == "help"
    enter("let run = close")
    assert enter("run").kind == "value", "and `run` one of this program"
    assert "no trades" not in enter("run + 1").lines[0]
    assert "trades nothing yet" in refused(".run", 2)
    assert "did you mean `.explain`" in refused(".explian", 2)
    assert enter("?rsi").lines == enter("rsi?").lines == enter("help rsi").lines
    assert enter("exit").ends and enter("quit()").ends and enter(".quit").ends


def test_a_pasted_text_is_entered_in_parts(session: Session) -> None:
    found = session.enter("let b = a + 1\nlet a = close\n\nb > 11\nrun\n")
    assert [reply.kind for reply in found] == ["program", "value", "error"]
    assert session.state.text == "let b = a + 1\nlet a = close\n"
    (whole,) = session.enter(f'stratagem 1\nstrategy "New"\n{CROSS}')
    assert whole.lines == ("a program of 4 statements",), "a program of its own takes the place of the other"


def test_every_answer_is_one_document(session: Session) -> None:
    every = "close\nclose > 10\nbb(close, 3, 2)\nlet x = close\nclos\nhelp\nfunctions rsi\ndata\n.plot x\n.show\n?sma"
    for reply in session.enter(f"{CROSS}\n\n{every}\nrun\ntrades\nwhy 1\n.param\nexplain\n.time close"):
        document = json.loads(json.dumps(reply.to_json(), allow_nan=False))
        assert document["kind"] and (document["kind"] == "error") == reply.failed


@pytest.mark.parametrize("look", [Look(80, unicode=False), Look(40)])
def test_plain_terminals_and_narrow_ones(session: Session, enter: Enter, look: Look) -> None:
    session.look = look
    enter(CROSS)
    for text in ("close", "close > 10", "bb(close, 3, 2)", ".plot close", "data"):
        lines = enter(text).lines
        assert look.unicode or all(line.isascii() for line in map(as_ascii, lines)), text
        assert look.unicode or "?" not in "".join(map(as_ascii, lines)), text
        assert all(len(line) <= max(look.width, 60) for line in lines if "known from" not in line), text


def test_the_functions_of_the_library_answer(session: Session) -> None:
    from stratagem.stdlib.catalogue import catalogue

    examples = [row.example for row in catalogue() if row.family == "averages" and row.example]
    assert len(examples) > 5
    replies: list[Reply] = [reply for each in examples for reply in session.enter(each)]
    assert not [reply for reply in replies if reply.failed and "no bar" not in reply.lines[0]]


def test_an_interrupt_or_a_fault_of_ours_stops_the_run_and_not_the_shell(
    session: Session, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    from stratagem.runtime.run import backtest

    enter(CROSS)
    held = session.state
    for error, part in ((KeyboardInterrupt(), "interrupted"), (MemoryError(), "memory"), (KeyError("x"), FAULT)):

        def fails(*_: object, error: BaseException = error, **__: object) -> None:
            raise error

        with monkeypatch.context() as patched:
            patched.setattr(backtest, "backtest", fails)
            (reply,) = session.enter("run")
        assert reply.exit == 3 and part in reply.lines[0]
        assert session.state is held and session.ran is None
    assert enter("run").kind == "run"


def test_holes_are_questions_and_change_nothing(refused: Refused) -> None:
    assert "how long?" in refused('rsi(close, ?"how long?")', 1)
    assert "<shell>:1:11" in refused('let len = ?"how long?"', 1)


def test_the_tests_of_a_program_are_run(session: Session, enter: Enter, refused: Refused) -> None:
    assert "has no test" in refused(".test", 2) if session.state.text else "no program" in refused(".test", 2)
    enter('let up = close > open\ntest "rises" prices 10, 11 expect close == 11')
    assert enter(".test").document["passed"] is True
    enter('test "rises" prices 10, 11 expect close == 12')
    assert enter(".show").document["statements"] == 2, "a test of the same name is the same test"
    (reply,) = session.enter(".test rises")
    assert reply.exit == 1 and "close" in "\n".join(reply.lines) and reply.document["passed"] is False
    assert "there are rises" in refused(".test falls", 2)


def test_what_is_said_of_the_program_and_how_another_differs(enter: Enter, refused: Refused) -> None:
    assert "no program" in refused("check", 2)
    enter("param n = 5 in 2 to 9\nenter long when close > sma(close, 5)")
    told = "\n".join(enter("check").lines)
    assert "no fault; it waits for 5 bars" in told and "W101" in told and "W601" in told
    Path("other.strat").write_text("param n = 5 in 2 to 9\nenter long when close > sma(close, 6)\n")
    assert "6" in "\n".join(enter("explain other.strat").lines)
    assert enter("explain other.strat").document["same"] is False
    refused("explain none.strat", 3)


def test_the_first_time_is_measured_though_the_values_are_known(enter: Enter, session: Session) -> None:
    enter("close")
    assert enter(".time close").document.keys() >= {"read", "first", "again", "bars"}
    assert session.kept.computed == 1


def test_a_sweep_of_what_is_no_parameter_is_told_in_words_of_the_shell(enter: Enter, refused: Refused) -> None:
    enter(CROSS)
    assert "the program has no parameter" in refused("sweep stop=1:5", 2)
    enter("param fast = 3 in 1 to 5")
    told = refused("sweep stop=1:5", 2)
    assert "no parameter `stop`" in told and "it has fast" in told and "step" not in told
    assert "--grid" not in refused("sweep fast=a:b:c", 2)


def test_a_plot_that_is_added_says_how_it_is_drawn(enter: Enter) -> None:
    assert enter("plot equity").lines == ("added: plot equity", "  `.plot equity` draws it here")
    assert "(clause" in next(line for line in enter("?stop").lines if line.startswith("stop: "))


def test_a_paste_of_many_statements_reads_the_program_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def counted(text: str) -> Parsed:
        read.append(len(text))
        return parse(text)

    monkeypatch.setattr(program, "parse", counted)
    many = "".join(f"let v{n} = sma(close, {n + 2})\n" for n in range(60))
    made = program.merged("let v7 = open\nplot close\n", f"{many}let v9 = high\nplot v7\n")
    assert made.replaced == ("v7", "v9")
    assert made.text.startswith("let v7 = sma(close, 9)\nplot close\n\nlet v0 = ")
    assert made.text.count("let v9 = ") == 1 and made.text.endswith("let v59 = sma(close, 61)\n\nplot v7\n")
    assert len(read) <= 5
