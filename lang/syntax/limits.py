"""How long a text may be: a module of its own, because a host reads files before it needs a parser."""

from __future__ import annotations

MAX_BYTES = 1 << 20
