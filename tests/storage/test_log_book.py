"""Reading the log: filters, pages, what belongs to a record, and that a long log stays quick."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from station_app.domain.log_line import LogFilter
from station_app.domain.record_words import TABLE_TITLES
from station_app.station import Desks
from station_app.storage.log_book import LogBook
from station_app.storage.station_file import StationFile
from station_app.support.clock import fixed_clock
from tests.ui.small_station import small_station

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    """Return the desks of an invented station."""
    made = small_station(Path(tmp_path_factory.mktemp("log")) / "一.station", TODAY)
    yield made
    made.close()


@pytest.fixture(scope="module")
def file(desks: Desks) -> Iterator[StationFile]:
    """Return the same station read a second time."""
    made = StationFile.open(desks.path, fixed_clock(TODAY), "肖敏", read_only=True)
    yield made
    made.close()


@pytest.fixture
def book(file: StationFile) -> LogBook:
    """Return the log of the invented station."""
    return LogBook(file)


def test_steps_come_newest_first_in_pages_without_gap_or_repetition(book: LogBook) -> None:
    whole = [step.id for step in book.steps(LogFilter(), 1000)]
    assert whole == sorted(whole, reverse=True)
    assert len(whole) == book.count(LogFilter()) > 20
    paged: list[int] = []
    while more := book.steps(LogFilter(), 7, paged[-1] if paged else None):
        paged += [step.id for step in more]
    assert paged == whole


def test_steps_are_found_by_period_operator_kind_and_text(book: LogBook) -> None:
    everything = book.count(LogFilter())
    assert book.count(LogFilter(period="2026-11-22")) == book.count(LogFilter(period="2026")) == everything
    assert book.count(LogFilter(period="2025")) == 0
    assert book.count(LogFilter(operator=book.operators()[0])) == everything
    assert book.count(LogFilter(operator="别人")) == 0
    visits = book.steps(LogFilter(kinds=("visits",)), 100)
    assert visits
    assert all("来访" in step.label for step in visits)
    assert book.count(LogFilter(typed="登记来访")) == len(visits)
    assert book.count(LogFilter(typed="%")) == 0


def test_typing_a_name_or_number_finds_the_steps_that_touched_the_record(book: LogBook, file: StationFile) -> None:
    assert [step.label for step in book.steps(LogFilter(typed="阿依古丽"), 10)]
    number = str(file.value("SELECT number FROM opinions ORDER BY id LIMIT 1"))
    labels = [step.label for step in book.steps(LogFilter(typed=number), 10)]
    assert any(label.startswith("登记来访") for label in labels)
    assert any(number in label for label in labels)


def test_the_history_of_a_record_holds_what_belongs_to_it_and_nothing_else(book: LogBook, file: StationFile) -> None:
    opinion_id, uid = file.tuples("SELECT id, uid FROM opinions ORDER BY id LIMIT 1")[0]
    steps = [step.id for step in book.steps(LogFilter(record=("opinions", uid)), 100)]
    changes = list(book.changes(steps, ("opinions", uid)))
    assert {change.table for change in changes} == {"opinions", "events"}
    told = {change.uid for change in changes if change.table == "events"}
    assert told == {row[0] for row in file.tuples("SELECT uid FROM events WHERE opinion_id = ?", [opinion_id])}
    assert {change.step_id for change in changes} == set(steps)


def test_what_belongs_to_a_record_leads_to_it(book: LogBook, file: StationFile) -> None:
    event, opinion, number = file.tuples(
        "SELECT e.uid, o.uid, o.number FROM events e JOIN opinions o ON o.id = e.opinion_id LIMIT 1"
    )[0]
    assert book.owner(("events", event)) == ("opinions", opinion)
    assert book.owner(("opinions", opinion)) == ("opinions", opinion)
    assert book.labels("events", [event]) == {event: number}


def test_every_kind_of_record_can_be_asked_for(book: LogBook) -> None:
    for table in TABLE_TITLES:
        assert book.labels(table, ["-"]) == {}
        assert book.names(table, [0]) == {}
        assert book.owner((table, "-")) == (table, "-")
        assert book.count(LogFilter(record=(table, "-"))) == 0
    with pytest.raises(KeyError):
        book.count(LogFilter(record=("sqlite_master", "-")))


def test_a_read_step_tells_what_took_it_back(tmp_path: Path) -> None:
    desks = small_station(tmp_path / "二.station", TODAY)
    case = desks.opinions.cases()[0]
    desks.opinions.correct_words(case.id, "桥头护栏", case.category, case.village, urgent=case.urgent)
    desks.housekeeping.undo()
    undo, undone, *_ = desks.log.steps(LogFilter())
    assert (undo.undoes, undone.undone_by) == (undone.id, undo.id)
    assert (undo.standing, undone.standing) == ("撤销", "已撤销")
    desks.close()
