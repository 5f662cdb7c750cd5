"""The translator over the open requests: most are right, none is silently wrong; and rows of idioms beside them."""

from __future__ import annotations

from functools import cache

from .corpus import Request, requests
from .translating import verdicts

NOT_YET = set("open-029 open-060 open-067 open-124".split())
"""What is asked or refused and could be written: progress takes a name out."""


@cache
def judged() -> dict[str, list[Request]]:
    return verdicts(requests("open"))


def test_no_open_request_is_silently_wrong() -> None:
    assert [each.id for each in judged().get("wrong", [])] == []


def test_what_can_be_translated_is_right_or_known_not_to_be_yet() -> None:
    programs = [each for each in requests("open") if each.program]
    right = {each.id for each in judged()["right"] if each.program}
    assert {each.id for each in programs} - right <= NOT_YET
    assert len(right) >= 0.8 * len(programs)


def test_what_is_open_is_asked_and_what_cannot_be_is_refused() -> None:
    rest = [each for each in requests("open") if not each.program]
    right = [each for each in judged()["right"] if not each.program]
    assert [each.id for each in rest if each not in right] == []
