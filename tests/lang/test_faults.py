"""Faults of every stage are told in one run, each cause once, and nothing that only follows from another.

What follows only from a cause: that a name is unknown, of the wrong kind or unused where the statement that defines or
uses it could not be read, is defined twice, or asks for what comes later.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from stratagem.lang.compile import check_text
from stratagem.lang.syntax.faults import Faults
from stratagem.lang.syntax.parse import parse
from stratagem.lang.syntax.scanner import scan

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = sorted([*(ROOT / "strategies").glob("*.strat"), *(ROOT / "tests" / "golden_strategies").glob("*.strat")])

# A text, and behind `#!` on each line the codes of what is told about it: no more, no less.
TABLE = r"""
fn f(x) = foo(x) + clse                       #! E102 E101
---
let a = 1 2                                   #! E001
let b = a + clse                              #! E101
enter long when b > high and a
exit long when rsii(close, 14) > 70           #! E102
---
param n = 20 in 5 to 100
enter long when close > sma(close, n) stop_loss 2%   #! E024
guard drawdown 20                             #! E404
assume feee 1%                                #! E412
---
param n = 20 in 5 to 100
x = 5                                         #! E013
y = x + clse                                  #! E013 E101
plot x + y + sma(close, 2.5)                  #! E204
---
import "lib.strat" as regime                  #! E901
let calm = regime.is_calm(close, 20)
enter long when calm risk 1% ladder 3         #! E001
guard exposre 300%                            #! E413
---
let a = close > open
let a = 5                                     #! E103
enter long when a size 10                     #! E403
let b = a + 1
exit long when not b and nothing              #! E101
---
state s = foo then s + bar                    #! E101 E101
plot s + (1 and 2)                            #! E201 E201
---
param p = ?"how much"                         #! Q001
enter long when close > p * open              #! W601
plot p > clse                                 #! E101
---
fn f(a, b) = a + b
let x = f(close)                              #! E104
let z = ema(close > open, clse, 3)            #! E101 E104
enter long when x > z expire 2.5% once        #! E408 E402
---
fn g(x) let y = x.foo let z = close + true return sma(x, 2.5) + position.sise  #! E201 E204 E105
---
fn h(x let y = x return y                     #! E005
let w = h(close) + h(1, clse)                 #! E101
---
enter long when close > 5 and                 #! E001
exit long when clse > 1                       #! E101
guard drawdown 10% halt                       #! E022
---
let größe = close                             #! E003
let c = größe + clse                          #! E101
---
let d = close $ 2                             #! E003
let e = bar_index % 5 == 0 and foo            #! E010 E101
let q = 5q + 1                                #! E007
enter long when e stop 4q                     #! E007
exit long when q > d
---
on EURUSD every 15min                         #! E007
let a = close @ 10m > sma(close, 0)           #! E302 E206
let b = column(5) + hour(3)                   #! E202 E102
---
on EURUSD every 15x                           #! E007
let a = close @ 10m > sma(close, 0)           #! E206
---
let a = b let b = a                           #! E107
let c = a + clse                              #! E101
---
fn f(x) = f(x)                                #! E108
plot f(close) + nothing                       #! E101
---
alert when close > opn "at {close +}"         #! E101 E002
param n = 3 in 1 to 5
---
let when = close                              #! E017
let x = if close > open then 1                #! E014
plot x + foo(1)                               #! E102
---
enter long when close > open risk 1%          #! E405
guard exposure 300                            #! E404
exit long when true
---
let a = close > open
let b = a + 1                                 #! E201
let c = b + clse                              #! E101
plot { c: c }.d                               #! E105
---
let a = macd(close).hist + macd(close).histt  #! E105
enter long when a > 0 and foo                 #! E101
exit long when not (a                         #! E005
---
param n = 5 in 10 to 20                       #! E503
param m = n                                   #! E501
let x = sma(close, n) + sma(close, m) + clse  #! E101
---
enter buy when cross_above(close, foo)        #! E015
exit long when close < opn                    #! E101
plot close as trend                           #! E019
---
let a = emaa(clse, 5) + emaa(open, 5)         #! E102 E101
let b = emaa(high, 5)
---
assume fee 1% assume fee 2%                   #! E401
guard drawdown 20% guard drawdown 10%         #! E401
emit x when close                             #! E201
"""


def marked(chunk: str) -> tuple[str, list[tuple[int, str]]]:
    """The text without its marks, and what is wanted as line and code."""
    lines, wanted = [], []
    for number, line in enumerate(chunk.strip("\n").splitlines(), 1):
        text, _, codes = line.partition("#!")
        lines.append(text.rstrip())
        wanted += [(number, code) for code in codes.split()]
    return "\n".join(lines), sorted(wanted)


@pytest.mark.parametrize("chunk", TABLE.split("---\n"), ids=lambda c: c.strip().splitlines()[0].partition("#!")[0])
def test_every_cause_is_told_once(chunk: str) -> None:
    text, wanted = marked(chunk)
    found = check_text(text)
    told = sorted((text.count("\n", 0, d.span.start) + 1, d.code) for d in found.diagnostics)
    assert told == wanted


def broken_texts(text: str) -> list[tuple[str, int, int]]:
    """The text with one token left out, or a stray sign before it; with the place in it where the cause is.

    That is from the end of the statement before the one with the token to the first word of the one behind it.
    """
    tokens = scan(Faults(text, "x")).tokens[:-1]
    statements = parse(text).module.statements
    found = []
    for token in tokens[::STEP]:
        begun = max((s.span.start for s in statements if s.span.start <= token.start), default=0)
        before = max((s.span.end for s in statements if s.span.start < begun), default=0)
        behind = min((s.span.start for s in statements if s.span.start > begun), default=len(text))
        ends = next((t.end for t in tokens if t.start == behind), len(text))
        for changed in (text[: token.start] + text[token.end :], text[: token.start] + ") " + text[token.start :]):
            found.append((changed, before, ends + len(changed) - len(text)))
    return found


STEP = 11
MOST = 2
"""Errors that one broken token may bring: of syntax where reading stops, and of a name that is cut in two."""


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda p: p.stem)
def test_one_broken_token_is_told_where_it_is(path: Path) -> None:
    """Whatever is told because of it lies in its statement: others say what they said before, or less."""
    text = path.read_text(encoding="utf-8")
    usual = {(d.code, text[d.span.start : d.span.end]) for d in check_text(text).diagnostics}
    tried = 0
    for changed, start, end in broken_texts(text):
        said = check_text(changed).diagnostics
        if not any(d.code[:2] in ("E0", "E9") for d in said):
            continue  # it has another meaning now, and no fault of syntax
        tried += 1
        new = [d for d in said if (d.code, changed[d.span.start : d.span.end]) not in usual]
        assert [d for d in new if not start <= d.span.start <= end] == [], changed
        assert len([d for d in new if d.is_error]) <= MOST, changed
    assert tried > 4
