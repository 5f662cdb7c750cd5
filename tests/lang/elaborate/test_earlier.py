"""Earlier values inside a cycle of states and lets: how much work they are."""

from __future__ import annotations

from functools import partial

import pytest
from stratagem.lang.compile import check_text

from ...visits import calls


def tree_of(terms: list[str]) -> str:
    """A sum of which no part nests deeper than it must."""
    while len(terms) > 1:
        terms = [f"({' + '.join(pair)})" for pair in zip(terms[::2], terms[1::2], strict=True)]
    return terms[0]


def wide(terms: int, lets: int) -> str:
    """A state that reads earlier values of many lets, each of itself and of one long expression."""
    big = f"let big = {tree_of([f'close * {k + 2}' for k in range(terms)])}\n"
    each = "".join(f"let x{k} = s + big * {k + 2}\n" for k in range(lets))
    return f"{big}{each}state s = 0 then {tree_of([f'x{k}[1]' for k in range(lets)])}\nplot s\n"


def test_what_leads_to_no_state_is_looked_through_once() -> None:
    """Twice the earlier values are so much more work, however long the expression is that they all read."""

    def more(terms: int) -> int:
        return calls(lambda: check_text(wide(terms, 32))) - calls(lambda: check_text(wide(terms, 16)))

    check_text(wide(4, 4))  # what is done once for the process is done
    assert check_text(wide(512, 32)).program is not None
    assert more(512) < 1.2 * more(32)


def nested(levels: int, reads: str) -> str:
    lets = "".join(f"let z{k} = {reads.format(f'z{k - 1}')}\n" for k in range(1, levels + 1))
    return f"state s = 0 then s + z{levels}[1]\nlet z0 = s + close\n{lets}plot s\n"


@pytest.mark.parametrize("reads", ["{0}[1] * 2", "{0}[1] + {0}[2]", "if {0}[1] > {0}[2] then {0}[1] else {0}[3]"])
def test_an_earlier_value_of_earlier_values_is_made_once(reads: str) -> None:
    """Each of them read twice would be 2^24 ways through twenty-four levels."""
    assert check_text(nested(24, reads)).program is not None
    few, many = (calls(partial(check_text, nested(levels, reads)), 3_000_000) for levels in (12, 24))
    assert many < 2.2 * few


@pytest.mark.parametrize("fault", ["clos", "ema({0}, 3)"])
def test_one_with_a_fault_is_read_once_too(fault: str) -> None:
    text = nested(24, "{0}[1] + {0}[2] + " + fault)
    assert {found.code for found in check_text(text).diagnostics} <= {"E101", "E701"}
    assert calls(partial(check_text, text), 3_000_000)


def test_a_long_chain_of_earlier_values_is_moved_without_recursion() -> None:
    """Each let was read as it was one bar ago when the last is read as it was two bars ago."""
    count = 1024
    lets = "".join(f"let z{k} = z{k - 1} + {k}\n" for k in range(1, count))
    earlier = tree_of([f"z{k}[1]" for k in range(count)])
    found = check_text(f"let z0 = s + close\n{lets}state s = 0 then {earlier} + z{count - 1}[2]\nplot s\n")
    assert found.program is not None
