"""The texts that entrants come with: a file, the files of a folder, or what a model writes, one try after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from stat import S_ISREG

from ..assistant.bounded import Bounded
from ..assistant.drafting import Draft, Drafter, DraftingError
from ..assistant.repair import repaired
from .declared import Entrant
from .store import Run, Try

MOST_FILES = 100
"""Tries of a folder: more of them in a round are refused."""
_MOST_BYTES = 2**20

DrafterOf = Callable[[Entrant], Drafter]
"""Who writes for an entrant that is a model. DraftingError where there is none."""


def count(entrant: Entrant, folder: Path) -> int:
    """How many tries an entrant has in a round."""
    if entrant.folder is not None:
        return min(len(_files(folder / entrant.folder)), MOST_FILES) or 1
    return entrant.tries if entrant.model is not None else 1


def attempt(
    entrant: Entrant, number: int, folder: Path, earlier: Sequence[Try], runs: Sequence[Run], drafter_of: DrafterOf
) -> Try:  # fmt: skip
    """The text of a try; never raises for what an entrant does: `told` says why there is none.

    earlier, runs: the entrant's tries before it in this round, and what came of them on the practice bars.
    """
    try:
        if entrant.file is not None:
            text = _read(folder / entrant.file)
        elif entrant.folder is not None:
            text = _of_folder(folder / entrant.folder, number)
        else:
            text = _drafted(entrant, folder, earlier, runs, drafter_of)
    except OSError as error:
        named = Path(error.filename).name if error.filename else entrant.file or entrant.folder
        return Try(number, "", "", f"{named}: {error.strerror or error}")
    except DraftingError as error:
        return Try(number, "", "", str(error))
    return Try(number, sha256(text.encode()).hexdigest(), text, "")


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.strat"))


def _of_folder(folder: Path, number: int) -> str:
    files = _files(folder)
    if len(files) > MOST_FILES:
        raise DraftingError(f"{folder.name} has {len(files):,} files; {MOST_FILES} are the most of a round")
    if number >= len(files):
        raise DraftingError(f"{folder.name} has no .strat file" if not files else "the file is gone")
    return _read(files[number])


def _read(path: Path) -> str:
    facts = path.stat()  # OSError where nothing is there
    content = b""
    if S_ISREG(facts.st_mode):  # a pipe would be waited for, and a device has no end
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)  # its size may be another a moment later
    if len(content) > _MOST_BYTES or not S_ISREG(facts.st_mode):
        raise DraftingError(f"{path.name} is no file of at most {_MOST_BYTES:,} bytes")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DraftingError(f"{path.name} is not UTF-8 text") from error


def _drafted(
    entrant: Entrant, folder: Path, earlier: Sequence[Try], runs: Sequence[Run], drafter_of: DrafterOf
) -> str:
    """What a model writes: first for its request, then for what came of its last try."""
    drafter = Bounded(drafter_of(entrant))
    last = next((each for each in reversed(earlier) if each.text), None)
    if last is None:
        words = _read(folder / (entrant.request or ""))
        draft = drafter.draft(words)
    else:
        words = _came_of(last, runs)
        draft = drafter.draft(words, earlier=Draft(last.text))
    if not draft.text.strip():
        raise DraftingError(draft.refusals[0] if draft.refusals else "the model wrote nothing")
    return repaired(drafter, words, draft).draft.text


def _came_of(last: Try, runs: Sequence[Run]) -> str:
    """What a model is told of its last try: figures of practice bars, never of those it is judged on."""
    told = [
        f"on {run.data}: {run.state}" if run.state != "ok" or run.value is None
        else f"on {run.data}: {run.value:.4g} in {run.trades} trades"
        for run in runs if run.number == last.number
    ]  # fmt: skip
    return f"It was tried on the practice bars, {'; '.join(told) or 'and nothing came of it'}. Write a better one."
