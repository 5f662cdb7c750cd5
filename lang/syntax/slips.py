"""The usual slips, each with a message that teaches.

A row has a pattern that is looked for around the place where the parser
stopped; the first row that covers the place speaks. Adding a slip is adding a
row, and a case to its test.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ..diagnostics.model import ERROR, Diagnostic, Edit, Fix
from ..diagnostics.span import Span


@dataclass(frozen=True, slots=True)
class Slip:
    """`pattern` covers the slip; `fix` writes its mend from the match (None: no certain one)."""

    code: str
    pattern: re.Pattern[str]
    message: str
    help: str = ""
    fix: Callable[[re.Match[str]], str] | None = None
    safe: bool = True


def _slip(
    code: str, pattern: str, message: str, help: str = "", fix: str | None = None, *, safe: bool = True
) -> Slip:
    write = None if fix is None else (lambda match: match.expand(fix))
    return Slip(code, re.compile(pattern), message, help, write, safe)


_NUM = r"[0-9][0-9_]*(?:\.[0-9]+)?"
_ATOM = r"[A-Za-z_][\w.]*(?:\([^()\n]*\))?|" + _NUM + r"[a-z%]*"

SLIPS = (
    _slip("E020", r"\^", "there is no `^`", "write `pow(x, y)`, or `x * x` for a square"),
    _slip("E020", r"\*\*", "there is no `**`", "write `pow(x, y)`, or `x * x` for a square"),
    _slip("E021", r"&&", "`and` is written in letters", fix="and"),
    _slip("E021", r"\|\|", "`or` is written in letters", fix="or"),
    _slip("E021", r"!(?!=)\s*", "`not` is written in letters", fix="not "),
    _slip("E022", rf"({_ATOM})\s*%\s*({_ATOM})", "`%` is per cent; the remainder is a function",
          "write `mod(a, b)`", r"mod(\1, \2)"),
    _slip("E022", rf"({_ATOM})\s+mod\s+({_ATOM})", "`mod` is a function", "", r"mod(\1, \2)"),
    _slip("E023", r"\b(let\s+\w+)\s*==", "a definition has one `=`", fix=r"\1 ="),
    _slip("E023", r":=", "a definition has one `=`", "a value that changes is a `state`", "="),
    _slip("E024", r"(?<![<>=!:])=(?!=)", "`=` defines, `==` compares", "", "=="),
    _slip("E025", r"\b(enter|exit)\s+when\b", "which side is meant?", "write `enter long when …` or `enter short when …`",
          r"\1 long when", safe=False),
    _slip("E026", r"\b((?:enter|exit)\s+(?:long|short))\s+if\b", "the condition follows `when`", "", r"\1 when"),
    _slip("E026", r"\b(buy|sell)\b", "orders are `enter` and `exit`", "write `enter long when …` and `exit long when …`"),
    _slip("E027", rf"({_ATOM})\s*(<=?|>=?)\s*({_ATOM})\s*(<=?|>=?)\s*({_ATOM})", "comparisons do not chain", "",
          r"\1 \2 \3 and \3 \4 \5"),
    _slip("E028", r"'([^'\n]*)'", "texts stand in double quotes", "", r'"\1"'),
    _slip("E029", rf"({_ATOM})\s+cross(?:es|ed)?\s+(?:above|over)\s+({_ATOM})", "crossing is a function", "",
          r"cross_above(\1, \2)"),
    _slip("E029", rf"({_ATOM})\s+cross(?:es|ed)?\s+(?:below|under)\s+({_ATOM})", "crossing is a function", "",
          r"cross_below(\1, \2)"),
    _slip("E004", rf"{_NUM}e[-+]?[0-9]+", "numbers are written out: there are no exponents", "`0.00001` for `1e-5`"),
    _slip("E004", r"\b([0-9]{1,3}),([0-9]{3})\b", "a comma separates values", "write thousands as `1_000`", r"\1_\2",
          safe=False),
    _slip("E004", rf"\b({_NUM})\s+(?:minutes?|mins?)\b", "units follow without a space", "", r"\1m"),
    _slip("E004", rf"\b({_NUM})\s+(?:hours?|hrs?)\b", "units follow without a space", "", r"\1h"),
    _slip("E004", rf"\b({_NUM})\s+(?:days?)\b", "units follow without a space", "", r"\1d"),
    _slip("E004", rf"\b({_NUM})\s+(?:weeks?)\b", "units follow without a space", "", r"\1w"),
    _slip("E004", rf"\b({_NUM})\s+(?:ticks?)\b", "units follow without a space", "", r"\1ticks"),
    _slip("E004", rf"\b({_NUM})\s+(?:percent|pct)\b", "per cent is `%`", "", r"\1%"),
    _slip("E030", r"\b([A-Z]{2,}(?:[-/:][A-Z]{2,})+)\b", "a symbol with marks in it stands in quotes", "", r'"\1"'),
    _slip("E031", r"//[^\n]*[A-Za-z]{2,}[^\n]*", "a comment begins with `#`", "`//` divides and rounds down"),
    _slip("E032", r";", "nothing separates statements", "each begins with its keyword", ""),
    _slip("E033", r"\b(elif|elseif|else\s+if)\b", "there is no such word", "write `else if` inside the `else` branch",
          "else if", safe=False),
    _slip("E034", r"\?(?!\")", "a choice is written `if c then a else b`", "there is no `c ? a : b`"),
    _slip("E035", r"\b(let\s+\w+)\s*:\s*\w*\s*=", "types are inferred, never written", "", r"\1 ="),
    _slip("E036", r"(?m)^\s*([a-zA-Z_]\w*)\s*=(?!=)", "a definition begins with `let`", "", r"let \1 ="),
    _slip("E037", r"\b(\d+)\s*\.\.\s*(\d+)", "a domain is written with `to`", "", r"\1 to \2"),
    _slip("E038", r"\breturn\b", "`return` ends a function", "write `fn name(…) … return value`"),
    _slip("E039", r"\b(var|def|const|input|int|float|bool|function|import|for|while)\b",
          "this word means nothing here", "a definition is `let`, a parameter `param`, a memory `state`, a function `fn`"),
    _slip("E040", r"[{}]", "blocks have no braces", "braces make records: `{ line, signal: smooth }`"),
)  # fmt: skip


def recognise(text: str, start: int, end: int, source: str) -> Diagnostic | None:
    """The slip at the place [start, end) of `text`, if it is a usual one."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start)
    line_end = len(text) if line_end < 0 else line_end
    for slip in SLIPS:
        for match in slip.pattern.finditer(text, line_start, min(line_end, line_start + 4000)):
            if match.start() <= end and start <= match.end() and match.end() > match.start():
                return _diagnostic(slip, match, source)
    return None


def _diagnostic(slip: Slip, match: re.Match[str], source: str) -> Diagnostic:
    span = Span(source, match.start(), match.end())
    fixes: tuple[Fix, ...] = ()
    if slip.fix is not None:
        mended = slip.fix(match)
        title = f"replace with `{mended.strip()}`" if mended.strip() else "remove it"
        fixes = (Fix(title, (Edit(span, mended),), slip.safe),)
    return Diagnostic(slip.code, ERROR, slip.message, span, help=slip.help, fixes=fixes)
