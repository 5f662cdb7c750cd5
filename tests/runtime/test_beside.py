"""Work beside other work: it goes on at once where it is much, and gives what it would have given in turn."""

from __future__ import annotations

import threading

import pytest
from stratagem.runtime import beside as module
from stratagem.runtime.beside import ENOUGH, beside


def test_much_work_is_begun_at_once_on_another_thread() -> None:
    begun, go_on = threading.Event(), threading.Event()

    def work() -> str:
        begun.set()
        assert go_on.wait(30)
        return threading.current_thread().name

    wait = beside(work, ENOUGH)
    assert begun.wait(30), "it is begun before anybody asks for its result"
    go_on.set()
    assert wait() != threading.current_thread().name


def test_little_work_is_done_when_it_is_asked_for() -> None:
    done: list[str] = []
    wait = beside(lambda: done.append(threading.current_thread().name), ENOUGH - 1)
    assert done == []
    wait()
    assert done == [threading.current_thread().name]


@pytest.mark.parametrize("values", [0, ENOUGH])
def test_an_error_comes_where_the_result_is_asked_for(values: int) -> None:
    wait = beside(lambda: 1 // 0, values)
    with pytest.raises(ZeroDivisionError):
        wait()


def test_where_no_thread_can_begin_it_is_done_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    import concurrent.futures

    def refuses(*given: object) -> None:
        raise RuntimeError("cannot schedule new futures after interpreter shutdown")

    monkeypatch.setattr(concurrent.futures.ThreadPoolExecutor, "submit", refuses)
    assert beside(lambda: 7, ENOUGH)() == 7


@pytest.mark.parametrize(
    ("count", "waiting", "told"), [(1, 0.0, False), (2, 1.2, True), (2, 2.6, False), (8, 3.0, True)]
)
def test_a_processor_is_spare_where_no_more_wait_than_there_are(
    count: int, waiting: float, told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "processors", lambda: count)
    monkeypatch.setattr(module.os, "getloadavg", lambda: (waiting, 0.0, 0.0))
    assert module.spare() is told
