"""Every diagnostic of the elaborator at its place; adding a case is adding a chunk to `cases.strat`."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from stratagem.lang.compile import check_text, compile_text
from stratagem.lang.diagnostics.codes import CODES
from stratagem.lang.diagnostics.model import CompileError, Diagnostic
from stratagem.lang.diagnostics.render import apply_fixes
from stratagem.lang.plan.build import plan
from stratagem.lang.plan.codec import to_json

_MARK = re.compile(r"#! ([EW][0-9]{3}) \"(.*)\"\s*$")
CHUNKS = [c.strip("\n") for c in (Path(__file__).parent / "cases.strat").read_text(encoding="utf-8").split("---\n")]


@cache  # every test asks about the same chunks
def diagnostics(text: str) -> tuple[Diagnostic, ...]:
    try:
        return compile_text(text).diagnostics
    except CompileError as error:
        return error.diagnostics


def expected(chunk: str) -> list[tuple[str, int, str]]:
    found = []
    for number, line in enumerate(chunk.splitlines(), 1):
        mark = _MARK.search(line)
        if mark:
            found.append((mark[1], number, mark[2].replace('\\"', '"')))
    return found


@pytest.mark.parametrize("chunk", CHUNKS, ids=lambda c: (_MARK.findall(c) or [("none", "")])[0][0])
def test_reported_where_it_is(chunk: str) -> None:
    wanted = expected(chunk)
    assert wanted, "a chunk expects something"
    found = [
        (d.code, chunk.count("\n", 0, d.span.start) + 1, chunk[d.span.start : d.span.end]) for d in diagnostics(chunk)
    ]
    for case in wanted:
        assert case in found


@pytest.mark.parametrize("chunk", CHUNKS, ids=lambda c: (_MARK.findall(c) or [("none", "")])[0][0])
def test_a_fix_mends_what_it_was_offered_for(chunk: str) -> None:
    before = diagnostics(chunk)
    codes = {case[0] for case in expected(chunk)}
    fixable = [d for d in before if d.code in codes and d.fixes]
    for diagnostic in fixable:
        mended = apply_fixes(chunk, [diagnostic])
        after = diagnostics(mended)
        assert mended != chunk
        assert [d.code for d in after].count(diagnostic.code) < [d.code for d in before].count(diagnostic.code)
        assert not any(d.code.startswith("E0") for d in after), "the mended text parses"


SAFE = {"E203", "W001", "W303"}
"""Codes of this file whose fix is certain: `is_na(x)` for `x == na`, straight quotes, brackets that change nothing."""


def test_no_other_fix_is_safe() -> None:
    """A guess at a name, another length, size, unit or clock computes another thing: the author chooses that."""
    found = {d.code for chunk in CHUNKS for d in diagnostics(chunk) if any(fix.safe for fix in d.fixes)}
    assert found <= SAFE | {d.code for chunk in CHUNKS for d in diagnostics(chunk) if d.code < "E1"}
    assert {"E203", "W303"} <= found


@pytest.mark.parametrize("chunk", CHUNKS, ids=lambda c: (_MARK.findall(c) or [("none", "")])[0][0])
def test_a_safe_fix_of_a_sound_program_computes_the_same(chunk: str) -> None:
    found = check_text(chunk)
    safe = [d for d in found.diagnostics if d.fixes and d.fixes[0].safe]
    if found.program is None or not safe:
        return
    mended = check_text(apply_fixes(chunk, safe, safe_only=True)).program
    assert mended is not None
    assert to_json(replace(plan(mended), source_hash="")) == to_json(replace(plan(found.program), source_hash=""))


def test_every_code_used_is_explained() -> None:
    for chunk in CHUNKS:
        for diagnostic in diagnostics(chunk):
            assert diagnostic.code in CODES


@pytest.mark.parametrize(
    ("expression", "meant"),
    [
        ("True", "true"), ("flase", "false"), ("None", "na"), ("NaN", "na"), ("null", "na"), ("Close", "close"),
        ("positon.size > 1", "position"), ("equty", "equity"), ("trads", None), ("nul", None), ("mien", "mine"),
    ],
)  # fmt: skip
def test_a_name_is_mended_to_a_word_that_could_stand_there(expression: str, meant: str | None) -> None:
    (fault,) = [d for d in diagnostics(f"let mine = close\nlet a = {expression}") if d.is_error]
    assert fault.code == "E101"
    assert [fix.edits[0].text for fix in fault.fixes] == ([meant] if meant else [])


def test_several_faults_in_one_run_without_cascades() -> None:
    text = "let a = clos + 1\nlet b = a * 2\nlet c = hihg\nenter long when b > c\n"
    errors = [d.code for d in diagnostics(text) if d.is_error]
    assert errors == ["E101", "E101"]


def test_a_deep_chain_of_definitions_is_one_diagnostic_not_a_crash() -> None:
    chain = "\n".join(f"let a{i} = a{i - 1} + close" for i in range(1, 400))
    text = f"let a0 = close\n{chain}\nlet z = a399 @ 4h\n"
    assert "E601" in [d.code for d in diagnostics(text)]


def test_functions_that_double_their_work_meet_the_limit() -> None:
    doubling = "\n".join(f"fn f{i}(x) = f{i - 1}(x) + f{i - 1}(x + {i})" for i in range(1, 25))
    text = f"fn f0(x) = x + 1\n{doubling}\nlet z = f24(close)\n"
    assert {"E602", "E604"} & {d.code for d in diagnostics(text)}
