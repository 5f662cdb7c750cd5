"""A client of the language server, as an editor is one: a process, its pipes, and JSON-RPC."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

URI = "file:///strategies/my%20own.strat"


class Client:
    """Speaks to a server that was started; what it is told unasked is kept in `told`."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._asked = 0
        self._version = 0
        self.told: list[dict[str, Any]] = []
        self.said = b""  # on standard error, when it has ended

    def ask(self, method: str, **params: Any) -> Any:
        """The result of a request; `{"error": …}` where it is refused."""
        self._asked += 1
        self._send({"id": self._asked, "method": method, "params": params})
        while True:
            message = self._read()
            if message.get("id") == self._asked and "method" not in message:
                return {"error": message["error"]} if "error" in message else message["result"]
            self.told.append(message)

    def tell(self, method: str, **params: Any) -> None:
        self._send({"method": method, "params": params})

    def at(self, what: str, line: int, character: int, **more: Any) -> Any:
        """A request about a place of the open document."""
        place = {"line": line, "character": character}
        return self.ask(f"textDocument/{what}", textDocument={"uri": URI}, position=place, **more)

    def of(self, what: str, **more: Any) -> Any:
        """A request about the open document."""
        return self.ask(f"textDocument/{what}", textDocument={"uri": URI}, **more)

    def open(self, text: str) -> list[dict[str, Any]]:
        """Open the document; what is said of it."""
        document = {"uri": URI, "languageId": "strat", "version": 0, "text": text}
        self.tell("textDocument/didOpen", textDocument=document)
        return self.diagnostics()

    def change(self, text: str, **where: Any) -> list[dict[str, Any]]:
        """Change all of the document, or a range of it; what is said of it then."""
        self._version += 1
        document = {"uri": URI, "version": self._version}
        self.tell("textDocument/didChange", textDocument=document, contentChanges=[{"text": text, **where}])
        return self.diagnostics()

    def diagnostics(self) -> list[dict[str, Any]]:
        """The next that are published."""
        while True:
            message = self.told.pop(0) if self.told else self._read()
            if message.get("method") == "textDocument/publishDiagnostics":
                found: list[dict[str, Any]] = message["params"]["diagnostics"]
                return found

    def raw(self, data: bytes) -> None:
        """Bytes as they are."""
        assert self._process.stdin is not None
        self._process.stdin.write(data)
        self._process.stdin.flush()

    def answer_to(self, body: bytes) -> dict[str, Any]:
        """What comes next after these bytes as the body of a message."""
        self.raw(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        return self._read()

    def _send(self, message: Mapping[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.raw(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        length = 0
        while (line := self._process.stdout.readline().strip()) or not length:
            if not line and self._process.poll() is not None:
                raise EOFError("the server has ended")
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        return message


@contextmanager
def client(*command: str) -> Iterator[Client]:
    """A client of a server of its own, `strat lsp` or what Python runs so, which is ended as editors end one."""
    process = subprocess.Popen([sys.executable, *(command or ("-m", "stratagem", "lsp"))], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
    try:
        made = Client(process)
        made.ask("initialize", processId=None, rootUri=None, capabilities={})
        made.tell("initialized")
        yield made
        made.ask("shutdown")
        made.tell("exit")
        assert process.wait(20) == 0
        made.said = process.stderr.read() if process.stderr else b""
    finally:
        process.kill()
        for pipe in (process.stdin, process.stdout, process.stderr):
            assert pipe is not None
            pipe.close()
