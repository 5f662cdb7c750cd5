"""Messages that are none: each is answered as JSON-RPC wants it, and told in no traceback.

pygls takes a message apart before it knows whose it is, and one that cannot be read it writes to its log. Here a
request whose parameters are wrong is refused under its own id, what is no message under none, and a notification,
which nobody waits for, is passed over with a line on standard error.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import Any

from cattrs import transform_error
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams, JsonRpcInvalidRequest, JsonRpcParseError
from pygls.protocol import LanguageServerProtocol

from ...lang.diagnostics.brief import abridged

_log = logging.getLogger("stratagem.lsp")
_SMALL = re.compile(r"(?<=[a-z])_([a-z])")  # the protocol's own names are in one word: `textDocument`
NOT_JSON = (ValueError, RecursionError)
"""What is raised for bytes that are not JSON, or not UTF-8, or that nest without end."""

_KINDS = "a `method` is a text, an `id` a whole number or a text"


@dataclass(frozen=True, slots=True)
class _Unread:
    """A message that could not be taken apart, and why."""

    said: dict[str, Any]
    why: JsonRpcException


class Protocol(LanguageServerProtocol):
    """JSON-RPC as pygls speaks it, with an answer to what is no message."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            return _Unread(data, error)

    def handle_message(self, message: Any) -> None:
        id = getattr(message, "id", None)
        if isinstance(message, _Unread):
            self._refuse_unread(message)
        elif not hasattr(message, "jsonrpc"):
            self.refuse(None, JsonRpcInvalidRequest("a message is one object with `jsonrpc` and a `method` or an `id`"))
        elif hasattr(message, "method") and not (id is None or _is_id(id)):
            self.refuse(None, JsonRpcInvalidRequest(_KINDS))
        elif hasattr(message, "method") and message.jsonrpc != self.VERSION:
            self.refuse(id, JsonRpcInvalidRequest(f'`jsonrpc` is "{self.VERSION}"'))
        else:
            super().handle_message(message)

    def refuse(self, id: object, error: JsonRpcException) -> None:
        """Answer with an error. id: of the request, None where it is not known."""
        said = {"code": error.code, "message": error.message}
        self._send_data({"jsonrpc": self.VERSION, "id": id, "error": said})

    def _refuse_unread(self, unread: _Unread) -> None:
        method, id = unread.said.get("method"), unread.said.get("id")
        known = _is_id(id)
        if "id" in unread.said and "method" not in unread.said:
            _log.warning("passed over an answer that cannot be read: %s", _reason(unread.why))
        elif not isinstance(method, str) or ("id" in unread.said and not known):
            self.refuse(id if known else None, JsonRpcInvalidRequest(_KINDS))
        elif known:
            self.refuse(id, JsonRpcInvalidParams(f"{abridged(method)}: {_reason(unread.why)}"))
        else:
            _log.warning("passed over %s: %s", abridged(method), _reason(unread.why))


def _is_id(value: object) -> bool:
    return isinstance(value, (int, str)) and not isinstance(value, bool)


def _reason(error: JsonRpcException) -> str:
    """What the first fault is, and where: `required field missing @ $.params.textDocument`."""
    found = transform_error(error.__cause__, path="$") if error.__cause__ is not None else []
    return abridged(_SMALL.sub(lambda mark: mark[1].upper(), found[0])) if found else "it is not as the protocol has it"


def refuse_bytes(protocol: Protocol, error: Exception) -> None:
    """Answer to bytes that are not JSON."""
    protocol.refuse(None, JsonRpcParseError(f"a message is JSON in UTF-8: {abridged(str(error))}"))


def _is_open(record: logging.LogRecord) -> bool:
    """Whether a line of pygls' own log tells of what nobody has answered."""
    error = record.exc_info[1] if record.exc_info else None
    bytes_refused = isinstance(error, NOT_JSON) and record.getMessage() == "Unable to handle message"
    refused = isinstance(error, JsonRpcException) or record.getMessage().startswith("Unable to deserialize message")
    return not (refused or bytes_refused)


def calm_log() -> None:
    """What is answered to a client is not written to standard error as well."""
    for name in ("pygls.server", "pygls.protocol.json_rpc"):
        logging.getLogger(name).addFilter(_is_open)
