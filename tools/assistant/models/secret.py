"""Keys: read from the environment, put into one header, and shown nowhere."""

from __future__ import annotations

from collections.abc import Mapping


class Secret:
    """A text that no `repr`, `str` or message shows."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return "Secret(…)"

    __str__ = __repr__

    def __bool__(self) -> bool:
        return bool(self._text)

    def __reduce__(self) -> str:
        raise TypeError("a key is not written anywhere")

    def reveal(self) -> str:
        """The text itself, for the header of a request and nothing else."""
        return self._text

    def removed_from(self, text: str) -> str:
        """A text of a server's with the key struck out, in case it sends back what it got."""
        return text.replace(self._text, "…") if self._text else text


def key_in(environment: Mapping[str, str], *names: str) -> Secret:
    """The first of these variables that is set; an empty key where none is."""
    return Secret(next((found for name in names if (found := environment.get(name, "").strip())), ""))
