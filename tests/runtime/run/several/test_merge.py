"""Rows of books become one list: of events, with the symbol of each, in an order that the rows alone decide."""

from __future__ import annotations

import numpy as np
from stratagem.runtime.data.panel import Panel
from stratagem.runtime.run.several.merge import merge_orders, merge_records, merge_trades, rows_at
from stratagem.runtime.trading.rows import ORDER_COLUMNS, RECORD_COLUMNS, TRADE_COLUMNS

from ...data.panel.made import daily
from ...results.made import row, rows

PANEL = Panel((daily("A", 1, 2, 5), daily("B", 2, 3, 4, 5)))  # events on the days 1 2 3 4 5
AT = rows_at(PANEL, 2)


def test_each_bar_of_a_symbol_has_its_event() -> None:
    assert [own.tolist() for own in AT] == [[0, 1, 4], [1, 2, 3, 4]]
    assert [own.tolist() for own in rows_at(PANEL, 1)] == [[0, 1, 4]]


def trade(entry: int, leave: int, **more: float) -> list[float]:
    return row(TRADE_COLUMNS, entry_index=entry, exit_index=leave, **more)


def test_closed_trades_stand_by_exit_and_open_ones_last() -> None:
    books = [rows([trade(0, 2, bars=2), trade(2, 2)], TRADE_COLUMNS), rows([trade(0, 1), trade(1, 3)], TRADE_COLUMNS)]
    merged = merge_trades(books, [1, 0], AT)
    assert merged.symbol.tolist() == [1, 0, 1, 0]
    index = [TRADE_COLUMNS.index(name) for name in ("entry_index", "exit_index")]
    assert merged.rows[:, index].tolist() == [[1, 2], [0, 4], [2, 4], [4, 4]]
    assert merged.rows[1, TRADE_COLUMNS.index("bars")] == 2  # of its own symbol


def test_trades_open_at_the_end_stand_by_entry() -> None:
    books = [rows([trade(2, 2)], TRADE_COLUMNS), rows([trade(1, 3), trade(3, 3)], TRADE_COLUMNS)]
    assert merge_trades(books, [1, 2], AT).symbol.tolist() == [1, 0, 1]


def test_rows_of_a_book_are_not_changed() -> None:
    book = rows([trade(0, 2)], TRADE_COLUMNS)
    before = book.copy()
    merge_trades([book, rows([], TRADE_COLUMNS)], [0, 0], AT)
    np.testing.assert_array_equal(book, before)


def test_orders_stand_by_number_and_keep_that_they_were_not_filled() -> None:
    a = rows([row(ORDER_COLUMNS, order=3, index=1, fill_index=2), row(ORDER_COLUMNS, order=0, index=0, fill_index=-1)],
             ORDER_COLUMNS)  # fmt: skip
    b = rows([row(ORDER_COLUMNS, order=1, index=0, fill_index=1)], ORDER_COLUMNS)
    merged = merge_orders([a, b], AT)
    index = [ORDER_COLUMNS.index(name) for name in ("order", "index", "fill_index")]
    assert merged.rows[:, index].tolist() == [[0, 0, -1], [1, 1, 2], [3, 1, 4]]
    assert merged.symbol.tolist() == [0, 1, 0]


def test_readings_stand_by_event_then_by_symbol_then_as_written() -> None:
    a = rows([row(RECORD_COLUMNS, index=1, phase=0), row(RECORD_COLUMNS, index=1, phase=1)], RECORD_COLUMNS)
    b = rows([row(RECORD_COLUMNS, index=0, phase=1), row(RECORD_COLUMNS, index=3, phase=1)], RECORD_COLUMNS)
    merged = merge_records([a, b], AT)
    assert merged.rows[:, :2].tolist() == [[1, 0], [1, 1], [1, 1], [4, 1]]
    assert merged.symbol.tolist() == [0, 0, 1, 1]


def test_no_rows_at_all() -> None:
    nothing = [rows([], TRADE_COLUMNS), rows([], TRADE_COLUMNS)]
    assert merge_trades(nothing, [0, 0], AT).rows.shape == (0, len(TRADE_COLUMNS))
