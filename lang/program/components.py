"""The cycles of a graph: groups of things that lead to each other. Names of a text and nodes of a program have such."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

Thing = TypeVar("Thing", bound=Hashable)


def components(things: Iterable[Thing], behind: Callable[[Thing], Iterable[Thing]]) -> Iterator[list[Thing]]:
    """The things in groups that lead to each other, what a group leads to before it (Tarjan 1972, without recursion).

    behind: what a thing leads to; what is not among `things` is passed over.
    """
    among = dict.fromkeys(things)
    number: dict[Thing, int] = {}
    low: dict[Thing, int] = {}
    waiting: list[Thing] = []
    done: set[Thing] = set()
    for root in among:
        path = [] if root in number else [(root, iter(behind(root)))]
        while path:
            thing, rest = path[-1]
            if thing not in number:
                number[thing] = low[thing] = len(number)
                waiting.append(thing)
            child = next((other for other in rest if other in among and other not in done), None)
            if child is not None and child not in number:
                path.append((child, iter(behind(child))))
            elif child is not None:
                low[thing] = min(low[thing], number[child])
            else:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[thing])
                if low[thing] == number[thing]:
                    group = [waiting.pop()]
                    while group[-1] != thing:
                        group.append(waiting.pop())
                    done.update(group)
                    yield group
