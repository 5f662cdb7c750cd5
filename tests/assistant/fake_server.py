"""A server of models on loopback, that answers as it was told to and keeps what it was asked."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass
class Answer:
    """pieces: of the body, a pause of `pause` seconds before each. whole: whether it says how long it is and ends so;
    otherwise the connection is closed behind the last piece."""

    pieces: Sequence[bytes]
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    pause: float = 0.0
    length: int | None = None


@dataclass
class Asked:
    path: str
    headers: dict[str, str]
    body: Any


@dataclass
class Fake:
    """answers: one after another, the last again and again."""

    url: str
    answers: list[Answer]
    asked: list[Asked] = field(default_factory=list)


@contextmanager
def serving(*answers: Answer) -> Iterator[Fake]:
    """A server at `url` while the context lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            fake.asked.append(Asked(self.path, dict(self.headers), json.loads(self.rfile.read(length))))
            answer = fake.answers.pop(0) if len(fake.answers) > 1 else fake.answers[0]
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.length is not None:
                self.send_header("Content-Length", str(answer.length))
            self.end_headers()
            try:
                for piece in answer.pieces:
                    time.sleep(answer.pause)
                    self.wfile.write(piece)
                    self.wfile.flush()
            except OSError:
                pass  # who asked is gone

        def log_message(self, *said: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    fake = Fake(f"http://127.0.0.1:{server.server_port}/v1", list(answers))
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()


def stream(*documents: Any, done: bool = True) -> Answer:
    """Documents as server-sent events."""
    pieces = [f"data: {json.dumps(each)}\n\n".encode() for each in documents]
    return Answer([*pieces, b"data: [DONE]\n\n"] if done else pieces)


def chat(*texts: str, end: str = "stop") -> Answer:
    """A chat completion in pieces."""
    pieces = [{"choices": [{"delta": {"content": text}}]} for text in texts]
    last = {"choices": [{"delta": {}, "finish_reason": end}]}
    return stream(*pieces, last, {"choices": [], "usage": {"prompt_tokens": 900, "completion_tokens": 40}})


def one_piece(document: Any, status: int = 200, **headers: str) -> Answer:
    """A document as a whole."""
    return Answer([json.dumps(document).encode()], status, headers)
