"""Renders the shared widgets and the pages to PNG at 100, 150 and 200 %, to be looked at before a screen is called done.

Run: ``python -m tests.pictures --out output/pictures [--only NAME]``. Pages add a function to `SCENES`.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from station_app.ui.theme import FontSize, apply_theme
from tests.picture_scenes import scenes
from tests.ui import (
    attachment_scenes,
    backup_scenes,
    follow_scenes,
    gallery,
    grouping_scenes,
    import_kind_scenes,
    import_scenes,
    issue_scenes,
    mistake_scenes,
    operator_scenes,
    paper_scenes,
    password_scenes,
    person_scenes,
    rescue_scenes,
    room_scenes,
    roster_paper_scenes,
    roster_scenes,
    similar_scenes,
    start_scenes,
    suggestion_scenes,
    term_scenes,
    unit_scenes,
)

Scene = Callable[[Path], QWidget]
"""Builds what to show; takes a folder for its files."""

SCENES: dict[str, Scene] = {
    **gallery.SCENES,
    **scenes(),
    **start_scenes.SCENES,
    **attachment_scenes.SCENES,
    **backup_scenes.SCENES,
    **follow_scenes.SCENES,
    **paper_scenes.SCENES,
    **password_scenes.SCENES,
    **operator_scenes.SCENES,
    **mistake_scenes.SCENES,
    **import_scenes.SCENES,
    **import_kind_scenes.SCENES,
    **grouping_scenes.SCENES,
    **issue_scenes.SCENES,
    **person_scenes.SCENES,
    **rescue_scenes.SCENES,
    **room_scenes.SCENES,
    **roster_paper_scenes.SCENES,
    **roster_scenes.SCENES,
    **similar_scenes.SCENES,
    **suggestion_scenes.SCENES,
    **term_scenes.SCENES,
    **unit_scenes.SCENES,
}
SIZES: dict[str, tuple[int, int]] = {
    **gallery.SIZES,
    **start_scenes.SIZES,
    **attachment_scenes.SIZES,
    **backup_scenes.SIZES,
    **follow_scenes.SIZES,
    **paper_scenes.SIZES,
    **password_scenes.SIZES,
    **operator_scenes.SIZES,
    **mistake_scenes.SIZES,
    **import_scenes.SIZES,
    **import_kind_scenes.SIZES,
    **grouping_scenes.SIZES,
    **issue_scenes.SIZES,
    **person_scenes.SIZES,
    **rescue_scenes.SIZES,
    **room_scenes.SIZES,
    **roster_paper_scenes.SIZES,
    **roster_scenes.SIZES,
    **similar_scenes.SIZES,
    **suggestion_scenes.SIZES,
    **term_scenes.SIZES,
    **unit_scenes.SIZES,
}
SCALES = {"100": "1", "150": "1.5", "200": "2"}


def settle(milliseconds: int = 60) -> None:
    """Let layouts and timers come to rest."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def render(name: str, path: Path, size: tuple[int, int], font: FontSize) -> None:
    """Render one scene of this process's scale to ``path``."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, font)
    with tempfile.TemporaryDirectory() as folder:
        widget = SCENES[name](Path(folder))
        widget.resize(*size)
        widget.show()
        settle()
        prepare = getattr(widget, "before_picture", None)
        if callable(prepare):
            prepare()
            settle()
        widget.grab().save(str(path))
        widget.close()
        widget.deleteLater()
        settle(0)


def main() -> int:
    """Render every scene at every scale, one process for each scale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--scale", choices=SCALES, help="only this scale, in this process")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    if options.scale is None:
        for scale, ratio in SCALES.items():
            environment = {**os.environ, "QT_SCALE_FACTOR": ratio, "QT_QPA_PLATFORM": "offscreen"}
            command = [sys.executable, "-m", "tests.pictures", "--out", str(options.out), "--scale", scale]
            subprocess.run([*command, "--only", *options.only], env=environment, check=True)
        return 0
    app = QApplication(sys.argv[:1])
    for name in SCENES:
        if options.only and name not in options.only:
            continue
        fonts = FontSize if options.scale == "100" else (FontSize.STANDARD,)
        for font in fonts:
            suffix = "" if font is FontSize.STANDARD else f"-{font}"
            render(name, options.out / f"{name}-{options.scale}{suffix}.png", SIZES.get(name, (1280, 800)), font)
    del app
    return 0


if __name__ == "__main__":
    sys.exit(main())
