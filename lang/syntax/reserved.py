"""Words of later versions: each is understood well enough to say that it is not available yet, and what is today."""

from __future__ import annotations

from .faults import Faults

LATER = {
    "universe": "name one symbol: `on EURUSD every 15m`; run the program once for each",
    "atomic": "each `enter` and `exit` is an order of its own today",
    "rebalance": "use `enter … when` and `exit … when` with `size`",
    "sequence": "carry what has happened in a `state`",
    "import": "copy the functions you need into this file",
    "test": "test a program from Python, or with `strat verify`",
    "watch": "use `plot` to see a value and `emit` to publish a condition",
    "prefer": "entries of one side act in the order of the text",
    "of": "a program reads one symbol; another series can be a column of the data: `column(\"name\")`",
    "?": "write the value; a `param` with a domain leaves the choice open",
    "limit": "let the condition decide at the close: `enter long when close <= level`",
    "trigger": "let the condition decide at the close: `enter long when close >= level`",
    "valid": "market orders need no life: they fill at the next open",
    "until": "market orders need no life: they fill at the next open",
    "take": "leave a part with an exit: `exit long when … size 50% once`",
    "after": "move the stop with `trail`, or leave with `exit … when`",
    "volatility": "use `risk 1%` with a `stop` of some multiple of `atr(14)`",
    "weight": "use `size` with a share of equity",
    "when": "use `if … then … else na`",
}  # fmt: skip
"""The word, and what to use today."""


def report(faults: Faults, word: str, start: int, end: int) -> None:
    """Say that the construct of `word` comes later."""
    what = 'holes (`?"…"`) are' if word == "?" else f"`{word}` is"
    faults.error("E901", f"{what} not available yet", start, end, help=LATER[word])
