"""Measures speed and prints one line a measure: ``make bench``. Nothing here is asserted in a test."""

import os
import sys

from station_app.cli import has_screen
from station_app.support.memory import expect_many_objects
from tests.benchmarks import (
    bench_backups,
    bench_desks,
    bench_documents,
    bench_encryption,
    bench_grouping,
    bench_sheets,
    bench_similar,
    bench_window,
)


def main() -> None:
    """Run every benchmark, or those whose module is named."""
    expect_many_objects()
    if not has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    modules = {
        "backups": bench_backups,
        "desks": bench_desks,
        "documents": bench_documents,
        "encryption": bench_encryption,
        "grouping": bench_grouping,
        "sheets": bench_sheets,
        "similar": bench_similar,
        "window": bench_window,
    }
    for name in sys.argv[1:] or modules:
        for measure in modules[name].measures():
            print(measure.line(), flush=True)


if __name__ == "__main__":
    main()
