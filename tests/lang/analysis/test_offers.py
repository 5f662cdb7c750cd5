"""What may stand at a place: what is offered can be written there, and what is written there was offered."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from stratagem.lang.analysis.analysis import analyse
from stratagem.lang.analysis.offers import may_stand
from stratagem.lang.syntax.tables import LITERALS

from tests.laws.programs import program

from .marked import marked

ROOT = Path(__file__).resolve().parents[3]

OFFERED = {
    "|": (("let", "enter", "strategy"), ("close", "size", "when", "import")),
    "let x = rsi(close, 14) |": (("and", "or", "let"), ("import",)),  # which is not available yet
    "enter long when |": (("n", "calm", "f", "count", "close", "ema", "position", "not"), ("let", "size", "deny")),
    "enter long when calm.|": (("middle", "upper", "lower"), ("close", "n")),
    "let x = position.p|": (("pnl",), ("quantity",)),
    "assume |": (("fee", "capital", "timezone"), ("close", "stop", "n")),
    "guard |": (("drawdown", "exposure"), ("close", "then")),
    "guard drawdown 20% then |": (("deny", "halt", "flatten", "reduce"), ("close", "stop")),
    "enter long when close > open |": (("size", "stop", "because", "exit", "and", "or"), ("fee", "close", "deny")),
    "enter long when close > open s|": (("stop", "size", "scale", "state"), ("target", "enter")),
    "enter long when true fill |": (("next_open", "this_close"), ("close",)),
    "rebalance |": (("monthly", "weekly", "when"), ("close", "stop")),
    "let x = close @ |": (("15m", "1h", "1d", "forming", "event"), ("close",)),
    "on AAPL every |": (("15m", "1d"), ("forming", "close")),
    "let x = ema(|": (("length =", "source =", "close"), ("let",)),
    "let x = ema(length = 3, |": (("source =", "close"), ("length =",)),
    "exit |": (("long", "short"), ("close", "when")),
    "let |": ((), ("close", "calm", "stop")),
    "let x = cal|": (("calm",), ("close",)),
    "# a comment c|": ((), ("close", "calm")),
    'plot close as "c|"': ((), ("close", "calm")),
    "fn g(x) let y = x |": (("return", "let"), ()),
    "fn g(xyz, other = 2) let inner = |": (("xyz", "other", "close"), ("entry",)),
    "fn g(xyz) let inner = 1 return |": (("xyz", "inner"), ()),
    "enter long when true stop 2% target |": (("entry", "stop", "close"), ("limit",)),
    "enter long when true stop 2% size |": (("close",), ("entry",)),
}


@pytest.mark.parametrize("text", OFFERED)
def test_what_is_offered(text: str) -> None:
    analysis, offset = marked(text)
    names = [offer.name for offer in may_stand(analysis, offset).offers]
    wanted, unwanted = OFFERED[text]
    assert [name for name in wanted if name not in names] == [], names
    assert [name for name in unwanted if name in names] == [], names
    assert len(names) == len(set(names))


def test_the_texts_own_names_come_first_and_say_what_they_are() -> None:
    analysis, offset = marked("let x = |")
    first = may_stand(analysis, offset).offers[:4]
    assert [(o.name, o.kind, o.detail, o.meaning) for o in first] == [
        ("n", "parameter", "", ""),
        ("calm", "definition", "", "calm one"),
        ("f", "function", "f(a, b = …)", "adds"),
        ("count", "state", "", ""),
    ]


def test_the_word_that_is_being_written_is_replaced() -> None:
    analysis, offset = marked("let x = cal|m + 1")
    found = may_stand(analysis, offset)
    assert analysis.text[found.replaced.start : found.replaced.end] == "calm"


def test_offers_are_words_that_the_grammar_takes() -> None:
    analysis, offset = marked("enter long when close > open |")
    for offer in may_stand(analysis, offset).offers:
        assert offer.name in LITERALS, offer


def _texts() -> list[str]:
    shipped = [path.read_text() for path in sorted((ROOT / "strategies").glob("*.strat"))]
    return [*shipped[::2], *(program(Random(seed)) for seed in range(6))]


def test_whatever_a_program_says_was_offered_there() -> None:
    """Each word of sound programs, where the text is cut before it: but for numbers, texts and what authors name."""
    random = Random(8)
    for text in _texts():
        whole = analyse(text)
        made = {d.span.start for d in whole.resolution.definitions if d.span}
        for at in sorted(random.sample(range(len(whole.tokens)), min(25, len(whole.tokens)))):
            token = whole.tokens[at]
            before = whole.tokens[at - 1].kind if at else ""
            symbol = before in ("on", "of", "watch", "universe", "buy", "sell", "flatten", "hold", ",", "emit")
            if not token.text[0].isalpha() or token.start in made or (symbol and token.kind == "NAME"):
                continue
            if token.kind == "NAME" and at + 1 < len(whole.tokens) and whole.tokens[at + 1].kind in ("=", ":"):
                continue  # an argument by its name, a field of a record
            if token.start not in whole.resolution.bound and token.kind == "NAME":
                continue
            names = {offer.name for offer in may_stand(whole, token.start).offers}
            assert token.text in names, (text[max(token.start - 60, 0) : token.start], token.text)


def test_no_text_however_broken_stops_it() -> None:
    random = Random(88)
    for seed in range(8):
        text = program(Random(seed))
        for _ in range(6):
            cut = random.randrange(len(text))
            analysis = analyse(text[:cut] + random.choice(("", "(", "}", '"', "\x00", " when ", "é")) + text[cut + 3 :])
            for _ in range(5):
                offset = random.randrange(len(analysis.text) + 1)
                found = may_stand(analysis, offset)
                assert found.replaced.start <= offset <= found.replaced.end <= len(analysis.text)
                assert all(offer.name for offer in found.offers)
