"""The native driver of a portfolio's events: from the store, or made now, loaded and ready to be called."""

from __future__ import annotations

import ctypes
from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .emit_portfolio import ENTRY, emit_portfolio
from .identity import object_key
from .kernels import Parts, parts
from .load import load
from .shared_object import account as of_account
from .shared_object import trading
from .store import open_store

if TYPE_CHECKING:
    from ...lang.plan.model import Plan

PORTFOLIO = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_int64, ctypes.c_int64, ctypes.c_void_p)
"""`portfolio(first, stop, job)`: the events first … stop-1 of the job's stretch; the event reached."""


@lru_cache(maxsize=64)
def _loaded(found: Parts) -> Any:
    object_code, operators = found
    return load([object_code], ENTRY, PORTFOLIO, shared=trading(), operators=[of_account(), *operators])


def portfolio_kernel(plan: Plan, key: str, effort: str, account: Plan | None = None) -> Any:
    """The entry for this plan, and that of the account, known as `key`."""
    place = object_key(ENTRY, key, effort)
    return _loaded(parts(open_store(), place, lambda called: text(plan, called, account), effort, [ENTRY]))


def text(plan: Plan, called: Collection[str] = (), account: Plan | None = None) -> str:
    """The module. Which operators are called instead of inlined changes no line: their state stays where it lies."""
    return emit_portfolio(plan, account)
