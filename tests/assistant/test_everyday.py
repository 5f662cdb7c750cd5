"""What decorates a request changes nothing of its program; what may be a rule is asked about."""

from __future__ import annotations

import pytest
from stratagem.tools.assistant.translate.translator import translation
from stratagem.tools.assistant.translate.words.asked_words import ASKED
from stratagem.tools.assistant.translate.words.english import ENGLISH
from stratagem.tools.assistant.translate.words.everyday import everyday_words
from stratagem.tools.assistant.translate.words.spelling import MISSPELT, corrected
from stratagem.tools.assistant.translate.words.spoken import phrases_of_nothing
from stratagem.tools.assistant.translate.words.tickers import COMMON, NAMES
from stratagem.tools.assistant.translate.words.vocabulary import phrases

WORDS = {word for word, _ in everyday_words()}
RSI = "buy when the rsi is under 30, sell when it is over 70"
GOLDEN = "buy the golden cross with a 3% stop, sell on the death cross"
SHORT = "short when the close crosses below the 50 ema, cover when it crosses back above"
DECORATED = (
    # pleading and thanks
    (f"pretty please with sugar on top, i beg you: {RSI}", RSI),
    (f"dear sir or madam, i would be delighted if you could help me out: {RSI}. many thanks, yours faithfully", RSI),
    (f"do me a favour and write this for me: {GOLDEN}. i owe you a beer!", GOLDEN),
    (f"please please please, my marriage depends on it. {SHORT}. thank goodness you exist", SHORT),
    (f"hope you're well! {RSI}. have a nice weekend", RSI),
    (f"be so kind as to draft this: {RSI}, thanks for your patience", RSI),
    # shouting, insults and doubt
    (f"{RSI.upper()}!!! OR IS THAT TOO HARD FOR YOU???", RSI),
    (f"this stupid thing never works. {RSI.upper()}. DO IT NOW OR I WANT MY MONEY BACK", RSI),
    (f"you're useless. {GOLDEN}. can you even do THAT??", GOLDEN),
    (f"my cat trades better than this junk. {RSI}, or is that too complicated???", RSI),
    (f"damn it, how hard can it be! {RSI}", RSI),
    (f"listen up you stupid bot: {SHORT}. is that clear?", SHORT),
    (f"piece of crap software. {RSI}. don't screw it up", RSI),
    (f"{RSI}, and don't waste my time, or else i'll find someone else", RSI),
    (f"i bet you can't do that: {GOLDEN}. prove me wrong", GOLDEN),
    (f"ffs just {RSI}. it's not rocket science", RSI),
    # stories
    (f"long time lurker, first post. my grandfather was a farmer and a gambler. {RSI}", RSI),
    (f"i'm a nurse and a mother, so nothing complicated: {GOLDEN}", GOLDEN),
    (f"my broker laughed at me. {RSI}. we'll see!", RSI),
    (f"i'm a trend following guy, always was. {GOLDEN}", GOLDEN),
    (f"a professor at my university taught us this: {SHORT}", SHORT),
    (f"here's my system, it's boring but it lets me sleep: {GOLDEN}", GOLDEN),
    (f"i saw a video by some influencer on youtube. {RSI}. sounds ridiculous, i know", RSI),
    (f"me and my therapist agreed on this: {RSI}", RSI),
    # how it is, and how it is done
    ("honestly, simply buy when the rsi is under 30 and mechanically sell when it is over 70, obviously", RSI),
    ("automatically buy when the rsi is under 30, automatically sell when it is over 70", RSI),
    (f"a beautiful, elegant, idiotic little strategy: {RSI}", RSI),
    (f"quick and dirty: {RSI}", RSI),
    (f"first things first, {RSI}", RSI),
    (f"for what it's worth, {SHORT}", SHORT),
    (f"let me describe the logic in plain english. {RSI}", RSI),
    (f"{RSI}, as usual", RSI),
    (f"{RSI}, set and forget", RSI),
    (f"{RSI}, rinse and repeat", RSI),
    (f"{RSI}, no ifs or buts", RSI),
    (f"{RSI}. that's the whole secret", RSI),
    (f"{RSI}. that's it really", RSI),
    (f"{RSI}, or whatever", RSI),
    (f"{RSI}, if you ask me", RSI),
    (f"{RSI}, time after time, no matter what", RSI),
    (f"{RSI}. end of story. diamond hands, to the moon and back", RSI),
    (f"by the way, {RSI}", RSI),
    (f"call me old fashioned, but {GOLDEN}", GOLDEN),
    ("buy the golden cross with a 3% stop to protect me, sell on the death cross", GOLDEN),
    ("buy the golden cross with a 3% stop to protect my account, sell on the death cross", GOLDEN),
    ("buy the golden cross with a 3% stop, so i can sleep at night, sell on the death cross", GOLDEN),
    # what means one thing
    ("send it when the rsi is under 30, sell when it is over 70", RSI),
    ("smash the buy button when the rsi is under 30, hit the sell button when it is over 70", RSI),
    ("buy when the rsi is under 30, toss it when it is over 70", RSI),
    ("buy when the rsi is under 30, exit from the market when it is over 70", RSI),
    ("entering in long when the rsi is under 30, leaving the market when it is over 70", RSI),
    ("climb aboard when the rsi is under 30, ring the register when it is over 70", RSI),
    ("buy when the rsi is inferior to 30, sell when it is superior to 70", RSI),
    ("buy when the rsi is under 30, shooting for 3%", "buy when the rsi is under 30, target 3%"),
    ("buy when the rsi is under 30, aiming for 2r with a 1% stop", "buy when the rsi is under 30, target 2r, 1% stop"),
    ("buy when the rsi is under 30, out after 8 bars at the latest", "buy when the rsi is under 30, out after 8 bars"),
    ("buy after three higher lows one after the other, 2% stop", "buy after three higher lows in a row, 2% stop"),
    (f"{RSI}. 30% of my acct", f"{RSI}. 30% of my account"),
    ("when the rsi is under 30 and the close is over the 50 ema, both together, buy. 2% stop",
     "when the rsi is under 30 and the close is over the 50 ema, buy. 2% stop"),
    ("when the rsi is under 30 and at the same time the close is over the 50 ema, buy. 2% stop",
     "when the rsi is under 30 and the close is over the 50 ema, buy. 2% stop"),
)  # fmt: skip
HIDING = (
    "buy when the rsi is under 30 and the trend is strong, sell when it is over 70",
    "buy when the rsi is under 30 unless there are earnings, sell when it is over 70",
    "buy when the rsi is under 30 but not on thanksgiving, sell when it is over 70",
    "buy when the rsi is under 30 overnight, sell when it is over 70",
    "buy when the rsi is under 30 after three winning trades, sell when it is over 70",
    "buy when the rsi is sharply under 30, sell when it is over 70",
    "buy when the rsi is under 30, sell when it is over 70, hedge with puts",
    "buy when the rsi is under 30, martingale, sell when it is over 70",
    "buy when the rsi is under 30 near support, sell when it is over 70",
    "buy when the rsi is under 30 and the news is good, sell when it is over 70",
    "buy when the rsi is briefly under 30, sell when it is over 70",
    "buy when the rsi is under 30 for the third time, sell when it is over 70",
    "buy when the rsi is under 30 during the fed meeting, sell when it is over 70",
    "buy when the rsi is under 30 and correlation is low, sell when it is over 70",
    "buy when the rsi is under 30 and the spread is tight, sell when it is over 70",
    "buy when the rsi is under 30 regularly, sell when it is over 70",
    "buy when the rsi is under 30, sell gradually when it is over 70",
    "buy when the rsi is under 30, sell eventually",
    "buy when the rsi is under 30 in winter, sell when it is over 70",
    "buy when the rsi fails under 30, sell when it is over 70",
    "buy when the rsi is under 30, except after losing streaks, sell when it is over 70",
    "buy when the rsi is under 30, reduce it when it is over 60, sell when it is over 70",
    "buy when the rsi is under 30 and volatility shrinks, sell when it is over 70",
    "buy when the rsi is under 30 and insiders buy, sell when it is over 70",
    "buy when the rsi is under 30 and the market is happy, sell when it is over 70",
    "buy when the rsi is under 30 and the senator tweets, sell when it is over 70",
    "buy when the rsi is under 30 and everybody panics, sell when it is over 70",
    "buy when the rsi is under 30 and analysts upgrade it, sell when it is over 70",
    "buy when the rsi is under 30, sell when it is over 70 or people are scared",
    "buy when the astrologer is cheerful",
    "buy when it's sunny, sell when it rains",
    "buy when the rsi is under 30 and inflation falls, sell when it is over 70",
    "buy when the rsi is under 30, double the size each time, sell when it is over 70",
    "buy alternate dips of the rsi under 30, sell when it is over 70",
    "buy when the rsi is under 30 unless the election is near, sell when it is over 70",
)


