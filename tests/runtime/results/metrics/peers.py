"""What quantstats 0.0.86 and empyrical-reloaded 0.7.1 make of the same returns: writes the file `peers.json` beside it.

They are not installed for the tests, since they bring half a gigabyte along. In an environment that has both, from the
root of the repository:

    python tests/runtime/results/metrics/peers.py < returns.json > tests/runtime/results/metrics/peers.json

`returns.json` is what `test_peers.given` makes: `dates`, `own`, `other`. Their year is of 252 periods.
"""

from __future__ import annotations

import json
import sys
from typing import Any

RATE = 0.02


def values(given: dict[str, Any]) -> dict[str, Any]:
    import empyrical as em
    import pandas as pd
    import quantstats.stats as qs

    index = pd.DatetimeIndex(given["dates"])
    own, other = pd.Series(given["own"], index=index), pd.Series(given["other"], index=index)
    rate = (1.0 + RATE) ** (1.0 / 252.0) - 1.0
    greeks = qs.greeks(own, other, prepare_returns=False)
    drops = qs.drawdown_details(qs.to_drawdown_series(own)).sort_values("max drawdown")
    months, years = (em.aggregate_returns(own, span) for span in ("monthly", "yearly"))
    return {
        "quantstats": {
            "sharpe": qs.sharpe(own),
            "sharpe with a rate": qs.sharpe(own, rf=RATE),
            "sortino": qs.sortino(own),
            "sortino with a rate": qs.sortino(own, rf=RATE),
            "volatility": qs.volatility(own),
            "omega": qs.omega(own),
            "skew": qs.skew(own),
            "kurtosis": qs.kurtosis(own),
            "expected_shortfall": -qs.cvar(own, method="historical"),
            "tail_ratio": qs.tail_ratio(own),
            "ulcer_index": qs.ulcer_index(own),
            "probabilistic_sharpe": qs.probabilistic_sharpe_ratio(own),
            "max_drawdown": -qs.max_drawdown(own),
            "best_day": qs.best(own),
            "worst_day": qs.worst(own),
            "beta": greeks["beta"],
            "alpha": greeks["alpha"],
            "information_ratio": qs.information_ratio(own, other, prepare_returns=False),
            "expected_return": qs.expected_return(own),
            "expected_month": qs.expected_return(own, aggregate="ME"),
            "expected_year": qs.expected_return(own, aggregate="YE"),
            "smart_sharpe": qs.smart_sharpe(own),
            "smart_sortino": qs.smart_sortino(own),
            "adjusted_sortino": qs.adjusted_sortino(own),
            "period_payoff": qs.payoff_ratio(own, prepare_returns=False),
            "common_sense": qs.common_sense_ratio(own, prepare_returns=False),
            "cpc_index": qs.cpc_index(own, prepare_returns=False),
            "outlier_win": qs.outlier_win_ratio(own, prepare_returns=False),
            "outlier_loss": qs.outlier_loss_ratio(own, prepare_returns=False),
            "longest_up": int(qs.consecutive_wins(own, prepare_returns=False)),
            "longest_down": int(qs.consecutive_losses(own, prepare_returns=False)),
            "average_up_month": qs.avg_win(own, aggregate="ME", prepare_returns=False),
            "average_down_month": qs.avg_loss(own, aggregate="ME", prepare_returns=False),
            "winning_quarters": qs.win_rate(own, aggregate="QE", prepare_returns=False),
            "r_squared": qs.r_squared(own, other, prepare_returns=False),
            "rolling sortino": qs.rolling_sortino(own, rolling_period=63).iloc[-5:].tolist(),
            "drawdowns": [[row["valley"], row["max drawdown"] / -100.0] for _, row in drops.head(5).iterrows()],
            "rolling sharpe": qs.rolling_sharpe(own, rolling_period=63).iloc[-5:].tolist(),
            "rolling volatility": qs.rolling_volatility(own, rolling_period=63).iloc[-5:].tolist(),
        },
        "empyrical": {
            "sharpe": em.sharpe_ratio(own),
            "sharpe with a rate": em.sharpe_ratio(own, risk_free=rate),
            "sortino": em.sortino_ratio(own),
            "volatility": em.annual_volatility(own),
            "downside_deviation": em.downside_risk(own),
            "omega": em.omega_ratio(own),
            "tail_ratio": em.tail_ratio(own),
            "value_at_risk": -em.value_at_risk(own),
            "stability": em.stability_of_timeseries(own),
            "max_drawdown": -em.max_drawdown(own),
            "beta": em.beta(own, other),
            "alpha of a period": (1.0 + em.alpha(own, other)) ** (1.0 / 252.0) - 1.0,
            "alpha of a period with a rate": (1.0 + em.alpha(own, other, risk_free=rate)) ** (1.0 / 252.0) - 1.0,
            "up_capture": em.up_capture(own, other),
            "down_capture": em.down_capture(own, other),
            "best_month": months.max(),
            "worst_month": months.min(),
            "average_month": months.mean(),
            "best_year": years.max(),
            "worst_year": years.min(),
            "rolling beta": em.roll_beta(own, other, window=63).iloc[-5:].tolist(),
        },
    }


if __name__ == "__main__":
    json.dump(values(json.load(sys.stdin)), sys.stdout, indent=1)
    sys.stdout.write("\n")
