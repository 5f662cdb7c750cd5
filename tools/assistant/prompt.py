"""What a model must know to write a strategy: the rules of the form, every word and function, idioms and slips.

Made from the tables that the compiler reads, so that it names nothing which is not there, and short enough to leave
a small model room for its work.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ...lang.words import table
from ...stdlib.catalogue import FAMILIES
from .idioms import IDIOMS, SLIPS
from .signatures import Signature, signatures

CHARACTERS_A_TOKEN = 3.3
"""Of such texts, the fewest that a token of the usual vocabularies stands for: estimates err to the safe side."""
MOST_TOKENS = 4000

_HEAD = """\
You write trading strategies in Stratagem (version 1). The text is checked by a compiler and run by an engine.
Answer with one whole program and nothing else: no Markdown, no talk. Within it
- what the request leaves open and a result depends on (symbol or timeframe where they matter, a level, a length, how
  to leave) is a hole, a question in the person's language where the value would stand: stop ?"how far away?",
  on ?"which symbol?" every 1d. Never invent a number, a rule or a filter that was not asked for.
  Usual defaults (rsi 14, macd 12 26 9) need no hole.
- a line "# note: ..." tells how you took an unclear word.
- what contradicts itself or cannot be said below is not written: answer with lines "# cannot: ..." that say why.

FORM
One statement a line, each clause of an order on a line of its own below it, indented by two blanks. # begins a comment.
Decided when a bar has closed, filled at the next open. One position at a time; size 100% of equity if not said.
  strategy "title"
  on EURUSD every 15m          (on A, "BRK-B" every 1d; on every 1d; leave it out if not said)
  assume NAME VALUE            fee 0.1%, slippage 1bp, capital 50_000, timezone "America/New_York", fill this_close ...
  param n = 20 in 5 to 100     a number to try out; let x = EXPR names a value; state x = START then UPDATE keeps one
  enter long when CONDITION    or short; then clauses; enter long SPY when ...: one of several symbols
  exit long when CONDITION     closes; size 50% once closes a part, once
  cancel long when CONDITION   ends entries that rest
  rebalance monthly            (daily ... yearly; weekly day 5: Friday; when CONDITION); weight EXPR; band 1%;
                               one symbol's own: weight of SPY 60%. weight, size from a formula: 100% * EXPR
  atomic when CONDITION        legs on lines below, all or none: buy A size 50%, sell B size 50%, hold, flatten A
  sequence when CONDITION      the same legs, one after another
  universe "sp100" every 1d    in place of on;  prefer EXPR: the larger goes first where places (guard positions) lack
  deposit 500 cash monthly     withdraw 2% yearly; fn twice(x) = 2 * x
  guard NAME LIMIT then ACTION  halt and flatten: until RESET; beta(close of SPY) 1; guard position 20% of SPY
  alert when CONDITION "text {close}"; plot EXPR as "name"; require CONDITION
Clauses of enter: size 50% | 10 units | 5000 cash, or volatility 15% (a year), or risk 1% (needs stop, guard exposure);
cap 50%; stop, target, trail LEVEL; take 50% at LEVEL; stop LEVEL after LEVEL; limit PRICE; trigger PRICE;
valid 5 bars | 4h | day; until CONDITION;
expire 20 bars | 4h | day | next_open | "15:55"; scale 2; ladder 5 step 1% (with limit or trigger);
again behind it: a rung that was sold comes anew;
fill this_close; because "text".
LEVEL: 2% | 2 * atr(14) | 10ticks from the fill, 2r (times the way to the stop), a price series, or a formula in entry.
Conditions: and or not, < <= > >= == !=; a comparison has two sides. if c then a else b. x[1] is the bar before; the
future cannot be read. x @ 4h: x on completed bars of 4 hours; x @ event 4h: as one completes, else missing;
x of SPY: on another symbol (on or watch names it).
Numbers: 10_000 1.5 2% 5bp 10ticks 30s 15m 4h 1d 1w 1mo. Lengths count bars. Texts in straight double quotes.
"""
_FACTS = """\
FACTS
How much, where nobody said: guard exposure 100% beside risk, and a note. A stop alone is not how to leave: ask.
roc and bbw are in per cent. recent(c, n) spans n + 1 bars, barssince(c) is 0 on c's bar, position.bars 1 on the
fill's, falling(x, 3) each of 3 bars. c held for 3 bars: sum(number(c), 3) == 3. trades.today: closed ones;
.opened_today: entries.
supertrend().direction is 1 rising, -1 falling (TradingView: reversed). no vwap() on daily bars.
A pivot is na but on the bar that confirms it: last_known(p), and before it valuewhen(not is_na(p), p, 1).
Last weekday of a month: day + (if weekday == friday then 3 else 1) > its days.
orders.pending == 0 keeps a resting order from moving.
"""
_FUNCTIONS = """\
FUNCTIONS. There are no others. A ? behind one: it gives true or false. Its values lie in [ ]. .a .b: the fields it
has, of which one is read: macd(close).hist. Lengths: whole numbers or params. Arguments may be named: bb(x, mult=2)."""
_HEADINGS = {"guard": "guards", "action": "their actions", "reset": "what resets them", "assumption": "assumptions",
             "book": "read of the account", "series": "series", "time": "time of the bar's open", "weekday": "days"}


def prompt() -> str:
    """The text for the model, ending with a line end."""
    return "\n".join([_HEAD, _FACTS, "WORDS", *_words(), "", _FUNCTIONS, *_functions(), "",
                      "IDIOMS", *_idioms(), "SLIPS", *_slips()]) + "\n"  # fmt: skip


def tokens(text: str) -> int:
    """How many tokens a text has at the most, by the estimate."""
    return int(len(text) / CHARACTERS_A_TOKEN) + 1


def _words() -> Iterator[str]:
    for kind, heading in _HEADINGS.items():
        names = table.names(kind)
        shown = ", ".join(" ".join([head, *names] if head else names) for head, names in _by_namespace(names))
        yield f"{heading}: {shown}"


def _by_namespace(names: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    """`position` with `.size .pnl`; under "" the names without a dot."""
    for head, group in groupby(names, key=lambda name: name.partition(".")[0] if "." in name else ""):
        yield head, [name.removeprefix(head) for name in group]


def _functions() -> Iterator[str]:
    for family in FAMILIES:
        own = [each for each in signatures().values() if each.family == family]
        yield f"{family}: {'; '.join(map(_written, own))}"


def _written(signature: Signature) -> str:
    """`bb(source, length=20, mult=2).middle .upper .lower`, `new_day()?`, `rsi(source, length=14)[0..100]`."""
    fields = " ".join(f".{field}" for field in signature.fields)
    scale = f"[{signature.range.replace(' to ', '..')}]" if " to " in signature.range else ""
    return signature.written.replace(" = ", "=") + ("?" if signature.condition else "") + scale + fields


def _idioms() -> Iterator[str]:
    for idiom in IDIOMS:
        yield f"# {idiom.wanted}{idiom.program}"


def _slips() -> Iterator[str]:
    for slip in SLIPS:
        wrong, right = (text.removeprefix("enter long when ").replace("\n", "; ") for text in slip[:2])
        yield f"wrong: {wrong} | right: {right} | {slip.why}"
