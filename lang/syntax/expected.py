"""A syntax error that is no usual slip: what was found, and what could have stood there."""

from __future__ import annotations

from lark.exceptions import UnexpectedInput, UnexpectedToken

from ..diagnostics.model import ERROR, Diagnostic
from ..diagnostics.span import Span
from ..diagnostics.suggest import nearest

_VALUE = {"NAME", "NUMBER", "STRING", "LPAR"}
_STATEMENTS = ("param", "let", "state", "fn", "enter", "exit", "guard", "assume", "plot", "emit", "alert", "require")
_SHOWN = {
    "EQUAL": "`=`", "LPAR": "`(`", "RPAR": "`)`", "RSQB": "`]`", "RBRACE": "`}`", "COMMA": "`,`", "WHEN": "`when`",
    "THEN": "`then`", "ELSE": "`else`", "LONG": "`long`", "SHORT": "`short`", "STRING": "a text", "RETURN": "`return`",
    "NUMBER": "a number", "TO": "`to`", "COLON": "`:`",
}  # fmt: skip


def unexpected(error: UnexpectedInput, text: str, start: int, end: int, source: str) -> Diagnostic:
    """The diagnostic for a place where nothing that stands there can stand."""
    span = Span(source, start, end)
    if not isinstance(error, UnexpectedToken):
        return _character(text[start:end], span)
    accepted = set(error.accepts or error.expected or ())
    wanted = _wanted(accepted)
    if error.token.type == "$END":
        return Diagnostic("E002", ERROR, f"the text ends too early: expected {wanted}", span)
    found = str(error.token)
    if found in ("else", "then", "in") or error.token.type == "$END":
        return Diagnostic("E001", ERROR, f"expected {wanted}, found `{found}`", span)
    if accepted >= {"LET", "ENTER"} or "LET" in accepted:
        close = nearest(found, _STATEMENTS)
        hint = f"did you mean `{close}`?" if close and close != found else "a statement begins with its keyword"
        return Diagnostic("E001", ERROR, f"`{found}` begins no statement and continues none", span, help=hint)
    if "ELSE" in accepted and "THEN" not in accepted:
        return Diagnostic("E003", ERROR, "an `if` needs its `else`", span,
                          help="`if c then a else b` is a value, so both branches are written")  # fmt: skip
    return Diagnostic("E001", ERROR, f"expected {wanted}, found `{found}`", span)


def _wanted(accepted: set[str]) -> str:
    if accepted >= _VALUE:
        return "a value"
    shown = [text for name, text in _SHOWN.items() if name in accepted]
    if "NAME" in accepted:
        shown.insert(0, "a name")
    return " or ".join(shown[:3]) if shown else "the end of the statement"


def _character(found: str, span: Span) -> Diagnostic:
    if found == '"':
        return Diagnostic("E005", ERROR, "this text has no end on its line", span, help='texts end with `"`')
    shown = found if found.isprintable() else f"U+{ord(found):04X}"
    return Diagnostic("E006", ERROR, f"`{shown}` means nothing here", span)
