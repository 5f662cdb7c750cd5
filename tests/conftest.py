"""What every test may use: the real data and reference values that lie beside a checkout, where they do."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest
from hypothesis import settings

# The examples of a test are the same in every run: what passes here passes there. `make soak` looks further.
settings.register_profile("steady", derandomize=True)
settings.load_profile("steady")

# Collecting makes very many objects and no garbage: looking for some takes a fifth of the time. What stands then is for
# good, so it is not looked through again and again while tests run.
gc.disable()

ROOT = Path(__file__).resolve().parents[1]


def pytest_collection_finish() -> None:
    gc.enable()
    gc.freeze()


def shared_folder() -> Path | None:
    """The folder with `data/` and `golden/`, or None: `STRATAGEM_SHARED`, else `shared` beside the checkout."""
    named = os.environ.get("STRATAGEM_SHARED")
    folder = Path(named) if named else ROOT.parent / "shared"
    return folder if (folder / "data").is_dir() and (folder / "golden").is_dir() else None


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real market data (`data/`) and reference values (`golden/`): absent they skip a test, and fail it in CI."""
    folder = shared_folder()
    if folder is not None:
        return folder
    absent = "real data and reference values are absent: STRATAGEM_SHARED names the folder of data/ and golden/"
    if os.environ.get("CI"):
        pytest.fail(f"{absent}; CI must have them", pytrace=False)
    pytest.skip(absent)
