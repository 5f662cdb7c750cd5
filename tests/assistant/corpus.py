"""The requests and what is right for each, read from `requests/`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..yamls import read_yaml

FOLDER = Path(__file__).with_name("requests")
STYLES = (
    "terse", "chatty", "slang", "misspelt", "nonnative", "contradictory", "vague", "hostile", "precise", "mixed",
)  # fmt: skip
ASKED = {
    "entry", "exit", "stop", "target", "trail", "threshold", "length", "size", "symbol", "timeframe", "time", "tick",
    "definition",
}  # fmt: skip
REFUSED = {"contradiction", "impossible", "not_a_strategy", "hostile"}


@dataclass(frozen=True, slots=True)
class Request:
    """Words, and one of: a program that means them, the kinds of what has to be asked, why they are refused."""

    id: str
    style: str
    words: str
    program: str = ""
    asks: tuple[str, ...] = ()
    refuses: str = ""
    note: str = ""
    group: str = ""


def requests(name: str) -> list[Request]:
    """Those of a file of `requests/`, in order."""
    entries = read_yaml((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return [request(entry) for entry in entries]


def request(entry: dict[str, Any]) -> Request:
    expect = entry["expect"]
    (kind,) = expect
    given = {kind: tuple(expect[kind]) if kind == "asks" else expect[kind]}
    beside = {key: entry[key] for key in ("note", "group") if key in entry}
    return Request(entry["id"], entry["style"], entry["request"], **beside, **given)
