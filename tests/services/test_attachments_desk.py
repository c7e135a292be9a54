"""The desk for attachments: several files in one step, undone as one, refused in words, handed out and cleared away."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from station_app.domain.attachment import Attachment, AttachmentLimits, Owner
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.operators import Role
from station_app.domain.problems import InvalidInput
from station_app.domain.reception import OpinionDraft, Receiver, VisitDraft
from station_app.services.attachments_desk import AttachmentsDesk, Packed, Pasted
from station_app.services.opinion_desk import DeputyOpinionDraft
from station_app.station import Desks
from station_app.storage.attachment_store import store_path
from station_app.support.faults import Cancelled, NotAllowed, StationFault
from station_app.support.private_folder import PrivateFolder
from tests.whole_visitor import VISITOR


@pytest.fixture
def case_id(desks: Desks) -> int:
    """Return an opinion."""
    draft = DeputyOpinionDraft("2026-11-24", 1, "村口桥头的护栏坏了好几年。")
    return desks.opinions.register_deputy_opinion(draft).value


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Return a large photo, a letter and a note."""
    photo, letter, note = tmp_path / "桥头.png", tmp_path / "答复函.pdf", tmp_path / "说明.txt"
    Image.effect_noise((2400, 1200), 30).convert("RGB").save(photo)
    letter.write_bytes(b"%PDF-1.7 not really")
    note.write_text("已清淤", encoding="utf-8")
    return [photo, letter, note]


def of(desks: Desks, case_id: int) -> list[Attachment]:
    return desks.attachments.of(Owner.OPINION, case_id)


def test_several_files_are_attached_in_one_step_and_undone_as_one(
    desks: Desks, case_id: int, files: list[Path]
) -> None:
    done = desks.attachments.attach_files(Owner.OPINION, case_id, files)
    assert [one.name for one in of(desks, case_id)] == ["桥头.jpg", "答复函.pdf", "说明.txt"]
    assert done.label == "已添加 3 个附件"
    desks.housekeeping.undo()
    assert of(desks, case_id) == []
    again = desks.attachments.attach_files(Owner.OPINION, case_id, files[1:])
    assert again.step_id == done.step_id + 2


def test_photos_are_reduced_unless_the_original_is_wanted(desks: Desks, case_id: int, files: list[Path]) -> None:
    desk = desks.attachments
    desk.attach_files(Owner.OPINION, case_id, files[:1])
    desk.attach_files(Owner.OPINION, case_id, files[:1], keep_original=True)
    reduced, original = of(desks, case_id)
    assert (reduced.media_type, reduced.original) == ("image/jpeg", False)
    assert Image.open(BytesIO(desk.content(reduced))).size == (1600, 800)
    assert (original.name, original.media_type, original.original) == ("桥头.png", "image/png", True)
    assert desk.content(original) == files[0].read_bytes()
    assert Image.open(BytesIO(desk.picture(original))).format == "JPEG"


def test_a_scan_of_several_pages_is_kept_whole(desks: Desks, case_id: int, tmp_path: Path) -> None:
    pages = [Image.new("L", (2000, 1000), shade) for shade in (0, 128, 255)]
    scan = tmp_path / "扫描.tif"
    pages[0].save(scan, save_all=True, append_images=pages[1:])
    desks.attachments.attach_files(Owner.OPINION, case_id, [scan])
    (kept,) = of(desks, case_id)
    assert (kept.name, kept.original, kept.is_photo) == ("扫描.tif", True, False)
    assert desks.attachments.content(kept) == scan.read_bytes()
    assert desks.attachments.thumbnails([kept])[kept.sha256]


def test_the_longest_edge_and_the_largest_size_are_settable(desks: Desks, case_id: int, tmp_path: Path) -> None:
    desk = desks.attachments
    desk.save_limits(AttachmentLimits(longest_edge=800, largest_mb=1, warn_mb=10))
    large = tmp_path / "大.txt"
    large.write_bytes(b"x" * (1024 * 1024 + 1))
    with pytest.raises(InvalidInput, match=r"“大\.txt”有 1\.0 MB，超过每个 1 MB 的上限"):
        desk.attach_files(Owner.OPINION, case_id, [large])
    photo = tmp_path / "大照片.bmp"  # 8 MB as it comes; what counts is how large it is once it is reduced
    Image.new("RGB", (2000, 1400), "green").save(photo)
    desk.attach_files(Owner.OPINION, case_id, [photo])
    assert Image.open(BytesIO(desk.content(of(desks, case_id)[0]))).size == (800, 560)
    with pytest.raises(InvalidInput, match="照片长边请填 400 到 8,000 的整数"):
        desk.save_limits(AttachmentLimits(longest_edge=10))


