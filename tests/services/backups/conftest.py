"""A small register on a clock that a test moves on, and a stick."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from station_app.domain.station import StationProfile, Village
from station_app.station import Desks
from tests.wall import Wall

PROFILE = StationProfile("禾溪镇人大代表联络站")


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "站" / "禾溪.station"


@pytest.fixture
def desks(path: Path, wall: Wall) -> Iterator[Desks]:
    path.parent.mkdir()
    made = Desks.create(path, wall.clock(), PROFILE, "肖敏")
    made.settings.save_village(Village(0, "", "上坪村", "上坪"))
    yield made
    made.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "U盘"
    made.mkdir()
    return made
