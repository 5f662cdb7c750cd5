"""An answer as text: what happened first, then the parts with their values, within so many columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ...lang.diagnostics.brief import one_line
from ...lang.plan.model import DAY_GUARDS
from ...lang.words.vocabulary import GAUGES, RESETS
from ..results.format import counted, percent, shown
from ..results.summary import NARROW, WIDE, Style, as_ascii, wrapped
from . import numbers
from .answer import BarAnswer, Holding, SpanAnswer, SpanStatement, StatementAnswer, TradeAnswer, Turn, Wish
from .lines import Line, laid_out
from .parts import lines_of, params_of, some
from .reading import OF_RATIO, GuardReading, LimitEffect, Reading
from .words import reason

if TYPE_CHECKING:
    from ..results.output import RunOutput
    from .why import Why


def text(why: Why, *, colour: bool = False, ascii: bool = False, width: int = 80) -> str:
    """The whole answer, without a line end after the last line."""
    style = Style(colour, ascii, min(max(width, NARROW), WIDE))
    assert why.output is not None
    lines = list(_Page(why, why.output, style).lines())
    told = "\n".join(line.rstrip() for line in lines)
    return as_ascii(told) if ascii else told


class _Page:
    def __init__(self, why: Why, output: RunOutput, style: Style) -> None:
        self.why, self.output, self.style, self.width = why, output, style, style.width

    def lines(self) -> Iterator[str]:
        why = self.why
        if why.trade is not None:
            yield from self.trade(why.trade)
        elif why.bar is not None:
            yield from self.bar(why.bar, f"order {why.order}" if why.order is not None else "")
        elif why.span is not None:
            yield from self.span(why.span)
        zone = self.output.shown_zone
        if zone not in ("", "UTC"):
            yield ""
            yield self.style.dim(f"times are those of {zone}")
        yield from (self.style.dim(line) for note in why.notes for line in self.flow(f"note: {note}"))

    def flow(self, words: str, indent: str = "") -> Iterator[str]:
        """Words over as many lines as they need."""
        for line in wrapped(one_line(words), self.width - len(indent)):
            yield indent + line

    def bold(self, words: str, indent: str = "") -> Iterator[str]:
        """The same, the first line in bold."""
        first, *rest = self.flow(words, indent)
        yield self.style.bold(first)
        yield from rest

    def when(self, instant: int) -> str:
        return numbers.when(self.output, instant)

    def head(self, what: str) -> Iterator[str]:
        about = f" · {one_line(self.why.symbol, 16)} {self.why.timeframe} · {what}"
        yield from self.bold(one_line(self.why.strategy, max(8, self.width - len(about))) + about)
        yield self.style.dim("─" * self.width)

    # --- a trade -----------------------------------------------------------------------------------

    def trade(self, answer: TradeAnswer) -> Iterator[str]:
        row = answer.row
        yield from self.head(f"trade {row['id']}")
        gain = f"{shown(row['pnl'], 'money', True)}, {percent(row['return'], '+')}"
        ends = [self._end(row, end) for end in ("entry", "exit")]
        yield from self.flow(f"{row['side']} {_quantity(row['quantity'])}, from {ends[0]} to {ends[1]}: {gain}, "
                             f"in {counted(row['bars'], 'bar')}")  # fmt: skip
        yield ""
        yield from self.bold(f"Why it entered: the bar of {self.when(answer.entered.time)}")
        yield from self.reading(answer.entered.readings)
        yield from self.beside(answer.entered)
        for statement in answer.entered.statements:
            yield from self.statement(statement)
        yield ""
        yield from self.left(answer)

    def _end(self, row: Mapping[str, Any], end: str) -> str:
        """`2024-01-02 15:25 at 101.7`: the bar of an end of a trade; where it was at the bar's close, that."""
        at_close = "the close of " * (row[f"{end}_moment"] == "close")
        return f"{at_close}{self.when(row[f'{end}_time'])} at {_price(row[f'{end}_price'])}"

    def left(self, answer: TradeAnswer) -> Iterator[str]:
        row, bar = answer.row, answer.left
        if bar is None:
            yield from self.bold("Why it ended: the data did")
            yield from self.flow("it was open at the last bar, and is valued at that close, without an exit fee", "  ")
            return
        yield from self.bold(f"Why it left: {row['exit_reason']}, the bar of {self.when(bar.time)}")
        for sentence in self.exit(row, bar):
            yield from self.flow(sentence, "  ")
        yield from self.reading(bar.readings)
        yield from self.beside(bar)
        for statement in bar.statements:
            yield from self.statement(statement)

    def exit(self, row: Mapping[str, Any], bar: BarAnswer) -> Iterator[str]:
        """What the exit was, where no condition of a statement says it."""
        why = row["exit_reason"]
        if why in ("stop", "target", "trail"):
            level = self.why.trade.level if self.why.trade is not None else None
            stood = f" at {_price(level)}" if level is not None else ""
            by = self.why.trade.by if self.why.trade is not None else ""
            named = _level_named(by) or f"the {why}"
            yield (f"{named}{stood} was reached: the bar went from {_price(bar.open)} to {_price(bar.close)}, "
                   f"between {_price(bar.low)} and {_price(bar.high)}; it left at {_price(row['exit_price'])}")
            if level is not None and (bar.open - level) * _toward(row, why) >= 0.0 and row["bars"] > 0:
                yield "the bar opened beyond that level, so it left at the open"
        if why == "trail" and row["stop"] is not None:
            yield f"its first stop was {_price(row['stop'])}; a trail follows the best price since the fill"
        if row["ambiguous"]:
            yield (f"the bar alone does not say what came first in it: that is decided by the assumption "
                   f"`path {self.why.path}`")  # fmt: skip
        if why == "reverse":
            yield "an entry of the other side closed it on its way"
        for order in bar.others:
            yield self.other(order)

    def other(self, order: Mapping[str, Any]) -> str:
        what = "its age (`expire`)" if order["kind"] == "expire" else f"the guard on {order['reason']}"
        if order["reason"] == "liquidation":
            what = "what is left of its margin"
        did = "halted trading" if order["status"] == "halted" else f"ordered {_quantity(order['asked'])} out"
        return f"{what.replace('_', ' ')} {did}: order {order['order']}, {order['status']}{self._filled(order)}"

    # --- a bar -------------------------------------------------------------------------------------

    def bar(self, bar: BarAnswer, what: str) -> Iterator[str]:
        moment = f"bar of {self.when(bar.time)}"
        yield from self.head(f"{what} · {moment}" if what else moment)
        prices = " ".join(f"{name} {_price(getattr(bar, name))}" for name in ("open", "high", "low", "close"))
        yield from self.flow(f"bar {bar.index + 1:,} of {len(self.output.bars):,}: {prices}")
        yield from self.reading(bar.readings, "")
        yield from self.beside(bar, "")
        for order in bar.others:
            yield from self.flow(self.other(order))
        told = [s for s in bar.statements if not (self.why.why_not and s.verdict.code in _ACTED)]
        for statement in told:
            yield ""
            yield from self.statement(statement, "")
        if not told and bar.statements:
            yield ""
            yield from self.flow("every statement that was asked about acted on this bar: leave out --not (why_not) to "
                                 "see why")  # fmt: skip

    def statement(self, answer: StatementAnswer, indent: str = "  ") -> Iterator[str]:
        head = f"{answer.number}. {answer.statement} (line {answer.line}): {answer.verdict.text}"
        yield from self.bold(head, indent)
        failed_only = self.why.why_not
        rows: list[Line] = list(lines_of(answer.condition, self.output, 1, failed_only=failed_only))
        for clause in answer.clauses if answer.order is not None or answer.wish is not None else ():
            rows += lines_of(clause.part, self.output, 1, word=clause.word)
        yield from laid_out(rows, self.style, self.width, indent)
        told = params_of(answer.condition, *(clause.part for clause in answer.clauses))
        if told:
            yield from self.flow(f"with {', '.join(told)}", indent + "  ")
        if answer.order is not None:
            yield from self.flow(self.order(answer.order), indent + "  ")
        for limit in answer.limits:
            yield from self.flow(_effect(limit), indent + "  ")
        if answer.settled == "fill":
            yield from self.flow(_AT_FILL, indent + "  ")
        for rung in answer.rungs:
            yield from self.flow(self.order(rung.order), indent + "  ")
            for limit in rung.limits:
                yield from self.flow(_effect(limit), indent + "  ")
        yield from self.shared(answer, indent + "  ")

    def order(self, row: Mapping[str, Any]) -> str:
        """The row of an order as a sentence; columns that this page does not know follow by name."""
        asked, got = _quantity(row["asked"]), _quantity(row["got"])
        size = f"asked for {asked}" if row["asked"] == row["got"] else f"asked for {asked}, got {got}"
        why = f" ({reason(row)})" if row["reason"] else ""
        levels = "".join(f", {name} {_price(row[name])}" for name in ("stop", "target") if row[name] is not None)
        because = f"; because {row['because']}" if row["because"] not in ("", row["statement"]) else ""
        others = ((name, row[name]) for name in row if name not in _KNOWN)
        more = "".join(f", {name} {_cell(value)}" for name, value in others if value not in _UNSAID)
        return f"order {row['order']}: {row['status']}{why}, {size}{self._filled(row)}{levels}{more}{because}"

    def _filled(self, row: Mapping[str, Any]) -> str:
        if row["fill_time"] is None:
            return ""
        where = {"open": "the open", "inside": "inside the bar", "close": "the close"}
        moment = where.get(row["fill_moment"], row["fill_moment"])
        price = f" at {_price(row['fill_price'])}" if row["fill_price"] is not None else ""
        return f", filled{price}, {moment} of {self.when(row['fill_time'])}"

    # --- readings ----------------------------------------------------------------------------------

    def reading(self, now: Reading, indent: str = "  ") -> Iterator[str]:
        if now.position:
            side = "long" if now.position > 0.0 else "short"
            held = f"{side} {_quantity(abs(now.position))} from {_price(now.entry_price)}"
            held += f" ({shown(now.position_pnl, 'money', True)})"
            held += f", stop {_price(now.stop)}" if now.stop == now.stop else ""
        else:
            held = "no position"
        halt = " · halted" + (" for good" if now.halted == "for good" else f" until the {now.halted} ends")
        halt = halt if now.halted else ""
        yield from self.flow(f"{held} · equity {shown(now.equity, 'money')} · drawdown {percent(now.drawdown)} · "
                             f"exposure {percent(now.exposure)}{halt}", indent)  # fmt: skip
        for guard in now.guards:
            yield from self.flow(_guard(guard), indent)

    def beside(self, bar: BarAnswer, indent: str = "  ") -> Iterator[str]:
        """What the other symbols of the account hold, and what they order."""
        if bar.holdings:
            told = some([_holding(each) for each in bar.holdings])
            yield from self.flow(f"beside it the account has {told}", indent)

    def shared(self, answer: StatementAnswer, indent: str) -> Iterator[str]:
        """Of a position to hold what it asked for, of one that was cut or denied whose the room was, and the legs."""
        if answer.wish is not None and answer.condition.holds:
            yield from self.flow(_wish(answer.wish), indent)
        if answer.turn is not None and answer.order is not None and answer.order["reason"]:
            for line in _turn(answer.turn, str(answer.order["reason"])):
                yield from self.flow(line, indent)
        for leg in answer.legs:
            row = f"; {self.order(leg.order)}" if leg.order is not None else ""
            yield from self.flow(f"with it {leg.statement}: {leg.verdict.text}{row}", indent)

    # --- a span ------------------------------------------------------------------------------------

    def span(self, span: SpanAnswer) -> Iterator[str]:
        yield from self.head(f"{self.when(span.first)} to {self.when(span.last)} · {counted(span.bars, 'bar')}")
        for number, statement in enumerate(span.statements):
            if number:
                yield ""
            yield from self.over(statement, span)

    def over(self, answer: SpanStatement, span: SpanAnswer) -> Iterator[str]:
        orders = ", ".join(f"{count:,} {status}" for status, count in answer.orders.items()) or "none"
        told = (f"{answer.number}. {answer.statement} (line {answer.line}): could decide and held on "
                f"{answer.held:,} of {counted(span.bars, 'bar')}; its orders: {orders}")  # fmt: skip
        yield from self.bold(told)
        if answer.already:
            yield from self.flow(f"on {answer.already:,} of them the position was open already", "  ")
        rows = [Line(1 + p.depth, "", p.text, self._held(p.held, p.warm, span.bars)) for p in answer.parts]
        yield from laid_out(rows, self.style, self.width, "")
        if answer.nearest:
            yield "  nearest to acting:"
        yield from laid_out([
            Line(2, "", self.when(near.time), f"failed: {', '.join(near.failed)}"
                 + (f", by {near.gap * 100.0:.2g}%" if near.gap is not None else "")) for near in answer.nearest
        ], self.style, self.width, "")  # fmt: skip

    def _held(self, held: int, warm: int, bars: int) -> str:
        waits = f", warm on {warm:,}" if warm < bars else ""
        return f"held on {held:,} ({percent(held / bars)}){waits}"


