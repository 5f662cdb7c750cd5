"""What is read of the calendar, of the books and of other symbols, in words."""

from __future__ import annotations

CALENDAR = {
    "time": "the time of the bar's open", "year": "the year", "month": "the month", "day": "the day of the month",
    "weekday": "the day of the week", "hour": "the hour of the bar's open", "minute": "the minute of the bar's open",
    "bar_index": "the bar's number from 0", "day_number": "the date",
    "decision_minute": "the minute of the day of the decision",
}  # fmt: skip
WEEKDAYS = ("", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip
NUMBERED = {"weekday": WEEKDAYS, "month": MONTHS}
"""Facts of the calendar whose numbers have names."""
BOOKS = {
    "equity": "equity", "cash": "cash", "deposited": "the money paid in", "withdrawn": "the money taken out",
    "drawdown": "the drawdown of equity",
    "position.size": "the signed size of the position", "position.entry_price": "the average entry price",
    "position.pnl": "the open profit", "position.bars": "the position's age in bars",
    "position.flat": "nothing is held", "position.long": "the position is long",
    "position.short": "the position is short",
    "position.stop": "the position's nearest stop",
    "position.risk": "the money between the fills and their first stops",
    "position.open_risk": "the money that is lost at the stops as they stand",
    "position.high": "the highest price since entry", "position.low": "the lowest price since entry",
    "position.last_price": "the newest lot's entry price", "position.lots": "the number of open lots",
    "position.weight": "the position's signed share of equity",
    "exposure.gross": "the gross exposure", "exposure.net": "the net exposure", "exposure.long": "the long exposure",
    "exposure.short": "the short exposure",
    "pnl.day": "the day's profit", "pnl.realised": "the realised profit before fees",
    "pnl.unrealised": "the open profit before fees", "pnl.fees": "the sum of fees paid",
    "pnl.carry": "the carry so far",
    "pnl.total": "the total profit",
    "trades.count": "the number of closed trades", "trades.today": "the number of trades closed today",
    "trades.opened_today": "the number of entries today",
    "trades.losses_today": "the number of losing trades closed today",
    "trades.loss_streak": "the number of losing trades in a row",
    "trades.win_rate": "the share of trades won", "trades.mean_win": "the mean win in money",
    "trades.mean_loss": "the mean loss in money", "trades.mean_win_return": "the mean return of wins",
    "trades.mean_loss_return": "the mean loss of losing trades as a return",
    "trades.last_return": "the last trade's return", "trades.last_reason": "the reason why the last trade ended",
    "trades.bars_since": "the number of bars since the last trade closed",
    "margin.used": "the margin tied up", "margin.free": "the free margin", "margin.use": "the margin's share of equity",
    "margin.distance": "the distance to liquidation", "orders.pending": "the number of orders that wait or rest",
}  # fmt: skip
ACROSS = {
    "rank": "the rank of {0} among all symbols", "quantile_of": "the share of the other symbols with a lower {0}",
    "zscore_across": "the z-score of {0} among all symbols",
    "demean": "the surplus of {0} over its average of all symbols", "total": "the total of {0} over all symbols",
    "average": "the average of {0} over all symbols", "count": "the number of symbols with {0}",
}  # fmt: skip
OF_ALL = {"any": "{0} for any symbol", "all": "{0} for every symbol",
          "top": "{0} is among the {1} highest of all symbols"}  # fmt: skip
SAMPLES = {
    "closed": "on the last completed {0} bar", "forming": "on the {0} bar as it stands",
    "event": "at the moment a {0} bar completes",
}  # fmt: skip
