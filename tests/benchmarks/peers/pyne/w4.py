"""@pyne

W4 for PyneCore: the hours come from a file beside the minutes.
"""

from pynecore.lib import close, request, script, strategy, syminfo, ta


@script.strategy(
    "W4",
    initial_capital=1_000_000,
    default_qty_type=strategy.fixed,
    default_qty_value=1,
    commission_type=strategy.commission.percent,
    commission_value=0.1,
)
def main():
    quick = ta.sma(close, 10)
    calm = ta.sma(close, 50)
    hours = request.security(syminfo.tickerid, "60", ta.ema(close, 50))
    above = ta.crossover(quick, calm)
    below = ta.crossunder(quick, calm)
    if above and close > hours:
        strategy.entry("long", strategy.long)
    if below:
        strategy.close("long")
