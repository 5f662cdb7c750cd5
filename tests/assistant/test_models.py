"""Models over HTTP: what goes over the wire to each kind of server, and what becomes of answers that are none."""

from __future__ import annotations

import json
import logging
import pickle
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from stratagem.runtime.limits import Cancel
from stratagem.tools.assistant.models import choose
from stratagem.tools.assistant.models.anthropic import Anthropic
from stratagem.tools.assistant.models.model import SYSTEM, USER, Message, Model, ModelError, Usage
from stratagem.tools.assistant.models.openai import LLAMACPP, VLLM, ChatCompletions, Responses
from stratagem.tools.assistant.models.pieces import Price
from stratagem.tools.assistant.models.recorded import Recording, Replay
from stratagem.tools.assistant.models.secret import Secret
from stratagem.tools.assistant.models.wire import Server

from .fake_server import Answer, Fake, chat, one_piece, serving, stream

KEY = "sk-test-0123456789abcdef"
SAID = [Message(SYSTEM, "be brief"), Message(USER, "buy – now")]


def server(fake: Fake, **more: Any) -> Server:
    more = {"timeout": 5.0, "sleep": lambda seconds: None, **more}
    return Server(fake.url, Secret(KEY), **more)


def said(make: Callable[[Server], Model], *answers: Answer, **more: Any) -> Any:
    """The reply of a model to the messages, and what the server was asked."""
    with serving(*answers) as fake:
        return make(server(fake)).reply(SAID, **more), fake.asked[-1]


# --- wire formats --------------------------------------------------------------------------------------


def test_chat_completions_stream() -> None:
    got: list[str] = []
    answer = chat("enter ", "long")
    reply, asked = said(lambda s: ChatCompletions(s, "m", price=Price(3, 15)), answer, on_text=got.append)
    assert reply.text == "enter long" and got == ["enter ", "long"] and not reply.cut
    assert reply.usage == Usage(900, 40, 900 * 3e-6 + 40 * 15e-6) and "$0.0033" in str(reply.usage)
    assert asked.path == "/v1/chat/completions" and asked.headers["Authorization"] == f"Bearer {KEY}"
    assert asked.body["messages"][1] == {"role": "user", "content": "buy – now"} and len(asked.body["messages"]) == 2
    assert asked.body["stream"] and asked.body["max_completion_tokens"] and "grammar" not in json.dumps(asked.body)


def test_chat_completions_in_one_piece() -> None:
    document = {"choices": [{"message": {"content": "x"}, "finish_reason": "stop"}], "usage": {"prompt_tokens": 1}}
    reply, _ = said(lambda s: ChatCompletions(s, "m"), one_piece(document))
    assert (reply.text, reply.usage) == ("x", Usage(1, 0))


@pytest.mark.parametrize(
    ("kind", "where"), [(VLLM, {"structured_outputs": {"grammar": "G"}}), (LLAMACPP, {"grammar": "%llguidance {}\nG"})]
)
def test_a_grammar_goes_where_the_server_takes_it(kind: str, where: dict[str, Any]) -> None:
    _, asked = said(lambda s: ChatCompletions(s, "m", kind), chat("x"), grammar="G")
    assert where.items() <= asked.body.items() and "max_tokens" in asked.body


def test_responses_hold_the_model_by_a_tool() -> None:
    events = [
        {"type": "response.output_text.delta", "delta": "Let me think."},
        {"type": "response.custom_tool_call_input.delta", "delta": "enter "},
        {"type": "response.custom_tool_call_input.delta", "delta": "long"},
        {"type": "response.completed", "response": {"usage": {"input_tokens": 7, "output_tokens": 2}}},
    ]
    reply, asked = said(lambda s: Responses(s, "m"), stream(*events, done=False), grammar="G")
    assert (reply.text, reply.usage) == ("enter long", Usage(7, 2))
    (tool,) = asked.body["tools"]
    assert tool["type"] == "custom" and tool["format"] == {"type": "grammar", "syntax": "lark", "definition": "G"}
    assert asked.path == "/v1/responses" and not asked.body["parallel_tool_calls"] and not asked.body["store"]
    reply, asked = said(lambda s: Responses(s, "m"), stream(events[0], events[-1], done=False))
    assert reply.text == "Let me think." and "tools" not in asked.body


def test_responses_in_one_piece() -> None:
    call = {"type": "custom_tool_call", "name": "write_strategy", "input": "plot close"}
    reply, _ = said(lambda s: Responses(s, "m"), one_piece({"object": "response", "output": [call]}), grammar="G")
    assert reply.text == "plot close"


