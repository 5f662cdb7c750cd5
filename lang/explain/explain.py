"""A typed program in plain English: what was understood, not what was written.

Every sentence is made from the typed program, so two texts that mean the same are told the same, but for the names
that they use; and two programs that differ in meaning are never told alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..program.program import Cancel, Enter, Exit, Flow, Hold, Program
from . import statements
from .assuming import assumptions
from .general import never, rules, tested
from .guards import guards
from .heading import headline, parameters, shown
from .holding import flow, held
from .model import Explanation, Section, Sentence
from .telling import Part, Teller

UNTITLED = "A strategy without a name"
DEFINITIONS = "Where"
"""The title of the section that says what names mean."""


def explain(program: Program) -> Explanation:
    """What the program says, in sections of sentences."""
    teller = Teller(program)
    told = [
        Section("Set by a run", tuple(parameters(teller))),
        Section("Trades, in this order", tuple(_statements(teller)), numbered=True),
        Section("Limits", tuple(guards(teller))),
        Section("Shows", tuple(shown(teller))),
    ]
    told.insert(2, Section(DEFINITIONS, tuple(teller.definitions())))
    told += [
        Section("Decides", tuple(rules(program))), Section("Assumes", tuple(assumptions(teller))),
        Section("Never", tuple(never(program))), Section("Tests", tuple(tested(program))),
    ]  # fmt: skip
    return Explanation(program.title or UNTITLED, tuple(headline(teller)), tuple(_filled(told)))


def _filled(sections: Iterable[Section]) -> Iterator[Section]:
    return (section for section in sections if section.sentences)


def _statements(teller: Teller) -> Iterator[Sentence]:
    """A sentence for each statement that trades, in the order of the text."""
    groups: dict[int, list[Hold]] = {}
    for hold in teller.program.holds:
        groups.setdefault(hold.group, []).append(hold)
    for statement in teller.program.trading:
        if isinstance(statement, Enter):
            yield statements.enter(teller, statement)
        elif isinstance(statement, Exit):
            yield statements.exit(teller, statement)
        elif isinstance(statement, Cancel):
            yield statements.cancel(teller, statement)
        elif isinstance(statement, Flow):
            yield flow(teller, statement)
        elif statement is groups[statement.group][0]:
            yield held(teller, groups[statement.group])
    if teller.program.prefer is not None:
        yield teller.sentence("prefer", "Where entries outnumber their places, those with the largest ",
                              Part(teller.program.prefer), " go first: a missing one last, equal ones in the order of "
                              "the symbols.")  # fmt: skip
