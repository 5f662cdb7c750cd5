"""The language server: documents as editors hold them, each with its analysis, and what is asked of it."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import Any, TypeVar
from urllib.parse import unquote

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.workspace import TextDocument

from ...lang.analysis.analysis import Analysis, analyse
from ...lang.words.registry import STANDARD, Registry
from . import answers
from .protocol import NOT_JSON, Protocol, calm_log, refuse_bytes
from .running import COMMAND, Runs, lenses

Answer = TypeVar("Answer")
PAUSE = 0.1
"""Seconds without an edit after which it is told what there is to say of a text."""
KEPT = 32
"""Analyses that are kept: of so many versions of documents."""


class Server(LanguageServer):
    """Holds what is known of each open document, as long as it says the same."""

    def __init__(self, version: str, registry: Registry = STANDARD) -> None:
        super().__init__("strat", version, protocol_cls=Protocol)
        calm_log()
        self.registry = registry
        self._known: OrderedDict[tuple[str, str], Analysis] = OrderedDict()
        self.runs = Runs()
        self.looking: asyncio.Task[None] | None = None

    def analysis(self, uri: str) -> Analysis:
        """The analysis of a document as it is now."""
        text = self.workspace.get_text_document(uri).source
        key = (uri, text)
        if key not in self._known:
            self._known[key] = analyse(text, uri, registry=self.registry)
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
        self._known.move_to_end(key)
        return self._known[key]

    def opened(self, uri: str) -> TextDocument | None:
        """A document that the editor has open; None where it has not."""
        found: TextDocument | None = self.workspace.text_documents.get(unquote(uri))
        return found

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Tell the client of a fault that no request waits for; bytes that are no message are answered instead."""
        protocol = self.protocol
        if source is JsonRpcException and isinstance(error, NOT_JSON) and isinstance(protocol, Protocol):
            refuse_bytes(protocol, error)
        else:
            super().report_server_error(error, source)

    def shows_lenses_anew(self) -> bool:
        """Whether the editor asks for lenses again when it is told to."""
        can = self.client_capabilities.workspace
        return bool(can and can.code_lens and can.code_lens.refresh_support)

    def tell(self, uri: str) -> None:
        """Publish what is said of a document."""
        found = answers.diagnostics(self.analysis(uri))
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri=uri, diagnostics=found))


def server(version: str, registry: Registry = STANDARD) -> Server:
    """A server that answers to everything an editor asks of a `.strat` text.

    registry: of the host whose texts they are, `host.registry`.
    """
    made = Server(version, registry)
    _documents(made)
    _reading(made)
    _writing(made)
    _running(made)
    return made


def _documents(made: Server) -> None:
    @made.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        made.tell(params.text_document.uri)

    @made.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        await asyncio.sleep(PAUSE)
        document = made.opened(params.text_document.uri)
        if document is not None and document.version == params.text_document.version:
            made.tell(params.text_document.uri)  # of edits that come at once the last is told of

    @made.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        made.runs.forget(params.text_document.uri)
        nothing = lsp.PublishDiagnosticsParams(uri=params.text_document.uri, diagnostics=[])
        made.text_document_publish_diagnostics(nothing)


def _reading(made: Server) -> None:
    @made.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hover(params: lsp.HoverParams) -> lsp.Hover | None:
        uri = params.text_document.uri
        analysis = made.analysis(uri)
        return answers.hover(analysis, params.position, lambda name: made.runs.ranges(uri, analysis.text, name))

    @made.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    def definition(params: lsp.DefinitionParams) -> lsp.Location | None:
        return answers.definition(made.analysis(params.text_document.uri), params.position)

    @made.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    def references(params: lsp.ReferenceParams) -> list[lsp.Location]:
        return answers.references(made.analysis(params.text_document.uri), params.position)

    @made.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def symbols(params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
        return answers.symbols(made.analysis(params.text_document.uri))

    @made.feature(lsp.TEXT_DOCUMENT_INLAY_HINT)
    def hints(params: lsp.InlayHintParams) -> list[lsp.InlayHint]:
        return answers.hints(made.analysis(params.text_document.uri), params.range)

    legend = lsp.SemanticTokensLegend(list(answers.TOKEN_TYPES), list(answers.TOKEN_MODIFIERS))

    @made.feature(lsp.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, legend)
    def tokens(params: lsp.SemanticTokensParams) -> lsp.SemanticTokens:
        return answers.tokens(made.analysis(params.text_document.uri))


def _writing(made: Server) -> None:
    @made.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=[".", "@", "(", ","]))
    def completions(params: lsp.CompletionParams) -> lsp.CompletionList:
        return answers.completions(made.analysis(params.text_document.uri), params.position)

    @made.feature(lsp.TEXT_DOCUMENT_SIGNATURE_HELP, lsp.SignatureHelpOptions(trigger_characters=["(", ","]))
    def signature(params: lsp.SignatureHelpParams) -> lsp.SignatureHelp | None:
        return answers.signature(made.analysis(params.text_document.uri), params.position)

    @made.feature(lsp.TEXT_DOCUMENT_FORMATTING)
    def layout(params: lsp.DocumentFormattingParams) -> list[lsp.TextEdit] | None:
        return answers.layout(made.analysis(params.text_document.uri))

    @made.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(list(answers.ACTIONS)))
    def actions(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        return answers.actions(made.analysis(params.text_document.uri), params.range, params.context.only or ())

    @made.feature(lsp.TEXT_DOCUMENT_RENAME)
    def rename(params: lsp.RenameParams) -> lsp.WorkspaceEdit:
        found = answers.rename(made.analysis(params.text_document.uri), params.position, params.new_name)
        if isinstance(found, str):
            raise JsonRpcInvalidParams(message=found)
        return found


def _running(made: Server) -> None:
    @made.feature(lsp.INITIALIZE)
    def begin(params: lsp.InitializeParams) -> None:
        wanted = params.initialization_options
        data = wanted.get("data") if isinstance(wanted, dict) else getattr(wanted, "data", None)
        made.runs.data = data if isinstance(data, str) and data.strip() else made.runs.data

    @made.feature(lsp.SHUTDOWN)
    def end(_: None) -> None:
        made.runs.end_all()

    @made.feature(lsp.TEXT_DOCUMENT_CODE_LENS)
    def shown(params: lsp.CodeLensParams) -> list[lsp.CodeLens]:
        return lenses(made.analysis(params.text_document.uri), made.runs)

    @made.command(COMMAND)
    async def backtest(uri: str) -> str | None:
        if not isinstance(uri, str) or made.opened(uri) is None:
            raise JsonRpcInvalidParams(message=f"{COMMAND} takes the address of an open document")
        found = await made.runs.run(uri, made.workspace.get_text_document(uri).source)
        if found is None:
            return None
        if found.failed:
            made.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Error, found.told))
        if made.shows_lenses_anew():
            made.workspace_code_lens_refresh(None)
        made.looking = asyncio.create_task(made.runs.look(uri))  # nobody waits for it
        return found.told
