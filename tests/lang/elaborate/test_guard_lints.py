"""Limits that deny all, or that nothing reaches, are told; those that mean something are not."""

from __future__ import annotations

import pytest
from stratagem.lang.compile import check_text

BEFORE = "enter long when close > open\nexit long when close < open\n"
TOLD = {
    "guard drawdown 300%": "more than all", "guard loss 150% then halt": "more than all",
    "guard daily_loss 101%": "more than all", "guard positions 0": "denies every entry",
    "guard exposure 0%": "denies every entry", "guard day_gain 0%": "denies every entry",
    "guard drawdown 0% then flatten": "denies every entry",
    "assume leverage 2\nguard leverage 5": "`assume leverage 2` allows less",
    "guard exposure 201%\nassume margin 50%": "`assume margin 50%` allows less",
    "assume margin 20%\nguard margin_use 150%": "never denies",
    "guard margin_distance 0% then flatten": "never acts",
}  # fmt: skip
QUIET = ("guard drawdown 100%", "guard exposure 300%", "guard day_gain 200%", "guard open_risk 300%",
         "assume leverage 2\nguard exposure 200%", "assume leverage 2\nguard leverage 5 then reduce",
         "assume margin 20%\nguard drawdown 90%", "guard margin_use 150%",
         "guard drawdown 20% then halt until week\nguard drawdown 20% then halt until never",
         "guard positions 1", "param most = 0% in 0% to 50%\nguard drawdown most")  # fmt: skip


def codes(text: str) -> list[tuple[str, str]]:
    return [(d.code, d.message) for d in check_text(BEFORE + text).diagnostics if d.code in ("W513", "E415", "E022")]


@pytest.mark.parametrize("text", TOLD)
def test_a_limit_that_is_hardly_meant_is_told(text: str) -> None:
    ((code, message),) = codes(text)
    assert code == "W513" and TOLD[text] in message


@pytest.mark.parametrize(("text", "told", "fix"), [
    ("guard exposure 50% then reduce until day", "`then reduce` halts nothing", "remove `until day`"),
    ("guard loss 5% then halt until weak", "not by `weak`", "replace with `until week`"),
    ("guard loss 5% until week", "follows `then`", "insert `then halt`"),
])  # fmt: skip
def test_what_can_reset_no_guard_is_told(text: str, told: str, fix: str) -> None:
    (found,) = (d for d in check_text(BEFORE + text).diagnostics if d.severity == "error")
    assert told in found.message and found.fixes[0].title == fix


@pytest.mark.parametrize("text", QUIET)
def test_one_that_means_something_is_not(text: str) -> None:
    assert codes(text) == []


def test_money_says_how_much_and_when() -> None:
    assert codes("withdraw 200% monthly") == [
        ("E415", "`withdraw` takes at most 100% of equity, found 2 times all of it"),
    ]  # fmt: skip
    assert codes("withdraw 100% monthly") == [] and codes("deposit 200% monthly") == []
    assert codes("deposit na cash monthly") == [("E415", "`deposit` must be above 0, found a missing number")]
    (found,) = [d for d in check_text(BEFORE + "deposit 500 cash").diagnostics if d.code == "E022"]
    assert "monthly" in (found.help or "") and "when close > open" in (found.help or "")


OF_GROUPS = {
    "on A, B\nguard exposure 20% of tech\nguard exposure 30% of tech then halt\nguard exposure 20% of A": (),
    "guard exposure 20% of tech\nguard exposure 20% of \"BTC-USD\"": (),
    "param most = 10% in 5% to 50%\non A, B\nguard exposure (most * 2) of tech": (),
    "on A, B\nguard exposure 20% of tech\nguard exposure 30% of tech": ("E401",),
    "on A, B\nguard drawdown 20% of tech": ("E413",), "on A, B\nguard margin_distance 20% of A": ("E413",),
    "on A\nguard exposure 20% of tech": ("E801",), "on A\nguard exposure 20% of A": ("W702",),
    "on A, B\nguard exposure 2 * 20% of tech\nguard exposure 40% of tech then halt": (),
    "on A, B\nguard exposure close / 2 of tech": ("E414",), "on A, B\nguard positions 1.5 of tech": ("E204",),
}  # fmt: skip


@pytest.mark.parametrize("text", OF_GROUPS)
def test_what_a_guard_may_be_of(text: str) -> None:
    assert tuple(d.code for d in check_text(BEFORE + text).diagnostics if d.code != "W703") == OF_GROUPS[text]


def test_a_guard_of_a_group_is_no_limit_of_the_account() -> None:
    """`risk` asks for one of the account, and of several symbols it stays implied."""
    risk = "on A, B\nenter long when close > open stop 2% risk 1%\nexit long when close < open\n"
    assert "E411" in [d.code for d in check_text(risk + "guard exposure 50% of tech").diagnostics]
    assert "E411" not in [d.code for d in check_text(risk + "guard exposure 50%").diagnostics]
