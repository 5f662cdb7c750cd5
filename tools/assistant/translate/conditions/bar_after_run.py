"""A bar of one colour behind several of the other: `three reds, then the first green I buy`, `buy the next green candle
after 4 red ones`; and the next bar of a colour as a way out, `out next green`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..tokens.token import Plain, Token

_COLOURS = {"green": ("close > open", "close{0} > open{0}"), "red": ("close < open", "close{0} < open{0}")}
_OTHER = {"green": "red", "red": "green"}
_LONGEST = 20
_ORDINALS = {"first", "nexttrade"}
_BETWEEN = {"then", "comma", "and", "on", "at", "when", "colon", "arrow"}
_EXITS = {"exit", "sell", "cover"}


class _Run(NamedTuple):
    bars: int
    colour: str
    end: int


def kept_words(tokens: list[Token]) -> list[Token]:
    """With the small words of such a sequence under kinds that stay: before fillers are left out."""
    made: list[Token] = []
    for here, token in enumerate(tokens):
        ahead = next((at for at in range(here + 1, len(tokens)) if tokens[at].kind not in {"filler", "the"}), -1)
        after = _kind(tokens, ahead)
        if token.kind == "nexttrade" and token.text == "next" and after in _COLOURS:
            token = Token("first", token.text)
        elif token.text == "follows" and _kind(made, len(made) - 1) in {"bar", *_COLOURS} and after in {"num", "bars"}:
            token = Token("after", token.text)
        made.append(token)
    return made


def with_bars_after_runs(tokens: list[Token]) -> list[Token]:
    """With each such sequence as one condition, before single bars are read."""
    made: list[Token] = []
    here = 0
    while here < len(tokens):
        found = _sequence(tokens, here) or _reversed(tokens, here) or _next(tokens, here)
        made += found[0] if found else [tokens[here]]
        here = found[1] if found else here + 1
    return made


def _kind(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].kind if 0 <= at < len(tokens) else "end"


def _past(tokens: Sequence[Token], at: int, *kinds: str) -> int:
    return at + 1 if _kind(tokens, at) in kinds else at


def _run(tokens: Sequence[Token], at: int) -> _Run | None:
    """`3 red candles in a row`, `four candles red`: of two bars at the least."""
    if _kind(tokens, at) == "num" and _kind(tokens, at + 1) in _COLOURS:
        count, colour, end = tokens[at].value, _kind(tokens, at + 1), _past(tokens, at + 2, "bar")
    elif _kind(tokens, at) == "bars" and _kind(tokens, at + 1) in _COLOURS and tokens[at].text[:4] != "last":
        count, colour, end = tokens[at].value, _kind(tokens, at + 1), at + 2
    else:
        return None
    end = _past(tokens, end, "inrow")
    return _Run(int(count), colour, end) if count == int(count) and 2 <= count <= _LONGEST else None


def _one(tokens: Sequence[Token], at: int, named: bool) -> tuple[str, int] | None:
    """`the first green candle`, `next candle green`: its colour, and where it ends. named: it has to be the first, or
    the next."""
    start = _past(tokens, at, *_ORDINALS)
    if named and start == at:
        return None
    if _kind(tokens, start) in _COLOURS:
        end = _past(tokens, start + 1, "bar")
        one = _kind(tokens, end) == "num" and tokens[end].text == "one"
        return _kind(tokens, start), end + one
    if start > at and _kind(tokens, start) == "bar" and _kind(tokens, start + 1) in _COLOURS:
        return _kind(tokens, start + 1), start + 2
    return None


def _condition(run: _Run, words: str) -> Token:
    texts = [_COLOURS[_OTHER[run.colour]][0]]
    texts += [_COLOURS[run.colour][1].format(f"[{back}]") for back in range(1, run.bars + 1)]
    other = [_COLOURS[run.colour][0]]
    other += [_COLOURS[_OTHER[run.colour]][1].format(f"[{back}]") for back in range(1, run.bars + 1)]
    return Token("cond", words, Plain(" and ".join(texts), " and ".join(other)))


def _words(tokens: Sequence[Token]) -> str:
    return " ".join(token.text for token in tokens if token.text)


def _sequence(tokens: Sequence[Token], here: int) -> tuple[list[Token], int] | None:
    """The run first. What stands between, an action or the chart, is kept before the condition."""
    start = _past(tokens, here, "after", "when")
    start += start > here and _kind(tokens, start) in {"px", "ser"} and tokens[start].text in {"price", "market"}
    run = _run(tokens, start)
    if run is None:
        return None
    kept: list[Token] = []
    at = run.end
    acts = 0
    while at < len(tokens) and at < run.end + 6:
        token = tokens[at]
        if token.kind == "act" and token.value in {"long", "short"} and not acts:
            kept, acts = [*kept, token], 1
        elif token.kind == "on" and _kind(tokens, at + 1) in {"timeframe", "frame"}:
            kept += [token, tokens[at + 1]]
            at += 1
        elif token.kind not in (_BETWEEN if not acts else {"on", "at"}):
            break
        at += 1
    one = _one(tokens, at, named=not acts)
    if one is None or one[0] == run.colour or at == run.end:
        return None
    lead = [Token("when", "when")] if kept and acts else [tokens[here]] if _kind(tokens, here) == "when" else []
    return [*kept, *lead, _condition(run, _words(tokens[here : one[1]]))], one[1]


def _reversed(tokens: Sequence[Token], here: int) -> tuple[list[Token], int] | None:
    """`buy the first green candle after 4 red ones`, `when a green candle follows three red ones`."""
    one = _one(tokens, here, named=False)
    if one is None:
        return None
    run = _run(tokens, one[1] + 1) if _kind(tokens, one[1]) == "after" else None
    if run is None or run.colour == one[0]:
        return None
    lead = [Token("when", "when")] if _kind(tokens, here - 1) == "act" else []
    return [*lead, _condition(run, _words(tokens[here : run.end]))], run.end


def _next(tokens: Sequence[Token], here: int) -> tuple[list[Token], int] | None:
    """`out next green`, `exit on the next red bar`: behind a word that leaves."""
    if not (tokens[here].kind == "act" and tokens[here].value in _EXITS):
        return None
    at = _past(tokens, here + 1, "on", "at", "when")
    one = _one(tokens, at, named=True)
    if one is None or _kind(tokens, one[1]) not in {"comma", "stopmark", "end", "or", "and", "note"}:
        return None
    text, other = _COLOURS[one[0]][0], _COLOURS[_OTHER[one[0]]][0]
    return [tokens[here], Token("when", "when"), Token("cond", _words(tokens[at : one[1]]), Plain(text, other))], one[1]
