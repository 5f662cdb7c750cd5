"""`sg.ask`: a conversation for hosts, with the model or the translator that is meant."""

from __future__ import annotations

import os

from ...runtime.limits import Cancel, Limits
from .conversation import LIMITS, Conversation
from .drafters import drafter
from .drafting import Drafter
from .models.model import Model


def ask(
    text: str,
    data: object = None,
    model: str | Model | Drafter | None = None,
    *,
    url: str | None = None,
    limits: Limits = LIMITS,
    cancel: Cancel | None = None,
) -> Conversation:
    """A conversation about a strategy, begun with a request in plain words.

    data: what it is tried on, as `backtest` takes it; a sample where None.
    model: a name such as "anthropic:NAME" or "vllm:NAME", or an object with `reply` or `draft`; None: the model that
        STRATAGEM_MODEL names, else the translator, which needs no model. url: where the model's server is.
    limits, cancel: of the text and of each trial run.

    `.questions` are open and `.answer(…)` closes one; `.read_back`, `.changes`, `.probe` say what was understood and
    whether it trades; `.ask(…)` changes it, `.confirm()` is the yes without which `.save(path)` writes nothing.
    Raises AskError for no request, DraftingError where the model or its server fails.
    """
    own = drafter(model, url=url, environment=os.environ, cancel=cancel)
    conversation = Conversation(own, data=data, limits=limits, cancel=cancel)
    conversation.ask(text)
    return conversation
