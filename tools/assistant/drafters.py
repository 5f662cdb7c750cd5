"""Who drafts: the model that was named, or without one the translator, which needs neither a network nor a key."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ...runtime.limits import Cancel
from .by_rules import ByRules
from .drafting import Drafter
from .models.choose import MODEL, model
from .models.model import Model, OnText
from .models.recorded import Recording

TRANSLATOR = "translator"


def drafter(
    named: str | Model | Drafter | None, *, url: str | None = None, environment: Mapping[str, str],
    cancel: Cancel | None = None, on_text: OnText | None = None, record: Path | None = None,
) -> Drafter:  # fmt: skip
    """The drafter that is meant. named: a name as `--model` takes it, a `Model`, a `Drafter`; None: the model of the
    environment where it names one, else the translator. "translator": that one, whatever the environment names.

    record: the file to which every answer of a model is added. DraftingError where nothing is known of it.
    """
    from .model_drafter import ModelDrafter

    if named is None:
        named = environment.get(MODEL, "").strip() or TRANSLATOR
    if named == TRANSLATOR:
        return ByRules()
    if isinstance(named, str):
        named = model(named, url=url, environment=environment, cancel=cancel)
        return ModelDrafter(Recording(named, record) if record else named, on_text=on_text)
    return ModelDrafter(named, on_text=on_text) if _is_model(named) else named  # type: ignore[arg-type, return-value]


def _is_model(named: object) -> bool:
    return hasattr(named, "reply")

