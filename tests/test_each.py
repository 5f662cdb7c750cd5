"""A test over many rows tells every row that fails, and is none where there are no rows."""

from __future__ import annotations

import pytest

from .each import TOLD, each, parts


def _is_even(number: int) -> None:
    assert number % 2 == 0, f"{number} is odd"


def test_all_rows_are_tried_and_those_that_fail_are_told() -> None:
    tried: list[int] = []

    def check(number: int) -> None:
        tried.append(number)
        if number == 4:
            pytest.fail("four is not meant")
        _is_even(number)

    with pytest.raises(pytest.fail.Exception) as told:
        each(range(6), check, lambda number: f"row {number}")
    assert tried == list(range(6))
    text = str(told.value)
    assert text.startswith("4 of 6 rows fail:\nrow 1: AssertionError: 1 is odd")
    assert "row 3: AssertionError: 3 is odd" in text and "row 4: Failed: four is not meant" in text
    assert "row 0" not in text and "row 2" not in text


def test_very_many_that_fail_are_counted() -> None:
    with pytest.raises(pytest.fail.Exception) as told:
        each(range(1, 2 * TOLD + 20, 2), _is_even)
    count, *shown, more = str(told.value).splitlines()
    assert count == f"{TOLD + 10} of {TOLD + 10} rows fail:" and more == "… and 10 more"
    named = [line.split(":")[0] for line in shown if "Error: " in line]  # pytest adds lines of its own
    assert named == [str(number) for number in range(1, 2 * TOLD, 2)]


def test_what_ends_the_run_ends_it() -> None:
    def stop(number: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        each([1, 2], stop)


def test_where_all_hold_nothing_is_said_and_no_rows_hold_nothing() -> None:
    each([2, 4], _is_even)
    with pytest.raises(pytest.fail.Exception, match="there is no row"):
        each([], _is_even)


def test_parts_are_all_rows_in_order() -> None:
    assert parts(range(7), 3) == [[0, 1, 2], [3, 4, 5], [6]]
    assert parts([], 3) == []
