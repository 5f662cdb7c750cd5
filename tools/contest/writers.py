"""Who writes for an entrant that is a model."""

from __future__ import annotations

from ..assistant.drafting import Drafter, DraftingError
from .declared import Entrant


def writer(entrant: Entrant) -> Drafter:
    """The drafter of a model. DraftingError where its server cannot be asked."""
    raise DraftingError(f"{entrant.model} cannot be asked")
