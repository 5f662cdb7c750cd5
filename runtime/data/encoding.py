"""The encoding of a text that is not UTF-8: the one in which its first lines spell most headers."""

from __future__ import annotations

import re

from .headers import field_of

UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_LINES = 5
_HEAD = 65_536
_OTHERS = ("cp1252", "cp1250", "cp1251", "cp1254", "gb18030", "big5", "shift_jis", "euc_kr")
"""What programs of a region write: western and central Europe, Cyrillic, Turkish, Chinese, Japanese, Korean."""


def in_utf8(content: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The text as UTF-8, without a mark at its begin, and a note if it was another encoding.

    Bytes that stay without a meaning become a sign that says so.
    """
    if content.startswith(UTF_16):
        return content.decode("utf-16", errors="replace").encode(), ()
    content = content.removeprefix(b"\xef\xbb\xbf")
    if content.isascii():
        return content, ()
    try:
        content.decode()
    except UnicodeDecodeError:
        name = max(("utf-8", *_OTHERS), key=lambda encoding: _spelled(content[:_HEAD], encoding))
        notes = () if name == "utf-8" else (f"the text is no UTF-8: its headers are words in {name}",)
        return content.decode(name, errors="replace").encode(), notes
    return content, ()


def _spelled(head: bytes, encoding: str) -> int:
    """How many cells of the first lines are words of headers."""
    lines = head.decode(encoding, errors="replace").splitlines()[:_LINES]
    return sum(bool(field_of(cell.strip(' "<>'))) for line in lines for cell in re.split("[,;\t|]", line[:2000]))
