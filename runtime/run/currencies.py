"""Money of one account and instruments in other currencies: which pair converts each, and the column that says it.

Rates of pairs become a column of the bars, `fx_rate`, which `conversion` names: so there is one way in which money is
converted, whoever says the rates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ...lang.inputs.assumptions import Assumptions
from ...lang.inputs.currency import pair_of
from ..calendar.civil import DAY, HOUR
from ..calendar.instants import shown
from ..data.bars import Bars
from ..data.errors import DataError
from ..data.instruments import NONE, Instruments
from ..errors import RunError, UsageFault
from ..results.format import counted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..data.fx import Pairs, Route

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

COLUMN = "fx_rate"
"""What one unit of an instrument's money is worth in the account's from a bar's open on, where pairs are given."""
STALE = 5 * DAY
"""An age from which on a rate is told to be old: a weekend and two holidays. Of longer bars three of them."""
_SHARED = ("data_tz", "time_format", "policy")
"""What is said of the data's form holds of the pairs too."""
BENCHMARK = "buying and holding moves as prices do, in their own currency: no rate is in the benchmark"
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Money:
    """account: its assumptions. own: those of each symbol; `quote_currency` is "" of one in the account's money.

    routes: of each symbol how its money is converted, None where it need not be; empty where no pair is used.
    """

    account: Assumptions
    own: tuple[Assumptions, ...]
    routes: tuple[Route | None, ...] = ()
    notes: tuple[str, ...] = ()


def pairs_given(fx: object, options: Mapping[str, Any]) -> Pairs | None:
    """The pairs that a caller gives. options: of the data."""
    if fx is None:
        return None
    from ..data.fx import read_pairs

    return read_pairs(fx, {name: options[name] for name in _SHARED if name in options})


def with_own(pairs: Pairs | None, account: Assumptions, every: Sequence[Bars]) -> Pairs | None:
    """Pairs that are given, and those that symbols traded are themselves: their own prices convert what they bring into
    an account of their first currency, of BTC on BTCUSDT. None where there are none."""
    if not account.currency or account.conversion:
        return pairs
    from ..data.fx import Pairs, own_pairs

    own = own_pairs(every, account.currency)
    given = pairs.every if pairs is not None else ()
    known = {(pair.base, pair.quote) for pair in given}
    more = tuple(pair for pair in own.every if not known & {(pair.base, pair.quote), (pair.quote, pair.base)})
    return Pairs((*given, *more)) if more else pairs


def in_one_currency(
    account: Assumptions, own: Sequence[Assumptions], symbols: Sequence[str], catalogue: Instruments,
    pairs: Pairs | None,
) -> Money:  # fmt: skip
    """What currency money is in, and each symbol's prices; RunError where they differ and nothing converts them."""
    if pairs is not None and account.conversion:
        raise UsageFault(f'`conversion "{account.conversion}"` names a column of rates, and fx gives pairs: keep one '
                         'of the two (`--conversion none`, conversion="none", goes before the text)')  # fmt: skip
    quotes = [each.quote_currency for each in own]
    told: list[str] = []
    if pairs is not None:
        quotes, told = _quoted(quotes, symbols, pairs, account.currency)
        if not account.currency and not any(quotes):
            raise UsageFault("fx: no currency is said: the account's, `assume currency EUR` (--currency), and those of "
                             "symbols, `assume currency of A USD` (--quote-currency, or a catalogue)")  # fmt: skip
    every = {*quotes, account.currency} - {""}
    converts = pairs is not None or bool(account.conversion)
    if len(every) > 1 and not (account.currency and converts) and not account.conversion:
        _refuse(quotes, symbols, account.currency, pairs)
    currency = account.currency or (next(iter(every)) if len(every) == 1 and not account.conversion else "")
    unsaid = [symbol for symbol, quote in zip(symbols, quotes, strict=True) if not quote]
    if not account.conversion:
        told += _taken(unsaid, currency, catalogue, pairs is not None)
    quotes = ["" if quote == currency else quote for quote in quotes]
    made = tuple(replace(each, currency=currency, quote_currency=of) for each, of in zip(own, quotes, strict=True))
    common = quotes[0] if len({*quotes}) == 1 else ""
    account = replace(account, currency=currency, quote_currency=common)
    if pairs is None:
        return Money(account, made, (), tuple(told))
    if not any(quotes):
        told.append(f"fx: no rate is needed, all prices are in {currency or 'one currency'}")
        return Money(account, made, (), tuple(told))
    routes = tuple(pairs.route(quote, currency, symbol) if quote else None
                   for symbol, quote in zip(symbols, quotes, strict=True))  # fmt: skip
    made = tuple(replace(each, conversion=COLUMN) for each in made)
    return Money(replace(account, conversion=COLUMN), made, routes, tuple(told))


