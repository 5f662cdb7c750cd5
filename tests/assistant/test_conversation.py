"""A conversation: drafts are mended, read back, asked about and tried, and nothing is saved before the yes."""

from __future__ import annotations

from pathlib import Path

import pytest
from stratagem.lang.analysis.holes import AnswerError
from stratagem.runtime.errors import Cancelled
from stratagem.runtime.limits import Cancel, Limits
from stratagem.tools.assistant.conversation import AskError, Conversation
from stratagem.tools.assistant.drafting import Draft
from stratagem.tools.assistant.repair import ROUNDS

from .scripted import Scripted, scripted

DIP = "enter long when close > sma(close, 200) and rsi(close, 14) < 30\n  stop 5%\nexit long when rsi(close, 14) > 50\n"


def bars() -> object:
    import numpy as np

    close = 100.0 + np.arange(60) % 7
    ts = np.arange("2024-01-01", "2024-03-01", dtype="datetime64[D]").astype("datetime64[us]")
    return {"ts": ts, "open": close, "high": close + 1, "low": close - 1, "close": close, "volume": close}


def talk(drafter: Scripted, words: str = "buy dips", data: object = None) -> Conversation:
    conversation = Conversation(drafter, data=bars() if data is None else data)
    conversation.ask(words)
    return conversation


def test_from_words_to_a_file(tmp_path: Path) -> None:
    conversation = talk(scripted(Draft(DIP, notes=("oversold is an RSI below 30",))), "buy dips in an\nuptrend \x1b[2J")
    assert conversation.ready and conversation.notes and not conversation.faults and not conversation.questions
    assert "30" in conversation.read_back and "200" in conversation.read_back and "5%" in conversation.read_back
    place = tmp_path / "dip.strat"
    with pytest.raises(AskError, match="before it was confirmed"):
        conversation.save(place)
    assert not place.exists()
    conversation.confirm()
    written = conversation.save(place).read_text("utf-8")
    assert written.startswith("# Asked for in these words:\n#   buy dips in an uptrend")
    assert "\x1b" not in written and written.endswith(DIP.splitlines()[-1] + "\n")
    import stratagem as sg

    assert sg.compile(place).explain() == conversation.program.explain()  # type: ignore[union-attr]


def test_faults_are_mended_in_rounds_of_three_faults() -> None:
    wrong = "enter long when smaa(close, 20) > rsx(close) and foo > 1 and baz > 2\nexit long when close < open\n"
    drafter = scripted(wrong, wrong.replace("foo > 1", "close > 1"), DIP)
    conversation = talk(drafter)
    assert conversation.ready and len(conversation.repairs) == 2
    request, earlier, told = drafter.asked[1]
    assert request == "buy dips" and earlier is not None and len(told) == 3
    assert "smaa" in conversation.repairs[0].faults[0]


def test_safe_fixes_need_no_drafter() -> None:
    drafter = scripted("enter long when close > open && volume > 0\nexit long when close < open\n")
    conversation = talk(drafter)
    assert conversation.ready and len(drafter.asked) == 1 and " and " in conversation.text


def test_it_gives_up_after_three_rounds_and_says_what_is_wrong() -> None:
    drafter = scripted(*(f"enter long when foo{at} > 1" for at in range(9)))
    conversation = talk(drafter)
    assert len(conversation.repairs) == ROUNDS and len(drafter.asked) == ROUNDS + 1
    assert not conversation.ready and "foo3" in conversation.faults[0].message
    with pytest.raises(AskError, match="foo3"):
        conversation.confirm()


def test_a_drafter_that_changes_nothing_is_not_asked_again() -> None:
    drafter = scripted("enter long when foo > 1")
    assert not talk(drafter).ready and len(drafter.asked) == 2


