"""Text to tree: the parser's face.

The LALR tables are data made ahead of time (`tables.py`), so nothing is
analysed at start. A syntax error blanks out its statement and the rest is read
again, so that one run reports the faults of several statements.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedInput, UnexpectedToken

from ..diagnostics.model import ERROR, WARNING, CompileError, Diagnostic
from ..diagnostics.span import Span
from . import tree
from .build import Builder, Refused
from .expected import unexpected
from .slips import recognise
from .tables import building
from .texts import BadText

MAX_BYTES = 1 << 20
MAX_TOKENS = 100_000
MAX_FAULTS = 10

STATEMENTS = (
    "stratagem", "strategy", "on", "assume", "param", "let", "state", "fn", "require", "enter", "exit", "guard",
    "plot", "emit", "alert", "universe", "atomic", "rebalance", "sequence", "import", "test", "watch", "prefer",
)  # fmt: skip
_KEYWORD = re.compile(rf'"[^"\n]*"|#[^\n]*|\b(?:{"|".join(STATEMENTS)})\b')
_COMMENT = re.compile(r'"[^"\n]*"|(#[^\n]*)')
_TOKEN = re.compile(r'"[^"\n]*"|#[^\n]*|\w+|[^\s\w]')
_CURLY = str.maketrans({"“": '"', "”": '"', "„": '"', "\u00a0": " ", "\ufeff": " "})


def parse(text: str | bytes, source: str = "<text>") -> tuple[tree.Module, tuple[Diagnostic, ...]]:
    """The tree of a text, and warnings. CompileError holds every syntax error found, at most ten."""
    written, warnings = _readable(text, source)
    faults: list[Diagnostic] = []
    remaining = written
    for _ in range(MAX_FAULTS):
        statements, reports, fault = _attempt(remaining, source)
        if fault is None:
            faults.extend(r for r in reports if r.is_error)
            if faults:
                raise CompileError(faults, {source: written})
            warnings.extend(reports)
            return _module(statements, written, source), tuple(warnings)
        faults.append(fault)
        blanked = _without_statement(remaining, fault.span.start)
        if blanked == remaining:
            break
        remaining = blanked
    raise CompileError(faults, {source: written})


def parse_expression(text: str, source: str = "<expression>", offset: int = 0) -> tree.Expr:
    """One expression; CompileError says what is wrong with it."""
    builder = Builder(text, source, _inner(source), offset)
    try:
        with building(builder) as parser:
            found: tree.Expr = parser.parse(text, start="expr")
    except Exception as error:
        raise CompileError([_fault(error, text, source, offset)], {source: text}) from None
    if any(r.is_error for r in builder.reports):
        raise CompileError(builder.reports, {source: text})
    return found


# --- reading ---------------------------------------------------------------------------------------


def _readable(text: str | bytes, source: str) -> tuple[str, list[Diagnostic]]:
    """The text as it can be parsed, within its limits; same length as written, so that spans hold."""
    size = len(text) if isinstance(text, bytes) else len(text.encode("utf-8", "surrogatepass"))
    start = Span(source, 0, 0)
    if size > MAX_BYTES:
        raise CompileError([Diagnostic("E008", ERROR, f"the text has {size:,} bytes; at most {MAX_BYTES:,} are read",
                                       start)])  # fmt: skip
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8")
        except UnicodeDecodeError as error:
            raise CompileError([Diagnostic("E009", ERROR, f"byte {error.start} is not UTF-8", start,
                                           help="save the file as UTF-8")]) from None  # fmt: skip
    if len(text) > MAX_TOKENS and sum(1 for _ in _TOKEN.finditer(text)) > MAX_TOKENS:
        raise CompileError([Diagnostic("E010", ERROR, f"the text has more than {MAX_TOKENS:,} words", start)])
    return _normalised(text, source)


def _normalised(text: str, source: str) -> tuple[str, list[Diagnostic]]:
    plain = text.translate(_CURLY)
    if plain == text:
        return text, []
    at = next(i for i, (one, other) in enumerate(zip(text, plain, strict=True)) if one != other)
    if text.lstrip("\ufeff").translate(_CURLY) == text.lstrip("\ufeff"):
        return plain, []
    warning = Diagnostic("W010", WARNING, "curly quotes and hard spaces are read as plain ones", Span(source, at, at + 1))
    return plain, [warning]


def _attempt(text: str, source: str) -> tuple[tuple[Any, ...], list[Diagnostic], Diagnostic | None]:
    builder = Builder(text, source, _inner(source))
    try:
        with building(builder) as parser:
            statements: tuple[Any, ...] = parser.parse(text, start="start")
    except Exception as error:
        return (), builder.reports, _fault(error, text, source, 0)
    return statements, builder.reports, None


def _inner(source: str) -> Any:
    """Reads an expression inside a text, where no further text can stand."""
    return lambda text, offset: parse_expression(text, source, offset)


# --- faults ----------------------------------------------------------------------------------------


def _fault(error: Exception, text: str, source: str, offset: int) -> Diagnostic:
    if isinstance(error, (Refused, BadText)):
        return error.diagnostic
    if isinstance(error, CompileError):
        return error.diagnostics[0]
    if not isinstance(error, UnexpectedInput):
        raise error
    start, end = _place(error, text)
    found = recognise(text, start, end, source) or unexpected(error, text, start, end, source)
    return found if not offset else _moved(found, offset)


def _moved(diagnostic: Diagnostic, by: int) -> Diagnostic:
    """The same diagnostic about a text that stands `by` characters into its source."""
    span = diagnostic.span
    return replace(diagnostic, span=Span(span.source, span.start + by, span.end + by), fixes=())


def _place(error: UnexpectedInput, text: str) -> tuple[int, int]:
    if isinstance(error, UnexpectedToken) and error.token.type != "$END":
        start = int(error.token.start_pos or 0)
        return start, start + max(1, len(error.token))
    if isinstance(error, UnexpectedCharacters):
        return int(error.pos_in_stream), int(error.pos_in_stream) + 1
    assert isinstance(error, (UnexpectedToken, UnexpectedEOF))
    end = len(text.rstrip())
    return max(0, end - 1), end


def _without_statement(text: str, at: int) -> str:
    """The text with the statement around `at` replaced by spaces."""
    starts = [m.start() for m in _KEYWORD.finditer(text) if m[0][0] not in '"#' and _begins_line(text, m.start())]
    begin = max((s for s in starts if s <= at), default=0)
    end = min((s for s in starts if s > max(at, begin)), default=len(text))
    return text[:begin] + re.sub(r"[^\n]", " ", text[begin:end]) + text[end:]


def _begins_line(text: str, at: int) -> bool:
    """Whether a keyword begins its line unindented: where people begin statements."""
    return at == 0 or text[at - 1] == "\n"


# --- the module -------------------------------------------------------------------------------------


def _module(statements: tuple[Any, ...], text: str, source: str) -> tree.Module:
    comments = tuple((m[1], Span(source, m.start(1), m.end(1))) for m in _COMMENT.finditer(text) if m[1])
    documented = tuple(_documented(s, text) for s in statements)
    return tree.Module(documented, Span(source, 0, len(text)), comments)


def _documented(statement: Any, text: str) -> Any:
    """A declaration with the `##` lines that stand directly above it."""
    if not hasattr(statement, "doc"):
        return statement
    lines: list[str] = []
    end = text.rfind("\n", 0, statement.span.start)
    while end >= 0:
        begin = text.rfind("\n", 0, end) + 1
        line = text[begin:end].strip()
        if not line.startswith("##"):
            break
        lines.append(line[2:].strip())
        end = begin - 1
    return replace(statement, doc=" ".join(reversed(lines))) if lines else statement