_SAME = 1e-9
_AT_FILL = "sized at the fill: what it asks for, and what the limits leave of it, are settled anew at the price there"
_ACTED = frozenset({"acted", "placed", "moved"})
_UNSAID = (None, "", "market")
_KNOWN = frozenset(
    "order symbol statement kind side status reason time asked got fill_time fill_moment fill_price stop target "
    "because".split()
)


def _toward(row: Mapping[str, Any], why: str) -> float:
    """The direction in which a level is passed."""
    side = 1.0 if row["side"] == "long" else -1.0
    return side if why == "target" else -side


def _guard(guard: GuardReading) -> str:
    away = f"{_amount(guard, guard.left)} left" if guard.left > 0.0 else "at or beyond its limit"
    if guard.guard in GAUGES and guard.left <= 0.0:
        away = "at its limit" if guard.left == 0.0 else "beyond its limit"
    if guard.value != guard.value:
        away = "nothing to measure"
    acted = ", and has acted" if guard.tripped else ""
    return f"{_named(guard)}: at {_amount(guard, guard.value)}, {away}{acted}"


def _effect(limit: LimitEffect) -> str:
    """`guard exposure 50%: 0.00% before it, 100.00% as asked, 49.99% after it: cut to fit`."""
    before, asked, after = (_amount(limit, value) for value in (limit.before, limit.asked, limit.after))
    between = "" if limit.asked == limit.after else f"{asked} as asked, "
    verdict = {"fits": ": it fits", "cuts": ": cut to fit", "denies": ": denied", "leaves": ""}[limit.verdict]
    return f"{_named(limit)}: {before} before it, {between}{after} after it{verdict}"


