"""Long work: one after another, off the window's thread, with progress, cancel, and errors told in words."""

import threading
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from station_app.support.faults import Cancelled, StationFault
from station_app.ui.jobs import JobRunner, Progress
from station_app.ui.messages import RecordedMessages

Stop = Callable[[], bool]


@pytest.fixture
def jobs(qtbot: QtBot, messages: RecordedMessages) -> Iterator[JobRunner]:
    """Return a runner whose thread is joined at the end."""
    runner = JobRunner(messages)
    yield runner
    runner.stop()


def test_the_work_runs_elsewhere_and_its_result_comes_home(qtbot: QtBot, jobs: JobRunner) -> None:
    threads: list[threading.Thread] = []
    results: list[object] = []

    def work(_progress: Progress, _cancelled: Stop) -> int:
        threads.append(threading.current_thread())
        return 42

    def done(result: object) -> None:
        results.append(result)
        threads.append(threading.current_thread())

    jobs.run("导出台账", work, done)
    qtbot.waitUntil(lambda: bool(results))
    assert results == [42]
    assert threads[0] is not threads[1] is threading.main_thread()
    assert not jobs.busy


def test_jobs_run_one_after_another(qtbot: QtBot, jobs: JobRunner) -> None:
    order: list[str] = []

    def job(name: str) -> Callable[[Progress, Stop], None]:
        def work(_progress: Progress, _cancelled: Stop) -> None:
            order.extend([f"{name} begins", f"{name} ends"])

        return work

    jobs.run("一", job("a"), lambda _result: None)
    jobs.run("二", job("b"), lambda _result: None)
    qtbot.waitUntil(lambda: not jobs.busy)
    assert order == ["a begins", "a ends", "b begins", "b ends"]


def test_progress_shows_only_when_it_takes_long(qtbot: QtBot, jobs: JobRunner) -> None:
    shown: list[tuple[str, float, str]] = []
    jobs.progressed.connect(lambda title, part, word: shown.append((title, part, word)))
    jobs.run("快", lambda _progress, _cancelled: None, lambda _result: None)
    qtbot.waitUntil(lambda: not jobs.busy)
    assert shown == []
    go_on = threading.Event()

    def slow(progress: Progress, _cancelled: Stop) -> None:
        progress(0.5, "第 3 页")
        go_on.wait(10)

    jobs.run("月报", slow, lambda _result: None)
    qtbot.waitUntil(lambda: bool(shown), timeout=3000)
    go_on.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert shown[0] == ("月报", 0.5, "第 3 页")


def test_cancel_ends_the_work_and_says_so(qtbot: QtBot, jobs: JobRunner, messages: RecordedMessages) -> None:
    started = threading.Event()

    def work(_progress: Progress, cancelled: Stop) -> None:
        started.set()
        while not cancelled():
            threading.Event().wait(0.005)
        raise Cancelled

    with qtbot.waitSignal(jobs.cancelled) as heard:
        jobs.run("月报", work, lambda _result: pytest.fail("cancelled work has no result"))
        started.wait(5)
        jobs.cancel()
    assert heard.args == ["月报"]
    assert messages.said == []


def test_a_fault_is_told_and_a_bug_is_told_as_one(qtbot: QtBot, jobs: JobRunner, messages: RecordedMessages) -> None:
    def full(_progress: Progress, _cancelled: Stop) -> None:
        raise StationFault("磁盘已满。")

    def broken(_progress: Progress, _cancelled: Stop) -> None:
        raise ZeroDivisionError

    jobs.run("导出", full, lambda _result: None)
    jobs.run("导出", broken, lambda _result: None)
    qtbot.waitUntil(lambda: not jobs.busy)
    assert [fault.what for fault in messages.faults] == ["磁盘已满。"]
    assert isinstance(messages.bugs[0], ZeroDivisionError)


def test_a_page_may_deal_with_an_error_itself(qtbot: QtBot, jobs: JobRunner, messages: RecordedMessages) -> None:
    met: list[BaseException] = []

    def full(_progress: Progress, _cancelled: Stop) -> None:
        raise StationFault("磁盘已满。")

    def deal(error: BaseException) -> bool:
        met.append(error)
        return True

    jobs.run("导出", full, lambda _result: None, deal)
    qtbot.waitUntil(lambda: not jobs.busy)
    assert len(met) == 1
    assert messages.said == []