def live_money(account: Assumptions, own: Sequence[Assumptions], symbols: Sequence[str]) -> Money:
    """The same of a session, to which rates are pushed; UsageFault where currencies differ and no column is named."""
    itself = [symbol for symbol in symbols if base_is(account, symbol)]
    if itself:
        raise UsageFault(f"the account is in {account.currency}, so that the prices of {itself[0]} convert its money; "
                         f'live, the rate is pushed with each bar, in a column that `assume conversion "{COLUMN}"` '
                         "(conversion=) names")  # fmt: skip
    try:
        return in_one_currency(account, own, symbols, NONE, None)
    except RunError as error:
        told = str(error).partition("; to convert it")[0]
        raise UsageFault(f"{told}; live, the rate is pushed with each bar, in a column that `assume conversion "
                         f'"{COLUMN}"` (conversion=) names') from None  # fmt: skip


def base_is(account: Assumptions, symbol: str) -> bool:
    """Whether a symbol is a pair of the account's currency, so that its own prices convert what it brings."""
    named = pair_of(symbol) if account.currency and not account.conversion else None
    return named is not None and named[0] == account.currency != named[1]


def live_alone(account: Assumptions, symbol: str) -> tuple[Assumptions, bool]:
    """What a session of one symbol assumes, and whether each bar's own open is its rate, as over history."""
    named = pair_of(symbol)
    if named is not None and base_is(account, symbol) and account.quote_currency in ("", named[1]):
        return replace(account, quote_currency=named[1], conversion=COLUMN), True
    return live_money(account, (account,), (symbol or "the data",)).own[0], False


def pushed_rate(name: str, value: float, first: bool) -> float:
    """A rate of a bar that is pushed: more than 0, or missing, where the last one stands; RunError for another. first:
    none has been pushed before."""
    if value <= 0.0:
        raise RunError(f"column {name!r} is the rate that converts money, and is {value:.10g}: expected more than 0")
    if value != value and first:
        raise RunError(f"column {name!r} is the rate that converts money, and is missing: the first bar needs one, "
                       "later the last one stands where there is none")  # fmt: skip
    return value


def _quoted(quotes: Sequence[str], symbols: Sequence[str], pairs: Pairs, account: str) -> tuple[list[str], list[str]]:
    """The currency of each symbol's prices; of one that nobody says it of and that is called as a pair, the second."""
    from ..data.fx import pairs_named

    named = pairs_named(symbols, pairs.currencies | ({account} - {""}))
    found = [quote or named.get(symbol, "") for symbol, quote in zip(symbols, quotes, strict=True)]
    told = [f"the prices of {symbol} are taken to be in {quote}, as a pair's are in the second of its currencies"
            for symbol, quote, said in zip(symbols, found, quotes, strict=True) if quote and not said]  # fmt: skip
    return found, told


def _refuse(quotes: Sequence[str], symbols: Sequence[str], account: str, pairs: Pairs | None) -> None:
    told = [f"{symbol} is in {quote}" for symbol, quote in zip(symbols, quotes, strict=True) if quote]
    told += [f"the account in {account}"] if account else []
    if pairs is not None:
        raise UsageFault(f"fx: {', '.join(told)}; say what the account is in, `assume currency EUR` (--currency)")
    raise RunError(f"money of different currencies is not converted: {', '.join(told)}; to convert it, --fx "
                   'EURUSD.csv (fx=) gives the bars of a pair, and `assume conversion "rate"` names a column of '
                   "rates")  # fmt: skip


def _taken(symbols: Sequence[str], currency: str, catalogue: Instruments, converts: bool) -> list[str]:
    """That symbols of which no currency is said are taken to be in the account's."""
    if not (converts and currency and symbols):
        other = [(symbol, pair[1]) for symbol in symbols if (pair := pair_of(symbol)) and currency not in ("", pair[1])]
        return [note for symbol in symbols for note in catalogue.without_currency(symbol, currency)] + [
            f"{symbol} is called as a pair is whose prices are in {quote}, and is taken to be in {currency}, the "
            f"account's: if not, `assume currency of {symbol} {quote}`" for symbol, quote in other
        ]  # fmt: skip
    return [f"what the prices of {_listed(symbols)} are in is not said: they are taken to be in {currency}, and not "
            f"converted (`assume currency of {symbols[0]} USD`, a catalogue's `currency`)"]  # fmt: skip


