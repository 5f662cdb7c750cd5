"""Contests: what is counted, what is judged, what a bad entrant costs, and that a killed one goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from stratagem.lang.diagnostics.model import Diagnostic
from stratagem.runtime.results.metrics.deflated import expected_best
from stratagem.tools.assistant.drafting import Draft, DraftingError
from stratagem.tools.contest import rounds
from stratagem.tools.contest.attempts import attempt
from stratagem.tools.contest.board import board, document, page, text_board
from stratagem.tools.contest.declared import Contest, ContestError, Entrant, read_contest
from stratagem.tools.contest.store import HELD_OUT, PRACTICE, Store, StoreError, opened
from stratagem.tools.contest.worker import ran

CROSS = "let a = sma(close, {})\nenter long when close > a\nexit long when close < a\n"
RULES = """
rules: {trades: 5, fee: 0.1%, seconds: 60}
data:
  apple: {source: "sample:AAPL", practice: {to: 2006}, held_out: {from: 2006, to: 2010}}
"""


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Runs are made in this process, which is quicker, but where it is the process that is tested."""
    if "ended" not in request.node.name:
        monkeypatch.setattr(rounds, "_worked", lambda job, seconds: ran(job))


def nobody(_: Entrant) -> Scripted:
    raise DraftingError("no model is known here")


