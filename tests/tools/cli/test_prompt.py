"""`strat prompt`."""

from __future__ import annotations

from stratagem.tools.assistant.prompt import prompt

from .conftest import Strat


def test_it_prints_the_prompt(strat: Strat) -> None:
    done = strat("prompt")
    assert (done.code, done.err, done.out) == (0, "", prompt())
    document = strat("prompt", "--json").json
    assert document["prompt"] == prompt() and document["characters"] == len(prompt()) and document["tokens"] < 4000
