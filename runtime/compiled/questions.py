"""The questions of a text or a file, and the edit that answers one, for hosts."""

from __future__ import annotations

import os

from ...lang.analysis import holes as of_text
from ...lang.diagnostics.brief import brief
from ...lang.diagnostics.holes import Hole
from ..errors import UsageFault
from .program import content_of, is_path


def holes(text_or_path: str | bytes | os.PathLike[str]) -> tuple[Hole, ...]:
    """Every question that a text asks, in its order; none where nothing is asked, whatever else is wrong with it.

    text_or_path: as `compile` takes it. Never raises for what the text says; UsageFault for what is no text,
    ProgramFileError if the file cannot be read.
    """
    return of_text.holes(_content("holes", text_or_path))


def answer(text_or_path: str | bytes | os.PathLike[str], hole: Hole | int, written: str) -> str:
    """The text with a hole answered: what is written stands in its place, in brackets where it needs them.

    text_or_path: as `compile` takes it; a file stays as it is. hole: one of `holes(text_or_path)`, or its place among
    them from 0. written: as it would stand in the text, `"50%"`.

    AnswerError where there is no such hole, where what is written is no answer or more than one, or where the text with
    it has a fault that it had not: `20` for a share of equity, a price in a name that is read as a condition elsewhere.
    UsageFault for what is no text or no hole; ProgramFileError if the file cannot be read.
    """
    if not isinstance(written, str):
        raise UsageFault(f'`answer` takes what stands in the place of the hole, such as "50%", found {brief(written)}')
    if not isinstance(hole, (int, Hole)) or isinstance(hole, bool):
        raise UsageFault(f"`answer` takes one of `holes(text)`, or its place among them from 0, found {brief(hole)}")
    return of_text.answer(_content("answer", text_or_path), hole, written)


def _content(taker: str, text: str | bytes | os.PathLike[str]) -> bytes:
    content, _ = content_of(text, None, path=is_path(text), taker=taker)
    return content
