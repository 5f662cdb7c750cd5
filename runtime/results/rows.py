"""Columns of raw rows by name: the one place where results know how trading lays out its rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...lang.plan.model import Text
from ..errors import UsageFault
from ..trading.layout import TEXT_COUNT
from ..trading.rows import CUT, EXPIRE_ORDER, ORDER_COLUMNS, ORDER_TEXT, REASONS, RECORD_COLUMNS, REFUSED, TRADE_COLUMNS
from .output import RunOutput

if TYPE_CHECKING:
    from .output import Floats, Ints


def trade_column(output: RunOutput, name: str) -> Floats:
    """A column of every trade row, those open at the end included."""
    return _column(output.trades, TRADE_COLUMNS, name)


def closed_column(output: RunOutput, name: str) -> Floats:
    """A column of the closed trades."""
    return trade_column(output, name)[: closed_count(output)]


def order_column(output: RunOutput, name: str) -> Floats:
    """A column of the orders."""
    return _column(output.orders, ORDER_COLUMNS, name)


def record_column(output: RunOutput, name: str) -> Floats:
    """A column of the monitor records; UsageFault where they were not kept."""
    if output.records is None:
        raise UsageFault("the readings of the monitors were not kept: run with monitors=True (--monitors)")
    return _column(output.records, RECORD_COLUMNS, name)


def closed_count(output: RunOutput) -> int:
    """Trades that were closed; the rows after them were open at the end."""
    return len(output.trades) - open_count(output)


def open_count(output: RunOutput) -> int:
    """Trades still open at the end."""
    return int(output.counters.get("open_trades", 0))


def point_values(output: RunOutput, column: int) -> float | Floats:
    """What a point of price is worth in the account's money: of the one symbol, or of each trade's own.

    column: of the trades' rows, the index of the bar or event whose rate counts where money is converted.
    """
    import numpy as np

    several, at = output.several, output.trades[:, column].astype(np.int64)
    if several is None:
        points = output.points
        return points if isinstance(points, float) else points[at]
    found = np.array(several.point_values, dtype=np.float64)[several.trades]
    for place in filter(several.converts, range(several.traded)):
        mine = several.trades == place
        found[mine] *= several.rates(place)[at[mine]]
    return found


def differing(output: RunOutput) -> dict[str, list[str]]:
    """The symbols by what their prices are in, where that is not the account's money alone; empty where it is."""
    names = output.several.symbols if output.several is not None else (output.bars.symbol,)
    names = names if output.strategies is None else tuple(output.strategies.symbols)
    found: dict[str, list[str]] = {}
    for name, currency in zip(names, output.currencies, strict=False):
        own = found.setdefault(currency or output.currency, [])
        own += [name] * (name not in own)
    return found if {*found} - {output.currency, ""} else {}


def currencies_told(output: RunOutput) -> str:
    """What prices and money are in, in words; "" where they are in one currency, or nobody says."""
    found = differing(output)
    if not found:
        return ""
    told = [f"{', '.join(names[:3])}{' …' * (len(names) > 3)} in {currency or 'no currency that is said'}"
            for currency, names in found.items()]  # fmt: skip
    money = f"; money is in {output.currency}" if output.currency else ""
    return f"prices of {', of '.join(told)}{money}"


def denials(output: RunOutput) -> dict[str, int]:
    """How many orders were denied for each reason, the commonest first."""
    return _counted(output, REFUSED)


def cuts(output: RunOutput) -> dict[str, int]:
    """How many orders got less than they asked for, by what cut them, the commonest first."""
    return _counted(output, CUT)


def _counted(output: RunOutput, status: int) -> dict[str, int]:
    """The reasons of the orders with a status."""
    import numpy as np

    found = order_column(output, "reason")[order_column(output, "status") == status]
    counts = zip(REASONS, np.bincount(found.astype(np.int64), minlength=len(REASONS)).tolist(), strict=True)
    return dict(sorted(((reason, n) for reason, n in counts if n), key=lambda item: (-item[1], item[0])))


SPENT = ("day_trades", "orders_per_minute")
"""Guards that count what a span of time may have: an order beyond it has no fault, its span is used up."""


def spent(output: RunOutput) -> str:
    """How many of the denials are of what was used up, in words: ", 82 of them used up (day trades)"; "" of none."""
    found = {reason: count for reason, count in denials(output).items() if reason in SPENT}
    named = ", ".join(reason.replace("_", " ") for reason in found)
    return f", {sum(found.values()):,} of them used up ({named})" if found else ""


