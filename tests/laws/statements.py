"""Writes the statements of a random program: entries, exits, what rests and what ends it, assumptions and guards.

Levels are near enough to the market that they act within a few bars of `bars.py`, whose bars reach about one percent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .programs import Writer

SIDES = ("long", "short")
MISSING = "(if volume > 20 then close else na)"
BELOW = ("low", "lowest(low, 3)", "close - 0.3 * atr(5)", "min(open, close)", "sma(close, 3)", MISSING)
ABOVE = ("high", "highest(high, 3)", "close + 0.3 * atr(5)", "max(open, close)", "sma(close, 3)", MISSING)
AWAY = ("0.2%", "0.5%", "0.4 * atr(5)", "10ticks", "0.002 * close", "1 * tr()")
AGES = ("3 bars", "10 bars", "1h", "4h", "next_open", "day")
TIMES = ('"15:55"', '"09:30"', '"00:00"')
FEES = ("0.1%", "1/order+0.05%", "0.01/unit min 1 max 1%", "0.02%/maker+0.1%/taker")
SLIPS = ("slippage 2ticks", "spread 2ticks on exits", "slippage 1tick+5%/range", "slippage 1%/sqrt_volume")
HELD = ("interest 3%", "borrow 5%", "funding 0.01%")
LIVES = ("valid 2 bars", "valid 5 bars", "valid 1 bars", "valid day", "valid 4h", "")


def statements(writer: Writer) -> list[str]:
    """What a program does, and what it rests on."""
    lines = []
    for side in SIDES if writer.chance(60) else SIDES[:1]:
        for _ in range(1 + writer.chance(40)):
            lines.append(_enter(writer, side))
        for _ in range(writer.chance(80) + writer.chance(20)):
            lines.append(_exit(writer, side))
        lines += [f"cancel {side} when {writer.boolean(2)}"] if writer.chance(20) else []
    lines += _assumptions(writer)
    lines += _guards(writer, "\n".join(lines))
    lines += [f'plot {writer.number(1)} as "p"'] if writer.chance(30) else []
    lines += [f"emit signal when {writer.boolean(1)}"] if writer.chance(30) else []
    lines += [f'alert when {writer.boolean(1)} "now {{close}}"'] if writer.chance(30) else []
    return lines


def _enter(writer: Writer, side: str) -> str:
    sizes = ["size 50%", "size 100%", "size 3 units", "size 2000 cash", "", "size 20% cap 10%", "size 20%"]
    clauses, rests = [], writer.chance(60)
    stop = _stop(writer) if writer.chance(55) else ""
    trail = f"trail {writer.one(['2 * atr(5)', '1%', *(['1r', '0.5r'] if stop else [])])}" if writer.chance(25) else ""
    clauses.append(writer.one([*sizes, "risk 0.5%", "risk 1% cap 40%"] if stop or trail else sizes))
    clauses += [stop, *_gains(writer, side, stop, trail)]
    if trail and stop and writer.chance(40):
        trail += f" after {writer.one(['1r', '0.4%', 'entry'])}"
    clauses.append(trail)
    if writer.chance(35):
        clauses.append(f"expire {writer.one([*AGES, *(TIMES * 2 if not writer.daily else ())])}")
    scales = writer.chance(35)
    clauses += [f"scale {writer.random.randrange(4)}"] if scales else []
    if rests:
        resting = _rest(writer, 1 if side == "long" else -1)
        clauses += [*resting, _ladder(writer, resting) if not scales and writer.chance(30) else ""]
    elif writer.chance(20):
        clauses.append(f"fill {writer.one(['this_close', 'next_open'])}")
    clauses += ['because "at {close} with {volume}"'] if writer.chance(30) else []
    return f"enter {side} when {writer.often(rests)} {' '.join(filter(None, clauses))}"


def _stop(writer: Writer) -> str:
    return f"stop {writer.one(['2 * atr(5)', '1%', '2 * tr()', '10ticks'])}"


def _gains(writer: Writer, side: str, stop: str, trail: str) -> list[str]:
    """A target, parts of the lot that leave before it, stops that follow."""
    sign = "+" if side == "long" else "-"
    multiples = ["0.5r", "1r", "1.5r", "2r"] if stop or trail else []
    near = [*multiples, "0.3%", "0.8%", "atr(5)", f"entry {sign} 0.5 * atr(5)"]
    made = []
    if writer.chance(40):
        far = ["3 * atr(5)", "2%", *(["entry + 2 * (entry - stop)"] if stop else [])]
        made.append(f"target {writer.one([*near, *far])}")
    if writer.chance(40):
        for _ in range(1 + writer.random.randrange(4)):
            made.append(f"take {writer.one(['10%', '25%', '50%', '20%'])} at {writer.one(near)}")
    if writer.chance(40) and (stop or trail):
        for _ in range(1 + writer.random.randrange(3)):
            further = ["0r", "-0.5r", "0.5r", "0.2%", "entry"]
            made.append(f"stop {writer.one(further)} after {writer.one(near)}")
    return made


def _exit(writer: Writer, side: str) -> str:
    rests = writer.chance(35)
    clauses = ["size 50% once"] if writer.chance(25) else []
    clauses += _rest(writer, -1 if side == "long" else 1) if rests else []
    return f"exit {side} when {writer.often(rests)} {' '.join(filter(None, clauses))}"


def _rest(writer: Writer, trade: int) -> list[str]:
    """An order that rests: its prices, on either side of the market, its life, and what ends it."""
    behind, ahead = (BELOW, ABOVE) if trade > 0 else (ABOVE, BELOW)
    limit = writer.one([*AWAY, *behind, *behind, ahead[0]])
    trigger = writer.one([*AWAY, *ahead, *ahead, behind[0]])
    kind = writer.random.randrange(5)
    made = [f"trigger {trigger}"] if kind > 1 else []
    made += [f"limit {limit}"] if kind not in (2, 3) else []
    made.append(writer.one([*LIVES, f"valid {writer.length()} bars"]))
    if writer.chance(25):
        made.append(f"until {writer.boolean(1)}")
    return made


def _ladder(writer: Writer, resting: list[str]) -> str:
    """Several orders a small step apart, some of them placed anew while their life lasts."""
    lives = any(clause.startswith(("valid", "until")) for clause in resting)
    again = " again" if lives and writer.chance(50) else ""
    step = writer.one(['0.2%', '0.3 * atr(5)', '5ticks', 'tr()'])
    return f"ladder {2 + writer.random.randrange(3)} step {step}{again}"


def _assumptions(writer: Writer) -> list[str]:
    lines = ["assume tick 0.01"]
    lines += [f"assume fee {writer.one(FEES)}"] if writer.chance(50) else []
    lines += [f"assume {writer.one(SLIPS)}"] if writer.chance(30) else []
    lines += [f"assume {writer.one(HELD)}"] if writer.chance(25) else []
    lines += [f"assume path {writer.one(['worst', 'best', 'proximity'])}"] if writer.chance(50) else []
    lines += [f"assume bracket {writer.one(['entry_bar', 'next_bar', 'next_decision'])}"] if writer.chance(50) else []
    lines += ["assume lot 0.1"] if writer.chance(30) else []
    lines += ["assume sizing fill"] if writer.chance(20) else []
    lines += ["assume fill this_close"] if writer.chance(20) else []
    lines += ["assume entries one_cancels_other"] if writer.chance(30) else []
    return lines


def _guards(writer: Writer, text: str) -> list[str]:
    fall = f"drawdown {writer.one(['20%', '0.3%'])} then {writer.one(['halt', 'flatten'])}"
    lines = [f"guard {fall}"] if writer.chance(25) else []
    loss = f"daily_loss {writer.one(['2%', '0.3%'])} then {writer.one(['deny', 'flatten', 'halt'])}"
    lines += [f"guard {loss}"] if writer.chance(25) else []
    lines += ["guard day_trades 3"] if writer.chance(20) else []
    lines += ["guard exposure 200%"] if writer.chance(30) or "risk " in text else []
    lines += [f"guard open_risk 4% then {writer.one(['deny', 'flatten', 'halt'])}"] if writer.chance(15) else []
    lines += ["guard net_exposure 60%"] if writer.chance(10) else []
    lines += ["guard margin_use 70% then reduce"] if writer.chance(10) else []
    lines += [f"guard day_gain 1% then {writer.one(['halt', 'deny'])}"] if writer.chance(10) else []
    return lines
