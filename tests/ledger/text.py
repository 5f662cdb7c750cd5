"""A program as `.strat` text and its bars as columns: every condition, size and level is a column of the data."""

from __future__ import annotations

from collections.abc import Sequence

from .program import Bar, Cancel, Enter, Exit, Flow, Guard, Level, Program, Rests, Statement

HEAD = """stratagem 1
let nothing = or_else(close, 0) * 0
"""
SIDES = {1: "long", -1: "short"}


def columns(program: Program, bars: list[Bar]) -> dict[str, list[float]]:
    """The prices, and a column for each list of the program."""
    found: dict[str, list[float]] = {
        name: [getattr(bar, name) for bar in bars] for name in ("open", "high", "low", "close")
    }
    rates = {"borrow_rate": program.rests.borrow_said, "funding_rate": program.rests.funding_said,
             "quoted": program.rests.spreads}  # fmt: skip
    found |= {name: [*values] for name, values in rates.items() if values}
    if program.rests.rates:
        found["rates"] = list(program.rests.rates[: len(bars)])
    for number, statement in enumerate(program.statements):
        for name, values in lists(statement).items():
            found[f"{name}{number}"] = [float(value) for value in values]
    return found


def lists(statement: Statement) -> dict[str, Sequence[float]]:
    """Every list of a statement by the name of its column, without the statement's number."""
    found: dict[str, Sequence[float]] = {"when": statement.when}
    if isinstance(statement, Cancel):
        return found
    if statement.size:
        found["size"] = statement.size
    if isinstance(statement, Flow):
        return found
    rest = statement.rest
    if rest is not None:
        found |= {name: level.values for name, level in (("limit", rest.limit), ("trigger", rest.trigger)) if level}
        found |= {"until": rest.until} if rest.until else {}
        found |= {"valid": rest.valid} if rest.valid and rest.unit == "bars" else {}
    if isinstance(statement, Enter):
        found |= levels(statement)
        found |= {"step": statement.ladder.step.values} if statement.ladder else {}
    return found


def levels(statement: Enter) -> dict[str, Sequence[float]]:
    named = {"stop": statement.stop, "target": statement.target, "trail": statement.trail,
             "after": statement.trail_after}  # fmt: skip
    found: dict[str, Sequence[float]] = {name: level.values for name, level in named.items() if level is not None}
    for at, take in enumerate(statement.takes):
        found |= {f"share{at}_": take.share, f"take{at}_": take.at.values}
    for at, move in enumerate(statement.moves):
        found |= {f"move{at}_": move.stop.values, f"touch{at}_": move.after.values}
    if statement.cap is not None:
        found["cap"] = statement.cap
    if statement.expire is not None and statement.expire_unit == "bars":
        found["expire"] = statement.expire
    return found


def text(program: Program) -> str:
    lines = [HEAD, *assumptions(program.rests)]
    for number, statement in enumerate(program.statements):
        if isinstance(statement, Cancel):
            lines.append(f'cancel {SIDES[statement.side]} when column("when{number}") > 0')
        elif isinstance(statement, Flow):
            word = "deposit" if statement.way > 0 else "withdraw"
            unit = "cash" if statement.unit == "cash" else "* 100%"
            lines.append(f'{word} column("size{number}") {unit} when column("when{number}") > 0')
        else:
            lines.append(enter(number, statement) if isinstance(statement, Enter) else leave(number, statement))
    for guard in program.guards:
        until = f" until {guard.until}" * bool(guard.until)
        lines.append(f"guard {guard.name}{given(guard)} {share(guard)} then {guard.action}{until}")
    return "\n".join(lines) + "\n"


def given(guard: Guard) -> str:
    """Its arguments: of a beta behind the close."""
    said = ["close"] * (guard.name == "beta") + [f"{each:g}" for each in guard.arguments]
    return f"({', '.join(said)})" if said else ""


def share(guard: Guard) -> str:
    counts = guard.name in ("positions", "day_trades", "day_losses", "leverage", "orders_per_minute", "beta")
    return f"{guard.limit:g}" if counts else f"{guard.limit * 100:g}%"


