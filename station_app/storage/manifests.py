"""The manifests of backups: a small file beside each that tells what was proven, without a word of the register."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Final

from station_app.domain.backup import Backup, Manifest
from station_app.support.safe_file import write_file

ENDING: Final = ".json"
"""What a manifest's name has behind the name of its backup."""


def manifest_path(backup: Path) -> Path:
    """Return where the manifest of a backup lies."""
    return backup.with_name(backup.name + ENDING)


def write_manifest(backup: Path, manifest: Manifest) -> None:
    """Write the manifest beside where its backup lies, or will lie.

    Raises:
        StationFault: the disk refuses.
    """
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
    write_file(manifest_path(backup), lambda stream: stream.write(text.encode()))


def read_manifest(path: Path) -> Manifest | None:
    """Return what a manifest says, or None when it is missing, torn or none of ours."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        manifest = Manifest(**said)
        moment = datetime.fromisoformat(manifest.at)
        counts = {str(name): int(count) for name, count in manifest.counts.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return None
    whole = isinstance(manifest.step, int) and isinstance(manifest.size, int) and counts == manifest.counts
    return manifest if whole and moment.tzinfo is not None else None


def backup_at(path: Path) -> Backup:
    """Return what is known of a backup file.

    Raises:
        OSError: there is no such file.
    """
    status = path.stat()
    manifest = read_manifest(manifest_path(path))
    if manifest is not None and manifest.size != status.st_size:
        manifest = None  # something else lies under its name
    at = datetime.fromisoformat(manifest.at) if manifest else datetime.fromtimestamp(status.st_mtime).astimezone()
    return Backup(path, at, manifest.occasion if manifest else "", manifest)


def backups_in(folder: Path, suffix: str = ".station") -> list[Backup]:
    """Return the backups in a folder, newest first; none where the folder is missing or cannot be read."""
    try:
        found = [backup_at(path) for path in folder.iterdir() if path.suffix == suffix and path.is_file()]
    except OSError:
        return []
    return sorted(found, key=lambda backup: (backup.at, backup.path.name), reverse=True)


def manifests_in(folder: Path) -> list[Manifest]:
    """Return every manifest in a folder, also of backups that are gone."""
    try:
        paths = sorted(folder.glob(f"*{ENDING}"))
    except OSError:
        return []
    return [manifest for path in paths if (manifest := read_manifest(path)) is not None]
