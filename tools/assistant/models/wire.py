"""Requests to a server of models: bounded, timed, tried again where that may help, stopped when asked to.

A redirect is not followed, since the key would go along. Bodies of errors are shown shortened and without the key.
"""

from __future__ import annotations

import json
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit

from ....lang.diagnostics.brief import abridged, cut, named
from ....runtime.limits import Cancel
from .model import MOST_CHARACTERS, ModelError
from .secret import Secret

TRIES = 4
WAITS = (0.5, 2.0, 8.0)
"""Seconds before each further try, where the server does not say how long."""
LONGEST_WAIT = 60.0
MOST_BYTES = 8 * MOST_CHARACTERS
"""Of a whole answer as it comes over the wire; a stream spells every few characters as a document."""
_LONGEST_ERROR = 300
CANCELLED = "cancelled"
_STEP = 0.1
"""Seconds between looks at the token that cancels, while waiting."""
_AGAIN = frozenset((408, 429, 500, 502, 503, 504, 529))


@dataclass(frozen=True, slots=True)
class Server:
    """Where a server is and how it is asked. timeout: seconds until it must have begun, and between two pieces;
    patience: seconds for one whole answer."""

    url: str
    key: Secret = field(default_factory=lambda: Secret(""))
    timeout: float = 60.0
    patience: float = 300.0
    cancel: Cancel | None = None
    sleep: Callable[[float], None] = time.sleep

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.url)
        except ValueError:  # a bracket of an address of IPv6 that is open
            parts = urlsplit("")
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ModelError(f"expected the address of a server, http://… or https://…, found {named(self.url)!r}")
        if parts.username or parts.password or parts.query or parts.fragment:
            raise ModelError("the address of a model's server holds neither a name, a password nor a query; "
                             "keys come from the environment")  # fmt: skip
        if self.key and parts.scheme == "http" and not _is_near(parts.hostname):
            raise ModelError(f"a key goes to {named(parts.hostname)} by https only; without one http is taken, too")

    def lines(self, path: str, headers: Mapping[str, str], body: Mapping[str, Any]) -> Iterator[str]:
        """The lines of the answer as they come; ModelError where there is none, or no end of it."""
        content = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        for attempt in range(TRIES):
            try:
                yield from self._once(path, headers, content)
                return
            except _Again as again:
                if attempt + 1 == TRIES:
                    raise ModelError(f"{again}; tried {TRIES} times") from None
                self._wait(min(again.after if again.after is not None else WAITS[attempt], LONGEST_WAIT))

    def _once(self, path: str, headers: Mapping[str, str], content: bytes) -> Iterator[str]:
        begun = False
        with closing(self._connection()) as connection, _Watch(self) as watch:
            try:
                connection.connect()
                watch.socket = connection.sock  # the connection forgets it once the answer has begun
                connection.request("POST", urlsplit(self.url).path.rstrip("/") + path, content, dict(headers))
                response = connection.getresponse()
                self._check(response)
                for line in self._read(response):
                    begun = True
                    yield line
                watch.look()
            except (OSError, HTTPException) as error:
                watch.look()
                told = self._told(error)
                if begun or isinstance(error, ssl.SSLCertVerificationError):
                    raise ModelError(told) from None
                raise _Again(told) from None

    def _connection(self) -> HTTPConnection:
        parts = urlsplit(self.url)
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        try:
            return kind(str(parts.hostname), parts.port, timeout=self.timeout)
        except ValueError:
            raise ModelError(f"the address {named(self.url)} has a port that is none") from None

    def _check(self, response: HTTPResponse) -> None:
        """ModelError, or another try, for whatever is no answer."""
        status = response.status
        if status == 200:
            return
        if 300 <= status < 400:
            raise ModelError(f"{self.place} sends on to another address (status {status}), which is not followed: "
                             "a key would go along; give the address itself")  # fmt: skip
        told = f"{self.place} answered {status} {named(response.reason or '')}: {self._body(response)}".rstrip(": ")
        if status in _AGAIN:
            raise _Again(told, _seconds(response.headers.get("Retry-After")))
        raise ModelError(told)

    def _body(self, response: HTTPResponse) -> str:
        """What the server says is wrong, in short."""
        text = response.read(20_000).decode("utf-8", "replace")
        try:
            found = json.loads(text)
            inner = found.get("error", found) if isinstance(found, dict) else found
            text = str(inner.get("message", inner)) if isinstance(inner, dict) else str(inner)
        except ValueError:
            pass
        return cut(abridged(" ".join(self.key.removed_from(text).split())), _LONGEST_ERROR)

    def _read(self, response: HTTPResponse) -> Iterator[str]:
        total, rest = 0, b""
        while piece := response.read1(1 << 16):
            total += len(piece)
            if total > MOST_BYTES:
                raise ModelError(f"{self.place} went on beyond {MOST_BYTES:,} bytes: that is no answer")
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                yield line.decode("utf-8", "replace").rstrip("\r")
        if rest:
            yield rest.decode("utf-8", "replace")

    def _wait(self, seconds: float) -> None:
        while seconds > 0:
            if self.cancel is not None and self.cancel.cancelled:
                raise ModelError(CANCELLED)
            self.sleep(min(_STEP, seconds))
            seconds -= _STEP

    @property
    def place(self) -> str:
        """The host, for messages."""
        return named(urlsplit(self.url).netloc)

    def _told(self, error: Exception) -> str:
        if isinstance(error, TimeoutError | socket.timeout):
            return f"{self.place} did not answer within {self.timeout:g} seconds"
        why = getattr(error, "strerror", None) or self.key.removed_from(str(error)) or type(error).__name__
        return f"{self.place} cannot be asked: {named(why)}"