_RESET = dict.fromkeys(DAY_GUARDS, RESETS[0])
"""What resets a guard of a day unless it says otherwise; the others nothing does."""


def _named(guard: GuardReading | LimitEffect) -> str:
    then = f" then {guard.action}" if guard.action != "deny" else ""
    then += f" until {guard.until}" if guard.until not in ("", _RESET.get(guard.guard, RESETS[-1])) else ""
    implied = " (implied)" if guard.implied else " (given to the run)" if guard.given else ""
    limit = f"{guard.limit * 100.0:.10g}%" if guard.guard in OF_RATIO else f"{guard.limit:g}"
    of = f" of {one_line(guard.of)}" if guard.of else ""
    return f"guard {guard.read_as or guard.guard} {limit}{of}{then}{implied}"


def _amount(guard: GuardReading | LimitEffect, value: float) -> str:
    if value != value:
        return "na"
    return percent(value) if guard.guard in OF_RATIO else f"{value:g}"


def _holding(holding: Holding) -> str:
    """`B 12 (30.00%)`, of what waits or rests what it will be as well."""
    held = f"{one_line(holding.symbol)} {_quantity(holding.quantity)} ({percent(holding.held)})"
    waits = abs(holding.claim - abs(holding.held)) > _SAME
    return f"{held}, to be {percent(holding.claim)} with what waits" if waits else held


