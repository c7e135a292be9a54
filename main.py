"""Liaison Station Register: a command goes to the command line, no command opens the window."""

import multiprocessing
import sys

from station_app.support.memory import expect_many_objects


def main() -> int:
    """Run what the arguments ask for and return the exit code."""
    expect_many_objects()  # before the imports, which make many objects
    from station_app import cli

    arguments = sys.argv[1:]
    if cli.is_command(arguments):
        return cli.main(arguments)
    return cli.main(["window", *arguments])


if __name__ == "__main__":
    multiprocessing.freeze_support()  # the spreadsheet reader's child process in a frozen program
    sys.exit(main())