class Scripted:
    """A drafter that says what it was told to, and remembers what it was asked."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts, self.asked = list(texts), list[tuple[str, str, int]]()

    def draft(
        self, request: str, *, earlier: Draft | None = None, diagnostics: Sequence[Diagnostic] = ()
    ) -> Draft:
        self.asked.append((request, earlier.text if earlier else "", len(diagnostics)))
        return Draft(self.texts.pop(0))


def contest(tmp_path: Path, entrants: str, rules: str = RULES, **files: str) -> tuple[Contest, Path]:
    """A contest in a folder with files of these names."""
    for name, text in files.items():
        path = tmp_path / name.replace("__", "/")
        path.parent.mkdir(exist_ok=True)
        path.with_suffix(".txt" if name == "request" else ".strat").write_text(text, encoding="utf-8")
    (tmp_path / "c.yaml").write_text(f"contest: C\n{rules}\nentrants:\n{entrants}", encoding="utf-8")
    return read_contest(tmp_path / "c.yaml")


def played(made: Contest, folder: Path, drafter: object = None) -> tuple[Store, list[object]]:
    with opened(folder / "out" / "contest.duckdb", made.key) as store:
        rounds.play(made, folder, store, (lambda _: drafter) if drafter else nobody, lambda _: None)  # type: ignore[arg-type,return-value]
        return store, list(board(made, store))


def test_the_best_on_practice_is_judged_on_what_nobody_saw(tmp_path: Path) -> None:
    made, folder = contest(
        tmp_path, "  many: {folder: tries}\n  one: {file: one.strat}\n", one=CROSS.format(20),
        tries__a=CROSS.format(10), tries__b=CROSS.format(50), tries__c=CROSS.format(50),
    )  # fmt: skip
    with opened(folder / "out" / "contest.duckdb", made.key) as store:
        assert rounds.play(made, folder, store, nobody, lambda _: None) == 1
        practice = {run.number: run for run in store.runs(1, "many", PRACTICE)}
        judged = store.runs(1, "many", HELD_OUT)
        best = max(practice.values(), key=lambda run: (run.value or 0.0, -run.number))
        assert [run.number for run in judged] == [best.number]
        assert practice[1].value == practice[2].value != practice[0].value
        assert store.count_tries("many") == 2 and len(store.tried("many", "apple")) == 2  # two texts are one
        places = {place.entrant: place for place in board(made, store)}

    import stratagem as sg

    program = sg.compile(tmp_path / "tries" / ("a.strat" if best.number == 0 else "b.strat"))
    own = program.backtest("sample:AAPL", from_="2006", to="2010", fee="0.1%", close_at_end=True)
    assert places["many"].score == own.stats["sharpe"] and places["many"].trades == own.stats["trades"]
    ratios = [practice[0].sharpe, practice[1].sharpe]
    assert places["many"].odds == own.metrics().deflated_sharpe(ratios)
    assert places["one"].odds == pytest.approx(
        program_of("one", tmp_path).metrics()["probabilistic_sharpe"]
    )
    assert expected_best(2, 1.0) > 0.0 and {p.rank for p in places.values()} == {1, 2}


def program_of(name: str, folder: Path) -> object:
    import stratagem as sg

    made = sg.compile(folder / f"{name}.strat")
    return made.backtest("sample:AAPL", from_="2006", to="2010", fee="0.1%", close_at_end=True)


def test_a_bad_entrant_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, folder = contest(
        tmp_path,
        "  broken: {file: broken.strat}\n  gone: {file: gone.strat}\n  good: {file: good.strat}\n"
        "  idle: {file: idle.strat}\n  empty: {folder: nothing}\n  other: {file: other.strat}\n"
        "  model: {model: m, request: request.txt}\n",
        broken="enter long when clse > 1", good=CROSS.format(20), request="buy dips",
        idle="enter long when close < 0\nexit long when true\n",
    )  # fmt: skip
    (folder / "other.strat").write_bytes(b"enter long when true\x97")
    _, found = played(made, folder)
    places = {place.entrant: place for place in found}  # type: ignore[attr-defined]
    assert places["good"].rank == 1 and places["good"].score is not None
    assert "does not compile" in places["broken"].told and "clse" in places["broken"].told
    assert places["gone"].told == "gone.strat: No such file or directory"
    assert places["other"].told == "other.strat is not UTF-8 text"
    assert "no .strat file" in places["empty"].told
    assert "no value" in places["idle"].told
    assert places["model"].told == "no model is known here"


def test_a_slow_or_mad_run_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    job = {"text": "plot close", "memory": 4000}
    assert rounds._worked(job, 0.01)["state"] == "too slow"
    assert rounds._worked({}, 30)["state"] == "broken"
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    assert "OPENAI_API_KEY" not in rounds._environment() and "PATH" in rounds._environment()


def test_a_model_is_told_of_practice_and_never_of_what_judges(tmp_path: Path) -> None:
    made, folder = contest(tmp_path, "  model: {model: m, request: request.txt, tries: 2}\n", request="buy dips")
    drafter = Scripted(["enter long when clse > 1", CROSS.format(20), CROSS.format(30)])
    _, (place,) = played(made, folder, drafter)
    (first, second, third) = drafter.asked
    assert first == ("buy dips", "", 0)
    assert second == ("buy dips", "enter long when clse > 1", 1)  # mended in the same try
    assert third[1] == CROSS.format(20).strip()
    assert "on the practice bars, on apple: " in third[0] and "trades" in third[0]
    assert place.tries == 2 and place.score is not None  # type: ignore[attr-defined]


def test_a_round_goes_on_where_it_was(tmp_path: Path) -> None:
    made, folder = contest(tmp_path, "  model: {model: m, request: request.txt, tries: 2}\n", request="buy dips")

    class Cut(Scripted):
        def draft(self, request: str, **rest: object) -> Draft:  # type: ignore[override]
            if not self.texts:
                raise KeyboardInterrupt
            return super().draft(request, **rest)  # type: ignore[arg-type]

    with pytest.raises(KeyboardInterrupt):
        played(made, folder, Cut([CROSS.format(20)]))
    drafter = Scripted([CROSS.format(30)])
    played(made, folder, drafter)
    assert len(drafter.asked) == 1
    with opened(folder / "out" / "contest.duckdb", made.key) as store:
        assert store.last_round() == 1 and len(store.tries(1, "model")) == 2
        assert store.round() == 2


def test_kill_and_go_on(tmp_path: Path) -> None:
    """A process that is killed in the middle leaves what it had; the next one ends the round."""
    contest(
        tmp_path, "  many: {folder: tries}\n", **{f"tries__t{n}": CROSS.format(10 + n) for n in range(3)}
    )  # fmt: skip
    command = [sys.executable, "-m", "stratagem", "contest", str(tmp_path / "c.yaml"), "--out", str(tmp_path / "out")]
    command.append("--json")
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    assert process.stderr is not None
    for line in process.stderr:
        if b"try 2" in line:
            break
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert found["round"] == 1 and found["entrants"][0]["tries"] == 3 and found["entrants"][0]["rank"] == 1
    assert (tmp_path / "out" / "board.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    again = subprocess.run([*command, "--board"], capture_output=True, text=True, check=True)
    assert json.loads(again.stdout) == found


def test_other_rules_are_another_contest(tmp_path: Path) -> None:
    made, folder = contest(tmp_path, "  one: {file: one.strat}\n", one=CROSS.format(20))
    played(made, folder)
    other, _ = contest(tmp_path, "  one: {file: one.strat}\n", RULES.replace("0.1%", "0.2%"))
    with pytest.raises(StoreError, match="other rules"), opened(folder / "out" / "contest.duckdb", other.key):
        pass
    (tmp_path / "bad.duckdb").write_bytes(b"no database at all" * 300)
    with pytest.raises(StoreError, match="cannot be opened"), opened(tmp_path / "bad.duckdb", made.key):
        pass


def test_boards_are_for_people_and_programs(tmp_path: Path) -> None:
    made, folder = contest(tmp_path, "  bad: {file: bad.strat}\n  one: {file: one.strat}\n", one=CROSS.format(20),
                           bad="let x = <script>")  # fmt: skip
    with opened(folder / "out" / "contest.duckdb", made.key) as store:
        rounds.play(made, folder, store, nobody, lambda _: None)
        places = board(made, store)
    assert [place.entrant for place in places] == ["one", "bad"]
    lines = text_board(made, places)
    assert lines[1].startswith("  1  one") and "does not compile" in lines[2]
    html = page(made, places, 1)
    assert "<script" not in html and "does not compile" in html and "let a = sma" in html
    assert json.loads(json.dumps(document(made, places, 1)))["entrants"][0]["rank"] == 1


@pytest.mark.parametrize(("change", "told"), [
    (("sharpe", "sharp"), "line 3: there is no metric sharp: did you mean sharpe"),
    (("fee: 1%", "fee: 1"), "line 4: "),
    (("file: a.strat", "fil: a.strat"), "line 9: "),
    (("file: a.strat", "file: a.strat, model: x"), "expected one of file, folder, model"),
    (("file: a.strat", "model: x"), "a model has a request"),
    (("held_out", "heldout"), "held_out is missing"),
    (("one:", "'a b':"), "is no name"),
    (("trades: 3", "trades: few"), "line 5: rules.trades"),
    (("data:", "- data:"), "c.yaml, line"),
])  # fmt: skip
def test_faults_are_told_at_their_line(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    text = (
        "contest: C\nrules:\n  metric: sharpe\n  fee: 1%\n  trades: 3\ndata:\n"
        "  a: {source: 'sample:AAPL', practice: {to: 2006}, held_out: {from: 2006}}\n"
        "entrants:\n  one: {file: a.strat}\n"
    )
    assert change[0] in text
    (tmp_path / "c.yaml").write_text(text.replace(*change), encoding="utf-8")
    with pytest.raises(ContestError) as caught:
        read_contest(tmp_path / "c.yaml")
    assert told in str(caught.value), str(caught.value)


def test_a_worker_says_what_is_wrong() -> None:
    job = {"text": "plot close", "name": "x", "data": "sample:NONE", "metric": "sharpe", "assumptions": {}, "tried": []}
    assert ran(job)["state"] == "does not run"
    assert ran({**job, "text": "let"})["state"] == "does not compile"


def test_cron(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    from stratagem.tools.cli.entry import run

    contest(tmp_path, "  one: {file: one.strat}\n", one="")
    for every, line in (("6h", "0 */6 * * * cd "), ("15m", "*/15 * * * * cd "), ("1d", "0 0 * * * cd ")):
        assert run(["contest", str(tmp_path / "c.yaml"), "--cron", every]) == 0
        assert capfd.readouterr().out.startswith(line)
    for bad in ("7h", "x", "0h", "h", "-6h"):
        assert run(["contest", str(tmp_path / "c.yaml"), f"--cron={bad}"]) == 2
    assert run(["contest", str(tmp_path / "none.yaml")]) == 1
    began = time.monotonic()
    for both in (["--every", "6h", "--json"], ["--every", "6h", "--board"], ["--cron", "6h", "--board"],
                 ["--cron", "6h", "--json"]):  # fmt: skip
        assert run(["contest", str(tmp_path / "c.yaml"), *both]) == 2
    assert run(["contest", str(tmp_path / "c.yaml"), "--cron", "6h", "--out", "a%b"]) == 0
    assert "a\\%b" in capfd.readouterr().out  # to cron a bare % ends the line
    assert time.monotonic() - began < 5


def test_what_is_no_file_is_neither_waited_for_nor_read_without_end(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.strat")
    (tmp_path / "endless.strat").symlink_to("/dev/zero")
    (tmp_path / "folder.strat").mkdir()
    (tmp_path / "long.strat").write_bytes(b"#" * (2**20 + 1))
    for number, name in enumerate(("endless", "folder", "long", "pipe")):
        told = attempt(Entrant(folder="."), number, tmp_path, [], [], nobody)
        assert (told.text, told.told) == ("", f"{name}.strat is no file of at most 1,048,576 bytes")
