"""Price and volume together."""

from __future__ import annotations

from ..arith import NAN, div, finite
from ..operator import RECURSIVE, Bool, Floats, Ints, Number, operator
from .sums import add


@operator(
    floats=3,
    ints=[1],
    warmup=lambda: 1,
    missing=RECURSIVE,
    unit="volume",
    family="volume",
    formula="obv[1] + volume where source rose, - volume where it fell; from 0 at the first bar",
    example="obv_of(close, volume)",
    beyond=True,
)
def obv_of(f: Floats, k: Ints, w: Floats, source: Number, volume: Number) -> Number:
    """On balance volume of any series: volume added where it rises and taken where it falls."""
    if source != source or volume != volume:
        return NAN
    before = f[2]
    f[2] = source
    if k[0] == 0:
        k[0] = 1
        return NAN
    if source > before:
        add(f, 0, volume)
    elif source < before:
        add(f, 0, -volume)
    return finite(f[0] + f[1])


@operator(
    floats=4,
    missing=RECURSIVE,
    unit="source",
    family="volume",
    formula="Σ(source * volume) / Σ volume since anchor last held, or since the first bar",
    example="vwap_of(hlc3(), volume, new_day())",
    beyond=True,
)
def vwap_of(f: Floats, k: Ints, w: Floats, source: Number, volume: Number, anchor: Bool) -> Number:
    """The mean of a series weighted by volume, begun anew where `anchor` holds."""
    if anchor:
        for at in range(4):
            f[at] = 0.0
    money = finite(source * volume)
    if money != money:
        return NAN
    add(f, 0, money)
    add(f, 2, volume)
    return div(f[0] + f[1], f[2] + f[3])