def test_the_clerk_is_told_when_it_becomes_much(desks: Desks, case_id: int, tmp_path: Path) -> None:
    desks.attachments.save_limits(AttachmentLimits(warn_mb=10))
    labels = []
    for number in range(3):
        path = tmp_path / f"{number}.txt"
        path.write_bytes(str(number).encode() * (4 * 1024 * 1024))
        labels.append(desks.attachments.attach_files(Owner.OPINION, case_id, [path]).label)
    assert labels[:2] == ["已添加 1 个附件"] * 2
    assert "附件共 12.0 MB" in labels[2]


def test_one_bad_file_stops_all_and_each_is_named(desks: Desks, case_id: int, files: list[Path]) -> None:
    program, empty, folder = (files[0].with_name(name) for name in ("看图.exe", "空.txt", "文件夹.txt"))
    program.write_bytes(b"MZ")
    empty.touch()
    folder.mkdir()
    gone = files[0].with_name("不在.jpg")
    with pytest.raises(InvalidInput) as told:
        desks.attachments.attach_files(Owner.OPINION, case_id, [*files, program, empty, folder, gone])
    assert [problem.message.split("”")[0] for problem in told.value.problems] == [
        "“看图.exe", "“空.txt", "“文件夹.txt", "“不在.jpg",
    ]  # fmt: skip
    assert of(desks, case_id) == []


def test_a_cancelled_adding_attaches_nothing_and_leaves_nothing(desks: Desks, case_id: int, files: list[Path]) -> None:
    told: list[str] = []
    packer = desks.attachments.packer(Owner.OPINION)
    with pytest.raises(Cancelled):
        packer.pack(files, lambda _part, word: told.append(word), lambda: len(told) == 2)
    assert told == ["第 1 / 3 个", "第 2 / 3 个"]
    assert of(desks, case_id) == []
    assert len(packer.store.thumbnails([])) == 0
    desks.attachments.tidy()
    with packer.store._open() as db:
        assert db.execute("SELECT count(*) FROM blobs").fetchone()[0] == 0


def test_an_answer_and_its_letter_are_one_step(desks: Desks, case_id: int, files: list[Path]) -> None:
    desks.opinions.move(case_id, MoveDraft(Move.STUDY, "2026-11-24", "拟办"))
    draft = MoveDraft(Move.ANSWER_ON_SPOT, "2026-11-25", "已修好", "李工", answer_class="A")
    packed = desks.attachments.packer(Owner.EVENT).pack(files[1:2])
    desks.attachments.attach_to_answer("当场答复", lambda: desks.opinions.move(case_id, draft), packed)
    shown = desks.attachments.of_case(desks.opinions.case(case_id))
    assert [(one.name, one.owner, one.source) for one in shown] == [("答复函.pdf", Owner.EVENT, "答复 2026-11-25")]
    desks.housekeeping.undo()
    case = desks.opinions.case(case_id)
    assert desks.attachments.of_case(case) == []
    assert case.progress.is_open


def test_renaming_keeps_the_suffix_and_removing_is_undone(desks: Desks, case_id: int, files: list[Path]) -> None:
    desk = desks.attachments
    desk.attach_files(Owner.OPINION, case_id, files)
    photo, letter, _note = of(desks, case_id)
    desk.rename(photo, "桥头护栏 修前")
    desk.rename(letter, "../镇城建办答复.PDF")
    assert [one.name for one in of(desks, case_id)][:2] == ["桥头护栏 修前.jpg", "镇城建办答复.pdf"]
    with pytest.raises(InvalidInput, match="请填写附件名称"):
        desk.rename(photo, "  ")
    desk.remove(of(desks, case_id)[:2])
    assert [one.name for one in of(desks, case_id)] == ["说明.txt"]
    desks.housekeeping.undo()
    assert len(of(desks, case_id)) == 3


def test_a_picture_from_the_clipboard_is_attached(desks: Desks, case_id: int, files: list[Path]) -> None:
    pasted = Pasted("粘贴的图片.png", files[0].read_bytes())
    desk = desks.attachments
    desk.attach(Owner.OPINION, case_id, desk.packer(Owner.OPINION).pack([pasted]))
    assert [one.name for one in of(desks, case_id)] == ["粘贴的图片.jpg"]


