"""What a least age of a position does to the exits of a plan, and where it can do nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..tokens.token import Condition, Joined, Plain, asked

if TYPE_CHECKING:
    from .plan import Plan


def held_back(plan: Plan) -> None:
    """The exits of a plan, each no sooner than the least age that is said."""
    for kind, value in plan.settings.all("minhold")[:1]:
        count = value if kind == "bars" else value[0] if value[1] == "d" and plan.frame in {"", "1d"} else 0
        sides = {side for side, _, _ in plan.entries}
        if not count or count != int(count):
            least: Condition = Plain(asked("definition", "How many bars is a position held at the least?"))
        elif len(sides) > 1:
            least = Plain(asked("definition", "An entry of the other side ends a position, however old it is: "
                                "what is held for so long?"))  # fmt: skip
        else:
            least = Plain(f"position.bars >= {int(count)}")
        if not plan.exits:
            question = "A stop, a target and an age work from the fill on: which way out has to wait?"
            plan.entries = [(side, _and(condition, Plain(asked("exit", question))), act)
                            for side, condition, act in plan.entries]  # fmt: skip
        plan.exits = [(side, _and(condition, least), act) for side, condition, act in plan.exits]


def _and(condition: Condition | None, other: Condition) -> Condition:
    return Joined("and", (condition, other)) if condition else other


def too_short(plan: Plan) -> list[str]:
    """An age at which a position ends before it may."""
    ages = [age for kind, age in plan.settings.all("expire") if kind == "bars"]
    least = [value for kind, value in plan.settings.all("minhold") if kind == "bars"]
    return [f"A position ends after {age} bars, and is to be held for {each} at the least."
            for age in ages for each in least if age < each]  # fmt: skip
