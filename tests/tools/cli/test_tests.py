"""`strat test`: exit codes, one test of several files, JSON."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .conftest import ROOT, Strat

Write = Callable[[str], str]
GOOD = 'test "good" prices 1, 2 expect close == 2\n'
BAD = 'let mid = (high + low) / 2\ntest "bad" prices 1, 5 6 4 5 expect mid == 4 within 0.5\n'


def test_it_tells_how_many_passed(strat: Strat, program: Write) -> None:
    path = program(GOOD)
    done = strat("test", path)
    assert (done.code, done.out, done.err) == (0, f"{path}: 1 passed\n", "")
    assert strat("test", program("plot close")).out.endswith(": no tests\n")


def test_a_failure_is_shown_and_exits_with_1(strat: Strat, program: Write) -> None:
    done = strat("test", program(GOOD + BAD))
    assert done.code == 1
    for part in ("1 passed, 1 failed", '"bad" (line 3, interpreted)', "bar 1, 2024-01-02", "mid = (high + low) / 2"):
        assert part in done.out
    assert strat("test", program(GOOD + BAD), "--only", "good").code == 0


def test_json_has_every_test(strat: Strat, program: Write) -> None:
    document = strat("test", program(GOOD + BAD), "--json").json
    tests = document["files"][0]["tests"]
    assert not document["passed"] and [(t["name"], t["passed"]) for t in tests] == [("good", True), ("bad", False)]
    assert [p["value"] for p in tests[1]["expected"][0]["parts"]] == [False, 5.0, 4.0]


def test_what_is_wrong_is_one_message(strat: Strat, program: Write) -> None:
    strat("test", program(GOOD), "--only", "none").failed(2, 'no test "none"', "good")
    assert strat("test", program('test "x" prices 1 expect close == ?"what"')).code == 1
    strat("test", "nowhere.strat").failed(3, "nowhere.strat")


@pytest.mark.parametrize("engine", ["interpreted", "both"])
def test_the_shipped_strategies_pass_their_own(strat: Strat, engine: str) -> None:
    tests = [str(path) for path in sorted((ROOT / "strategies").glob("*.strat")) if 'test "' in path.read_text()]
    assert len(tests) >= 2
    done = strat("test", *tests, "--engine", engine)
    assert done.code == 0, done.out
