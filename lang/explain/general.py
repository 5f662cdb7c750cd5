"""What holds of a program whatever its statements say: when it decides, in which order, and what it never does."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..program.nodes import Binding, walk
from ..program.program import Enter, Hold, Program
from ..program.show import roots
from .amounts import listed
from .levels import counts_in_r
from .model import Sentence

_MODES = {
    "closed": "What is read on a completed longer bar is its value at the last one that has completed by then; nothing "
    "of a bar that still grows is read.",
    "forming": "What is read on a longer bar as it stands counts that bar as it has grown by then.",
    "event": "What is read at the moment a longer bar completes is missing, or does not hold, on all other bars.",
}


def rules(program: Program) -> Iterator[Sentence]:
    """How it decides, as far as what it says is touched by it."""
    waits = "Each statement acts from the first bar on which all that it reads is known, counted in closed bars (its " \
            "warm-up), and does nothing before."  # fmt: skip
    if program.trading or program.emits or program.alerts:
        yield _rule("warm-up", waits)
    yield from _entries(program)
    yield from _lots(program)
    yield from _positions(program)
    nodes = list(walk(roots(program), dict(program.cells)))
    modes = {str(node.data[0]) for node in nodes if node.kind == "sample"}
    yield from (_rule(f"{mode} bars", told) for mode, told in _MODES.items() if mode in modes)
    if any(node.type == "bool" and node.kind == "pure" for node in nodes):
        yield _rule("missing", "A comparison with a missing number does not hold, but for `differs from`, which does.")


def _rule(about: str, text: str) -> Sentence:
    return Sentence(about, text)


def _entries(program: Program) -> Iterator[Sentence]:
    sides = {enter.side for enter in program.enters}
    if program.enters and program.exits:
        yield _rule("order", "Exits go first: where an exit and an entry of one side hold on one bar, the exit alone "
                    "acts; an exit with nothing to close does nothing.")  # fmt: skip
    if len(sides) > 1:
        yield _rule("reversal", "An entry on the other side closes what is held and opens anew at one price. Where "
                    "market entries of both sides hold on one bar, the first in this list acts.")  # fmt: skip
    if any(not enter.scale for enter in program.enters):
        yield _rule("held", "An entry on a side that is held does nothing, unless its statement says that it adds.")
    if any(enter.rest is not None for enter in program.enters) or any(exit.rest is not None for exit in program.exits):
        yield _rule("rests", "An order that rests works from the bar after its decision on. On each further bar on "
                    "which its condition holds it is placed anew: another price or size moves it, and its life begins "
                    "again; the same change nothing.")  # fmt: skip


def _lots(program: Program) -> Iterator[Sentence]:
    if any(_has_levels(enter) for enter in program.enters):
        yield _rule("levels", "Levels of a lot are worked out once, at the decision, and stay; what counts from the "
                    "fill counts from that lot's own.")  # fmt: skip
    if any(enter.stop is not None and (enter.trail is not None or enter.moves) for enter in program.enters):
        yield _rule("tightest", "Of several stops that work, the price meets the tightest first.")
    if any(enter.expire_kind == "bars" for enter in program.enters):
        yield _rule("age", "The bar of a lot's fill is the first of those that it is held for.")
    if _reads_age(program):
        yield _rule("age of a position", "The age of a position is 1 at the close of the bar that filled it; of a fill "
                    "at a close, 2 at the close after.")  # fmt: skip
    if any(map(counts_in_r, program.enters)):
        yield _rule("r", "1r is the way from a lot's fill to its first stop.")


def _reads_age(program: Program) -> bool:
    nodes = walk(roots(program), dict(program.cells))
    return any(node.kind in ("book", "book_of") and node.name == "position.bars" for node in nodes)


def _positions(program: Program) -> Iterator[Sentence]:
    """What holds of positions to hold, said once."""
    rebalances = [hold for hold in program.holds if not hold.symbol]
    if rebalances:
        yield _rule("difference", "A rebalance trades the difference between what is held and what is to be held "
                    "alone: what shrinks before what grows. A missing weight leaves that symbol as it is.")  # fmt: skip
    if any(hold.band is not None for hold in rebalances):
        yield _rule("band", "Where nothing is to be held, all there is leaves, however little.")
    if any(map(_own, program.holds)):
        yield _rule("own bars", "What is held of a symbol by name is read on that symbol's own bars.")
    if any(hold.symbol and not hold.step for hold in program.holds):
        yield _rule("together", "Positions that are taken together fill at one moment, or not at all.")
    if any(hold.step for hold in program.holds):
        yield _rule("under way", "While positions are taken one after another the condition is not looked at, and each "
                    "is read when its turn comes: one whose side is held by then is left as it is. Once they are over, "
                    "they begin again where the condition holds.")  # fmt: skip


def _own(hold: Hold) -> bool:
    """Whether it reads anything for a symbol that it names."""
    named = [value for _, value in hold.weights] if not hold.symbol else [hold.sizing.value]
    return any(value.binding is Binding.SERIES for value in named)


def _has_levels(enter: Enter) -> bool:
    return any((enter.stop, enter.target, enter.trail, enter.takes, enter.moves))


_LACKS: tuple[tuple[str, str, Callable[[Enter], bool]], ...] = (
    ("stop", "Sets a stop", lambda enter: enter.stop is None and enter.trail is None and not enter.moves),
    ("target", "Takes a gain at a target", lambda enter: enter.target is None and not enter.takes),
    ("expire", "Leaves because of time alone", lambda enter: not enter.expire_kind),
)


def never(program: Program) -> Iterator[Sentence]:
    """What it does not do, as nobody has said it."""
    if not (program.enters or program.holds):
        yield _rule("enters", "Enters a position.")
        return
    if program.holds:
        return
    sides = {enter.side for enter in program.enters}
    for side in ("long", "short"):
        if side not in sides:
            yield _rule(side, f"Goes {side}.")
    if not any(enter.scale for enter in program.enters):
        yield _rule("adds", "Adds to a position on its side." if not any(enter.ladder for enter in program.enters) else
                    "Adds to a position on its side, but by its ladders.")  # fmt: skip
    for about, told, lacks in _LACKS:
        where = [at for at, each in enumerate(program.trading, 1) if isinstance(each, Enter) and lacks(each)]
        if where:
            which = "" if len(where) == len(program.enters) else f" after statement {listed(list(map(str, where)))}"
            yield _rule(about, f"{told}{which}.")
    if not any(exit.sizing is not None for exit in program.exits) and not any(e.takes for e in program.enters):
        yield _rule("parts", "Leaves in parts.")




def tested(program: Program) -> Iterator[Sentence]:
    """How many tests it has, of which nothing else is told: they try what it means, and are no part of it."""
    if program.tests:
        tests = "1 test, which changes" if len(program.tests) == 1 else f"{len(program.tests)} tests, which change"
        yield _rule("tests", f"{tests} nothing in how it trades.")