def test_what_may_be_a_rule_is_no_everyday_word() -> None:
    assert sorted(ASKED & WORDS) == []
    passed = [word for word in ASKED if phrases().get((word,), ("",))[0] == "filler"]
    assert sorted(passed) == []


def test_a_word_that_is_asked_about_is_taken_for_no_other() -> None:
    known = {word for phrase in phrases() for word in phrase}
    assert [word for word in sorted((ASKED | ENGLISH) - known - set(MISSPELT)) if corrected(word)] == []


def test_an_everyday_word_is_none_of_trading() -> None:
    other = {word: phrases()[(word,)] for word in WORDS if (word,) in phrases() and phrases()[(word,)][0] != "filler"}
    assert other == {}
    assert sorted(word for word in WORDS if word.upper() in COMMON - {"SELECT"} or word in NAMES) == []
    assert sorted(WORDS & set(MISSPELT)) == []


def test_a_saying_is_no_single_word_of_trading() -> None:
    assert [each for each in phrases_of_nothing() if each in ASKED] == []


@pytest.mark.parametrize(("decorated", "plain"), DECORATED, ids=lambda words: words[:40])
def test_what_says_nothing_of_a_trade_changes_nothing(decorated: str, plain: str) -> None:
    made, bare = translation(decorated), translation(plain)
    assert made.draft.text == bare.draft.text != ""
    assert made.holes == bare.holes


@pytest.mark.parametrize("request_", HIDING)
def test_what_may_be_a_rule_is_asked_about(request_: str) -> None:
    made = translation(request_)
    assert made.holes or made.draft.refusals


@pytest.mark.parametrize("symbol", ["CAT", "GAME", "LOVE", "COOL"])
def test_an_everyday_word_in_capitals_is_a_symbol_where_one_stands(symbol: str) -> None:
    text = translation(f"buy {symbol} when the rsi is under 30, sell when it is over 70").draft.text
    assert text.startswith(f"on {symbol}\n")
