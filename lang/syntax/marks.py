"""Marks that other languages use: what each is called here, and the token it is read as.

One row a mark. Adding one is adding a row and a case in the test beside it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ..diagnostics.model import Fix
from ..words.table import names
from ..words.vocabulary import STATEMENTS
from .faults import Faults


class Mark(NamedTuple):
    """What `written` is read as; `fix` replaces it, and a `%` or `^` is mended by the builder.

    `safe` where every language that has the mark means the same by it: `&` also works on the bits of numbers, a range
    with dots includes its end in one language and not in another, `:=` also gives a name a second value.
    """

    written: str
    kind: str  # the token to go on with, "" for none
    fix: str | None
    message: str
    help: str = ""
    safe: bool = True


MARKS = {
    mark.written: mark
    for mark in (
        Mark("&&", "and", "and", "`&&` is written `and`"),
        Mark("&", "and", "and", "`&` is written `and`", safe=False),
        Mark("||", "or", "or", "`||` is written `or`"),
        Mark("|", "or", "or", "`|` is written `or`", safe=False),
        Mark("!", "not", "not", "`!` is written `not`"),
        Mark("===", "==", "==", "`===` is written `==`"),
        Mark("!==", "!=", "!=", "`!==` is written `!=`"),
        Mark("<>", "!=", "!=", "`<>` is written `!=`"),
        Mark("=>", ">=", ">=", "`=>` is written `>=`", safe=False),
        Mark("=<", "<=", "<=", "`=<` is written `<=`"),
        Mark(":=", "=", "=", "`:=` is written `=`", "a value that changes from bar to bar is a `state`", safe=False),
        Mark("..", "to", "to", "a range is written with `to`", "for example `in 5 to 100`", safe=False),
        Mark("...", "to", "to", "a range is written with `to`", "for example `in 5 to 100`", safe=False),
        Mark(";", "", "", "a statement needs no `;`: it ends where the next one begins"),
        Mark("−", "-", "-", "the long dash is written `-`"),
        Mark("–", "-", "-", "the long dash is written `-`"),
        Mark("×", "*", "*", "`×` is written `*`"),
        Mark("÷", "/", "/", "`÷` is written `/`"),
        Mark("≤", "<=", "<=", "`≤` is written `<=`"),
        Mark("≥", ">=", ">=", "`≥` is written `>=`"),
        Mark("≠", "!=", "!=", "`≠` is written `!=`"),
        Mark("%", "*", None, "there is no `%` operator: the remainder is `mod(a, b)`", "a percentage: `2%`"),
        Mark("^", "*", None, "there is no `^` operator: a power is `pow(a, b)`"),
        Mark("**", "*", None, "there is no `**` operator: a power is `pow(a, b)`"),
        Mark("+=", "=", None, "there is no `+=`: a name means one thing", "write `state n = 0 then n + 1`"),
        Mark("-=", "=", None, "there is no `-=`: a name means one thing", "write `state n = 0 then n - 1`"),
        Mark("*=", "=", None, "there is no `*=`: a name means one thing", "write `state n = 1 then n * 2`"),
        Mark("/=", "=", None, "there is no `/=`: a name means one thing", "write `state n = 1 then n / 2`"),
        Mark("->", "", None, "`->` means nothing here", "a function is `fn f(a) = a + 1`"),
    )
}
BREAKS = "\x85\u2028\u2029"
"""What other tools show as the end of a line and is none here: a comment does not go past it unseen."""
CALLS = {"%": "mod", "^": "pow", "**": "pow"}
"""Operators that are functions here."""

_ARROW = Mark("=>", "=", "=", "the value of a function follows `=`")
_COMMA = Mark(";", ",", ",", "arguments are separated by `,`", safe=False)
_SEPARATES = re.compile(r"\w\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\Z")
_NEAR = 300  # characters before an arrow in which the head of its function stands, and behind a `;` what follows it
_FOLLOWS = re.compile(r"(?:[\s;]|#[^\n]*)*(?P<word>[A-Za-z_]\w*)?")
_BEGINS = frozenset((*STATEMENTS, *names("clause")))
_HEAD = re.compile(r"\bfn\b[^\n]*\)[ \t]*\Z")

_SCIENTIFIC = r"[0-9][0-9_]*(?:\.[0-9]+)?[eE][+-]?[0-9]+(?![A-Za-z0-9_])"
_QUOTED = r"[“”„][^“”\"\n]*[“”\"]|['‘’][^'‘’\"\n]*['‘’]"
_UNCLOSED = r"[\"“„][^\"\n]*"
_SHORT = r"\.[0-9][0-9_]*"
_LONGEST_FIRST = sorted((mark for mark in MARKS if mark != "!"), key=len, reverse=True)
PATTERN = "|".join((_SCIENTIFIC, _QUOTED, _UNCLOSED, *map(re.escape, _LONGEST_FIRST), r"!(?!=)", _SHORT))


def read(faults: Faults, written: str, at: int) -> tuple[str, str] | None:
    """Report a slip at an offset; the kind and text of the token that was meant, None if it stands for nothing."""
    end = at + len(written)
    if written == ";" and _SEPARATES.search(faults.text, max(at - _NEAR, 0), at):
        return _mark(faults, _COMMA, at, end)
    if written in MARKS:
        arrow = written == "=>" and _HEAD.search(faults.text, max(at - _NEAR, 0), at)
        return _mark(faults, _ARROW if arrow else MARKS[written], at, end)
    if written[0] in "'‘’\"“”„":
        return _text(faults, written, at, end)
    if written[0] in "0123456789.":
        return _number(faults, written, at, end)
    if written[0] in BREAKS:
        fix = faults.fix("end the line", (at, at + 1, "\n"))
        faults.error("E003", f"{_shown(written[0])} ends no line here", at, at + 1, help="end lines with a line feed",
                     fixes=[fix])  # fmt: skip
        return None
    faults.error("E003", f"{_shown(written)} means nothing here", at, end,
                 help="names are made of the letters a to z, digits and `_`; the rest goes in a text")  # fmt: skip
    return None


def foreign_name(faults: Faults, written: str, at: int) -> None:
    """Report a name of letters beyond a to z, once for all its places; it is read as a name."""
    if written not in faults.foreign:
        faults.foreign.add(written)
        faults.error("E003", f"`{written}` is no name: names are made of the letters a to z, digits and `_`",
                     at, at + len(written), help="rename it wherever it is written")  # fmt: skip


def _mark(faults: Faults, mark: Mark, at: int, end: int) -> tuple[str, str] | None:
    # A `%` is reported when its operands are known, so that the fix can say `mod(a, b)`.
    if mark.written not in CALLS:
        fixes = [] if mark.fix is None else [_replaced(faults, mark.fix, at, end, mark.safe)]
        code = "E018" if not mark.kind else "E012" if mark.kind == "=" else "E010"
        faults.error(code, mark.message, at, end, help=mark.help, fixes=fixes)
    return (mark.kind, mark.written if mark.written in CALLS else mark.kind) if mark.kind else None


def _replaced(faults: Faults, word: str, at: int, end: int, safe: bool) -> Fix:
    if not word:
        return _removed(faults, at, end)
    before = " " if word[0].isalpha() and at and not faults.text[at - 1].isspace() else ""
    after = " " if word[0].isalpha() and not faults.text[end : end + 1].isspace() else ""
    return faults.fix(f"replace with `{word}`", (at, end, f"{before}{word}{after}"), safe=safe)


def _removed(faults: Faults, at: int, end: int) -> Fix:
    """A `;` gone, and what stood on both sides of it apart as before. Safe where a statement or a clause ends there:
    `1;0` is no 10, and `open; -close` no difference."""
    text = faults.text
    joined = at and not text[at - 1].isspace() and not text[end : end + 1].isspace() and end < len(text)
    follows = _FOLLOWS.match(text, end, end + _NEAR)
    safe = follows is not None and (follows.end() >= len(text) or follows["word"] in _BEGINS)
    return faults.fix("remove it", (at, end, "\n" if joined else ""), safe=safe)


def _further_point(faults: Faults, at: int, end: int) -> None:
    """`1.000.000`, told once, at the second point; `1.5.2`"""
    begin, last = _GROUPED.search(faults.text, max(at - _NEAR, 0), at), _GROUPS.match(faults.text, at)
    if begin is None or last is None:
        faults.error("E006", "a number has one point", at, end, help="dates are texts: `\"2024-01-31\"`")
    elif begin[0].count(".") == 1:
        text = faults.text[begin.start() : last.end()].replace(".", "_")
        fix = faults.fix(f"replace with `{text}`", (begin.start(), last.end(), text))
        faults.error("E006", f"thousands are written `{text}`", begin.start(), last.end(), fixes=[fix])


_GROUPED = re.compile(r"(?<![\w.])[0-9]{1,3}(?:\.[0-9]{3})+\Z")
_GROUPS = re.compile(r"(?:\.[0-9]{3})+(?![0-9.])")


def _text(faults: Faults, written: str, at: int, end: int) -> tuple[str, str]:
    if len(written) < 2 or written[-1] not in "'‘’\"“”":
        faults.error("E004", "this text is never closed", at, end, help='a text stands between two `"` on one line',
                     fixes=[faults.fix('append `"`', (end, end, '"'))])  # fmt: skip
        return "STRING", f'"{written[1:]}"'
    straight = f'"{written[1:-1]}"'
    fix = faults.fix('use `"`', (at, end, straight), safe=True)
    if written[0] in "“”„":
        faults.warning("W001", 'curly quotes are read as `"`', at, end, fixes=[fix])
    else:
        faults.error("E016", 'a text stands between two `"`', at, end, fixes=[fix])
    return "STRING", straight


def _number(faults: Faults, written: str, at: int, end: int) -> tuple[str, str] | None:
    if written[0] == "." and at and faults.text[at - 1] in "0123456789":
        _further_point(faults, at, end)
        return None
    if written[0] == ".":
        faults.error("E006", f"a number begins with a digit: `0{written}`", at, end,
                     fixes=[faults.fix("insert `0`", (at, at, "0"), safe=True)])  # fmt: skip
        return "NUMBER", "0" + written
    mantissa, _, exponent = written.replace("_", "").lower().partition("e")
    plain = _shifted(mantissa, int(exponent)) if len(exponent) < 4 and abs(int(exponent)) <= 15 else ""
    fixes = [faults.fix(f"replace with `{plain}`", (at, end, plain), safe=True)] if plain else []
    faults.error("E006", "numbers are written out, without an exponent", at, end, fixes=fixes)
    return "NUMBER", plain or "1"


def _shifted(mantissa: str, exponent: int) -> str:
    """`1.5`, -3 -> `0.0015`."""
    whole, _, fraction = mantissa.partition(".")
    digits = whole + fraction
    point = len(whole) + exponent
    if point <= 0:
        digits, point = "0" * (1 - point) + digits, 1
    digits = digits.ljust(point, "0")
    whole, fraction = digits[:point].lstrip("0") or "0", digits[point:].rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


def _shown(written: str) -> str:
    return f"`{written}`" if written.isprintable() else f"the character U+{ord(written[0]):04X}"
