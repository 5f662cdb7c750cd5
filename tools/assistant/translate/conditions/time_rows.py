"""Days, months and hours of the day at which something may be done."""

from __future__ import annotations

from typing import Any

from ..tokens.pattern import Found, Row
from ..tokens.token import Token

Made = tuple[str, Any]


def _day(found: Found) -> Made:
    return "cond", ("day", found["d"], "==")


TIMES = (
    Row("not? between|from|only c:clock and|to|minusmark|until|through t:clock", lambda f: _window(f)),
    Row("c:clock to|and|minusmark|until|through t:clock", lambda f: _window(f)),
    Row("noearlier c:clock", lambda f: _time(f, ("from", f["c"]))),
    Row("nolater c:clock", lambda f: _time(f, ("till", f["c"]))),
    Row("only until c:clock", lambda f: _time(f, ("till", f["c"]))),
    Row("after c:clock", lambda f: _time(f, ("from", f["c"]))),
    Row("not to? on|in|act|px? on|in? d:day", lambda f: ("cond", ("day", f["d"], "!="))),
    Row("moc|at? ser? of d:day", lambda f: [Token("cond", f.text("d"), ("day", f["d"], "==")), Token("moc", f.text())]
        if "close" in f.text() else None),
    Row("d:day offlimits", lambda f: ("cond", ("day", f["d"], "!="))),
    Row("d:day c:ser >above|below|lower|higher|cross|orless|ormore|crossover|crossunder|moveup|movedown",
        lambda f: [Token("cond", f.text("d"), ("day", f["d"], "==")), f.token("c")] if f["c"].name == "px" else None),
    Row("on|in|at? d:day c:ser",
        lambda f: [
            Token("cond", f.text("d"), ("day", f["d"], "==")), Token("moc", f.text("c"))
        ] if f["c"].text == "close" else None),
    Row("only? on|in? d:day only?", _day),
    Row("on? per? firstday of|in per? u:unit", lambda f: ("cond", ("begins", f["u"]))),
    Row("notcase in? m:month", lambda f: ("cond", ("month", int(f["m"]), "!="))),
    Row("at|on|in? beginning|firstday of? m:month", lambda f: ("cond", ("month begins", int(f["m"])))),
    Row("at|on|in? beginning|firstday of? may", lambda f: ("cond", ("month begins", 5))),
    Row("m:month beginning", lambda f: ("cond", ("month begins", int(f["m"])))),
    Row("m:may beginning", lambda f: ("cond", ("month begins", 5))),
    Row("in m:month", lambda f: ("cond", ("month", int(f["m"]), "=="))),
)  # fmt: skip


def _window(found: Found) -> Made | None:
    return None if "not" in [t.kind for t in found.whole] else ("cond", ("window", found["c"], found["t"]))


def _time(found: Found, value: tuple[str, str]) -> Made:
    return "cond", value
