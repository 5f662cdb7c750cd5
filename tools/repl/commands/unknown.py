"""A command that there is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....lang.diagnostics.suggest import nearest
from ..reply import Reply, failed
from .table import commands

if TYPE_CHECKING:
    from ..session import Session


def answer(session: Session, name: str) -> Reply:
    """The nearest there is."""
    near = nearest(name, commands())
    return failed(f"there is no command `.{name}`{f': did you mean `.{near}`?' if near else ''}; `.help` lists them")
