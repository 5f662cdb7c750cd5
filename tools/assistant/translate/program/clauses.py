"""The clauses of an entry, and the statements beside it, from what was said of stops, targets, sizes and limits."""

from __future__ import annotations

import re
from typing import Any

from ..conditions.sides import swapped
from ..orders.own_sides import SIDED
from ..orders.resting_rows import far
from ..tokens.levels import behind, locked, written
from ..tokens.token import Level, Setting, Token, asked, number
from ..tokens.write import Program, condition_text

WHERE = "Where does the limit order rest?"
_ONCE = {
    "stop", "target", "trail", "expire", "size", "risk", "limit", "limit_at", "valid", "leverage", "cap",
    "volatility", "trigger", "zone", "capital", "risk_cash", "fee", "spread", "slippage",
}


class Settings:
    """What was said, by name, in order; what was said twice in different words is in `twice`."""

    def __init__(self, tokens: list[Token]) -> None:
        self.said: dict[str, list[Any]] = {}
        self.twice: list[str] = []
        last_take = None
        for token in tokens:
            setting: Setting = token.value
            last_take = setting.value[1] if setting.name == "take" else last_take
            if setting.name == "breakeven" and setting.value is None:
                setting = Setting("breakeven", last_take)
            values = self.said.setdefault(setting.name, [])
            if values and _asks(setting.value):
                continue  # it is said elsewhere
            if values and _asks(values[-1]):
                values.clear()
            if setting.name in _ONCE and values and setting.value not in values:
                self.twice.append(setting.name)
            if setting.value not in values or setting.name == "take":
                values.append(setting.value)

    def __contains__(self, name: str) -> bool:
        return name in self.said

    def __getitem__(self, name: str) -> Any:
        return self.said[name][0] if name in self.said else None

    def all(self, name: str) -> list[Any]:
        return self.said.get(name, [])

    def over(self, own: Settings) -> Settings:
        """With what an entry has of its own in the place of what is said of all."""
        made = Settings([])
        made.twice = [*self.twice, *own.twice]
        made.said = {**self.said, **{name: values for name, values in own.said.items() if name in SIDED}}
        return made

    @property
    def ends(self) -> bool:
        """Whether a position ends by itself."""
        return any(name in self for name in ("stop", "target", "trail", "expire", "trail_after", "neversell"))


def leaving(own: Settings, long: bool, daily: bool) -> list[str]:
    """Of a way out: the part that is sold, once, and the price at which its order rests."""
    made = [text for share in own.all("part") for text in (f"size {number(share)}%", "once")]
    made += [f"limit {series.written}" for series in own.all("limit_at")]
    for side, text in own.all("limit")[:1]:
        made.append(f"limit {text if (side == 'above') == long else asked('threshold', WHERE)}")
    made += [f"valid {_lived(value, daily)}" if value != "until" else "until false" for value in own.all("valid")]
    return made


def turned(settings: Settings) -> Settings:
    """Those of the other side: a level at a line of one side is at that of the other."""
    made = Settings([])
    made.twice = settings.twice
    made.said = {name: [_turned(value) for value in values] for name, values in settings.said.items()}
    return made


def _turned(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_turned(each) for each in value)
    if not isinstance(value, Level) or value.kind != "price":
        return value
    other = swapped(value.value)
    return Level("price", other) if other else Level("asked", ("stop", "Where is that level of the other side?"))


def _asks(value: Any) -> bool:
    return isinstance(value, Level) and value.kind == "asked"


