"""Who writes for an entrant that is a model: what `strat ask --model` would ask, with the keys of the environment."""

from __future__ import annotations

import os

from ..assistant.drafters import drafter
from ..assistant.drafting import Drafter
from .declared import Entrant


def writer(entrant: Entrant) -> Drafter:
    """The drafter of a model. DraftingError where nothing is known of it, or its key is not there."""
    return drafter(entrant.model, url=entrant.url, environment=os.environ)
