"""The comparison with peers, without any of them: what is said of another result, and of a peer that is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks import peers
from tests.benchmarks.peers import ours, table

OURS = (13_858, 998_105.6761)


@pytest.mark.parametrize(
    ("trades", "equity", "told"),
    [
        (*OURS, "the same trades, the same equity"),
        (13_858, None, "the same trades"),
        (13_859, None, "13,859 trades, ours 13,858"),
        (13_858, 998_105.5, "the same trades, equity -0.1761"),
        (None, None, ""),
        (None, 998_105.6761, "the same equity"),
    ],
)
def test_a_difference_is_told(
    trades: int | None, equity: float | None, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ours, "outcome", lambda work, count: OURS)
    assert peers._difference("W1", 1_000_000, {"trades": trades, "equity": equity}) == told


def test_a_ratio_is_to_ours_in_the_same_run() -> None:
    answer = {"engine": "peer 1.0", "trades": None, "equity": None, "value": 30.0, "tail": 80.0, "unit": "us"}
    before = ours.Time(8.0, 30.0)
    rows = list(peers._figures("push", 60_000, answer, before.mean(ours.Time(12.0, 50.0))))
    assert [(row.reference, row.ratio) for row in rows] == [(10.0, 3.0), (40.0, 2.0)]


def test_a_peer_that_is_not_there_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(command: list[str], limit: int) -> str:
        raise peers.Absent("no such package")

    monkeypatch.setattr(peers, "FOLDER", tmp_path)
    monkeypatch.setattr(peers, "_do", refused)
    monkeypatch.setenv("PEERS", "talipp")
    assert list(peers.measure(1)) == []
    assert "talipp left out: no such package" in capsys.readouterr().out


def test_a_name_that_is_no_peer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEERS", "talip")
    with pytest.raises(SystemExit, match=r"expected names among vectorbt, .*, found talip"):
        list(peers.measure(1))


def test_every_peer_has_a_script_for_each_of_its_works() -> None:
    for peer in table.PEERS:
        text = (Path(peers.__file__).parent / f"{peer.name}_peer.py").read_text(encoding="utf-8")
        assert all(f'"{work}": ' in text for work in peer.works), peer.name