def test_anthropic() -> None:
    events = [
        {"type": "message_start", "message": {"usage": {"input_tokens": 11, "output_tokens": 1}}},
        {"type": "content_block_delta", "delta": {"type": "text_delta", "text": "enter "}},
        {"type": "content_block_delta", "delta": {"type": "text_delta", "text": "long"}},
        {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 4}},
        {"type": "message_stop"},
    ]
    reply, asked = said(lambda s: Anthropic(s, "m"), stream(*events, done=False), grammar="G")
    assert (reply.text, reply.usage, reply.cut) == ("enter long", Usage(11, 4), False)
    assert asked.path == "/v1/messages" and asked.headers["x-api-key"] == KEY and "Authorization" not in asked.headers
    assert asked.body["system"] == "be brief" and [m["role"] for m in asked.body["messages"]] == ["user"]
    events[3] = {"type": "message_delta", "delta": {"stop_reason": "max_tokens"}}
    assert said(lambda s: Anthropic(s, "m"), stream(*events, done=False))[0].cut


def test_refusals() -> None:
    refused = {"choices": [{"delta": {"refusal": "I will not"}, "finish_reason": "stop"}]}
    assert said(lambda s: ChatCompletions(s, "m"), stream(refused))[0].refusal == "I will not"
    delta = {"type": "response.refusal.delta", "delta": "no"}
    assert said(lambda s: Responses(s, "m"), stream(delta, {"type": "response.completed"}))[0].refusal == "no"
    stop = {"type": "message_delta", "delta": {"stop_reason": "refusal"}}
    assert said(lambda s: Anthropic(s, "m"), stream(stop))[0].refusal
    assert said(lambda s: ChatCompletions(s, "m"), chat("x", end="length"))[0].cut


# --- answers that are none -----------------------------------------------------------------------------


def failing(*answers: Answer, **more: Any) -> tuple[str, Fake]:
    """The message of a model that could not answer."""
    with serving(*answers) as fake, pytest.raises(ModelError) as failed:
        ChatCompletions(server(fake, **more), "m").reply(SAID)
    return str(failed.value), fake


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Answer([b"<html>hello</html>"]), "no JSON"), (Answer([b"data: {]\n\n"]), "no JSON"),
        (Answer([b""]), "broke off"),
        (Answer([b"[1, 2]"]), "broke off"), (Answer([b"data: 7\n\n", b"data: [DONE]\n\n"]), "broke off"),
        (stream({"choices": [{"delta": {"content": "ent"}}]}, done=False), "broke off"),
        (chat(""), "answered nothing"), (chat("x" * 300_000), "more than 200,000 characters"),
        (Answer([b"x" * 500_000] * 4), "went on beyond"), (Answer([b"\x00\xff" * 100]), "no JSON"),
        (stream({"error": {"message": "overloaded \x1b[2J"}}), "broke off: overloaded"),
        (Answer([b"data: {}\n\n"], length=1000), "broke off"),
    ],
)  # fmt: skip
def test_garbage_is_one_clear_message(answer: Answer, told: str) -> None:
    message, _ = failing(answer)
    assert told in message and message.isprintable() and len(message) < 500


def test_errors_of_the_caller_are_not_tried_again() -> None:
    message, fake = failing(one_piece({"error": {"message": f"bad key {KEY}"}}, 401))
    assert "401" in message and "bad key …" in message and KEY not in message and len(fake.asked) == 1
    message, fake = failing(Answer([b"not here"], 404))
    assert "404" in message and "not here" in message and len(fake.asked) == 1


def test_busy_servers_are_asked_again_after_a_while() -> None:
    waits: list[float] = []
    with serving(Answer([], 429, {"Retry-After": "3"}), Answer([], 503), chat("x")) as fake:
        reply = ChatCompletions(server(fake, sleep=waits.append), "m").reply(SAID)
    assert reply.text == "x" and len(fake.asked) == 3 and 4.9 < sum(waits) < 5.2
    message, fake = failing(Answer([], 500))
    assert "tried 4 times" in message and len(fake.asked) == 4
    message, fake = failing(Answer([], 429, {"Retry-After": "99999"}), sleep=waits.append)
    assert sum(waits) < 200


def test_a_redirect_is_not_followed() -> None:
    with serving(chat("x")) as other:
        message, fake = failing(Answer([], 302, {"Location": other.url}))
        assert "not followed" in message and len(fake.asked) == 1 and not other.asked


def test_slow_servers() -> None:
    message, _ = failing(Answer([b"data: {}\n\n"], pause=0.4), timeout=0.05)
    assert "did not answer within 0.05 seconds" in message
    dribble = Answer([b" "] * 200, pause=0.02)
    began = time.monotonic()
    message, _ = failing(dribble, patience=0.3)
    assert "did not come to an end within 0.3 seconds" in message and time.monotonic() - began < 3.5


