"""What must stay true of the project as a whole: no foreign addresses, plain names, a licence for all it depends on."""

import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from station_app import VERSION

ROOT = Path(__file__).resolve().parents[1]
LICENCES = ROOT / "resources" / "licences"
MOST_LINES = 420
VAGUE_NAMES = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "base", "tools", "stuff"}
PAGES = ("start", "today", "reception", "opinions", "roster", "ledgers", "settings", "log", "keys", "import")
PICTURES = ("today", "reception", "opinions", "roster", "ledgers", "month", "ledger")

# Written in pieces, so that this file does not find itself.
REGISTRY_HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("registry", "yarnpkg", "com"),
        ("crates", "io"),
        ("proxy", "golang", "org"),
        ("pypi", "tuna", "tsinghua"),
        ("mirrors", "aliyun", "com"),
    )
)
MACHINE_PATH = re.compile(r"(?<![\w.~$/{}-])/(?:work|root|home|Users|private/tmp)/\w|[A-Z]:\\+Users\\+\w")
# The installer's scripts name folders inside the trees they make: a fresh Debian has a /root and a /home.
FRESH_TREES = ("installer/",)
# Texts of others are kept to the letter, whatever addresses they name.
TEXTS_OF_OTHERS = ("resources/licences/", "resources/fonts/", "resources/icons/")


@cache
def tracked_files() -> tuple[Path, ...]:
    """Return the files under version control; skips where there is no checkout or no git."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not in a git checkout: there is no list of tracked files")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("git does not read this checkout")
    names = listed.stdout.decode().split("\0")
    return tuple(ROOT / name for name in names if name and (ROOT / name).is_file())


def tracked_texts() -> Iterator[tuple[str, str]]:
    """Yield the name and text of every tracked file that is text of our own."""
    for path in tracked_files():
        name = path.relative_to(ROOT).as_posix()
        if name.startswith(TEXTS_OF_OTHERS) and path.name != "INDEX.md":
            continue
        try:
            yield name, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # fonts, spreadsheets, pictures


def modules() -> list[Path]:
    """Return every Python module of the project."""
    rooms = (ROOT / "station_app", ROOT / "tests")
    return [ROOT / "main.py", *(path for room in rooms for path in sorted(room.rglob("*.py")))]


def normal(name: str) -> str:
    """Return a package name as requirement files spell it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(file_name: str) -> dict[str, set[str]]:
    """Return the versions pinned in a requirements file by package name."""
    found: dict[str, set[str]] = {}
    text = (ROOT / file_name).read_text(encoding="utf-8")
    for name, version in re.findall(r"^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)", text, re.MULTILINE):
        found.setdefault(normal(name), set()).add(version)
    return found


def direct_requirements() -> tuple[set[str], set[str]]:
    """Return the names required at run time and for development in pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    def names(lines: list[str]) -> set[str]:
        return {normal(re.split(r"[\s~=<>!;\[]", line, maxsplit=1)[0]) for line in lines}

    return names(project["dependencies"]), names(project["optional-dependencies"]["dev"])


def index_rows() -> dict[str, list[str]]:
    """Return the cells of the licence index by the component named first in each row."""
    text = (LICENCES / "INDEX.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    return {row[0]: row for row in rows if row[0] != "组件" and not row[0].startswith("---")}


# What the repository holds


def test_no_tracked_file_names_a_package_registry() -> None:
    found = [f"{name}: {host}" for name, text in tracked_texts() for host in REGISTRY_HOSTS if host in text]
    assert not found


def test_no_tracked_file_names_a_path_of_somebodys_machine() -> None:
    found = [
        f"{name}: {path.group()}"
        for name, text in tracked_texts()
        if not name.startswith(FRESH_TREES)
        for path in MACHINE_PATH.finditer(text)
    ]
    assert not found


def test_no_register_backup_or_cache_is_tracked() -> None:
    unwanted = {".station", ".lock", ".pyc", ".ini", ".log"}
    assert not [path.name for path in tracked_files() if path.suffix in unwanted]


# Modules


def test_no_module_has_a_vague_name() -> None:
    assert not [str(path.relative_to(ROOT)) for path in modules() if path.stem in VAGUE_NAMES]


def test_no_module_is_too_long_to_read() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert not {str(path.relative_to(ROOT)): lines for path, lines in lengths.items() if lines > MOST_LINES}


# Requirements


@pytest.mark.parametrize("file_name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_carry_hashes_and_no_addresses(file_name: str) -> None:
    text = (ROOT / file_name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*(-i|-f|--index-url|--extra-index-url|--find-links|--trusted-host)\b", text, re.MULTILINE)
    whole_lines = text.replace("\\\n", " ").splitlines()
    entries = [line for line in whole_lines if line.strip() and not line.lstrip().startswith("#")]
    assert entries
    assert not [line.split()[0] for line in entries if "==" not in line or "--hash=sha256:" not in line]


def test_requirements_pin_everything_the_project_asks_for() -> None:
    run, development = direct_requirements()
    assert run <= pinned("requirements.txt").keys()
    assert run | development <= pinned("requirements-dev.txt").keys()


def test_development_uses_the_versions_that_run() -> None:
    run, development = pinned("requirements.txt"), pinned("requirements-dev.txt")
    assert {name: development[name] for name in run} == run


def test_tools_of_development_are_not_needed_to_run() -> None:
    assert not direct_requirements()[1] & pinned("requirements.txt").keys()


def test_the_project_and_the_program_have_the_same_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION
    assert f"## {VERSION}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


# Licences


def test_every_requirement_has_its_licence_at_its_version() -> None:
    rows = index_rows()
    told = {name: set(rows[name][1].split("、")) for name in pinned("requirements.txt") if name in rows}
    assert told == pinned("requirements.txt")


def test_every_licence_named_in_the_index_is_there_and_every_text_is_named() -> None:
    text = (LICENCES / "INDEX.md").read_text(encoding="utf-8")
    named = {(LICENCES / target).resolve() for target in re.findall(r"\]\(([^)]+)\)", text)}
    assert not [path.name for path in named if not path.is_file()]
    assert {path.resolve() for path in LICENCES.glob("*.txt")} <= named


def test_no_requirement_is_under_the_gpl_alone() -> None:
    rows = index_rows()
    licences = {name: rows[name][2] for name in pinned("requirements.txt")}
    assert not {name for name, licence in licences.items() if re.search(r"(?<!L)GPL", licence)}


def test_every_font_has_its_licence_beside_it() -> None:
    fonts = ROOT / "resources" / "fonts"
    families = {path.stem.split("_")[0].split("-")[0] for path in fonts.glob("*.ttf")}
    assert families
    assert not [family for family in families if not (fonts / f"OFL-{family}.txt").is_file()]
    told = (LICENCES / "INDEX.md").read_text(encoding="utf-8")
    assert not [path.name for path in fonts.glob("*.ttf") if path.name not in told]


def test_the_icons_have_their_licence_beside_them() -> None:
    assert "ISC License" in (ROOT / "resources" / "icons" / "LICENSE").read_text(encoding="utf-8")


# Words for people


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_the_window_has_its_help(page: str) -> None:
    text = (ROOT / "resources" / "manual" / f"{page}.md").read_text(encoding="utf-8")
    assert text.startswith("# ")


def test_the_readme_names_every_command() -> None:
    from station_app import cli

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert not [command for command in cli.COMMANDS - {"window"} if f"`{command}" not in readme]


def test_the_readme_shows_the_window_and_the_papers() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert not [name for name in PICTURES if f"(resources/manual/pictures/{name}.png)" not in readme]