def clauses(
    settings: Settings, own: Settings, long: bool, daily: bool, pip: str, bought_again: str = ""
) -> list[str]:
    """Of an entry of this side, in the order in which they are usually written. bought_again: what is written where
    nothing is ever sold."""
    settings = settings.over(own)
    made: list[str] = []
    made += _how_much(settings, long, pip)
    for name in ("trigger",):
        made += [f"trigger {value}" for value in own.all(name) or settings.all(name)]
    made += _stop_limit(own.all("trigger") or settings.all("trigger"), settings, long)
    made += [f"limit {series.written}" for series in own.all("limit_at") or settings.all("limit_at")]
    made += _resting(own if "limit_off" in own or "ladder" in own else settings, long)
    if "limit" in settings:
        side, text = settings["limit"]
        made.append(
            f"limit {text}" if (side == "below") == long
            else f"limit {asked('threshold', WHERE)}"
        )
    if any(each.kind == "r" for each in settings.all("target")) and not ("stop" in settings or "trail" in settings):
        made.append(f"stop {asked('stop', 'How far away is the stop, whose distance the target counts?')}")
    if ("risk" in settings or "risk_cash" in settings) and not ("stop" in settings or "trail" in settings):
        made.append(f"stop {asked('stop', 'How far away is the stop?')}")
    resting = [clause for clause in made if clause.startswith(("limit", "trigger"))]
    if "valid" in settings and not resting:
        made.append(f"limit {asked('threshold', 'At which price does the order rest?')}")
    if "valid" in settings and not (settings["valid"] == "until" and "until" in settings):
        made.append("until false" if settings["valid"] == "until" else f"valid {_lived(settings['valid'], daily)}")
    made += [f"until {condition_text(each)}" for each in settings.all("until")] if resting else []
    made += [f"stop {_level(each, False, long, pip)}" for each in settings.all("stop")]
    made += _parts(settings, long, pip)
    made += [f"target {_level(each, True, long, pip)}" for each in settings.all("target")]
    made += [f"trail {behind(each, long, pip)}" for each in settings.all("trail")]
    for lag, after in settings.all("trail_after"):
        made.append(f"trail {behind(lag, long, pip)} after {_level(after, True, long, pip)}")
    made += [f"expire {_age(each, daily)}" for each in settings.all("expire")]
    if settings["clips"]:
        made.append(f"scale {settings['clips'] - 1}")
    elif "pyramid" in settings:
        made.append(f"scale {asked('size', 'How often may be added to a position?')}")
    elif "neversell" in settings and bought_again:
        made.append(bought_again)
    return made


def _stop_limit(triggers: list[str], settings: Settings, long: bool) -> list[str]:
    """The limit of a stop order: so far beyond its trigger."""
    if not triggers or "trigger_limit" not in settings:
        return []
    kind, value = settings["trigger_limit"]
    return [f"limit {far(kind, value, triggers[0], '+' if long else '-')}"]


def _resting(settings: Settings, long: bool) -> list[str]:
    """A limit so far from the close, and a ladder of them."""
    made = []
    for side, text in settings.all("limit_off")[:1]:
        made.append(f"limit {text if (side == 'below') == long else asked('threshold', WHERE)}")
    for side, first, step, count in settings.all("ladder")[:1]:
        made.append(f"limit {first if (side == 'below') == long else asked('threshold', WHERE)}")
        made.append(f"ladder {count} step {step}")
    return made


def _how_much(settings: Settings, long: bool, pip: str) -> list[str]:
    if "risk" in settings and ("size" in settings or "leverage" in settings):
        other = settings["size"] or "a leverage"
        question = f"A risk of {settings['risk']} and a size of {other} cannot both decide: which one?"
        return [f"size {asked('size', question)}"]
    made = [f"size {value}" for value in settings.all("size")[:1]]
    if "leverage" in settings and not made:
        made.append(f"size {number(settings['leverage'])}%")
    if "volatility" in settings:
        bars, share = settings["volatility"]
        made.append(f"volatility {share}" if bars == 20 else f"size {share} / annual_volatility({bars})")
    made += [f"risk {value}" for value in settings.all("risk")]
    made += [f"size {number(value)} / {_at_risk(settings, long, pip)} units" for value in settings.all("risk_cash")[:1]]
    return made + [f"cap {value}" for value in settings.all("cap")]


def _at_risk(settings: Settings, long: bool, pip: str) -> str:
    """What a unit loses if the stop is hit: how far it is from the decision's close."""
    each: Level = settings["stop"] or settings["trail"] or Level("asked", ("stop", "How far away is the stop?"))
    text = written(each, False, long, pip)
    match each.kind:
        case "atr":
            return f"({text})"
        case "share":
            return f"({text} * close)"
        case "points" | "pips":
            return text.removeprefix("entry - ").removeprefix("entry + ")
        case "price" | "far":
            return f"(close - {text})" if long else f"({text} - close)"
        case _:
            return text


def _level(each: Level, gain: bool, long: bool, pip: str) -> str:
    return written(each, gain, long, pip)