def assumptions(rests: Rests) -> list[str]:
    fee = f"{rests.fee_order!r}/order+{rests.fee_unit!r}/unit+{rests.fee_fraction * 100!r}%"
    fee += f" min {rests.fee_least!r}" if rests.fee_least else ""
    fee += f" max {rests.fee_most!r}/order" if rests.fee_most else ""
    fee += f" max {rests.fee_most_share * 100!r}%" if rests.fee_most_share else ""
    fee += f" on {rests.fee_on}" if rests.fee_on else ""
    for traded, share, order, unit in rests.tiers:
        fee += f" after {traded!r} {order!r}/order+{unit!r}/unit+{share * 100!r}%"
    fee += f" over {rests.over}d" if rests.over else ""
    slip = f"{rests.slip_distance!r}/unit+{rests.slip_fraction * 100!r}%"
    named = {
        "capital": repr(rests.capital), "fee": fee, "slippage": slip, "point_value": repr(rests.point),
        "path": rests.path, "bracket": rests.bracket, "sizing": rests.sizing, "fill": rests.fill,
    }  # fmt: skip
    spread = [*([f"{rests.spread!r}/unit"] if rests.spread else []), *(['"quoted"'] if rests.spreads else [])]
    if spread:
        named["spread"] = "+".join(spread) + (f" on {rests.spread_on}" if rests.spread_on else "")
    held = {"interest": rests.interest, "borrow": rests.borrow, "funding": rests.funding,
            "participation": rests.participation}  # fmt: skip
    if rests.rates:
        named["conversion"] = '"rates"'
    named |= {name: f"{share * 100!r}%" for name, share in held.items() if share}
    named |= {"borrow": '"borrow_rate"'} if rests.borrow_said else {}
    named |= {"funding": '"funding_rate"'} if rests.funding_said else {}
    if rests.latency:
        named["latency"] = f"{rests.latency} bars"
    if rests.entries != "independent":
        named["entries"] = rests.entries
    named |= {name: repr(step) for name, step in (("lot", rests.lot), ("tick", rests.tick)) if step}
    return [f"assume {name} {value}" for name, value in named.items()]


def enter(number: int, statement: Enter) -> str:
    parts = [f'enter {SIDES[statement.side]} when column("when{number}") > 0']
    size = f'column("size{number}")'
    parts.append({
        "units": f"size {size} units", "cash": f"size {size} cash", "percent": f"size {size} * 100%",
        "risk": f"risk {size} * 100%",
    }[statement.sizing])  # fmt: skip
    if statement.cap is not None:
        parts.append(f'cap column("cap{number}") * 100%')
    parts += rest(number, statement)
    if ladder := statement.ladder:
        again = " again" if ladder.again else ""
        parts.append(f"ladder {ladder.count} step {written('step', number, ladder.step)}{again}")
    for name in ("stop", "target", "trail"):
        level = getattr(statement, name)
        if level is not None:
            parts.append(f"{name} {written(name, number, level)}")
    if statement.trail is not None and statement.trail.kind == "multiple":
        parts[-1] = f'trail column("trail{number}") * 1r'
    if statement.trail_after is not None:
        parts[-1] += f" after {written('after', number, statement.trail_after)}"
    for at, move in enumerate(statement.moves):
        touched = written(f"touch{at}_", number, move.after)
        parts.append(f"stop {written(f'move{at}_', number, move.stop)} after {touched}")
    for at, take in enumerate(statement.takes):
        share = f'column("share{at}_{number}") * 100%'
        parts.append(f"take {share} at {written(f'take{at}_', number, take.at)}")
    parts += expire(number, statement)
    if statement.scale:
        parts.append(f"scale {statement.scale}")
    if statement.fill:
        parts.append(f"fill {statement.fill}")
    parts.append(f'because "{number}"')
    return "\n  ".join(parts)


def rest(number: int, statement: Enter | Exit) -> list[str]:
    """The clauses of an order that rests."""
    found, said = [], statement.rest
    if said is None:
        return []
    for name in ("limit", "trigger"):
        level = getattr(said, name)
        if level is not None:
            found.append(f"{name} {written(name, number, level)}")
    if said.unit == "day":
        found.append("valid day")
    elif said.valid is not None:
        found.append(f'valid column("valid{number}") bars' if said.unit == "bars" else f"valid {said.valid[0]:g}h")
    if said.until is not None:
        found.append(f'until column("until{number}") > 0')
    return found


def expire(number: int, statement: Enter) -> list[str]:
    unit = statement.expire_unit
    if unit in ("next_open", "day"):
        return [f"expire {unit}"]
    if ":" in unit:
        return [f'expire "{unit}"']
    if statement.expire is None:
        return []
    return [f'expire column("expire{number}") bars' if unit == "bars" else f"expire {statement.expire[0]:g}h"]


def written(name: str, number: int, level: Level) -> str:
    value = f'column("{name}{number}")'
    return {
        "price": f"nothing + {value}",
        "distance": f"(nothing - nothing) + {value}",
        "ratio": f"{value} * 100%",
        "multiple": f"entry + {value} * (entry - stop)",
    }[level.kind]


def leave(number: int, statement: Exit) -> str:
    parts = [f'exit {SIDES[statement.side]} when column("when{number}") > 0']
    size = f'column("size{number}")'
    if statement.sizing != "all":
        parts.append(f"size {size} units" if statement.sizing == "units" else f"size {size} * 100%")
    if statement.once:
        parts.append("once")
    parts += rest(number, statement)
    if statement.fill:
        parts.append(f"fill {statement.fill}")
    parts.append(f'because "{number}"')
    return "\n  ".join(parts)
