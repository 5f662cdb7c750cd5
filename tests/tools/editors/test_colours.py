"""Colours by looks: what Pygments and TextMate are made from, against what a reading of the text says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pygments import token
from pygments.lexers import get_lexer_by_name
from stratagem.lang.analysis.analysis import analyse
from stratagem.lang.analysis.kinds import Class, painted
from stratagem.lang.analysis.looks import LOOKS, looked
from stratagem.lang.words.table import WORDS
from stratagem.tools.editors import textmate
from stratagem.tools.editors.lexer import TOKENS, StratLexer

ROOT = Path(__file__).resolve().parents[3]
STRATEGIES = sorted((ROOT / "strategies").glob("*.strat"))
OWN = {Class.PARAMETER, Class.DEFINITION, Class.STATE, Class.ARGUMENT, Class.FUNCTION}


def test_the_grammar_is_up_to_date() -> None:
    assert textmate.GRAMMAR.read_text(encoding="utf-8") == textmate.grammar(), (
        "run python -m stratagem.tools.editors.textmate"
    )


def test_every_kind_has_its_colour_everywhere() -> None:
    assert {look.kind for look in LOOKS} == TOKENS.keys() == textmate.SCOPES.keys()


@pytest.mark.parametrize("file", STRATEGIES, ids=lambda file: file.stem)
def test_looks_say_what_a_reading_says(file: Path) -> None:
    """What the text itself names cannot be seen; all else is seen, and begins and ends where the scanner says."""
    text = file.read_text(encoding="utf-8")
    seen = {(start, end): kind for start, end, kind in looked(text)}
    known = painted(analyse(text))
    assert seen.keys() == {(p.span.start, p.span.end) for p in known}
    other = [
        (text[p.span.start : p.span.end], p.kind, kind)
        for p in known
        if p.kind not in OWN and (kind := seen[p.span.start, p.span.end]) is not p.kind
    ]
    # A bracket's `stop` is a clause by its looks, a guard a reading; entries of records have names of their own.
    assert [found for found in other if found[1:] != (Class.NAME, Class.SERIES) and found[1] is not Class.SERIES] == []


@pytest.mark.parametrize(("text", "kinds"), [
    ("# a # b", ["comment"]),
    ('alert when up "a b"', ["statement", "word", "name", "text"]),
    ('alert when up "a b', ["statement", "word", "name", "text"]),
    ("5m 2.5% 10_000 1r x5", ["number"] * 4 + ["name"]),
    ("position.size", ["series", "sign", "series"]),
    ("on entries on AAPL", ["clause", "statement", "name"]),
    ("ema(close, 20)", ["built-in", "sign", "series", "sign", "number", "sign"]),
    ("ema == mine(1)", ["name", "sign", "function", "sign", "number", "sign"]),
    ("if (a) stop (b)", ["word", "sign", "name", "sign", "clause", "sign", "name", "sign"]),
    ("closed", ["name"]),
    ("a>=-b", ["name", "sign", "sign", "name"]),
])  # fmt: skip
def test_looks(text: str, kinds: list[str]) -> None:
    assert [str(kind) for _, _, kind in looked(text)] == kinds


def test_a_new_word_of_the_language_has_a_colour() -> None:
    kinds = ("statement", "series", "time", "weekday", "clause")
    plain = [w.name for w in WORDS if w.kind in kinds and [k for *_, k in looked(w.name)] == [Class.NAME]]
    assert plain == []


def test_pygments_finds_the_lexer_and_keeps_the_text() -> None:
    lexer = get_lexer_by_name("strat")
    assert type(lexer) is StratLexer
    for file in STRATEGIES:
        text = file.read_text(encoding="utf-8")
        found = list(lexer.get_tokens(text))
        assert "".join(written for _, written in found).strip() == text.strip()
        assert token.Error not in {kind for kind, _ in found}


def test_pygments_names_a_strange_sign() -> None:
    assert (token.Error, "€") in list(StratLexer().get_tokens("let a = €"))


def test_what_the_extension_ships_is_consistent() -> None:
    folder = textmate.GRAMMAR.parents[1]
    described = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    (language,), (grammar,) = described["contributes"]["languages"], described["contributes"]["grammars"]
    assert language["extensions"] == [".strat"] and grammar["language"] == language["id"]
    assert (folder / grammar["path"]).resolve() == textmate.GRAMMAR.resolve()
    assert json.loads(textmate.GRAMMAR.read_text(encoding="utf-8"))["scopeName"] == grammar["scopeName"]
    assert (folder / language["configuration"]).is_file()
    locked = (folder / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in locked  # the lock names no registry