def test_a_repair_that_changes_more_than_the_fault_is_told() -> None:
    wrong = "let x = smaa(close, 20)\nenter long when close > x\n  stop 5%\nexit long when close < open\n"
    mended = "let x = sma(close, 20)\nenter long when close > x\n  stop 9%\nexit long when close < open\n"
    (repair,) = talk(scripted(wrong, mended)).repairs
    assert repair.aside == (("enter long when close > x stop 5%", "enter long when close > x stop 9%"),)
    assert "5%" in repair.changes and "9%" in repair.changes and "exit" not in repair.changes
    (repair,) = talk(scripted(wrong, mended.replace("9%", "5%").replace("  stop", "     stop"))).repairs
    assert (repair.aside, repair.changes) == ((), "")
    (repair,) = talk(scripted(wrong, mended.replace("9%", "5%").replace("exit long when close < open\n", ""))).repairs
    assert repair.aside == (("exit long when close < open", ""),) and "Removed: exit long" in repair.changes
    (repair,) = talk(scripted(wrong, mended.replace("close > x", "foo > x"), mended)).repairs[:1]
    assert repair.changes == "" and repair.told()[0].startswith("`enter long when close > x")


def test_a_rewording_that_means_the_same_is_no_change() -> None:
    wrong = "let x = smaa(close, 20)\nenter long when close > x\n  stop 5%\nexit long when close < x\n"
    (repair,) = talk(scripted(wrong, wrong.replace("smaa", "sma").replace("close > x", "(close > x)"))).repairs
    assert (repair.aside, repair.changes, repair.told()) == ((), "", ())


def test_warnings_are_told() -> None:
    conversation = talk(scripted("enter long when close > open\n"))
    assert conversation.ready and [d.code for d in conversation.warnings] == ["W601"]
    assert conversation.to_dict(tried=False)["diagnostics"][0]["code"] == "W601"


def test_questions_are_asked_and_answered() -> None:
    drafter = scripted('enter long when close > sma(close, ?"how many days?")\n  stop ?"how far is the stop?"\n')
    conversation = talk(drafter)
    assert [q.question for q in conversation.questions] == ["how many days?", "how far is the stop?"]
    assert not conversation.ready and conversation.probe is None and conversation.read_back == ""
    with pytest.raises(AskError, match="2 questions are open"):
        conversation.confirm()
    assert repr(conversation) == "<Conversation: 2 open questions>"
    conversation.answer("how far is the stop?", "3%")
    assert repr(conversation) == "<Conversation: 1 open question>"
    with pytest.raises(AnswerError, match="20 days"):
        conversation.answer(1, "20 days")
    with pytest.raises(AnswerError, match="empty"):
        conversation.answer(1, " ")
    with pytest.raises(AskError, match="numbered 1 to 1"):
        conversation.answer(2, "20")
    with pytest.raises(AskError, match="no open question"):
        conversation.answer("what?", "20")
    conversation.answer(1, "20")
    assert conversation.ready and len(drafter.asked) == 1
    assert "#   how far is the stop? 3%\n#   how many days? 20\n" in conversation.file_text
    with pytest.raises(AskError, match="no question is open"):
        conversation.answer(1, "20")
    conversation.undo()
    assert len(conversation.questions) == 1


def test_a_change_is_told_in_its_meaning() -> None:
    drafter = scripted(DIP, DIP.replace("5%", "3%"))
    conversation = talk(drafter)
    assert conversation.changes == ""
    conversation.confirm()
    conversation.ask("make the stop 3 %")
    request, earlier, told = drafter.asked[-1]
    assert (request, earlier and earlier.text, told) == ("make the stop 3 %", conversation._steps[0].draft.text, ())
    assert "3%" in conversation.changes and "5%" in conversation.changes
    assert "exit" not in conversation.changes and "200" not in conversation.changes  # which are as they were
    with pytest.raises(AskError, match="confirm"):  # the yes was to another text
        conversation.save("nowhere.strat")
    assert "#   then: make the stop 3 %" in conversation.file_text


