"""`strat fmt FILE…`: files in the one layout, or what of them is not in it."""

from __future__ import annotations

import argparse
import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...lang.diagnostics.brief import printable
from ...lang.diagnostics.model import Diagnostic
from ...lang.diagnostics.render import to_json
from ..terminal.console import INPUT, OutsideError, UsageError, print_json, read_source, say, show_diagnostics
from .fixing import difference, rewrite

EXAMPLE = "strat fmt strategies/ --check"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help=".strat files, folders of them, or - for a pipe")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a file is laid out otherwise")
    parser.add_argument("--diff", action="store_true", help="show what would change, and write nothing")
    parser.add_argument("--json", action="store_true", help="one document: {files: [{file, changed, diagnostics}]}")


@dataclass(frozen=True, slots=True)
class _Laid:
    """A file, its bytes and those of its layout; what is wrong with a text that cannot be read."""

    path: str
    was: bytes
    text: bytes
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def changed(self) -> bool:
        return self.text != self.was


def run(arguments: argparse.Namespace) -> int:
    only_look = arguments.check or arguments.diff
    done: list[_Laid] = []
    unread: list[str] = []
    for path in _files(arguments.files):
        try:
            laid = _laid(path)
            if path != "-" and not only_look and laid.changed:
                rewrite(path, laid.was, laid.text, way_on="`strat fmt --diff` shows what would change")
        except OutsideError as error:  # the other files are laid out all the same
            unread.append(str(error))
            continue
        done.append(laid)
        if not arguments.json:
            _tell(laid, arguments)
    documents = [_document(laid) for laid in done]
    if unread:
        raise OutsideError("; ".join(unread), [found for each in documents for found in each["diagnostics"]])
    if arguments.json:
        print_json({"files": documents})
    failed = any(laid.diagnostics for laid in done)
    return INPUT if failed or (arguments.check and any(laid.changed for laid in done)) else 0


def _files(given: list[str]) -> Iterator[str]:
    """The files that were named, and those of the folders that were."""
    for path in dict.fromkeys(given):
        if not path or path == "-" or not os.path.isdir(path):
            yield path
            continue
        inside = sorted(str(each) for each in Path(path).rglob("*.strat") if each.is_file())
        if not inside:
            raise UsageError(f"there is no .strat file in {path}")
        yield from inside


def _laid(path: str) -> _Laid:
    from ...lang.format.format import formatted

    was = read_source(path)
    if path != "-" and not stat.S_ISREG(os.stat(path).st_mode):
        raise UsageError(f"{path} is no file that can be written; `-` lays out what comes by a pipe")
    found = formatted(was, path)
    return _Laid(path, was, was if found.diagnostics else found.text.encode("utf-8"), found.diagnostics)


def _tell(laid: _Laid, arguments: argparse.Namespace) -> None:
    """A pipe's layout on standard output, or the difference; for the rest, what was done, on standard error."""
    if laid.diagnostics:
        show_diagnostics(laid.diagnostics, {laid.path: laid.was.decode("utf-8", "replace")})
        say(f"strat: {printable(laid.path)}: left as it was: a text that cannot be read has no layout")
    elif arguments.diff:
        sys.stdout.write("".join(difference(laid.path, laid.was.decode(), laid.text.decode(), "laid out")))
    elif laid.path == "-" and not arguments.check:
        sys.stdout.write(laid.text.decode())
    elif laid.changed:
        say(f"strat: {printable(laid.path)}: {'would be laid out' if arguments.check else 'laid out'}")


def _document(laid: _Laid) -> dict[str, Any]:
    sources = {laid.path: laid.was.decode("utf-8", "replace")}
    told = [to_json(found, sources) for found in laid.diagnostics]
    return {"file": laid.path, "changed": laid.changed, "diagnostics": told}
