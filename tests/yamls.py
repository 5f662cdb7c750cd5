"""Reading the tables of tests, with the reader in C where there is one: they are long, and read while collecting."""

from __future__ import annotations

from typing import Any

import yaml

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str) -> Any:
    """What a text of YAML says, as `yaml.safe_load` gives it."""
    return yaml.load(text, Loader=LOADER)
