"""What every test may use: the real data and reference values that lie beside a checkout, where they do."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers
from stratagem.lang.plan.model import Plan
from stratagem.runtime.machine import crossing

# The examples of a test are the same in every run: what passes here passes there. `make soak` looks further.
settings.register_profile("steady", derandomize=True)
settings.load_profile("steady")

# Hypothesis also draws numbers and texts that stand in the modules loaded so far: other examples for each choice and
# order of tests. And every module that is loaded between has all of them looked through again.
if hasattr(providers, "_get_local_constants"):
    NOT_FROM_MODULES = providers.Constants()
    providers._get_local_constants = lambda: NOT_FROM_MODULES

# Collecting makes very many objects and no garbage: looking for some takes a fifth of the time. What stands then is for
# good, so it is not looked through again and again while tests run.
gc.disable()

ROOT = Path(__file__).resolve().parents[1]


def pytest_collection_finish() -> None:
    gc.enable()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def loops() -> Iterator[None]:
    """Tests have few bars, whose series get no loop of their own; half of all programs have one here, as over many."""
    kept = crossing.apart

    def apart(plan: Plan, bars: int) -> bool:
        return kept(plan, bars) or crc32(plan.source_hash.encode()) + len(plan.ops) & 1 == 1

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(crossing, "apart", apart)
        yield


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
