"""Slips in the domains of parameters."""

from __future__ import annotations

from .slips import slip
from .stuck import Place


@slip
def domain_without_in(place: Place) -> bool:
    """`param n = 5 to 100`"""
    if place.word != "param" or "in" in place.inside or place.token.kind not in ("to", "(", "["):
        return False
    fixes = []
    if place.token.kind == "to" and place.before.kind == "NUMBER":
        fixes = [place.insert(f"in {place.before.text}")]  # 5 to 100: the default may be another
    return place.error("E020", "a parameter has a default and a domain: `param n = 20 in 5 to 100`", fixes=fixes)


@slip
def domain_without_default(place: Place) -> bool:
    """`param n in 5 to 100`"""
    if place.at(-2).kind != "param" or place.token.kind != "in":
        return False
    fixes = [place.insert(f"= {place.after.text}")] if place.after.kind == "NUMBER" else []
    return place.error("E020", "a parameter has a default: `param n = 20 in 5 to 100`", fixes=fixes)


@slip
def domain_by(place: Place) -> bool:
    """`param n = 20 in 5 to 100 by 5`"""
    if place.token.text != "by" or "step" not in place.wanted:
        return False
    return place.error("E020", "the step of a domain follows `step`", fixes=[place.replace("step", safe=True)])


@slip
def domain_in_brackets(place: Place) -> bool:
    """`param n = 20 in (5, 100)`  `param n = 20 in [5 to 100]`"""
    if place.word != "param" or "in" not in place.inside or place.token.kind not in (",", "to"):
        return False
    opener, closer = place.at(-2), place.at(2)
    if opener.kind not in "([" or closer.kind not in ")]" or not place.bracket():
        return place.bracket() != "" and place.error("E020", "a domain is `in 5 to 100` or `in [10, 20]`")
    text = f"{place.before.text} to {place.after.text}"
    fix = place.replace(text, first=opener, last=closer, safe=place.token.kind == "to")
    return place.error("E020", "a domain is `in 5 to 100` or `in [10, 20]`", first=opener, last=closer, fixes=[fix])


@slip
def domain_with_a_dash(place: Place) -> bool:
    """`param n = 20 in 5-100`"""
    if place.word != "param" or "to" not in place.wanted or "in" not in place.inside or "to" in place.inside:
        return False
    fix = []
    if place.at(-2).kind == "-" and place.at(-4).kind == "in":
        text = f"{place.at(-3).text} to {place.before.text}"
        fix = [place.replace(text, first=place.at(-3), last=place.before, safe=True)]
    return place.error("E020", "a domain is `in 5 to 100` or `in [10, 20]`", fixes=fix,
                       first=place.before, last=place.before)  # fmt: skip
