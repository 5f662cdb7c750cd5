"""Offsets and the positions of editors are one another's inverse."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("pygls", reason="the language server is an extra: pip install 'stratagem[lsp]'")

from lsprotocol.types import Position
from stratagem.tools.lsp.positions import Places

TEXTS = st.text(alphabet="a\n\ré𝄞\t", max_size=30)


@given(TEXTS, st.integers(0, 30))
def test_an_offset_comes_back(text: str, offset: int) -> None:
    places = Places(text)
    offset = min(offset, len(text))
    found = places.offset(places.position(offset))
    inside = offset and text[offset - 1 : offset + 1] == "\r\n"  # between the two marks of one line end
    assert found == (offset - 1 if inside else offset)


@given(TEXTS, st.integers(0, 9), st.integers(0, 40))
def test_any_position_is_in_the_text(text: str, line: int, character: int) -> None:
    assert 0 <= Places(text).offset(Position(line, character)) <= len(text)
