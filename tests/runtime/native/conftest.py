"""A library of the tests' own steps over a store that is thrown away."""

from __future__ import annotations

from pathlib import Path

import pytest
from stratagem.runtime.native.library import Library
from stratagem.runtime.native.store import Store

from . import steps


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(Path(tmp_path_factory.mktemp("store")))


@pytest.fixture(scope="session")
def library(store: Store) -> Library:
    return Library(store, steps.function)  # type: ignore[arg-type]
