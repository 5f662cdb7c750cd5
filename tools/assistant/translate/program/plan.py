"""From actions with their conditions to the orders of a program, with a question wherever something is missing."""

from __future__ import annotations

import re
from typing import Any, cast

from ..conditions.calendar_spans import before_entry
from ..conditions.sides import for_side, mirrored, negated
from ..tokens.meanings import dated, day_before, finished, parts_of
from ..tokens.token import Compare, Condition, Joined, Not, Plain, Series, Token, asked, number
from ..tokens.write import Order, Program, condition_text
from ..values.indicators import INDICATORS
from ..values.vague import kinds
from .attach import ENTRIES, Act, Attached
from .clauses import Settings, beside, clauses, leaving, turned
from .held_together import directed, once, only_holes
from .least_age import held_back
from .whose import exit_mirrored, frames_of, of_one_side, read_on

WHEN_IN = ("entry", "When exactly should it buy or sell?")
MIXED = ("definition", "Of 'and' and 'or': which belong together?")
_DATES = ("new_", "weekday", "day ", "month ", "not (day", "barssince(new_")
WHEN_OUT = ("exit", "When should the position be closed?")


_LEFT = {
    "fallnoun": "threshold", "risenoun": "threshold", "pulled": "threshold", "ma": "length", "breaks": "length",
    "breaksdown": "length", "newx": "length", "ind": "length"
}