class _Watch:
    """Ends a connection from beside it: when it is cancelled, or when its answer takes too long altogether."""

    def __init__(self, server: Server) -> None:
        self._server, self._why = server, ""
        self.socket: socket.socket | None = None
        self._over = Event()
        self._until = time.monotonic() + server.patience
        self._thread = Thread(target=self._run, daemon=True)

    def __enter__(self) -> _Watch:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._thread.join()

    def look(self) -> None:
        """ModelError where the connection was ended."""
        if self._why:
            raise ModelError(self._why)

    def _run(self) -> None:
        server = self._server
        while not self._over.wait(_STEP):
            if server.cancel is not None and server.cancel.cancelled:
                self._why = CANCELLED
            elif time.monotonic() > self._until:
                self._why = f"{server.place} did not come to an end within {server.patience:g} seconds"
            if self._why and self.socket is not None:
                with suppress(OSError):
                    self.socket.shutdown(socket.SHUT_RDWR)
                return


class _Again(Exception):
    """It may go better a moment later. after: how many seconds the server asks for."""

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


def _seconds(text: str | None) -> float | None:
    try:
        found = float(text) if text else None
    except ValueError:  # a date: the usual waits do
        return None
    return found if found is not None and found >= 0 else None


def _is_near(host: str) -> bool:
    return host in ("localhost", "127.0.0.1", "::1")


def events(lines: Iterator[str]) -> Iterator[Any]:
    """The documents of a stream of server-sent events, up to its `[DONE]`; of an answer in one piece that document.

    ModelError where a piece is no JSON.
    """
    whole: list[str] = []
    for line in lines:
        if line.startswith("data:"):
            said = line[5:].strip()
            if said == "[DONE]":
                return
            yield document(said)
        elif line and not line.startswith((":", "event:", "id:", "retry:")):
            whole.append(line)
    if whole:
        yield document("\n".join(whole))


def document(text: str) -> Any:
    """A JSON document of a server; ModelError where it is none."""
    try:
        return json.loads(text)
    except ValueError:
        raise ModelError(f"the server's answer is no JSON: {cut(abridged(text), 80)}") from None
