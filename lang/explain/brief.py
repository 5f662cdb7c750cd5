"""An explanation without what it says of nearly every program: what is read back while a strategy is being made."""

from __future__ import annotations

from dataclasses import replace

from ..program.program import Program
from .amounts import listed
from .assuming import without_costs
from .explain import UNTITLED, explain
from .model import Explanation, Section, Sentence

_FOLDED = ("Decides", "Tests")


def brief(program: Program) -> Explanation:
    """What it trades, when and how much of it, its limits, its own assumptions, its costs, and what it never does."""
    whole = explain(program)
    told = [_short(section, program) for section in whole.sections if section.title not in _FOLDED]
    return replace(whole, title="" if whole.title == UNTITLED else whole.title, sections=tuple(told))


def _short(section: Section, program: Program) -> Section:
    if section.title == "Assumes":
        own = [sentence for sentence in section.sentences if sentence.about != "assumed"]
        return replace(section, sentences=(*own, *without_costs(program)))
    if section.title == "Never" and len(section.sentences) > 1:
        acts = [sentence.text[0].lower() + sentence.text[1:].removesuffix(".") for sentence in section.sentences]
        told = listed(acts, "or")
        return replace(section, sentences=(Sentence("never", f"{told[0].upper()}{told[1:]}."),))
    return section
