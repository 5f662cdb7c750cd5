"""What an editor asks of a text, answered from its analysis: a function a question, values of the protocol out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from lsprotocol import types as lsp

from ...lang.analysis.analysis import Analysis, is_own
from ...lang.analysis.calls import call_at
from ...lang.analysis.holes import AnswerError, answering
from ...lang.analysis.hover import described, standing_at, waits_of
from ...lang.analysis.kinds import Class, painted
from ...lang.analysis.offers import may_stand
from ...lang.analysis.refactoring import refactorings
from ...lang.analysis.renaming import outline, renamed
from ...lang.diagnostics.model import QUESTION, Diagnostic, Edit, Fix
from ...lang.format.format import formatted
from ...lang.syntax.tree import Let, State
from .positions import Places

SOURCE = "strat"
_SEVERITY = {
    "error": lsp.DiagnosticSeverity.Error, "question": lsp.DiagnosticSeverity.Information,
    "warning": lsp.DiagnosticSeverity.Warning,
}  # fmt: skip
_TOKENS = {
    Class.STATEMENT: "keyword", Class.CLAUSE: "keyword", Class.WORD: "keyword", Class.PARAMETER: "parameter",
    Class.DEFINITION: "variable", Class.STATE: "variable", Class.ARGUMENT: "parameter", Class.FUNCTION: "function",
    Class.BUILT_IN: "function", Class.SERIES: "property", Class.NUMBER: "number", Class.TEXT: "string",
    Class.SIGN: "operator", Class.NAME: "enumMember", Class.COMMENT: "comment",
}  # fmt: skip
TOKEN_TYPES = tuple(dict.fromkeys(_TOKENS.values()))
TOKEN_MODIFIERS = ("declaration", "defaultLibrary")
_OFFERED = {
    "parameter": lsp.CompletionItemKind.TypeParameter, "definition": lsp.CompletionItemKind.Variable,
    "state": lsp.CompletionItemKind.Variable, "function": lsp.CompletionItemKind.Function,
    "built-in": lsp.CompletionItemKind.Function, "series": lsp.CompletionItemKind.Property,
    "field": lsp.CompletionItemKind.Field, "argument": lsp.CompletionItemKind.Field,
    "timeframe": lsp.CompletionItemKind.Unit,
}  # fmt: skip
_REFACTORED = {
    "extract": lsp.CodeActionKind.RefactorExtract, "parameter": lsp.CodeActionKind.RefactorExtract,
    "inline": lsp.CodeActionKind.RefactorInline,
}  # fmt: skip
ACTIONS = (lsp.CodeActionKind.QuickFix, *dict.fromkeys(_REFACTORED.values()))
_OUTLINED = {
    "param": lsp.SymbolKind.TypeParameter, "let": lsp.SymbolKind.Variable, "state": lsp.SymbolKind.Variable,
    "fn": lsp.SymbolKind.Function,
}  # fmt: skip


def diagnostics(analysis: Analysis) -> list[lsp.Diagnostic]:
    """Everything that is said of a text."""
    places = Places(analysis.text)
    return [_diagnostic(found, analysis, places) for found in analysis.diagnostics if _is_of(found, analysis)]


def _is_of(found: Diagnostic, analysis: Analysis) -> bool:
    return found.span.source == analysis.source


def _diagnostic(found: Diagnostic, analysis: Analysis, places: Places) -> lsp.Diagnostic:
    beside = [note.message for note in found.notes if note.span is None]  # the others stand at what they are of
    told = "\n".join([found.message, *beside, *([found.help] if found.help else [])])
    related = [
        lsp.DiagnosticRelatedInformation(lsp.Location(analysis.source, places.range(note.span)), note.message)
        for note in found.notes if note.span is not None and note.span.source == analysis.source
    ]  # fmt: skip
    return lsp.Diagnostic(
        range=places.range(found.span), message=told, severity=_SEVERITY.get(found.severity), code=found.code,
        source=SOURCE, related_information=related or None,
    )  # fmt: skip


def actions(analysis: Analysis, wanted: lsp.Range, only: Sequence[str] = ()) -> list[lsp.CodeAction]:
    """The fixes of what is said of a range, safe ones preferred, and examples of answers; what can be done with it.

    only: the kinds that are asked for, with all below each; none for every kind.
    """
    places = Places(analysis.text)
    start, end = places.offset(wanted.start), places.offset(wanted.end)
    found: list[lsp.CodeAction] = []
    if _wanted(lsp.CodeActionKind.QuickFix, only):
        here = [d for d in analysis.diagnostics if _is_of(d, analysis) and d.span.start <= end and d.span.end >= start]
        found += [
            _action(fix, each, analysis, places) for each in here for fix in (*each.fixes, *_example(each, analysis))
        ]  # fmt: skip
    if any(_wanted(kind, only) for kind in _REFACTORED.values()):
        found += [
            lsp.CodeAction(each.title, _REFACTORED[each.kind], edit=workspace_edit(analysis, each.edits))
            for each in refactorings(analysis, start, end) if _wanted(_REFACTORED[each.kind], only)
        ]  # fmt: skip
    return found


def _example(found: Diagnostic, analysis: Analysis) -> Iterator[Fix]:
    """The example of a question as its answer, where it is one there: a beginning, which the author makes his own."""
    example = found.asked.example if found.severity == QUESTION and found.asked else ""
    hole = next((each for each in analysis.holes if each.start == found.span.start), None)
    if not example or hole is None:
        return
    with suppress(AnswerError):
        yield Fix(f"answer with `{example}`", (answering(analysis, hole, example),), safe=False)


def _wanted(kind: str, only: Sequence[str]) -> bool:
    return not only or any(kind == each or kind.startswith(f"{each}.") for each in only)


def _action(fix: Fix, found: Diagnostic, analysis: Analysis, places: Places) -> lsp.CodeAction:
    return lsp.CodeAction(
        title=fix.title, kind=lsp.CodeActionKind.QuickFix, diagnostics=[_diagnostic(found, analysis, places)],
        is_preferred=fix.safe or None, edit=workspace_edit(analysis, fix.edits),
    )  # fmt: skip


def workspace_edit(analysis: Analysis, edits: Sequence[Edit]) -> lsp.WorkspaceEdit:
    """Changes of the text as the protocol has them."""
    places = Places(analysis.text)
    return lsp.WorkspaceEdit(
        changes={analysis.source: [lsp.TextEdit(places.range(edit.span), edit.text) for edit in edits]}
    )


def completions(analysis: Analysis, position: lsp.Position) -> lsp.CompletionList:
    """What may stand at a position, in the order of likelihood."""
    places = Places(analysis.text)
    found = may_stand(analysis, places.offset(position))
    replaced = places.range(found.replaced)
    items = [
        lsp.CompletionItem(
            label=offer.name, kind=_OFFERED.get(offer.kind, lsp.CompletionItemKind.Keyword),
            detail=offer.detail or None, documentation=offer.meaning or None, sort_text=f"{at:04}",
            text_edit=lsp.TextEdit(replaced, offer.name),
        )
        for at, offer in enumerate(found.offers)
    ]  # fmt: skip
    return lsp.CompletionList(is_incomplete=False, items=items)


def hover(
    analysis: Analysis, position: lsp.Position, ranges: Callable[[str], Sequence[str]] = lambda name: ()
) -> lsp.Hover | None:
    """What stands at a position; ranges: what a definition of this name went through when it was last run."""
    places = Places(analysis.text)
    offset = places.offset(position)
    found = standing_at(analysis, offset)
    if found is None:
        return None
    of = analysis.definition_at(offset)
    own = ranges(of.name) if of is not None and isinstance(of.statement, (Let, State)) else ()
    told = "\n\n".join((f"```strat\n{found.title}\n```", *found.lines, *own))
    return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, told), places.range(found.span))


def signature(analysis: Analysis, position: lsp.Position) -> lsp.SignatureHelp | None:
    """The function whose brackets a position is inside of, and which argument stands there."""
    found = call_at(analysis, Places(analysis.text).offset(position))
    if found is None:
        return None
    parameters = [lsp.ParameterInformation(label) for label in found.signature.parameters]
    one = lsp.SignatureInformation(
        str(found.signature), found.signature.meaning or None, parameters, active_parameter=found.at
    )
    return lsp.SignatureHelp([one], 0, found.at)


def definition(analysis: Analysis, position: lsp.Position) -> lsp.Location | None:
    """Where the name at a position is defined in the text."""
    places = Places(analysis.text)
    found = analysis.definition_at(places.offset(position))
    if found is None or found.span is None or not is_own(found):
        return None
    return lsp.Location(analysis.source, places.range(found.span))


def references(analysis: Analysis, position: lsp.Position) -> list[lsp.Location]:
    """Every place of the name at a position."""
    places = Places(analysis.text)
    spans = analysis.references(places.offset(position))
    return [lsp.Location(analysis.source, places.range(span)) for span in spans]


def rename(analysis: Analysis, position: lsp.Position, name: str) -> lsp.WorkspaceEdit | str:
    """The changes that give a name another, or why there are none."""
    found = renamed(analysis, Places(analysis.text).offset(position), name)
    return found.refused or workspace_edit(analysis, found.edits)


def symbols(analysis: Analysis) -> list[lsp.DocumentSymbol]:
    """The outline."""
    places = Places(analysis.text)
    return [
        lsp.DocumentSymbol(
            each.name, _OUTLINED.get(each.kind, lsp.SymbolKind.Event), places.range(each.span),
            places.range(each.place), detail=each.kind,
        )
        for each in outline(analysis)
    ]  # fmt: skip


def layout(analysis: Analysis) -> list[lsp.TextEdit] | None:
    """The one layout of the text; None where it cannot be read."""
    found = formatted(analysis.text, analysis.source)
    if found.diagnostics:
        return None
    return [] if found.text == analysis.text else [lsp.TextEdit(Places(analysis.text).whole(), found.text)]


def tokens(analysis: Analysis) -> lsp.SemanticTokens:
    """What each word is, as differences between neighbours, as the protocol wants them."""
    places = Places(analysis.text)
    data: list[int] = []
    line = character = 0
    for each in painted(analysis):
        start, end = places.position(each.span.start), places.position(each.span.end)
        if start.line != end.line:
            continue  # `on entries` over two lines: editors take words of one line alone
        kind = TOKEN_TYPES.index(_TOKENS[each.kind])
        modifiers = 1 * each.defines + 2 * (each.kind in (Class.BUILT_IN, Class.SERIES))
        before = character if start.line == line else 0
        data += [start.line - line, start.character - before, end.character - start.character, kind, modifiers]
        line, character = start.line, start.character
    return lsp.SemanticTokens(data)


def hints(analysis: Analysis, wanted: lsp.Range) -> list[lsp.InlayHint]:
    """What each definition in a range is, behind its name, and from which bar on it is known: `a price · 50 bars`."""
    places = Places(analysis.text)
    found = []
    for statement in analysis.module.statements:
        if isinstance(statement, (Let, State)):
            value = analysis.values.get(statement.value.span if isinstance(statement, Let) else statement.update.span)
            at = places.position(statement.name_span.end)
            told = next(described(value), "")
            if told and wanted.start.line <= at.line <= wanted.end.line:
                found.append((at, told, value))
    waits = waits_of(analysis, [value for _, _, value in found])
    return [_hint(at, told, known) for (at, told, _), known in zip(found, waits, strict=True)]


def _hint(at: lsp.Position, told: str, known: str) -> lsp.InlayHint:
    waits = known.removeprefix("known from ").removesuffix(" on")
    return lsp.InlayHint(
        at, f": {told}" + (f" · {waits}" if waits else ""), lsp.InlayHintKind.Type, tooltip=known or None
    )