def _wish(wish: Wish) -> str:
    asks = f"it asks for {_quantity(wish.target)} at {_price(wish.price)}, of {shown(wish.basis, 'money')}"
    band = f", band {percent(wish.band)}" if wish.band else ""
    return f"{asks}; held {_quantity(wish.held)}: {percent(wish.difference, '+')} of it to go{band}"


def _turn(turn: Turn, reason: str) -> Iterator[str]:
    """The guard that cut or denied an entry as it was at its turn, whose the room was, and who was before it."""
    asked = [guard for guard in turn.guards if guard.guard == reason]
    if any(guard.of for guard in asked):  # of the account and of groups: the one that left least
        asked = [min(asked, key=lambda guard: guard.left)]
    for guard in asked:
        yield f"when its turn came: {_guard(guard)}{'' if guard.of else _whose(turn, reason)}"
    if turn.before:
        given = [f"{one_line(row['symbol'])} {row['statement']} (order {row['order']}, {row['status']})"
                 for row in turn.before]  # fmt: skip
        yield f"before it at this close: {some(given)}"


def _whose(turn: Turn, reason: str) -> str:
    """Which symbols a limit of the account was taken by."""
    if reason == "positions":
        taken = [one_line(each.symbol) for each in turn.holdings if each.counts]
    elif reason in ("exposure", "leverage", "margin", "margin_use"):
        taken = [f"{one_line(each.symbol)} {percent(each.claim)}" for each in turn.holdings if each.claim]
    else:
        return ""
    return f"; taken by {some(taken)}" if taken else ""


def _price(value: float | None) -> str:
    return "na" if value is None else numbers.number(value, "", 8)


def _cell(value: Any) -> str:
    return _price(value) if isinstance(value, float) else str(value).replace("_", " ")


def _quantity(value: float) -> str:
    return numbers.number(value)


def _level_named(by: str) -> str:
    """A further level of a lot by its place in the text, `take 2`; "" of a plain stop, trail or target."""
    kind, _, place = by.rpartition("_")
    if kind == "take":
        return f"take {place}"
    if kind == "stop_after":
        return f"`stop … after` {place}"
    return "`trail … after`" if by == "trail_after" else ""
