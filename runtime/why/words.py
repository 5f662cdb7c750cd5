"""Codes of orders in words: why one was denied, cut or cancelled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

REASONS: Mapping[str, str] = {
    "drawdown": "the guard on drawdown left no room",
    "loss": "the guard on the loss left no room",
    "daily_loss": "the guard on the day's loss left no room",
    "day_gain": "the guard on the day's gain left no room",
    "day_trades": "the guard on the day's entries left no room",
    "day_losses": "the guard on the day's losing trades left no room",
    "exposure": "the guard on exposure left no room",
    "leverage": "the guard on leverage left no room",
    "position": "the guard on the position left no room",
    "margin": "there was not enough margin for it",
    "margin_use": "the guard on the use of margin left no room",
    "margin_distance": "the guard on the distance to liquidation left no room",
    "net_exposure": "the guard on net exposure left no room",
    "open_risk": "the guard on what the stops would lose left no room",
    "positions": "the guard on the number of positions left no room",
    "orders_per_minute": "the guard on orders per minute left no room",
    "value_at_risk": "the value at risk was beyond its guard",
    "expected_shortfall": "the expected shortfall was beyond its guard",
    "ewma_value_at_risk": "the value at risk by exponential weights was beyond its guard",
    "ewma_volatility": "the volatility of a bar was beyond its guard",
    "volatility": "the volatility of equity was beyond its guard",
    "beta": "the beta of equity was beyond its guard",
    "halted": "a guard had halted trading",
    "cap": "its `cap` bounds it",
    "missing_size": "its size had no value, or made a quantity beyond what a number can be",
    "missing_cap": "its `cap` had no value",
    "missing_stop": "its stop had no value",
    "missing_target": "its target had no value",
    "missing_trail": "its trail had no value",
    "missing_expire": "its `expire` had no value",
    "missing_valid": "its `valid` had no value",
    "not_free": "no more than this was free: `margin.free`, less what rests and its costs",
    "no_amount": "its amount was not above 0",
    "no_price": "the close is missing or 0",
    "no_stop_distance": "the stop lies at the price, so that no size follows from it",
    "wrong_side": "the stop lies on the wrong side of the price",
    "below_minimum": "its notional is below the minimum",
    "zero_quantity": "the quantity is less than one lot",
    "nothing_to_close": "there was nothing left to close",
    "opposite": "the other side acted first on this bar",
    "exit_first": "an exit of its side came first",
    "guard": "a guard acted before it filled",
    "cancel": "a `cancel` ended it",
    "until": "its `until` ended it",
    "liquidation": "the position was liquidated: too little was left of its margin",
    "other_filled": "the entry of the other side filled first",
    "other_leg": "another leg of its `atomic` was cut, denied or cancelled",
    "leg_absent": "another leg of its `atomic` had no bar at this instant",
    "position_differs": "an instruction of its `sequence` left another position than was expected",
    "no_open": "some leg of its `atomic` had no open for five events",
    "rejected": "the venue would not take it",
    "venue": "the venue ended it unasked",
    "end": "the data ended before it filled",
}


def reason(row: Mapping[str, Any]) -> str:
    """Why an order got less than it asked for; a code that has no words is shown as it is."""
    code = str(row["reason"])
    told = REASONS.get(code, code.replace("_", " "))
    return told.replace("left no room", "left less room") if row["status"] == "reduced" else told
