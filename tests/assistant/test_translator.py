"""The translator over the open requests: most are right, none is silently wrong; idioms beside them; and slips."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stratagem.lang.compile import check_text
from stratagem.tools.assistant.by_rules import ByRules
from stratagem.tools.assistant.drafting import Drafter
from stratagem.tools.assistant.translate.translator import LONGEST
from stratagem.tools.assistant.translate.words.vocabulary import phrases

from ..yamls import read_yaml
from .corpus import FOLDER, Request, requests
from .translating import same_orders, translation, verdict, verdicts

NOT_YET = set("open-060 open-124".split())
"""What is asked or refused and could be written: progress takes a name out."""
PARAPHRASES_RIGHT = 0.85
"""The share of them that is reached: progress puts it up."""
PARAPHRASES = read_yaml((FOLDER / "paraphrases.yaml").read_text(encoding="utf-8"))
ROWS = read_yaml(Path(__file__).with_name("translations.yaml").read_text(encoding="utf-8"))


@cache
def judged() -> dict[str, list[Request]]:
    return verdicts(requests("open"))


def test_no_open_request_is_silently_wrong() -> None:
    assert [each.id for each in judged().get("wrong", [])] == []


def test_what_can_be_translated_is_right_or_known_not_to_be_yet() -> None:
    programs = [each for each in requests("open") if each.program]
    right = {each.id for each in judged()["right"] if each.program}
    assert {each.id for each in programs} - right <= NOT_YET
    assert len(right) >= 0.8 * len(programs)


def test_what_is_open_is_asked_and_what_cannot_be_is_refused() -> None:
    rest = [each for each in requests("open") if not each.program]
    right = [each for each in judged()["right"] if not each.program]
    assert [each.id for each in rest if each not in right] == []


@cache
def paraphrased() -> dict[str, list[str]]:
    """Paraphrases of open requests by what becomes of them."""
    own = {each.id: each for each in requests("open")}
    found: dict[str, list[str]] = {"right": [], "asked": [], "refused": [], "wrong": []}
    for name, several in PARAPHRASES.items():
        plain = translation(own[name].words).draft.text
        for words in several:
            same = translation(words).draft.text == plain and own[name] in judged()["right"]
            found["right" if same else verdict(replace(own[name], words=words))].append(words)
    return found


def test_what_others_would_say_is_mostly_right_and_never_silently_wrong() -> None:
    found = paraphrased()
    assert found["wrong"] == []
    assert len(found["right"]) >= PARAPHRASES_RIGHT * sum(map(len, found.values()))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["words"][:50])
def test_an_idiom(row: dict[str, Any]) -> None:
    made = translation(row["words"])
    if "refused" in row:
        assert row["refused"] in made.draft.refusals
    elif "asked" in row:
        assert [hole.question for hole in made.holes] == row["asked"]
        assert not made.draft.refusals
    else:
        assert not made.holes
        assert not made.draft.refusals
        assert made.draft.text == row["program"]


def test_a_text_with_questions_has_no_other_fault() -> None:
    texts = [translation(each.words).draft.text for each in requests("open")]
    assert not [d for text in texts if text for d in check_text(text).diagnostics if d.is_error]


# --- slips ------------------------------------------------------------------------------------------


def chosen(of: str, share: int) -> bool:
    """One in so many, always the same."""
    return zlib.crc32(of.encode()) % share == 0


def misspelt(word: str) -> str:
    """Two neighbours change places, a letter is left out, or it stands twice."""
    core = word.strip(".,:;()")
    if len(core) < 6 or not core.isalpha() or core.isupper():
        return word
    at = 1 + zlib.crc32(core.encode()) % (len(core) - 2)
    head, rest = core[:at], core[at:]
    slips = (head + rest[1] + rest[0] + rest[2:], head + rest[1:], head + rest[0] + rest)
    return word.replace(core, slips[zlib.crc32(word.encode()) % 3])


def slips() -> Iterator[tuple[Request, str, str]]:
    """Requests with a word misspelt, changed with its neighbour, or left out."""
    for each in requests("open"):
        words = each.words.split()
        for here, word in enumerate(words if each.program else ()):
            before, after = words[:here], words[here + 1 :]
            if chosen(f"{each.id} {here} misspelt", 24):
                yield each, "misspelt", " ".join([*before, misspelt(word), *after])
            if after and chosen(f"{each.id} {here} swapped", 40):
                yield each, "swapped", " ".join([*before, after[0], word, *after[1:]])
            if chosen(f"{each.id} {here} left out", 40) and not word.startswith(("cross", "turns", "become")):
                yield each, "left out", " ".join([*before, *after])


def less(text: str, than: str) -> bool:
    """Whether it says nothing that the other does not, as where what is left out stood for itself."""
    parts = {part.strip(" ,") for line in than.splitlines() for part in line.split(" and ")} | set(than.split())
    own = {part.strip(" ,") for line in text.splitlines() for part in line.split(" and ")}
    words = set(than.replace(",", " ").split())
    return all(part in parts or set(part.replace(",", " ").split()) <= words for part in own)


def test_a_slip_is_put_right_or_asked_or_told() -> None:
    wrong = []
    for each, how, words in slips():
        made = translation(words)
        if made.holes or made.draft.refusals or made.draft.notes or same_orders(each.program, made.draft.text):
            continue
        if not (how == "left out" and less(made.draft.text, translation(each.words).draft.text)):
            wrong.append((how, words, made.draft.text))
    assert wrong == []
    assert len(list(slips())) > 100


WORDS = sorted({" ".join(phrase) for phrase in phrases()})
OTHERS = ["20", "2%", "9:30", "0.5", ",", ".", "(", "SPY", "50/200", "1:2", "-3"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*WORDS, *OTHERS]), max_size=14))
def test_whatever_the_words_are_the_translator_answers(words: list[str]) -> None:
    made = translation(" ".join(words))
    assert made.draft.refusals or made.draft.text
    assert not [d for d in check_text(made.draft.text).diagnostics if d.is_error] or not made.draft.text


@pytest.mark.parametrize("piece", [".", " ", "{{", "<a", "1,", "how do i "])
def test_no_request_takes_long(piece: str) -> None:
    began = process_time()
    made = translation("buy 1" + piece * (LONGEST // len(piece) - 5))
    assert made.draft.refusals or made.holes
    (told,) = translation("buy when rsi is under 30 " + "and so on " * LONGEST).draft.refusals
    assert told.endswith("say it shorter.")
    assert process_time() - began < 5  # it took minutes


@pytest.mark.parametrize("number", ["9" * 16, "9" * 400, "1e400", "-" + "1" * 400, "1," + "000," * 130 + "000"])
@pytest.mark.parametrize(
    "words", ["buy at {}", "buy when rsi is below {}", "risk {}% per trade", "{}/{}", "{}k", "{}th", "{} to {}", "${}"]
)
def test_no_strategy_is_made_of_a_number_beyond_all_numbers(words: str, number: str) -> None:
    """Of 309 digits a float64 makes infinity, and there the translator ended."""
    made = translation(f"buy when close rises, {words.replace('{}', number)}").draft
    assert made.refusals or '?"What do' in made.text


@pytest.mark.parametrize(("words", "fee"), [("$0.005", "0.005"), ("0.005 dollars", "0.005"), ("$1.50", "1.5")])
def test_a_sum_below_one_has_its_decimals(words: str, fee: str) -> None:
    """`$0.005` was five dollars: a point before three digits parts thousands, but no thousand begins with a zero."""
    made = translation(f"commission {words} per share. buy rsi < 30, sell rsi > 70").draft
    assert made.text.startswith(f"assume fee {fee}/unit\n")


def test_it_is_a_drafter() -> None:
    drafter: Drafter = ByRules()
    assert drafter.draft("buy the golden cross, sell the death cross").text.startswith("enter long when cross_above(")
    assert drafter.draft("").refusals
