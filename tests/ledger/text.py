"""A program as `.strat` text and its bars as columns: every condition, size and level is a column of the data."""

from __future__ import annotations

from collections.abc import Sequence

from .program import Bar, Enter, Exit, Guard, Level, Program, Rests

HEAD = """stratagem 1
let nothing = or_else(close, 0) * 0
"""
SIDES = {1: "long", -1: "short"}


def columns(program: Program, bars: list[Bar]) -> dict[str, list[float]]:
    """The prices, and a column for each list of the program."""
    found: dict[str, list[float]] = {
        name: [getattr(bar, name) for bar in bars] for name in ("open", "high", "low", "close")
    }
    for number, statement in enumerate(program.statements):
        for name, values in lists(statement).items():
            found[f"{name}{number}"] = [float(value) for value in values]
    return found


def lists(statement: Enter | Exit) -> dict[str, Sequence[float]]:
    found: dict[str, Sequence[float]] = {"when": statement.when}
    if statement.size:
        found["size"] = statement.size
    if isinstance(statement, Enter):
        for name in ("stop", "target", "trail"):
            if (level := getattr(statement, name)) is not None:
                found[name] = level.values
        for name in ("cap", "expire"):
            if (values := getattr(statement, name)) is not None:
                found[name] = values
    return found


def text(program: Program) -> str:
    lines = [HEAD, *assumptions(program.rests)]
    for number, statement in enumerate(program.statements):
        lines.append(enter(number, statement) if isinstance(statement, Enter) else leave(number, statement))
    lines += [f"guard {guard.name} {share(guard)} then {guard.action}" for guard in program.guards]
    return "\n".join(lines) + "\n"


def share(guard: Guard) -> str:
    counts = guard.name in ("positions", "day_trades", "day_losses", "leverage")
    return f"{guard.limit:g}" if counts else f"{guard.limit * 100:g}%"


def assumptions(rests: Rests) -> list[str]:
    fee = f"{rests.fee_order!r}/order+{rests.fee_unit!r}/unit+{rests.fee_fraction * 100!r}%"
    slip = f"{rests.slip_distance!r}/unit+{rests.slip_fraction * 100!r}%"
    named = {
        "capital": repr(rests.capital), "fee": fee, "slippage": slip, "point_value": repr(rests.point),
        "path": rests.path, "bracket": rests.bracket, "sizing": rests.sizing, "fill": rests.fill,
    }  # fmt: skip
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
    for name in ("stop", "target", "trail"):
        level = getattr(statement, name)
        if level is not None:
            parts.append(f"{name} {written(name, number, level)}")
    if statement.expire is not None:
        parts.append(f'expire column("expire{number}") bars')
    if statement.scale:
        parts.append(f"scale {statement.scale}")
    if statement.fill:
        parts.append(f"fill {statement.fill}")
    parts.append(f'because "{number}"')
    return "\n  ".join(parts)


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
    if statement.fill:
        parts.append(f"fill {statement.fill}")
    parts.append(f'because "{number}"')
    return "\n  ".join(parts)