def test_it_is_cancelled_while_it_waits() -> None:
    cancel = Cancel()
    threading.Timer(0.15, cancel.cancel).start()
    began = time.monotonic()
    message, _ = failing(Answer([b""], pause=8.0), cancel=cancel)
    assert message == "cancelled" and time.monotonic() - began < 5


def test_nobody_there() -> None:
    with serving(chat("x")) as fake:
        url = fake.url
    with pytest.raises(ModelError, match="cannot be asked"):
        ChatCompletions(Server(url, sleep=lambda seconds: None), "m").reply(SAID)


# --- keys ----------------------------------------------------------------------------------------------


def test_a_key_is_shown_nowhere(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with serving(chat("x")) as fake:
        for make in (ChatCompletions, Responses, Anthropic):
            model = make(server(fake), "m")
            assert KEY not in f"{model!r} {model} {model.server!r} {model.server.key} {vars(type(model))}"
        path = tmp_path / "talk.jsonl"
        Recording(ChatCompletions(server(fake), "m"), path).reply(SAID)
        assert KEY not in path.read_text("utf-8") and fake.url not in path.read_text("utf-8")
    with pytest.raises(TypeError):
        pickle.dumps(Secret(KEY))
    assert KEY not in caplog.text


def test_a_key_does_not_go_in_the_clear_or_in_an_address() -> None:
    with pytest.raises(ModelError, match="https only"):
        Server("http://example.com/v1", Secret(KEY))
    Server("http://example.com/v1")
    for url in (f"https://me:{KEY}@example.com", f"https://example.com/?key={KEY}", "ftp://x", "nonsense", "http://["):
        with pytest.raises(ModelError) as failed:
            Server(url)
        assert KEY not in str(failed.value)


# --- which model ---------------------------------------------------------------------------------------


def test_models_by_their_names() -> None:
    keys = {"OPENAI_API_KEY": "o", "ANTHROPIC_API_KEY": "a", "STRATAGEM_MODEL_KEY": "s"}
    found = {name: choose.model(f"{name}:m", environment=keys) for name in choose.MAKERS}
    assert isinstance(found["openai"], Responses) and isinstance(found["anthropic"], Anthropic)
    assert isinstance(found["vllm"], ChatCompletions) and found["vllm"].kind == VLLM
    used = {name: each.server.key.reveal() for name, each in found.items()}  # type: ignore[attr-defined]
    assert used == {"openai": "o", "openai-chat": "o", "anthropic": "a", "vllm": "s", "llamacpp": "s", "ollama": "s",
                    "lmstudio": "s"}  # fmt: skip
    own = choose.model("openai:m", url="https://example.com/v1", environment=keys)
    assert isinstance(own, Responses) and own.server.key.reveal() == "s"  # OpenAI's key goes to OpenAI alone
    plain = choose.model("m", environment={"STRATAGEM_MODEL_URL": "http://127.0.0.1:9/v1"})
    assert isinstance(plain, ChatCompletions) and not plain.server.key


@pytest.mark.parametrize(
    ("name", "environment", "told"),
    [
        ("openai:m", {}, "OPENAI_API_KEY"), ("gpt", {}, "--model-url"), ("opnai:m", {}, "did you mean `openai:`"),
        ("openai:", {"OPENAI_API_KEY": "o"}, "expected the name"), ("replay:nowhere.jsonl", {}, "cannot be read"),
        ("vllm:m", {"STRATAGEM_MODEL_PRICE": "cheap"}, "as 3/15"),
    ],
)  # fmt: skip
def test_names_that_lead_nowhere(name: str, environment: dict[str, str], told: str) -> None:
    with pytest.raises(ModelError, match=told):
        choose.model(name, environment=environment)


def test_a_conversation_is_recorded_and_replayed(tmp_path: Path) -> None:
    path = tmp_path / "talk.jsonl"
    with serving(chat("one"), chat("two")) as fake:
        model = Recording(ChatCompletions(server(fake), "m"), path)
        told = [model.reply(SAID).text, model.reply(SAID[1:], grammar="G").text]
    again = Replay(path, strict=True)
    assert [again.reply(SAID).text, again.reply(SAID[1:], grammar="G").text] == told == ["one", "two"]
    with pytest.raises(ModelError, match="no further answer"):
        again.reply(SAID)
    with pytest.raises(ModelError, match="another conversation"):
        Replay(path, strict=True).reply(SAID[1:])
    for row in ("[1]", '{"last": "x"}', '"text"', "{"):
        path.write_text(row, "utf-8")
        with pytest.raises(ModelError, match="no recording|cannot be read"):
            Replay(path)