class Plan:
    """The program in the making, and what is told beside it."""

    def __init__(self, tokens: list[Token], found: Attached) -> None:
        self.tokens, self.found = tokens, found
        self.settings = Settings(found.settings)
        self.notes = [token.text for token in tokens if token.kind == "note"]
        self.refusals: list[str] = []
        self.program = Program()
        self.entries: list[tuple[str, Condition | None, Act]] = []
        self.exits: list[tuple[str, Condition | None, Act]] = []
        self.others = list(dict.fromkeys(token.value for token in tokens if token.kind == "watched"))
        self.days = False
        self.mirrors = False
        self.framed = False
        self.frame = ""

    def made(self) -> Program:
        self._unclear()
        self._entries()
        self._exits()
        self._timeframe()
        held_back(self)
        self._orders()
        beside(self.settings, self.program)
        self.program.lets = [token.value for token in self.tokens if token.kind == "let"]
        for order in self.program.orders:
            order.clauses = [self._on_days(clause) for clause in order.clauses]
        self._pips()
        said = self.program.text
        self.program.watch = [each for each in self.others if f" of {each}" in said]
        return self.program

    def _pips(self) -> None:
        """What is counted in pips of a pair that is named."""
        pip = _pip([token.value for token in self.tokens if token.kind == "ticker"])
        if not pip:
            return
        for order in self.program.orders:
            order.clauses = [_in_pips(clause, pip, "") for clause in order.clauses]
        self.program.assumptions = [
            _in_pips(each, pip, "/unit") if each.startswith("spread") else each for each in self.program.assumptions
        ]

    def _on_days(self, clause: str) -> str:
        if self.frame in {"", "1d"}:
            if clause.startswith(("limit ", "trigger ")):  # yesterday of the day on which the order rests
                clause = re.sub(r"(\w+)\[1\] @ days", r"\1", clause)
            return clause.replace(" @ days", "")
        clause = re.sub(r"(\w+\[\d+\]) @ days", lambda match: f"{day_before(match.group(1))} @ 1d", clause)
        return clause.replace(" @ days", " @ 1d")

    def _unclear(self) -> None:
        """A word that was not understood is a question in the condition that it stands by."""
        acts = [act for act in self.found.acts if act.side in ENTRIES] or self.found.acts
        words: dict[tuple[int, str], tuple[Act | None, list[str]]] = {}
        used = [each.text for each in self._said()]
        for token, near in self.found.leftovers:
            traded = token.kind in {"ser", "record"} and " of " not in token.value.text
            named = token.kind in {"ser", "record"} and not (
                traded and token.value.name in {"px", "highest", "lowest"}
            )
            if named and any(text.startswith(token.value.text) for text in used) and not self._joined(token):
                continue  # named, and then spoken of: `the stochastic: in when it is oversold`
            kind = token.value if token.kind == "unclear" else _left(token)
            if self._measured(token):
                kind = "threshold"
            if self._only_named(token):
                continue
            if token.kind not in {"ticker", "timeframe", "frame", "name", "watched"}:
                here = any(near is each for each in self.found.acts)
                act = near if here else acts[0] if acts else None
                for each in kinds(token, kind):
                    words.setdefault((id(act), each), (act, []))[1].append(f"'{token.text}'")
        for (_, kind), (act, own) in words.items():
            does = "does" if len(own) == 1 else "do"
            meant = f"What {does} {', '.join(own)} mean here?"
            question = Plain(asked(kind, meant if kind != "threshold" else f"{meant[:-1]}, as a number?"))
            (act.conditions if act else self.found.loose).append(("and", question))

    def _joined(self, token: Token) -> bool:
        """`Above the 50 and the 200`: what `and` joins to a condition is more than a name."""
        here = next((place for place, each in enumerate(self.tokens) if each is token), 0)
        return here > 1 and self.tokens[here - 1].kind in {"and", "or"} and self.tokens[here - 2].kind == "cond"

    def _measured(self, token: Token) -> bool:
        """`When the RSI is low`: how low?"""
        if token.kind != "ser" or token.value.name != "px" or token.value.text not in {"low", "high"}:
            return False
        here = next((place for place, each in enumerate(self.tokens) if each is token), 0)
        before = self.tokens[here - 1] if here else token
        return before.kind in {"ser", "record"} and before.value.name in INDICATORS

    def _only_named(self, token: Token) -> bool:
        """An indicator that heads what is said of it, `a simple DMI thing, …`; a style of trading beside an entry."""
        told = [condition for act in self.found.acts for _, condition in act.conditions]
        if token.kind == "style":
            return bool(told)
        own = getattr(token.value, "name", "") in INDICATORS and token.kind in {"record", "ser"}
        name = token.value.text if own and token.value.band else getattr(token.value, "text", "").rpartition(")")[0]
        return own and any(name in repr(condition) for condition in told)

    def _entries(self) -> None:
        acts = [act for act in self.found.acts if act.side in ENTRIES]
        modes = self.found.modes
        sells = [act for act in self.found.acts if act.side == "sell"]
        if "both" in modes and sells and not any(act.side == "short" for act in acts) and not self.settings.ends:
            for act in sells:
                act.side = "short"
            acts = [act for act in self.found.acts if act.side in ENTRIES]
        if not acts and sells and any(act.side == "cover" for act in self.found.acts):
            for act in sells:
                act.side = "short"  # what is covered was sold short
            acts = sells
        acts = self._merged(acts)
        self._short_only(acts)
        if not acts and (self.found.loose or not self.found.acts):
            side = self.settings["only"] or "long"
            acts = [Act(side, "", 0, list(self.found.loose))]
            self.found.loose = []
            if "only" not in self.settings:
                self.notes.append("No side is said: taken as a purchase.")
        for act in acts:
            act.conditions = once([*self.found.loose, *act.conditions, *self.found.filters])
            if act.side == "fade" and any(isinstance(c, Compare) and c.op == "at" for _, c in act.conditions):
                act.conditions.append(("and", Plain(asked(*WHEN_IN))))
            if act.mixed:
                act.conditions = [
                    *act.conditions, ("and", Plain(asked(*MIXED)))
                ]
            side = act.side if act.side != "fade" else self._against(act)
            act.conditions = directed(act.conditions)
            if not act.conditions and ("limit" in self.settings or "limit_at" in self.settings):
                act.conditions = [("and", Plain("true"))]  # an order that always rests there
            act.conditions += self._whose(act)
            condition = act.condition() if not act.otherwise else self._contrary()
            condition = _come_back(condition)
            if condition and only_holes(condition):
                condition = Joined("and", (condition, Plain(asked(*WHEN_IN))))
            self.entries.append((side, condition and for_side(condition, side, True, None), act))
        if self.settings["forget"]:
            self.entries = [each for each in self.entries if each[0] != self.settings["forget"]]
        elif modes & {"both", "flip", "mirror"} and len({side for side, _, _ in self.entries}) == 1:
            self._mirror()
        self.entries = [(side, self._of_side(side, condition), act) for side, condition, act in self.entries]

    def _contrary(self) -> Condition | None:
        """`Long when …, otherwise short`: whenever the entry before it does not hold."""
        first = self.entries[0][1] if self.entries else None
        events = any(isinstance(part, Compare) and part.op.startswith("cross") for part in parts_of(first))
        return None if first is None or events else negated(first)

    def _of_side(self, side: str, condition: Condition | None) -> Condition | None:
        """With the filters that are of this side alone."""
        own = [each for one, each in self.found.sided if one == side and each != condition]
        return Joined("and", (condition, *own)) if condition and own else condition

    def _whose(self, act: Act) -> list[tuple[str, Condition]]:
        """A stop that is said beside one entry, and not beside the other: of both?"""
        entries = {each.sentence for each in self.found.acts if each.side in ENTRIES and each.conditions}
        if len(entries) < 2 or act.sentence != min(entries):
            return []
        for name in ("stop", "target", "trail", "take", "expire", "size", "risk"):
            told = {number for number, names in self.found.said.items() if name in names}
            beside = told & entries
            if beside and beside != entries and not told - entries:
                question = f"The {name} stands beside one entry: is it of the other, too?"
                return [("and", Plain(asked("definition", question)))]
        return []

    def _short_only(self, acts: list[Act]) -> None:
        """`short only … entry: …`: an entry of no side of its own is of the only one."""
        only = self.settings["only"]
        covered = any(each.side == "cover" and each.conditions for each in self.found.acts)
        for act in acts:
            neutral = act.text.split()[:1] in (["entry"], ["entries"], ["enter"], ["open"], ["entering"], ["in"])
            if act.side == "long" and neutral and (only == "short" or (covered and len(acts) == 1)):
                act.side = "short"

    def _merged(self, acts: list[Act]) -> list[Act]:
        """Without entries that only repeat the side of another: `short the pops: …, fade it`."""
        full = [act for act in acts if act.conditions]
        kept = [
            act for act in acts if act.conditions
            or not any(one.side == act.side or "fade" in {act.side, one.side} for one in full)
        ]
        for act in acts:
            if act not in kept:
                same = next(one for one in full if one.side == act.side or "fade" in {act.side, one.side})
                same.side = act.side if same.side == "fade" else same.side
                same.settings += act.settings
                same.this_close |= act.this_close
        return kept

    def _against(self, act: Act) -> str:
        for _, condition in act.conditions:
            if isinstance(condition, Compare):
                return "short" if condition.op in {">", ">=", "cross_above"} else "long"
        return "short"

    def _mirror(self) -> None:
        self.mirrors = True
        side, condition, act = self.entries[0]
        other = {"long": "short", "short": "long"}[side]
        contrary = mirrored(condition) if condition else None
        self.entries.append((other, contrary or Plain(asked("entry", f"When should it go {other}?")), act))

    def _exits(self) -> None:
        sides = [side for side, _, _ in self.entries] or ["long"]
        near = of_one_side(self.found.acts)
        charted = any(token.kind in {"timeframe", "frame"} for token in self.tokens)
        frames = {} if charted else frames_of([each for _, each, _ in self.entries])
        for act in self.found.acts:
            if act.side in ENTRIES:
                continue
            wanted = {"cover": ["short"], "sell": ["long"]}.get(act.side, sides)
            if act.side == "exit" and not self.mirrors and id(act) in near:
                wanted = [near[id(act)]]
            if self.mirrors and "mirror" in self.found.modes:
                wanted = sides
            wanted = [side for side in wanted if side in sides] or sides
            if any(each.value.name == "part" for each in act.settings):
                act.conditions = [(word, _each_time(each)) for word, each in act.conditions]
            condition = act.condition()
            condition = read_on(condition, frames) if condition and frames else condition
            if condition is None and any(each.value.name == "limit_at" for each in act.settings):
                condition = Plain("true")  # an order that always rests there
            if condition is None and not act.otherwise:
                self._bare_exit(act)
                continue
            if condition and act.mixed:
                condition = Joined("and", (condition, Plain(asked(*MIXED))))
            if condition and only_holes(condition):
                condition = Joined("and", (condition, Plain(asked(*WHEN_OUT))))
            if condition and self.found.exit_filters:
                condition = Joined("and", (condition, *self.found.exit_filters))
            for side in dict.fromkeys(wanted):
                entry = next((each for own, each, _ in self.entries if own == side), None)
                reached = isinstance(condition, Compare) and condition.op == "at"  # from where the order was filled
                rested = isinstance(entry, Plain) and entry.text == "true"
                if (rested or reached) and "limit_at" in self.settings:
                    entry = Compare(
                        Series("close", name="px"), "<=" if side == "long" else ">=", self.settings["limit_at"]
                    )
                if act.otherwise:
                    made: Condition = Not(entry) if entry else Plain(asked(*WHEN_OUT))
                else:
                    assert condition is not None
                    made = before_entry(for_side(condition, side, False, entry), entry)
                    own = {"cover": "short", "sell": "long"}.get(act.side, self.entries[0][0] if self.entries else side)
                    if self.mirrors and side != own:
                        made = exit_mirrored(condition, self.entries[0], side, entry)
                self.exits.append((side, made, act))
        reverses = len({side for side, _, _ in self.entries}) == 2
        if not (self.exits or self.settings.ends or reverses):
            for side in dict.fromkeys(sides):
                self.exits.append((side, Plain(asked(*WHEN_OUT)), Act("exit", "", 0)))

    def _bare_exit(self, act: Act) -> None:
        """`and then sell`: enough if something else says when."""
        if act.bare or act.settings or not self.settings.ends:
            self.exits.append(("long", Plain(asked(*WHEN_OUT)), act))

    def _timeframe(self) -> None:
        frames = [t.value for t in self.tokens if t.kind in {"timeframe", "frame"}]
        frames = list(dict.fromkeys(frames))
        days = any(dated(condition) for _, condition, _ in [*self.entries, *self.exits])
        days = days or any(kind == "dur" and age[1] == "d" for kind, age in self.settings.all("expire"))
        days = days or any(re.fullmatch(r"\d+d", each) for each in self.settings.all("valid"))
        said = repr([self.settings.said, [act.settings for act in self.found.acts]])
        days = days or "days'" in said or " @ days" in said
        read = {side.frame for part in self._compares() for side in (part.left, part.right) if side}
        own = {
            side.frame for part in self._compares() for side in (part.left, part.right) if side and side.name == "px"
        }
        if not frames and len(read - {"", "days"}) == 1 and (read & own - {"", "days"} or self._all_of_one(read)):
            frames = [*(read - {"", "days"})]
        if not frames and len(read - {""}) > 1 and read & own - {""} and self._framed():
            frames = [min(read - {""}, key=_length_of)]  # the weekly close for the trend, the daily RSI for the entry
        if not frames and len(read - {"", "days", "1d"}) > 1:
            frames = [asked("timeframe", "On which timeframe does it run?")]
        if len(frames) > 1:
            self.refusals.append(f"Both {' and '.join(frames)} are said to be the timeframe.")
        self.framed = bool(frames)
        frame = frames[0] if frames else "1d" if days else ""
        self.days = frame == "1d"
        symbols = list(dict.fromkeys(t.value for t in self.tokens if t.kind == "ticker"))
        names = [asked("symbol", f"Which symbol is '{t.text}'?") for t in self.tokens if t.kind == "name"]
        on = ", ".join([*symbols, *names])
        self.program.on = " ".join(
            part for part in ("on" if on or frame else "", on, f"every {frame}" if frame else "") if part
        )
        self.frame = frame

    def _all_of_one(self, read: set[str]) -> bool:
        """Whether two lines are compared on one timeframe, or any on one of minutes, and nothing is read on another:
        the chart is of that."""
        sides = [(part.left, part.right) for part in self._compares()]
        lines = [[side for side in pair if side and side.dim != "number"] for pair in sides]
        framed = all(side.frame in read - {"", "days"} for pair in lines for side in pair)
        minutes = bool(lines) and all(each.endswith("m") for each in read - {"", "days"})
        return framed and (minutes or any(len(pair) == 2 for pair in lines))

    def _framed(self) -> bool:
        """Whether a timeframe is said of every line that is compared."""
        sides = [side for part in self._compares() for side in (part.left, part.right) if side]
        return all(side.frame not in {"", "days"} for side in sides if side.dim != "number")

    def _said(self) -> list[Series]:
        """The series of all conditions, whoever they belong to."""
        found = [*self.found.loose, *self.found.filters, *(each for act in self.found.acts for each in act.conditions)]
        parts = [part for _, condition in found for part in parts_of(condition) if isinstance(part, Compare)]
        return [side for part in parts for side in (part.left, part.right) if side]

    def _compares(self) -> list[Compare]:
        parts = [part for _, condition, _ in [*self.entries, *self.exits] for part in parts_of(condition)]
        return [part for part in parts if isinstance(part, Compare)]

    def _saved(self, condition: Condition | None) -> str:
        """What is never sold is bought once; each month or Monday again and again; an amount on a signal: is asked."""
        if any(isinstance(part, Plain) and part.text.removeprefix("days|").startswith(_DATES)
               for part in parts_of(condition)):  # fmt: skip
            return "scale 10000"
        if str(self.settings["size"]).endswith((" cash", " units")):
            return f"scale {asked('size', 'Is it bought once, or how often again?')}"
        return ""

    def _text(self, condition: Condition | None, question: tuple[str, str]) -> str:
        return condition_text(finished(condition, self.frame)) if condition else asked(*question)

    def _orders(self) -> None:
        pip = _pip([t.value for t in self.tokens if t.kind == "ticker"])
        orders = self.program.orders
        wait, at_close = self.settings["wait"], "fill_close" in self.settings
        for side, condition, act in self.entries:
            if wait is not None and condition is not None:
                condition = Joined("and", (condition, Plain(f"or_else(trades.bars_since, 999) > {wait}")))
            order = Order(f"enter {side}", self._text(condition, WHEN_IN))
            other = self.mirrors and side != self.entries[0][0]
            said = turned(self.settings) if other else self.settings
            own = Settings(act.settings)
            order.clauses = clauses(said, own, side == "long", self.days, pip, self._saved(condition))
            order.clauses += ["fill this_close"] * (act.this_close or at_close)
            orders.append(order)
        for side, condition, act in self.exits:
            order = Order(f"exit {side}", self._text(condition, WHEN_OUT))
            order.clauses += leaving(Settings(act.settings), side == "long", self.days)
            order.clauses += ["fill this_close"] * (act.this_close or at_close)
            orders.append(order)
        if not self.entries:
            orders.insert(0, Order("enter long", asked(*WHEN_IN)))


