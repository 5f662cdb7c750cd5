"""`strat ask "…"`: from plain words to a strategy that was read back, tried and agreed to."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ...lang.diagnostics.brief import printable
from ..terminal.arguments import place
from ..terminal.ask_lines import save, show, tried
from ..terminal.console import (
    INPUT,
    InputError,
    OutsideError,
    UsageError,
    check_out,
    print_json,
    read_source,
    say,
    settings,
)
from ..terminal.progress import progress
from .ask_talk import talk

if TYPE_CHECKING:
    from ..assistant.conversation import Conversation
    from ..assistant.drafting import Drafter

EXAMPLE = 'strat ask "buy when the close crosses above the 50-bar average, sell below it" --data sample:AAPL'


def configure(parser: argparse.ArgumentParser) -> None:
    parser.description = "Make a strategy from plain words: a draft, read back, tried, and kept after your yes."
    what = "what the strategy should do, in your own words (- reads them), or FILE.strat, whose questions are asked"
    parser.add_argument("text", metavar="TEXT", help=what)
    what = "who drafts: openai:NAME, anthropic:NAME, vllm:NAME …, or translator, which needs no model (the default)"
    parser.add_argument("--model", metavar="NAME", help=what)
    parser.add_argument("--model-url", metavar="URL", help="where the model's server is, if not where its maker says")
    what = "add every answer of the model to a file, which --model replay:FILE gives again"
    parser.add_argument("--record", metavar="FILE", type=place, help=what)
    parser.add_argument("--data", metavar="SRC", type=place, help="what it is tried on (sample:AAPL)")
    what = "an answer: the number or the words of a question, and the value (repeatable)"
    parser.add_argument("--answer", action="append", default=[], metavar="QUESTION=VALUE", help=what)
    parser.add_argument("--then", action="append", default=[], metavar="TEXT", help="a change of it (repeatable)")
    parser.add_argument("--out", metavar="FILE", type=place, help="the file to write")
    parser.add_argument("--yes", action="store_true", help="you agree to what is read back: write it without asking")
    parser.add_argument("--json", action="store_true", help="one document, and no questions on the terminal")


def run(arguments: argparse.Namespace) -> int:
    from ..assistant.conversation import AskError
    from ..assistant.drafting import DraftingError
    from ..assistant.models.model import ModelChoiceError

    check_out(arguments.out)
    words = sys.stdin.read(100_000) if arguments.text == "-" else arguments.text
    try:
        return _asked(arguments, words)
    except ModelChoiceError as error:
        raise UsageError(str(error)) from None
    except DraftingError as error:
        raise OutsideError(str(error)) from None
    except AskError as error:
        raise InputError(str(error)) from None


def _asked(arguments: argparse.Namespace, words: str) -> int:
    from ..assistant.conversation import Conversation

    drafter = _drafter(arguments)
    conversation = Conversation(drafter, data=arguments.data)
    with progress():
        if is_file(words):
            conversation.take(read_source(words).decode("utf-8", "replace"))
        else:
            conversation.ask(words)
        _answers(conversation, settings(arguments.answer, "--answer QUESTION=VALUE"))
        for change in arguments.then:
            conversation.ask(change)
    talks = not arguments.json and not arguments.yes and sys.stdin.isatty() and sys.stderr.isatty()
    if talks and arguments.text != "-":
        return talk(conversation, drafter, arguments.out)
    return _told(conversation, drafter, arguments)


def is_file(text: str) -> bool:
    """Whether a text is the path of a program, and not words about one."""
    return text.endswith(".strat") and "\n" not in text and (" " not in text or os.path.isfile(text))


def _drafter(arguments: argparse.Namespace) -> Drafter:
    from ..assistant.drafters import drafter

    record = Path(arguments.record) if arguments.record else None
    return drafter(arguments.model, url=arguments.model_url, environment=os.environ, record=record)


def _answers(conversation: Conversation, given: dict[str, str]) -> None:
    """Those of the command line; by the numbers that the questions have at first."""
    from ...lang.analysis.holes import AnswerError

    asked = [each.question for each in conversation.questions]
    for question, written in given.items():
        if question.isdecimal() and not 1 <= int(question) <= len(asked):
            raise UsageError(f"--answer {question}=…: the questions are numbered 1 to {len(asked)}")
        try:
            conversation.answer(asked[int(question) - 1] if question.isdecimal() else question, written)
        except AnswerError as error:
            raise UsageError(f"--answer: {error}") from None


def _told(conversation: Conversation, drafter: Drafter, arguments: argparse.Namespace) -> int:
    """All that there is to say, and the file where it was agreed to beforehand."""
    written = bool(arguments.yes and arguments.out and conversation.ready)
    tried(conversation)
    if arguments.json:
        document = conversation.to_dict()
        usage = getattr(drafter, "usage", None)
        tokens = None if usage is None else {"read": usage.read, "written": usage.written, "cost": usage.cost}
        if written:
            save(conversation, arguments.out)
        file = conversation.file_text if conversation.ready else ""
        print_json({**document, "file_text": file, "written": arguments.out if written else None, "usage": tokens})
        return 0 if conversation.ready and (written or not arguments.out) else INPUT
    show(conversation, drafter)
    if not conversation.ready:
        return INPUT
    if arguments.out and not arguments.yes:
        say(f"strat: {printable(arguments.out)}: not written; if this is what you meant, run it again with --yes")
        return INPUT
    if arguments.out:
        save(conversation, arguments.out)
    else:
        sys.stdout.write(conversation.file_text)
    return 0
