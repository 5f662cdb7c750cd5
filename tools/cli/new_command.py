"""`strat new [NAME]`: a strategy to begin with, with comments and a test."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..terminal.arguments import did_you_mean
from ..terminal.console import UsageError, aligned, check_out, print_json, show, write_text
from .templates import TEMPLATES

EXAMPLE = "strat new dips.strat --from dip"
_DESCRIPTION = """Write a strategy to begin with, which checks, passes its test and runs. Without a name the templates
are listed. A file that is there is left alone."""
_NEXT = "strat check {0}; strat test {0}; strat backtest {0} --data sample:AAPL"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.description = _DESCRIPTION
    parser.add_argument("name", nargs="?", metavar="NAME", help="the file to write; .strat is added; - prints it")
    parser.add_argument("--from", dest="template", metavar="TEMPLATE", help="what to begin with (cross)")
    parser.add_argument("--json", action="store_true", help="one JSON document: the templates, or the file written")


def run(arguments: argparse.Namespace) -> int:
    template = arguments.template or next(iter(TEMPLATES))
    if template not in TEMPLATES:
        there = f"they are {', '.join(TEMPLATES)}"
        raise UsageError(f"there is no template `{template}`{did_you_mean(template, TEMPLATES)}; {there}")
    if arguments.name is None and arguments.json:
        print_json([{"name": name, "about": one.about} for name, one in TEMPLATES.items()])
        return 0
    if arguments.name is None:
        show(aligned([(name, one.about) for name, one in TEMPLATES.items()], words=2))
        show(["", "strat new NAME --from TEMPLATE writes one to NAME.strat"])
        return 0
    if arguments.name == "-":
        source = TEMPLATES[template].named(_title(template))
        print_json({"template": template, "source": source}) if arguments.json else show(source.splitlines())
        return 0
    path = _path(arguments.name)
    write_text(path, TEMPLATES[template].named(_title(path.stem)))
    if arguments.json:
        print_json({"template": template, "file": str(path)})
        return 0
    show([f"{path} is written; next:", *(f"  {line}" for line in _NEXT.format(path).split("; "))])
    return 0


def _path(name: str) -> Path:
    """Where the strategy is written; UsageError where something is there, or the name is none."""
    path = Path(name if name.endswith(".strat") else f"{name}.strat")
    if not path.stem.strip(". ") or name.endswith(("/", "\\")):
        raise UsageError(f"expected a name for the strategy, found {name!r}")
    if path.exists() or path.is_symlink():
        raise UsageError(f"{path} is there already, and is left alone: choose another name, or remove it first")
    check_out(str(path))
    return path


def _title(stem: str) -> str:
    """`golden_cross` as a title: `Golden cross`."""
    words = " ".join(stem.replace("_", " ").replace("-", " ").split())
    return words[:1].upper() + words[1:]
