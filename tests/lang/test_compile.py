"""The entry to `lang`: what is found is told without raising, or raised with every fault."""

from __future__ import annotations

import pytest
from stratagem.lang.compile import check_text, compile_text
from stratagem.lang.diagnostics.model import CompileError
from stratagem.lang.syntax import tree
from stratagem.lang.syntax.parse import parse


def test_a_sound_text_has_a_program_and_its_warnings() -> None:
    found = check_text("param n = 3 in 1 to 5\nlet a = close", "a.strat")
    assert found.program is not None and found.program.diagnostics == found.diagnostics
    assert [d.code for d in found.diagnostics] == ["W101"]
    assert found.sources == {"a.strat": "param n = 3 in 1 to 5\nlet a = close"}


@pytest.mark.parametrize("text", ["let a = clos", "let a = 1 2", b"\xff", "let a = " + "(" * 300_000])
def test_a_text_with_faults_has_none_and_every_fault(text: str | bytes) -> None:
    found = check_text(text)
    assert found.program is None and any(d.is_error for d in found.diagnostics)
    with pytest.raises(CompileError) as raised:
        compile_text(text)
    assert raised.value.diagnostics == found.diagnostics
    assert raised.value.sources == found.sources


def test_what_cannot_be_read_stands_in_the_tree_as_broken() -> None:
    parsed = parse("let a = 1\nlet b = 2 3\nlet c = 4\nenter long when a stop_loss 2%\nplot c")
    assert [type(s).__name__ for s in parsed.module.statements] == ["Let", "Broken", "Let", "Broken", "Plot"]
    broken = [s for s in parsed.module.statements if isinstance(s, tree.Broken)]
    assert [b.names for b in broken] == [("b",), ()]
    assert [parsed.text[b.span.start : b.span.end] for b in broken] == [
        "let b = 2 3", "enter long when a stop_loss 2%",
    ]  # fmt: skip
