"""Makes the tree of tests, bottom-up: one method a rule of the grammar."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Union

from ..diagnostics.span import Span
from . import numbers, tree
from .expressions import Expr, Expressions, items
from .scanner import Token

Row = tuple[tuple[float, ...], Span, int]
Part = Union[tree.Setting, tree.Prices, tree.Expect, tree.Number, tree.Unread, tuple[str, Span]]
Moment = tuple[Union[int, None], str, Span]
Symbol = Union[Token, tree.Hole]
MOST_ALIKE = 10_000


class Tests(Expressions):
    """Makers of tests and of what they are made of."""

    def test(self, word: Token, name: Token, parts: Any = ()) -> tree.Test:
        found: list[Part] = [each for part in parts for each in (part if isinstance(part, list) else [part])]
        ends = [part[1].end if isinstance(part, tuple) else part.span.end for part in found]
        return tree.Test(
            name.text[1:-1], self._span(name.start, name.end),
            tuple(part for part in found if isinstance(part, tuple)),
            tuple(part for part in found if isinstance(part, (tree.Number, tree.Unread))),
            tuple(part for part in found if isinstance(part, tree.Setting)),
            tuple(part for part in found if isinstance(part, tree.Prices)),
            tuple(part for part in found if isinstance(part, tree.Expect)),
            self._span(word.start, max([name.end, *ends])),
        )  # fmt: skip

    def test_start(self, word: Token, time: Token) -> tuple[str, Span]:
        return time.text[1:-1], self._span(time.start, time.end)

    def test_every(self, word: Token, timeframe: Token) -> tree.Number | tree.Unread:
        return numbers.read(self.faults, timeframe)

    def test_with(self, word: Token, settings: list[tree.Setting]) -> list[tree.Setting]:
        return settings

    def settings(self, *parts: Any) -> list[tree.Setting]:
        return items(parts)

    def setting(self, name: Token, equal: Token, value: Expr) -> tree.Setting:
        span = self._span(name.start, value.span.end)
        return tree.Setting(name.text, value, self._span(name.start, name.end), span)

    # --- bars ------------------------------------------------------------------------------------------

    def test_prices(self, word: Token, rows: tuple[Row, ...]) -> tree.Prices:
        return tree.Prices(rows, "", self._span(word.start, rows[-1][1].end))

    def test_prices_of(self, word: Token, of: Token, symbol: Symbol, rows: tuple[Row, ...]) -> tree.Prices:
        return self._of_one(self.test_prices(word, rows), symbol)

    def test_table(self, word: Token, file: Token) -> tree.Prices:
        return tree.Prices((), file.text[1:-1], self._span(word.start, file.end))

    def test_table_of(self, word: Token, of: Token, symbol: Symbol, file: Token) -> tree.Prices:
        return self._of_one(self.test_table(word, file), symbol)

    def _of_one(self, prices: tree.Prices, written: Symbol) -> tree.Prices:
        symbol, place = self._symbol(written)
        return replace(prices, symbol=symbol, symbol_span=place)

    def test_rows(self, *parts: Any) -> tuple[Row, ...]:
        return tuple(part for part in parts for part in (part if type(part) is list else [part])
                     if not isinstance(part, Token))  # fmt: skip

    def test_row(self, prices: Any) -> Row:
        each: list[Token] = prices if isinstance(prices, list) else [prices]
        return tuple(map(self._price, each)), self._span(each[0].start, each[-1].end), 1

    def test_rows_alike(self, count: Token, of: Token, prices: Any) -> Row:
        row, place, _ = self.test_row(prices)
        read = numbers.read(self.faults, count)
        if isinstance(read, tree.Unread) or read.suffix or not read.whole or not 1 <= read.value <= MOST_ALIKE:
            message = f"so many rows are a whole number from 1 to {MOST_ALIKE:,}"
            self.faults.error("E430", message, count.start, count.end, help="for example `prices 20 of 100, 101`")
            return row, place, 1
        return row, self._span(count.start, place.end), int(read.value)

    def price_below(self, sign: Token, number: Token) -> Token:
        return number._replace(start=sign.start)

    def _price(self, token: Token) -> float:
        written = token._replace(start=token.end - len(token.text))
        number = numbers.read(self.faults, written)
        if isinstance(number, tree.Unread):
            return float("nan")
        if number.suffix:
            self.faults.error("E430", "a price is a bare number", written.start, written.end,
                              help="for example `prices 100 101 99 100`: open, high, low and close")  # fmt: skip
        return -number.value if written.start > token.start else number.value

    # --- what is expected ------------------------------------------------------------------------------

    def expect(self, word: Token, condition: Expr) -> tree.Expect:
        return tree.Expect(condition, None, None, "", None, self._span(word.start, condition.span.end))

    def expect_within(self, word: Token, condition: Expr, within: Token, off: Expr) -> tree.Expect:
        return replace(self.expect(word, condition), within=off, span=self._span(word.start, off.span.end))

    def expect_at(self, word: Token, condition: Expr, moment: Moment) -> tree.Expect:
        return self._at(self.expect(word, condition), moment)

    def expect_within_at(self, word: Token, condition: Expr, within: Token, off: Expr, moment: Moment) -> tree.Expect:
        return self._at(self.expect_within(word, condition, within, off), moment)

    def expect_of(self, word: Token, of: Token, symbol: Symbol, *rest: Any) -> tree.Expect:
        return self._expected(self.expect(word, *rest), symbol)

    def expect_of_within(self, word: Token, of: Token, symbol: Symbol, *rest: Any) -> tree.Expect:
        return self._expected(self.expect_within(word, *rest), symbol)

    def expect_of_at(self, word: Token, of: Token, symbol: Symbol, *rest: Any) -> tree.Expect:
        return self._expected(self.expect_at(word, *rest), symbol)

    def expect_of_within_at(self, word: Token, of: Token, symbol: Symbol, *rest: Any) -> tree.Expect:
        return self._expected(self.expect_within_at(word, *rest), symbol)

    def _expected(self, expect: tree.Expect, written: Symbol) -> tree.Expect:
        symbol, place = self._symbol(written)
        return replace(expect, symbol=symbol, symbol_span=place)

    def _at(self, expect: tree.Expect, moment: Moment) -> tree.Expect:
        bar, time, place = moment
        span = self._span(expect.span.start, place.end)
        return replace(expect, bar=bar, time=time, moment_span=place, span=span)

    def at_bar(self, word: Token, bar: Token, number: Token) -> Moment:
        place, read = self._span(word.start, number.end), numbers.read(self.faults, number)
        if isinstance(read, tree.Unread) or read.suffix or not read.whole:
            self.faults.error("E430", "a bar is a whole number, counted from 0", number.start, number.end,
                              help="as `bar_index` counts: the first bar is `at bar 0`")  # fmt: skip
            return 0, "", place
        return int(read.value), "", place

    def at_time(self, word: Token, time: Token) -> Moment:
        return None, time.text[1:-1], self._span(word.start, time.end)
