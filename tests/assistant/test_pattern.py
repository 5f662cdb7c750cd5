"""Rows of patterns over tokens: one that is passed over would have found nothing, wherever it is tried."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from stratagem.tools.assistant.translate.tokens.pattern import Row, applied, matched
from stratagem.tools.assistant.translate.tokens.token import Token
from stratagem.tools.assistant.translate.words.scan import _candidates, _length
from stratagem.tools.assistant.translate.words.vocabulary import by_first

KINDS = "abcd"
ITEMS = st.builds(
    lambda look, kinds, optional: f"{look}{'|'.join(sorted(kinds))}{'' if look or not optional else '?'}",
    st.sampled_from(["", "", "", "!", ">", "<"]), st.sets(st.sampled_from([*KINDS, "end", "start"]), min_size=1,
                                                          max_size=2), st.booleans(),
)  # fmt: skip
ROWS = st.lists(
    st.builds(
        lambda items, made: Row(" ".join(items), lambda found: None if made is None else (made, found.text())),
        st.lists(ITEMS, min_size=1, max_size=4), st.sampled_from([*KINDS, None]),
    ),
    max_size=5,
)  # fmt: skip
WORDS = sorted({word for phrases in list(by_first().values())[::40] for phrase in phrases for word in phrase})


def everywhere(rows: Sequence[Row], tokens: list[Token]) -> list[Token]:
    """Every row tried at every place."""
    for row in rows:
        here = 0
        while here < len(tokens):
            found = matched(row, tokens, here)
            made = row.becomes(found[0]) if found and row.becomes else None
            if found is None or made is None:
                here += 1
                continue
            assert isinstance(made, tuple)
            tokens[here : found[1]] = [Token(made[0], found[0].text(), made[1])]
            here += 1
    return tokens


@given(ROWS, st.lists(st.sampled_from(KINDS), max_size=9))
def test_a_row_that_is_passed_over_would_have_found_nothing(rows: list[Row], kinds: list[str]) -> None:
    tokens = [Token(kind, f"{kind}{at}") for at, kind in enumerate(kinds)]
    assert applied(rows, list(tokens)) == everywhere(rows, list(tokens))


@given(st.lists(st.sampled_from([*WORDS, "the", "a", "of", "in", None]), min_size=1, max_size=9))
def test_the_phrase_that_is_found_is_the_first_of_all(run: list[str | None]) -> None:
    def first(phrases: Sequence[tuple[str, ...]]) -> tuple[str, ...] | None:
        return next((phrase for phrase in phrases if _length(phrase, run)), None)

    assert first(_candidates(run)) == first(by_first().get(run[0] or "", ()))
