"""Groups of things that lead to each other, in the order in which they can be learnt."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stratagem.lang.program.components import components

GRAPHS = st.integers(1, 7).flatmap(
    lambda n: st.lists(st.lists(st.integers(0, n), max_size=4), min_size=n, max_size=n)
)  # a number beyond the last is no thing of the graph


@settings(max_examples=300, deadline=None)
@given(edges=GRAPHS)
def test_a_group_is_what_leads_there_and_back(edges: list[list[int]]) -> None:
    things = range(len(edges))
    leads = [[a == b for b in things] for a in things]
    for a in things:
        for b in edges[a]:
            if b < len(edges):
                leads[a][b] = True
    for between, a, b in product(things, repeat=3):
        leads[a][b] |= leads[a][between] and leads[between][b]
    groups = list(components(things, edges.__getitem__))
    assert sorted(thing for group in groups for thing in group) == list(things)
    for place, group in enumerate(groups):
        for a, other in product(group, things):
            assert (leads[a][other] and leads[other][a]) == (other in group)
        later = [b for after in groups[place + 1 :] for b in after]
        assert not any(leads[a][b] for a, b in product(group, later)), "what it leads to comes first"


@pytest.mark.parametrize("length", [20_000])
def test_a_long_chain_and_a_long_circle_need_no_recursion(length: int) -> None:
    chain = list(components(range(length), lambda n: [n + 1]))
    assert chain == [[n] for n in reversed(range(length))]
    (circle,) = components(range(length), lambda n: [(n + 1) % length])
    assert sorted(circle) == list(range(length))
