"""What the program folder for PCs without Python promises before it is built: an input method, and a licence for all of it."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
INSTALLER = ROOT / "installer"
LICENCE_INDEX = ROOT / "resources" / "licences" / "INDEX.md"


# The input method


def chosen(**desktop: str) -> dict[str, str]:
    """Return what a program sees of the input method when it starts on a desktop with these variables.

    Like the frozen program: the script runs first, in the same process, and the program follows.
    """
    asked = ("QT_IM_MODULE", "QT_IM_MODULES", "XMODIFIERS")
    environment = {name: value for name, value in os.environ.items() if name not in asked}
    program = (
        f"import os, runpy; runpy.run_path({str(INSTALLER / 'choose_input_method.py')!r}, run_name='__main__')\n"
        f"for name in {asked!r}:\n    if name in os.environ:\n        print(name + '=' + os.environ[name])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], env=environment | desktop, capture_output=True, text=True, check=True
    )
    return dict(line.split("=", 1) for line in ran.stdout.splitlines())


@pytest.mark.parametrize("module", ["fcitx", "ibus"])
def test_a_carried_module_the_desktop_asks_for_is_used(module: str) -> None:
    other = "@im=ibus" if module == "fcitx" else "@im=fcitx"
    assert chosen(QT_IM_MODULE=module, XMODIFIERS=other) == {"QT_IM_MODULE": module, "XMODIFIERS": other}


def test_a_list_of_modules_with_a_carried_one_is_left_to_qt() -> None:
    desktop = {"QT_IM_MODULES": "wayland;fcitx;ibus", "QT_IM_MODULE": "xim", "XMODIFIERS": "@im=ibus"}
    assert chosen(**desktop) == desktop


@pytest.mark.parametrize(
    ("desktop", "module"),
    [
        ({"XMODIFIERS": "@im=fcitx"}, "fcitx"),
        ({"XMODIFIERS": "@im=ibus"}, "ibus"),
        ({"QT_IM_MODULE": "xim", "XMODIFIERS": "@im=fcitx"}, "fcitx"),
        ({"QT_IM_MODULE": "fcitx5"}, "fcitx"),
        ({"QT_IM_MODULE": "fcitx5", "XMODIFIERS": "@im=fcitx5"}, "fcitx"),
        ({"QT_IM_MODULE": "", "XMODIFIERS": "@im=ibus"}, "ibus"),
    ],
)
def test_a_module_that_is_not_carried_gives_way_to_the_running_input_method(
    desktop: dict[str, str], module: str
) -> None:
    assert chosen(**desktop)["QT_IM_MODULE"] == module


def test_a_list_without_a_carried_module_does_not_stand_in_the_way() -> None:
    seen = chosen(QT_IM_MODULES="wayland;xim", XMODIFIERS="@im=fcitx")
    assert seen == {"QT_IM_MODULE": "fcitx", "XMODIFIERS": "@im=fcitx"}


@pytest.mark.parametrize("desktop", [{}, {"XMODIFIERS": "@im=none"}, {"QT_IM_MODULE": "xim"}])
def test_a_desktop_that_names_no_known_input_method_is_left_as_it_is(desktop: dict[str, str]) -> None:
    assert chosen(**desktop) == desktop


def test_every_module_that_can_be_chosen_goes_into_the_folder() -> None:
    carried = constant(INSTALLER / "choose_input_method.py", "CARRIED")
    plugins = constant(INSTALLER / "station.spec", "QT_PLUGINS")
    assert {f"platforminputcontexts/lib{module}platforminputcontextplugin.so" for module in carried} <= set(plugins)


# Licences of what only the folder carries; the build checks every file of it once more


def constant(path: Path, name: str) -> list[str]:
    """Return the texts of a module's constant without running the module."""
    for statement in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == name:
            return list(ast.literal_eval(statement.value))
    raise AssertionError(f"{path.name} has no {name}")


def files_told() -> set[str]:
    """Return the file names of the index's table of what the folder carries besides."""
    table = LICENCE_INDEX.read_text(encoding="utf-8").split("## 程序文件夹另带的部分")[1].split("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("|")]
    return {file for row in rows[2:] for file in row[-1].split("、")}


def test_every_system_library_the_folder_carries_has_its_licence() -> None:
    libraries = constant(INSTALLER / "station.spec", "SYSTEM_LIBRARIES_TO_CARRY")
    told = files_told()
    assert libraries
    assert not [library for library in libraries if not any(file.startswith(f"{library}so") for file in told)]


def test_no_licence_is_told_of_a_library_the_folder_does_not_carry() -> None:
    libraries = tuple(constant(INSTALLER / "station.spec", "SYSTEM_LIBRARIES_TO_CARRY"))
    assert not {file for file in files_told() - {"启动程序", "输入法插件"} if not file.startswith(libraries)}


def test_the_start_program_has_its_licence_at_its_version() -> None:
    pins = (INSTALLER / "requirements-build.txt").read_text(encoding="utf-8")
    pinned = re.search(r"^pyinstaller==([\d.]+)", pins, re.MULTILINE)
    assert pinned
    assert f"| PyInstaller | {pinned.group(1)} |" in LICENCE_INDEX.read_text(encoding="utf-8")