# --- the column ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Rated:
    """A symbol with its rates from the first bar tested on, and how old they were."""

    bars: Bars
    route: Route
    opens: Ints
    rates: Floats
    ages: Ints


def with_rates(
    every: Sequence[Bars], money: Money, firsts: Sequence[int]
) -> tuple[list[Bars], tuple[str, ...]]:  # fmt: skip
    """The bars of each symbol with the column of its rates, and what is to be told of them.

    firsts: of each the first bar that may decide. RunError where there is no rate yet then.
    """
    import numpy as np

    made: list[Bars] = []
    rated: list[_Rated] = []
    for bars, route, first in zip(every, money.routes, firsts, strict=True):
        if COLUMN in bars.extra:
            raise DataError(f"the data of {bars.symbol} have a column {COLUMN!r} already, which fx would add: rename "
                            f'it, or convert by it, `assume conversion "{COLUMN}"`')  # fmt: skip
        rates, ages = np.ones(len(bars)), np.zeros(len(bars), dtype=np.int64)
        if route is not None:
            rates, ages = route.rates(bars, money.account.timezone)
            _begins(bars, route, rates, first)
            rated.append(_Rated(bars, route, bars.ts[first:], rates[first:], ages[first:]))
        made.append(replace(bars, extra={**bars.extra, COLUMN: rates}))
    return made, (*_converted(rated), *_stale(rated))


def _begins(bars: Bars, route: Route, rates: Floats, first: int) -> None:
    import numpy as np

    if len(bars) <= first or rates[first] == rates[first]:
        return
    known, tested = np.flatnonzero(rates == rates), shown(int(bars.ts[first]))
    if not len(known):
        raise RunError(f"fx: no rate of {route.source} in {route.target} ({route}) is known by any bar of "
                       f"{bars.symbol}, which end on {shown(int(bars.ts[-1]))}: give pairs that begin before "
                       f"{tested}")  # fmt: skip
    begins = shown(int(bars.ts[known[0]]))
    raise RunError(f"fx: the rates of {route.source} in {route.target} ({route}) are known from {begins} on, and the "
                   f"test of {bars.symbol} begins on {tested}: give pairs that begin before it, or begin with --from "
                   f"{begins} (from_=)")  # fmt: skip


def _by_route(rated: Sequence[_Rated]) -> list[list[_Rated]]:
    found: dict[str, list[_Rated]] = {}
    for each in rated:
        if len(each.rates):
            found.setdefault(f"{each.route.source} {each.route}", []).append(each)
    return list(found.values())


def _converted(rated: Sequence[_Rated]) -> list[str]:
    """Of each route the range of its rates, and how old the oldest was."""
    told = []
    for group in _by_route(rated):
        route = group[0].route
        least, most = min(float(each.rates.min()) for each in group), max(float(each.rates.max()) for each in group)
        frames = ", ".join(dict.fromkeys(str(leg.pair.bars.timeframe) for leg in route.legs))
        oldest = max(group, key=lambda each: int(each.ages.max()))
        age, when = int(oldest.ages.max()), shown(int(oldest.opens[oldest.ages.argmax()]))
        known = f"up to {_long(age)} old there ({when})" if age else "closed just then"
        told.append(f"{route.source} of {_named(group)} is converted to {route.target} by {route}, bars of {frames}: "
                    f"{least:.10g} to {most:.10g}, as known at a bar's open, {known}")  # fmt: skip
        told += [f"bars of {leg.pair} are stamped off midnight: each is known from the end of the day after its date on"
                 for leg in route.legs if leg.pair.off]  # fmt: skip
    return list(dict.fromkeys(told))


def _stale(rated: Sequence[_Rated]) -> list[str]:
    """Of each route how many bars had a rate that was old."""
    told = []
    for group in _by_route(rated):
        limit = max(STALE, 3 * group[0].route.longest)
        old = [each for each in group if (each.ages > limit).any()]
        if old:
            bars = sum(int((each.ages > limit).sum()) for each in old)
            first = min(int(each.opens[(each.ages > limit).argmax()]) for each in old)
            told.append(f"{counted(bars, 'bar')} of {_named(old)} had a stale rate: {group[0].route} had not closed "
                        f"for more than {_long(limit)}, first on {shown(first)}; the last known stands")  # fmt: skip
    return told


def _named(group: Sequence[_Rated]) -> str:
    return _listed([each.bars.symbol for each in group])


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {counted(more, 'other')}" if more > 0 else "")


def _long(age: int) -> str:
    """A length of time in words."""
    if age >= DAY:
        return f"{age / DAY:.3g} day{'s' * (age != DAY)}"
    return f"{age / HOUR:.3g} hour{'s' * (age != HOUR)}"
