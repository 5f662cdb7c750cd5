"""@pyne

W1 for PyneCore.
"""

from pynecore.lib import close, script, strategy, ta


@script.strategy(
    "W1",
    initial_capital=1_000_000,
    default_qty_type=strategy.fixed,
    default_qty_value=1,
    commission_type=strategy.commission.percent,
    commission_value=0.1,
)
def main():
    quick = ta.sma(close, 10)
    calm = ta.sma(close, 50)
    above = ta.crossover(quick, calm)
    below = ta.crossunder(quick, calm)
    if above:
        strategy.entry("long", strategy.long)
    if below:
        strategy.close("long")
