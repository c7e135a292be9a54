"""Portraits: cut to 5:7, one step each, undone by undo; without the attachments file everything else works."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from station_app.domain.attachment import Owner
from station_app.domain.problems import InvalidInput
from station_app.services.attachments_desk import Pasted
from station_app.services.portraits import HEIGHT, Crop, photo_to_cut
from station_app.station import Desks
from station_app.storage.attachment_store import store_path
from tests.ui.small_station import small_station

WHOLE = Crop(0.0, 0.0, 1.0, 1.0)


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    made = small_station(tmp_path / "禾溪.station")
    yield made
    made.close()


def photo(width: int = 1000, height: int = 1400, *, turned: bool = False) -> bytes:
    """Return a photo, its left half red, its right half blue; ``turned``: as a camera held upright writes it."""
    picture = Image.new("RGB", (width, height), "red")
    picture.paste("blue", (width // 2, 0, width, height))
    written = BytesIO()
    if turned:
        exif = Image.Exif()
        exif[0x0112] = 6
        picture.rotate(90, expand=True).save(written, "JPEG", exif=exif)
    else:
        picture.save(written, "JPEG")
    return written.getvalue()


def kept(desks: Desks, deputy_id: int) -> Image.Image:
    content = desks.portraits.picture(deputy_id)
    assert content is not None
    return Image.open(BytesIO(content))


def test_a_portrait_is_cut_kept_and_named_by_the_entry(desks: Desks) -> None:
    done = desks.portraits.save(1, photo(2000, 1400), Crop(0.5, 0.0, 0.5, 1.0))
    deputy = desks.roster.deputy(1)
    [attached] = desks.attachments.of(Owner.DEPUTY, 1)
    assert deputy.photo_id == attached.id
    picture = kept(desks, 1)
    assert picture.height == HEIGHT
    red, _green, blue = picture.convert("RGB").getpixel((picture.width // 2, 5))  # type: ignore[misc]  # three of RGB
    assert blue > 200 > red  # only the right half
    assert len(desks.portraits.thumbnails([attached.id])) == 1
    assert done.step_id == desks.housekeeping.undoable()[0].id
    desks.housekeeping.undo()
    assert desks.roster.deputy(1).photo_id is None
    assert desks.attachments.of(Owner.DEPUTY, 1) == []


def test_another_portrait_takes_the_place_of_the_first_in_one_step(desks: Desks) -> None:
    desks.portraits.save(1, photo(), WHOLE)
    first = desks.roster.deputy(1).photo_id
    desks.portraits.save(1, photo(500, 700), WHOLE)
    assert [one.id for one in desks.attachments.of(Owner.DEPUTY, 1)] == [desks.roster.deputy(1).photo_id]
    desks.housekeeping.undo()
    assert desks.roster.deputy(1).photo_id == first
    assert [one.id for one in desks.attachments.of(Owner.DEPUTY, 1)] == [first]
    desks.portraits.remove(1)
    assert desks.portraits.picture(1) is None
    desks.housekeeping.undo()
    assert desks.roster.deputy(1).photo_id == first


def test_a_photo_is_turned_upright_before_it_is_cut(desks: Desks) -> None:
    shown = photo_to_cut(Pasted("a.jpg", photo(turned=True)))
    assert Image.open(BytesIO(shown)).size == (1000, 1400)
    desks.portraits.save(1, shown, WHOLE)
    assert kept(desks, 1).size == (600, 840)


@pytest.mark.parametrize("name", ["名册.pdf", "坏.jpg", "没有.jpg"])
def test_what_is_no_photo_is_refused_at_the_field(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if not name.startswith("没有"):
        path.write_bytes(b"%PDF-1.7 broken")
    with pytest.raises(InvalidInput) as refused:
        photo_to_cut(path)
    assert [one.field for one in refused.value.problems] == ["photo"]


def test_without_the_attachments_file_there_are_no_portraits_and_all_else_works(desks: Desks) -> None:
    desks.portraits.save(1, photo(), WHOLE)
    store_path(desks.path).unlink()
    photo_id = desks.roster.deputy(1).photo_id
    assert photo_id is not None
    assert desks.portraits.thumbnails([photo_id]) == {}
    assert desks.portraits.picture(1) is None
    assert desks.roster.lines()
    desks.portraits.save(2, photo(), WHOLE)
    assert kept(desks, 2).size == (600, 840)