def test_a_refusal_ends_it_and_leaves_what_there_was() -> None:
    conversation = talk(scripted(DIP, Draft("", refusals=("nobody knows tomorrow's close",)), DIP))
    conversation.ask("use tomorrow's close")
    assert not conversation.ready and conversation.text.strip() == DIP.strip()
    with pytest.raises(AskError, match="tomorrow's close"):
        conversation.confirm()
    conversation.undo()
    assert conversation.ready
    nothing = talk(scripted(Draft("", refusals=("that is no strategy",))))
    assert not nothing.ready and nothing.text == "" and nothing.refusals
    with pytest.raises(AskError, match="no strategy"):
        nothing.confirm()


@pytest.mark.parametrize("words", ["", "  \n"])
def test_nothing_asked(words: str) -> None:
    conversation = Conversation(scripted(DIP))
    for act in (conversation.undo, conversation.confirm, lambda: conversation.questions):
        with pytest.raises(AskError):
            act()
    with pytest.raises(AskError, match="say what"):
        conversation.ask(words)
    assert conversation.text == "" and conversation.program is None and conversation.probe is None


def test_drafts_that_are_no_text_of_a_strategy() -> None:
    huge = talk(scripted("# x\n" * 30_000))
    assert not huge.ready and "characters" in huge.refusals[0]
    assert not talk(scripted(Draft("   "))).ready
    assert not talk(scripted("\x00\x1b[31m\u202e import os; os.system('x')")).ready


def test_a_draft_that_asks_for_too_much_is_a_fault() -> None:
    conversation = Conversation(scripted(DIP), limits=Limits(state=64))
    conversation.ask("x")
    assert not conversation.ready and conversation.faults


def test_the_trial_counts_every_part_of_every_condition() -> None:
    text = """let low_rsi = close < 103 or close < 0
enter long when low_rsi and close > 1000
  stop 5%
exit long when not (close > open + 1)
"""
    found = talk(scripted(text)).probe
    assert found is not None and found.trades == 0 and found.bars == 60
    parts = {part.text: part.held for part in found.conditions[0].parts}
    assert parts.keys() == {"close < 103", "close < 0", "close > 1000"}
    assert parts["close > 1000"] == 0 and parts["close < 103"] > 0 and found.conditions[0].held == 0
    assert found.conditions[1].held == 60
    assert "it never traded; enter long: part 2, `close < 0`, held on 0 of 60 bars" in found.lines[0]
    told = next(line for line in found.lines if ", enter long: `" in line)
    assert " held on " in told and "`close < 0` on 0" in told and told.endswith("all of it on 0, of 60 bars")


def test_a_trial_that_trades_and_one_of_two_symbols() -> None:
    text = "enter long when close > open - 1 and close == 106\n  expire 2 bars\n"
    found = talk(scripted(text)).probe
    assert found is not None and found.trades == 8 and found.conditions[0].held == 8 and found.stats["return"] != 0
    both = talk(scripted(text), data={"A": bars(), "B": bars()}).probe
    assert both is not None and both.symbols == ("A", "B") and both.bars == 120 and both.conditions[0].held == 16


def test_a_trial_that_cannot_be() -> None:
    found = talk(scripted("on EURUSD every 15m\n" + DIP)).probe
    assert found is not None and "bars of 15m" in found.problem and "could not be tried" in found.lines[0]
    missing = talk(scripted(DIP), data="nowhere.csv").probe
    assert missing is not None and "nowhere.csv" in missing.problem


def test_a_trial_is_cancelled() -> None:
    cancel = Cancel()
    conversation = Conversation(scripted(DIP), data=bars(), cancel=cancel)
    conversation.ask("x")
    cancel.cancel()
    with pytest.raises(Cancelled):
        _ = conversation.probe


def test_it_is_one_document() -> None:
    import json

    conversation = talk(scripted(DIP))
    document = json.loads(json.dumps(conversation.to_dict()))
    assert document["ready"] and document["probe"]["bars"] == 60 and document["requests"] == ["buy dips"]
    assert conversation.to_dict(tried=False)["probe"] is None