def test_copies_for_other_programs_are_removed_at_the_end(
    desks: Desks, case_id: int, files: list[Path], tmp_path: Path
) -> None:
    place = tmp_path / "temporary"
    desk = AttachmentsDesk(desks._file, PrivateFolder(place))
    desk.attach_files(Owner.OPINION, case_id, files)
    letter = of(desks, case_id)[1]
    path = desk.path_to_open(letter)
    assert path.name == "答复函.pdf"
    assert path.read_bytes() == files[1].read_bytes()
    desk.empty_folder()
    assert list(place.iterdir()) == []
    desk.path_to_open(letter)
    desks.attachments = desk
    desks.close()
    assert list(place.iterdir()) == []


def test_a_missing_attachments_file_loses_nothing_else(desks: Desks, case_id: int, files: list[Path]) -> None:
    desk = desks.attachments
    desk.attach_files(Owner.OPINION, case_id, files)
    store_path(desks.path).rename(desks.path.with_name("搬走了.attachments"))
    photo = of(desks, case_id)[0]
    for act in (
        lambda: desk.content(photo),
        lambda: desk.thumbnails([photo]),
        lambda: desk.path_to_open(photo),
        lambda: desk.save_as(photo, files[0].with_name("另存.jpg")),
    ):
        with pytest.raises(StationFault, match=r"找不到附件文件“禾溪\.attachments”"):
            act()
    assert not files[0].with_name("另存.jpg").exists()
    assert desks.opinions.case(case_id).number
    assert desk.backup_copy() is None
    assert desk.add_missing_from(desks.path.with_name("搬走了.attachments")).label == "已取回 3 个附件"
    assert desk.content(photo)


def test_who_may_only_read_attaches_nothing(desks: Desks, case_id: int, files: list[Path]) -> None:
    desks._file.sign_in("赵", Role.READER.rights)
    with pytest.raises(NotAllowed):
        desks.attachments.attach_files(Owner.OPINION, case_id, files)
    assert not store_path(desks.path).exists()
    with pytest.raises(NotAllowed):
        desks.attachments.attach(Owner.OPINION, case_id, [Packed("a.txt", "text/plain", 1, "0" * 64, True, None)])


def test_the_log_and_its_labels_hold_no_names_of_files(desks: Desks, case_id: int, files: list[Path]) -> None:
    desks.attachments.attach_files(Owner.OPINION, case_id, files)
    label = desks.housekeeping.undoable()[0].label
    assert label.startswith("添加附件 ")
    assert "桥头" not in label
    assert desks.housekeeping.check().broken_step is None


def test_what_a_visitor_brought_is_erased_with_the_visitor(desks: Desks, files: list[Path]) -> None:
    """Names and contents; what the office attached to its answer stays as long as the words do."""
    draft = VisitDraft(
        on="2026-11-25", visitor=VISITOR, receivers=(Receiver("肖敏"),), opinions=(OpinionDraft(words="沟渠淤塞。"),)
    )
    visit_id = desks.reception.register_visit(draft).value.visit_id
    (case,) = desks.opinions.cases()
    desk = desks.attachments
    desk.attach_files(Owner.VISIT, visit_id, files[:1])
    desk.attach_files(Owner.OPINION, case.id, files[1:2])
    desk.attach_files(Owner.EVENT, case.events[0].id, files[2:])
    brought, letter, answer = desk.of(Owner.VISIT, visit_id) + desk.of_case(case)[:2]
    assert desks.erasing.erase([visit_id], "2026-11-25", "本人书面申请", words_too=False).value.attachments == 2
    assert [one.name for one in desk.of_case(case)] == ["说明.txt"]
    for gone in (brought, letter):
        with pytest.raises(StationFault):
            desk.content(gone)
    assert desk.content(answer) == files[2].read_bytes()
    assert "桥头".encode() not in desks.path.read_bytes()
    assert desks.housekeeping.check().broken_step is None


def test_what_is_not_in_its_own_file_is_read_from_the_backups_one(desks: Desks, case_id: int, tmp_path: Path) -> None:
    """As after a restore that was cut off before the contents were brought back."""
    scan = tmp_path / "来信.txt"
    scan.write_text("请修桥。", encoding="utf-8")
    (attachment_id,) = desks.attachments.attach_files(Owner.OPINION, case_id, [scan]).value
    desks.backups.back_up()
    desks.path.with_suffix(".attachments").unlink()
    (kept,) = [one for one in desks.attachments.of(Owner.OPINION, case_id) if one.id == attachment_id]
    assert desks.attachments.content(kept) == scan.read_bytes()