def _parts(settings: Settings, long: bool, pip: str) -> list[str]:
    parts = settings.all("take")
    whole = sum(share for share, _ in parts) > 99.9 and "target" not in settings
    own = parts[:-1] if whole else parts
    made = [f"take {number(share)}% at {_level(each, True, long, pip)}" for share, each in own]
    made += [f"target {_level(parts[-1][1], True, long, pip)}"] if whole else []
    for to, after in settings.all("lock"):
        made.append(f"stop {locked(to, long, pip)} after {_level(after, True, long, pip)}")
    for said in settings.all("breakeven"):
        each = said
        if each is None:
            made.append(f"stop entry after {asked('stop', 'After which gain does the stop move to the entry?')}")
        else:
            made.append(f"stop {'0r' if each.kind == 'r' else 'entry'} after {_level(each, True, long, pip)}")
    return made


def _age(value: tuple[str, Any], daily: bool) -> str:
    kind, age = value
    if kind == "text":
        return str(age)
    if kind == "bars":
        return f"{age} bars"
    count, unit = age
    if unit == "d" and daily:
        return f"{number(count)} bars"
    return f"{number(count)}{unit}" if unit in {"m", "h", "d", "w", "mo"} else f"{number(12 * count)}mo"


def _lived(value: str, daily: bool) -> str:
    """How long an order rests: days of bars of days are bars, so that a weekend is none of them."""
    days = re.fullmatch(r"(\d+)d", value)
    return f"{days[1]} bars" if days and daily else value


def beside(settings: Settings, program: Program) -> None:
    """Assumptions and guards."""
    for zone in settings.all("zone"):
        program.assumptions.append(f'timezone "{zone}"')
    program.assumptions += [f"capital {number(value)}" for value in settings.all("capital")]
    least = "".join(f" min {value}" for value in settings.all("least_fee")[:1])
    program.assumptions += [f"fee {value}{least}" for value in settings.all("fee")]
    program.assumptions += [f"spread {value}" for value in settings.all("spread")]
    program.assumptions += [f"slippage {value}" for value in settings.all("slippage")]
    if "oco" in settings:
        program.assumptions.append("entries one_cancels_other")
    own = settings.all("exposure")
    program.guards += [f"exposure {value}" for value in own]
    if "risk" in settings and "leverage" not in settings and not own:
        program.guards.append("exposure 100%")
    sizes = [float(each[:-1]) for each in map(str, settings.all("size")) if re.fullmatch(r"[\d.]+%", each)]
    others = {"risk", "leverage", "volatility", "noleverage"} & set(settings.said)
    if max(sizes, default=0) > 100 and not own and not others:
        program.guards.append(f"exposure {number(max(sizes))}%")  # who buys for more than there is asks for credit
    if "leverage" in settings and not own:
        program.guards.append(f"exposure {number(settings['leverage'])}%")
    if "volatility" in settings and "cap" not in settings and not own:
        program.guards.append("exposure 100%")
    program.guards += [f"positions {value}" for value in settings.all("positions")]
    program.guards += [f"day_trades {value}" for value in settings.all("day_trades")]
    for share, action in settings.all("daily_loss"):
        then = action or asked("definition", "And after such a loss: no new trades, or close everything?",
                               {"no new trades": "halt", "close everything": "flatten"})  # fmt: skip
        program.guards.append(f"daily_loss {share} then {then}")
    program.guards += [f"day_losses {value} then halt" for value in settings.all("day_losses")]
    program.guards += [f"day_gain {value} then halt" for value in settings.all("day_gain")]
    program.guards += [f"loss {value} then halt" for value in settings.all("loss")]
    program.guards += [f"loss {value} then flatten" for value in settings.all("loss_out")]
    for share in settings.all("drawdown_of"):
        then = asked("definition", f"And after a drawdown of {share}: no new trades, or close everything?",
                     {"no new trades": "halt", "close everything": "flatten"})  # fmt: skip
        program.guards.append(f"drawdown {share} then {then}")
    program.guards += [f"drawdown {value} then flatten" for value in settings.all("drawdown")]
    for share, span in settings.all("drawdown_until"):
        program.guards.append(f"drawdown {share} then flatten until {span}")
    program.blocks += [f"prefer {value}" for value in settings.all("prefer")]
