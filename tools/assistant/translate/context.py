"""What is named in one place and meant in another: the band of `the lower one`, the average of `the mean`."""

from __future__ import annotations

from itertools import pairwise

from .operands import AVERAGES
from .series_rows import _DEFAULTS, banded
from .tokens import Series, Token, asked, number

_OWNERS = {
    "k": ("stoch", "stochrsi"), "d": ("stoch", "stochrsi"), "line": ("macd",), "signal": ("macd",), "hist": ("macd",)
}


def in_context(tokens: list[Token]) -> list[Token]:
    """With every band, line and average that is not named in full as the one that is named elsewhere."""
    families = [token for token in tokens if token.kind == "family"]
    bands = [
        token.value for token in tokens if token.kind == "ser" and token.value.band and token.value.name in _DEFAULTS
    ]
    records = {token.value.name: token.value for token in tokens if token.kind == "record"}
    records |= {
        t.value.name: _record(t.value) for t in tokens if t.kind == "ser"
        and t.value.name in {"macd", "stoch", "stochrsi"}
    }
    averages = {
        t.value.text: t.value for t in tokens if t.kind == "ser" and t.value.name in AVERAGES
        and t.value.dim == "price"
    }
    if not averages and not families:
        means = {
            f"sma(close, {s.length})": Series(f"sma(close, {s.length})", "price", "sma", s.length, s.frame)
            for s in bands if s.length
        }
        averages |= means
    given: list[str] = next((token.value for token in tokens if token.kind == "given"), [])
    made = [
        _placed(token, here, tokens, families, bands, records, averages, given) for here, token in enumerate(tokens)
    ]
    used = any(token.kind in {"edge", "lower", "upper"} for token in tokens) or bands
    dropped = {"family", "given"} if used and (families or bands) else set()
    pairs = {
        id(tokens[i + 1]) for i, t in enumerate(tokens[:-1]) if t.kind == "family" and tokens[i + 1].kind == "pair"
    }
    return [
        token for token, old in zip(made, tokens, strict=True) if token.kind not in dropped and id(old) not in pairs
    ]


def _record(series: Series) -> Series:
    return Series(series.text.rpartition(".")[0], series.dim, series.name)


def _placed(
    token: Token, here: int, tokens: list[Token], families: list[Token], bands: list[Series],
    records: dict[str, Series], averages: dict[str, Series], given: list[str],
) -> Token:  # fmt: skip
    if token.kind == "edge":
        found = _band(token, tokens, families, bands, given)
        return Token("ser", token.text, found) if found else token
    if token.kind == "ser" and token.value.name in _DEFAULTS and token.value.band and given:
        return Token("ser", token.text, banded(token.value.name, token.value.band, given))
    if token.kind == "part" and token.value in _OWNERS:
        own = [records[name] for name in _OWNERS[token.value] if name in records]
        if len(own) == 1:
            series = Series(f"{own[0].text}.{token.value}", own[0].dim, own[0].name, band=token.value)
            return Token("ser", token.text, series)
    if token.kind == "ma" and not _paired(tokens, here):
        same = [
            each for each in averages.values() if each.name == token.value
            or (token.value == "sma" and len(averages) == 1)
        ]
        if len(same) == 1:
            return Token("ser", token.text, same[0])
        return Token("ser", token.text, Series(_without_length(token), "price", "unsaid"))
    return token


def _paired(tokens: list[Token], here: int) -> bool:
    near = tokens[max(here - 1, 0) : here + 2]
    return any(token.kind == "pair" for token in near)


def _without_length(token: Token) -> str:
    question = asked("length", f"'{token.text}': of how many bars?")
    return f"{token.value}(close, {question})"


def _band(
    token: Token, tokens: list[Token], families: list[Token], bands: list[Series], given: list[str]
) -> Series | None:
    names = {each.value for each in families} | {each.name for each in bands}
    if not names and any("band" in token.text and token.kind in {"cond", "ser"} for token in tokens):
        names = {"bb"}
    if len(names) != 1:
        return None
    (name,) = names
    params = given or [number(each) for each in _near_pair(tokens) or ()]
    if bands and not params:
        first = bands[0]
        return Series(first.text.rpartition(".")[0] + f".{token.value}", "price", name, band=token.value)
    if len(params) > len(_DEFAULTS[name]):
        return None
    return banded(name, token.value, [*params, *_DEFAULTS[name][len(params) :]])


def _near_pair(tokens: list[Token]) -> tuple[float, ...] | None:
    for token, after in pairwise(tokens):
        if token.kind == "family" and after.kind == "pair":
            return tuple(after.value)
    return None
