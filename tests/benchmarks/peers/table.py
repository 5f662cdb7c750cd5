"""The peers: what is installed for each, and over how many bars each work is done.

A million where that takes less than about two minutes; of a rotation, how many symbols. A push is W2 over as many bars
as ours is pushed. `whole` is what a user waits for: from arrays in memory to statistics and the list of trades.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..data import MILLION
from ..portfolios import MANY
from ..pushing import COUNT as PUSHED
from ..sweeping import BARS as SHORT


@dataclass(frozen=True, slots=True)
class Peer:
    """Its script is `{name}_peer.py`; packages are installed for it. options: of its script, one run for each."""

    name: str
    packages: tuple[str, ...]
    works: dict[str, int]
    options: tuple[str, ...] = ("",)


_BATCH = dict.fromkeys(("W1", "W2", "W4"), MILLION)
_WHOLE = {f"whole {work}": count for work, count in _BATCH.items()}
PEERS = (
    Peer("vectorbt", ("vectorbt", "vectorbt-rust"), {**_WHOLE, **_BATCH, "W3": SHORT, "rotation, next open": MANY},
         ("auto", "numba")),
    Peer("bt", ("bt",), {"rotation, this close": MANY}),
    Peer("raptorbt", ("raptorbt", "numpy"), {"whole W1": MILLION, "W1": MILLION, "W3": SHORT}),
    Peer("hftbacktest", ("hftbacktest",), {"W1": MILLION}),
    Peer("backtesting", ("backtesting",), _BATCH),
    Peer("nautilus", ("nautilus_trader",), {**_BATCH, "push": PUSHED}),
    Peer("pynecore", ("pynesys-pynecore", "numpy"), {**_BATCH, "push": PUSHED}),
    Peer("backtrader", ("backtrader", "pandas"), dict.fromkeys(_BATCH, SHORT)),
    Peer("talib", ("TA-Lib", "numpy"), {"W2": MILLION}),
    Peer("talipp", ("talipp", "numpy"), {"push": PUSHED}),
)
