"""Slips in the heading (symbols, timeframes, assumptions) and in texts without their quotes."""

from __future__ import annotations

from .scanner import END
from .slips import slip
from .stuck import STATEMENT_WORDS, Place

_TIMEFRAMES = {
    **dict.fromkeys("day daily days d".split(), "1d"),
    **dict.fromkeys("hour hourly h".split(), "1h"),
    **dict.fromkeys("week weekly w".split(), "1w"),
    **dict.fromkeys("month monthly mo".split(), "1mo"),
    **dict.fromkeys("minute m".split(), "1m"),
}


@slip
def value_after_a_sign(place: Place) -> bool:
    """`assume fee = 0.1%`"""
    if place.at(-2).kind != "assume" or place.token.kind not in ("=", ":", "=="):
        return False
    fix = place.replace("", safe=True)
    return place.error("E018", "the value of an assumption follows its name at once", fixes=[fix])


@slip
def capital_in_small_letters(place: Place) -> bool:
    """`assume capital 2 btc`"""
    code = place.token.text.upper()
    if place.at(-3).kind != "assume" or place.at(-2).text != "capital" or place.before.kind != "NUMBER":
        return False
    if place.token.kind != "NAME" or not 3 <= len(code) <= 5 or not code.isalpha():
        return False
    if place.rest_of_line(place.index - 1) < place.index:  # the next line's, a definition without its word
        return False
    fixes = [] if place.token.text == code else [place.replace(code, safe=True)]
    return place.error("E018", f"what a capital is in is written in capital letters: `{place.before.text} {code}`",
                       fixes=fixes)  # fmt: skip


@slip
def symbol_without_quotes(place: Place) -> bool:
    """`on BTC-USD every 1d`  `assume timezone Europe/London`"""
    if place.word not in ("on", "assume") or "every" in place.inside:
        return False
    index = place.index
    if place.before.end == place.token.start and place.before.kind in ("NAME", "NUMBER"):
        index -= 1
    last = place.run(index)
    if last == index and place.token.kind != "NUMBER":
        return False
    if place.word == "on" and place.token.kind == "NUMBER" and "every" in place.wanted:
        return False
    first, end = place.tokens[index], place.tokens[last]
    text = f'"{place.written(index, last)}"'
    return place.error("E019", "what is not a plain name stands between two `\"`", first=first, last=end,
                       fixes=[place.replace(text, first=first, last=end, safe=True)])  # fmt: skip


@slip
def symbol_called_a_side(place: Place) -> bool:
    """`on entries every 1d`: one word with `on` wherever it stands, as in `assume fee 0.1% on entries`"""
    if place.token.kind != "ON_SIDE":
        return False
    name = place.token.text.split()[1]
    return place.error("E019", f"a symbol called `{name}` stands between two `\"`: `on {name}` is said of a cost",
                       fixes=[place.replace(f'on "{name}"', safe=True)])  # fmt: skip


@slip
def timeframe_in_words(place: Place) -> bool:
    """`on AAPL every day`  `on AAPL daily`  `on AAPL 1d`"""
    if place.word != "on":
        return False
    every = "" if place.before.kind == "every" else "every "
    if place.token.kind == "NUMBER" and every and "every" in place.wanted:
        return place.error("E022", "a timeframe follows `every`", fixes=[place.insert("every", safe=True)])
    frame = _TIMEFRAMES.get(place.token.text)
    if frame is None:
        return False
    return place.error("E022", "a timeframe is a number and a unit, after `every`: `every 1d`",
                       fixes=[place.replace(every + frame, safe=True)])  # fmt: skip


@slip
def title_without_quotes(place: Place) -> bool:
    """`strategy Golden cross`  `plot x as trend`"""
    if place.wanted != {"STRING"} or place.token.kind in (END, "=", *STATEMENT_WORDS):
        return False
    last = place.rest_of_line(place.index)
    text = f'"{place.written(place.index, last)}"'
    plain = all(token.kind not in ("(", "STRING", "=") for token in place.tokens[place.index : last + 1])
    safe = plain and (place.word == "strategy" or last == place.index)
    return place.error("E019", 'a text stands between two `"`', last=place.tokens[last],
                       fixes=[place.replace(text, last=place.tokens[last], safe=safe)])  # fmt: skip


@slip
def plot_without_as(place: Place) -> bool:
    """`plot x, "title"`"""
    comma = place.token.kind == "," and place.after.kind == "STRING"
    if place.word != "plot" or not (comma or place.token.kind == "STRING") or "as" not in place.wanted:
        return False
    fix = place.replace("as", safe=True) if comma else place.insert("as", safe=True)
    return place.error("E022", "the title of a plot follows `as`", fixes=[fix])
