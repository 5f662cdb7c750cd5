"""Mutants that are explained as equal: no bars and no program tell them from the original."""

from __future__ import annotations

from dataclasses import dataclass

from ..yamls import read_yaml


@dataclass(frozen=True)
class Equal:
    """One of them, by its key; the label is for readers."""

    key: str
    label: str
    reason: str


def read_equal(text: str) -> dict[str, Equal]:
    """The entries by key: a list of `reason` and `mutants`, lines of `KEY LABEL`. ValueError: a key comes twice."""
    found: dict[str, Equal] = {}
    for group in read_yaml(text) or []:
        for line in group["mutants"]:
            key, _, label = line.partition(" ")
            if key in found:
                raise ValueError(f"equal.yaml: {key} is explained twice")
            found[key] = Equal(key, label.strip(), group["reason"])
    return found
