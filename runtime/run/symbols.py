"""Whether a name of data is that of a symbol: a name holds more than the symbol, and other symbols begin alike."""

from __future__ import annotations

import re

CURRENCIES = frozenset("usd usdt usdc busd eur gbp jpy chf aud cad nzd btc eth".split())
"""What prices are quoted in: `ETH-USDT` is a pair, and neither ETH nor USDT."""

_PARTS = re.compile(r"[^\W_]+")
_BEHIND = re.compile(r"[fghjkmnquvxz]\d{1,4}!?|\d{1,2}!|1|5|15|30|60|240|1440|10080|43200|\d{1,3}(s|m|min|h|d|w|mo)")
"""What may stand right behind a symbol: a contract's month and year (`CLZ4`), the number of a continuous contract
(`CL1!`), a timeframe (`EURUSD60`, as MetaTrader writes minutes, or `EURUSD1h`)."""
_LENGTH = re.compile(r"\d{1,4}(s|sec|m|min|h|d|w|mo)?|tick|minute|hour|hourly|daily|weekly|monthly")
"""What in a name of data says how long its bars are."""
_SHORT = 2
"""Letters up to which a part behind a dot, a hyphen or a slash is a class of shares: `BRK.A` is not A."""


def is_named(name: str, symbol: str) -> bool:
    """Whether data called `name` are of `symbol`: one or several whole parts of the name spell it.

    `EURUSD` is that of `eurusd_1h`, `FX:EURUSD`, `EUR_USD` and `EURUSD.pro`, `CL` that of `CLZ4`, `CL1!` and `CL=F`;
    A is not AAPL, and ETH neither ETHUSDT nor ETH-USDT.
    """
    own = "".join(_PARTS.findall(symbol.lower().rpartition(":")[2]))
    parts = list(_PARTS.finditer(name.lower()))
    return bool(own) and any(_spelled(own, name.lower(), parts, first) for first in range(len(parts)))


def _spelled(own: str, name: str, parts: list[re.Match[str]], first: int) -> bool:
    """Whether the parts from one on spell the symbol, alone or with what may stand behind it."""
    if _second(own, name, parts, first):
        return False
    joined = ""
    for last in range(first, len(parts)):
        joined += parts[last].group()
        if joined == own:
            return not (last + 1 < len(parts) and parts[last + 1].group() in CURRENCIES)
        if joined.startswith(own):
            sign = "!" * name.startswith("!", parts[last].end())
            return _BEHIND.fullmatch(joined.removeprefix(own) + sign) is not None
    return False


def _second(own: str, name: str, parts: list[re.Match[str]], first: int) -> bool:
    """Whether a part is what another symbol goes on with: a class of shares, or the currency of a pair."""
    if not first:
        return False
    before, joined = parts[first - 1].group(), name[parts[first].start() - 1] in ".-/"
    return (joined and len(own) <= _SHORT) or (own in CURRENCIES and (joined or before in CURRENCIES))


def are_alike(one: str, other: str) -> bool:
    """Whether two names of data may be of one symbol: either is named in the other, but for how long bars are."""
    parts = [[each for each in _PARTS.findall(name.lower()) if not _LENGTH.fullmatch(each)] for name in (one, other)]
    return parts[0] == parts[1] or is_named(one, other) or is_named(other, one)
