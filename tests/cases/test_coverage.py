"""Every rule of trading has its file, every sentence its case, every case its other reading."""

from __future__ import annotations

import pytest

from .model import GROUPS, RULES, path_of, read_rule, rules_there


@pytest.mark.parametrize("rule", [*RULES, *GROUPS])
def test_every_rule_has_a_file(rule: int | str) -> None:
    assert path_of(rule).exists(), f"write {path_of(rule).name}: its sentences, and a case for each"


@pytest.mark.parametrize("rule", rules_there())
def test_every_sentence_has_a_case_and_every_case_a_sentence(rule: int | str) -> None:
    found = read_rule(rule)
    named = [name for case in found.cases for name in case.decides]
    assert not set(named) - set(found.sentences), "a case decides a sentence that the rule does not have"
    assert not set(found.sentences) - set(named), "a sentence without a case"


@pytest.mark.parametrize("rule", rules_there())
def test_every_case_says_which_other_reading_it_rules_out(rule: int | str) -> None:
    found = read_rule(rule)
    silent = [case.name for case in found.cases if len(str(case.given.get("otherwise", ""))) < 8]
    assert not silent, "say in one line what another reading of the rule would give"
    names = [case.name for case in found.cases]
    assert len(names) == len(set(names))


def test_there_are_enough_cases_to_mean_something() -> None:
    assert sum(len(read_rule(rule).cases) for rule in rules_there()) >= 150
