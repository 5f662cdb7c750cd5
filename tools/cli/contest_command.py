"""`strat contest FILE`: strategies of files and models, judged on bars that none was shown; a leaderboard of them."""

from __future__ import annotations

import argparse
import shlex
import time
from pathlib import Path
from typing import TYPE_CHECKING

from ..terminal.arguments import place
from ..terminal.console import InputError, OutsideError, UsageError, print_json, say, show

if TYPE_CHECKING:
    from ..contest.declared import Contest

EXAMPLE = "strat contest contest.yaml --out build/contest"
_DURATIONS = {"m": 60, "h": 3600, "d": 86_400}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=place, metavar="FILE", help="the YAML file of a contest")
    parser.add_argument("--out", type=place, metavar="DIR", help="where it is kept: contest.duckdb, board.html")
    parser.add_argument("--board", action="store_true", help="show the board, and play nothing")
    parser.add_argument("--every", metavar="T", help="play a round, and another each 6h (m, h, d), until it is stopped")
    parser.add_argument("--cron", metavar="T", help="print the line of a crontab that plays a round each 6h")
    parser.add_argument("--json", action="store_true", help="one JSON document: the board")


def run(arguments: argparse.Namespace) -> int:
    from ..contest.declared import ContestError, read_contest
    from ..contest.store import StoreError

    out = Path(arguments.out or Path(arguments.file).with_suffix(""))
    _check_together(arguments)
    pause = _seconds("--every", arguments.every) if arguments.every else 0
    try:
        contest, folder = read_contest(Path(arguments.file))
        if arguments.cron:
            show([_cron(arguments.file, out, _seconds("--cron", arguments.cron))])
            return 0
        while True:
            _play(contest, folder, out, arguments)
            if not pause:
                return 0
            say(f"the next round is in {arguments.every}")
            time.sleep(pause)
    except ContestError as error:
        raise InputError(str(error)) from None
    except StoreError as error:
        raise OutsideError(str(error)) from None


def _check_together(arguments: argparse.Namespace) -> None:
    """UsageError for two options of which one would be passed over."""
    if arguments.every and arguments.json:
        raise UsageError("--json prints one document, and --every plays round after round: give one of them")
    once = [f"--{name}" for name in ("board", "cron", "every") if getattr(arguments, name)]
    if len(once) > 1:
        raise UsageError(f"{' and '.join(once)} are different things to do: give one of them")
    if arguments.cron and arguments.json:
        raise UsageError("--cron prints a line of a crontab, which is no document: leave --json out")


def _play(contest: Contest, folder: Path, out: Path, arguments: argparse.Namespace) -> None:
    from ...runtime.results.folder import write_file
    from ..contest import board
    from ..contest.rounds import play
    from ..contest.store import opened
    from ..contest.writers import writer

    with opened(out / "contest.duckdb", contest.key) as store:
        if not arguments.board:
            play(contest, folder, store, writer, say)
        places, round = board.board(contest, store), store.last_round()
    if not arguments.board:
        write_file(out / "board.html", lambda file: file.write(board.page(contest, places, round).encode()))
    if arguments.json:
        print_json(board.document(contest, places, round))
    else:
        show(board.text_board(contest, places))


def _seconds(option: str, given: str) -> int:
    """A duration: `30m`, `6h`, `1d`."""
    number, unit = given[:-1], given[-1:]
    if unit not in _DURATIONS or not number.isdecimal() or not 0 < int(number) <= 366:
        raise UsageError(f"{option} takes a duration such as 30m, 6h or 1d, found {given[:40]!r}")
    return int(number) * _DURATIONS[unit]


def _cron(file: str, out: Path, seconds: int) -> str:
    """The line of a crontab; what cron cannot say evenly is refused."""
    command = f"cd {shlex.quote(str(Path.cwd()))} && strat contest {shlex.quote(file)} --out {shlex.quote(str(out))}"
    command, minutes = command.replace("%", r"\%"), seconds // 60  # a bare % ends the line
    if minutes < 60 and 60 % minutes == 0:
        return f"*/{minutes} * * * * {command}"
    if minutes % 60 == 0 and 24 % (minutes // 60) == 0 and minutes < 1440:
        return f"0 */{minutes // 60} * * * {command}"
    if minutes == 1440:
        return f"0 0 * * * {command}"
    raise UsageError("--cron: a crontab has no even steps of that length; 15m, 6h and 1d are some that it has")
