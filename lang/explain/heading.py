"""What a program is for, its parameters, and what it shows, in words."""

from __future__ import annotations

from collections.abc import Iterator

from ..program.program import Param, Program
from .amounts import amount, frame, listed
from .model import Sentence
from .telling import Teller, symbol

_FILLS = {"next_open": "fills at the open of the next bar", "this_close": "fills at that very close"}


def headline(teller: Teller) -> Iterator[Sentence]:
    """What it trades, on which bars, what it only reads, and when it decides."""
    program = teller.program
    bars = f"{frame(program.timeframe)} bars" if program.timeframe else "whatever bars the data have"
    does = "Trades" if program.trading else "Reads"
    yield _said("trades", f"{does} {_what(program)}, on {bars}.")
    if len(program.symbols) > 1 or program.universe:
        yield _said("account", "A statement that names no symbol runs for each of them by itself, on one account.")
    if program.watches:
        watched = listed([symbol(name) for name in program.watches])
        yield _said("watch", f"Reads {watched} as well, and never trades what it only reads.")
    if program.trading:
        fills, latency = _FILLS[str(teller.assumed["fill"])], teller.assumed["latency"]
        if latency != "none":
            fills = f"reaches the market {latency} later and fills at the next open then"
        yield Sentence("decides", "Decides when a bar has closed, from what is known then; an order that does not "
                       f"rest {fills}, unless its statement says otherwise.")  # fmt: skip
    if not (program.trading or program.alerts or program.emits or program.plots):
        yield _said("nothing", "Does nothing: nothing is entered, and nothing shown.")


def _what(program: Program) -> str:
    if program.universe:
        return f'the symbols of the universe "{program.universe}"'
    names = [symbol(name) for name in program.symbols]
    if len(names) > 1:
        return f"{listed(names)}, in this order"
    return names[0] if names else "whatever symbol the data are of, of several each by itself on one account"


def _said(about: str, text: str) -> Sentence:
    return Sentence(about, text, text)


def parameters(teller: Teller) -> Iterator[Sentence]:
    """What a run may set, and what their values have to fulfil."""
    for param in teller.program.params:
        told = f"`{param.name}` is {amount(param.default, param.unit)} unless a run says otherwise{_domain(param)}."
        yield Sentence(f"param {param.name}", told, f"{told} {param.unit} {param.whole}")
    for rule in teller.program.requires:
        yield teller.sentence("require", "A run is refused unless ", rule.node, ".")


def _domain(param: Param) -> str:
    """Which values it may have."""
    if isinstance(param.default, bool):
        return "; it is true or false"
    kind = "a whole number" if param.whole else "a number"
    if param.low is not None and param.high is not None:
        step = f", by steps of {amount(param.step, param.unit)}" if param.step is not None else ""
        return f"; {kind} from {amount(param.low, param.unit)} to {amount(param.high, param.unit)}{step}"
    if param.choices:
        return f"; one of {', '.join(amount(choice, param.unit) for choice in param.choices)}"
    return f"; {kind}"


def shown(teller: Teller) -> Iterator[Sentence]:
    """What it draws, publishes and tells."""
    for plot in teller.program.plots:
        title = f', called "{plot.title}"' if plot.titled else ""
        yield teller.sentence(f'plot "{plot.title}"' if title else "plot", "Draws ", plot.node, f"{title}.")
    for emit in teller.program.emits:
        yield teller.sentence(f"emit {emit.name}", f"Publishes the signal `{emit.name}` on every bar on which ",
                              emit.node, ".")  # fmt: skip
    for number, alert in enumerate(teller.program.alerts, 1):
        text = (" ", *teller.quoted(alert.message)) if alert.worded else (" its condition",)
        yield teller.sentence(f"alert {number}", "Alerts on the bar on which it becomes true that ", alert.when,
                              ", with the text", *text, ".")  # fmt: skip