def _come_back(condition: Condition | None) -> Condition | None:
    """`A close back above the average`, and nothing else: the movement."""
    if not isinstance(condition, Compare) or not condition.op.startswith("back_"):
        return condition
    return Compare(condition.left, condition.op.replace("back_", "cross_"), condition.right)


def _length_of(frame: str) -> int:
    """Of a timeframe, in minutes."""
    match = re.fullmatch(r"(\d+)(mo|[mhdw])", frame)
    return int(match[1]) * {"m": 1, "h": 60, "d": 1440, "w": 10_080, "mo": 43_200}[match[2]] if match else 0


def _each_time(condition: Condition) -> Condition:
    """A part is sold once: the first time is whenever it holds."""
    value: Any = condition
    first = isinstance(value, tuple) and value[0] == "wrapped" and value[2] == "rising_edge({0})"
    return cast(Condition, value[1]) if first else condition


def _left(token: Token) -> str:
    if token.kind == "ser" and token.value.name == "unsaid":
        return "length"
    return _LEFT.get(token.kind, "definition")


def _in_pips(text: str, pip: str, unit: str) -> str:
    return re.sub(r'\?"tick\|([\d.]+) pips?: [^"]*"', lambda m: f"{number(float(m[1]) * float(pip))}{unit}", text)


def _pip(symbols: list[str]) -> str:
    """What a pip of a pair of currencies is; "" where nothing says so."""
    if len(symbols) == 1 and re.fullmatch(r"[A-Z]{6}", symbols[0]):
        return "0.01" if "JPY" in symbols[0] else "0.0001"
    return ""


