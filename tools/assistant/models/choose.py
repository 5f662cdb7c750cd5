"""Which model is meant by a name, where its server is, and which key opens it.

A provider's key goes to that provider's own address and nowhere else; a server at an address of one's own gets
`STRATAGEM_MODEL_KEY`, if it is set.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from ....lang.diagnostics.brief import named
from ....lang.diagnostics.suggest import nearest
from ....runtime.limits import Cancel
from .anthropic import Anthropic
from .model import Model, ModelChoiceError
from .openai import LLAMACPP, PLAIN, VLLM, ChatCompletions, Responses
from .pieces import Price
from .recorded import Replay
from .secret import key_in
from .wire import Server

MODEL, URL, KEY, PRICE = "STRATAGEM_MODEL", "STRATAGEM_MODEL_URL", "STRATAGEM_MODEL_KEY", "STRATAGEM_MODEL_PRICE"
REPLAY = "replay"


class _Maker(NamedTuple):
    """url: where its server is unless said; key: the variable of its key; kind: how it takes a grammar."""

    url: str
    key: str
    kind: str


MAKERS = {
    "openai": _Maker("https://api.openai.com/v1", "OPENAI_API_KEY", "responses"),
    "openai-chat": _Maker("https://api.openai.com/v1", "OPENAI_API_KEY", PLAIN),
    "anthropic": _Maker("https://api.anthropic.com/v1", "ANTHROPIC_API_KEY", "anthropic"),
    "vllm": _Maker("http://127.0.0.1:8000/v1", KEY, VLLM),
    "llamacpp": _Maker("http://127.0.0.1:8080/v1", KEY, LLAMACPP),
    "ollama": _Maker("http://127.0.0.1:11434/v1", KEY, "other"),
    "lmstudio": _Maker("http://127.0.0.1:1234/v1", KEY, "other"),
}


def model(
    name: str, *, url: str | None = None, environment: Mapping[str, str], cancel: Cancel | None = None
) -> Model:  # fmt: skip
    """The model of a name, `anthropic:NAME`, `vllm:NAME`, `replay:FILE`, or `NAME` of the server at `url`.

    ModelChoiceError where nothing is known of it, or its key is not there.
    """
    maker, colon, rest = name.partition(":")
    if maker == REPLAY and colon:
        return Replay(Path(rest))
    url = url or environment.get(URL) or None
    known = MAKERS.get(maker) if colon else None
    if known is None and url is None:
        raise ModelChoiceError(_unknown(name, maker if colon else ""))
    kind = known.kind if known else "other"
    model_name = rest if known else name
    if not model_name:
        raise ModelChoiceError(f"expected the name of a model behind `{maker}:`, found nothing")
    key = key_in(environment, known.key if known and url is None else KEY)
    if known is not None and url is None and known.key != KEY and not key:
        raise ModelChoiceError(f"a model of {maker} needs a key in the environment variable {known.key}: it is not set")
    server = Server(url or (known.url if known else ""), key, cancel=cancel)
    price = _price(environment.get(PRICE, ""))
    if kind == "anthropic":
        return Anthropic(server, model_name, price)
    if kind == "responses":
        return Responses(server, model_name, price)
    return ChatCompletions(server, model_name, kind, price)


def _unknown(name: str, maker: str) -> str:
    near = nearest(maker, MAKERS) if maker else None
    meant = f"; did you mean `{near}:`?" if near else ""
    makers = ", ".join(f"{each}:NAME" for each in MAKERS)
    return (f"nothing is known of the model {named(name)!r}{meant}: write one of {makers}, "
            f"or say where its server is (--model-url, {URL})")  # fmt: skip


def _price(text: str) -> Price | None:
    """`3/15`: dollars for a million tokens read and written."""
    if not text.strip():
        return None
    parts = text.split("/")
    try:
        read, written = (float(part) for part in parts)
    except ValueError:
        read = written = -1.0
    if not 0 <= min(read, written) <= max(read, written) < 1e6:
        told = f"{PRICE} is dollars for a million tokens read and written, as 3/15; found {named(text)!r}"
        raise ModelChoiceError(told)
    return Price(read, written)