def reasons_denied(output: RunOutput, most: int = 3) -> str:
    """The commonest reasons of denials with their counts: " (halted 12, exposure 3)"; "" where there are none.

    Those that are used up for a span of time are told apart: they are no fault of an order.
    """
    told = {reason: count for reason, count in denials(output).items() if reason not in SPENT}
    return _listed(told, most) + spent(output)


def reasons_cut(output: RunOutput, most: int = 3) -> str:
    """What cut orders the most, with how many: " (exposure 12, volume 3)"; "" where nothing did."""
    return _listed(cuts(output), most)


def _listed(counts: dict[str, int], most: int) -> str:
    told = [f"{reason.replace('_', ' ')} {count:,}" for reason, count in counts.items() if reason]
    return f" ({', '.join(told[:most] + ['…'] * (len(told) > most))})" if told else ""


TOLD_BY: dict[str, Callable[[RunOutput], str]] = {"denied": reasons_denied, "reduced": reasons_cut}
"""Counts of orders that are told with their reasons wherever they are headlines."""


def with_reasons(name: str, output: RunOutput) -> str:
    """The reasons behind a count of this name, in brackets; "" of one that has none."""
    return TOLD_BY[name](output) if name in TOLD_BY else ""


def _column(rows: Floats, names: Sequence[str], name: str) -> Floats:
    return rows.reshape(-1, len(names))[:, names.index(name)]


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why orders were given, as words and codes: most orders of a run are told by few texts. Word 0 is ""."""

    words: list[str]
    codes: Ints
    """A word for each row of the orders."""
    _numbers: Ints

    def of(self, orders: Floats) -> Ints:
        """The words of the orders with these numbers; 0 where there is no such order."""
        import numpy as np

        if not len(self._numbers):
            return np.zeros(len(orders), dtype=np.int64)
        steps, wanted = np.diff(self._numbers), orders.astype(np.int64)
        if (steps == 1).all():  # one after another, as in a run of one symbol: a number is its place
            numbers, codes, places = self._numbers, self.codes, np.maximum(wanted - self._numbers[0], 0)
        else:
            order = np.argsort(self._numbers, kind="stable")
            numbers, codes = self._numbers[order], self.codes[order]
            places = np.searchsorted(numbers, wanted)
        places = np.minimum(places, len(numbers) - 1)
        return np.where(numbers[places] == wanted, codes[places], 0)


def reasons(output: RunOutput) -> Reasons:
    """What the statement of each order says `because`, with the values of that moment, or the statement.

    An expiry has no moment of its own: it is told by the statement that entered.
    """
    import numpy as np

    count = len(output.statements)
    words = ["", *(statement.label for statement in output.statements)]
    statements = order_column(output, "statement").astype(np.int64)
    codes = np.where((statements >= 0) & (statements < count), statements + 1, 0)
    own = order_column(output, "kind") != EXPIRE_ORDER
    values = output.orders.reshape(-1, len(ORDER_COLUMNS))[:, ORDER_TEXT : ORDER_TEXT + TEXT_COUNT]
    for at, statement in enumerate(output.statements):
        because = statement.because
        if because is None:
            continue
        told = np.flatnonzero((statements == at) & own)
        if all(isinstance(part, str) for part in because.parts):
            codes[told] = len(words)
            words.append(filled(because, ()))
        else:
            codes[told] = np.arange(len(words), len(words) + len(told))
            words += [filled(because, row) for row in values[told].tolist()]
    return Reasons(words, codes, order_column(output, "order").astype(np.int64))


def labels(output: RunOutput) -> tuple[list[str], Ints]:
    """How the statement of each order is named, as words and codes; a guard has none."""
    import numpy as np

    statements = order_column(output, "statement").astype(np.int64)
    known = (statements >= 0) & (statements < len(output.statements))
    return ["", *(statement.label for statement in output.statements)], np.where(known, statements + 1, 0)


def filled(text: Text, values: Sequence[float]) -> str:
    """A text with its values in place: numbers in up to ten digits, `na` where one is missing."""
    return "".join(part if isinstance(part, str) else _shown(part[0], values[part[1]]) for part in text.parts)


def _shown(kind: str, value: float) -> str:
    if kind == "bool":
        return "true" if value else "false"
    return "na" if value != value else f"{value:.10g}"
