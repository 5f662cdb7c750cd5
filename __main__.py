"""`python -m stratagem` is `strat`."""

from __future__ import annotations

from .tools.cli import command

if __name__ == "__main__":
    command()
