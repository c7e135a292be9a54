"""Something that many may use at a time, and one may change while nobody uses it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class SharedUse:
    """Lets users in side by side; a change waits until all have left, and lets nobody in meanwhile."""

    def __init__(self) -> None:
        self._turn = threading.Condition()
        self._users = 0

    @contextmanager
    def using(self) -> Iterator[None]:
        """Use it, from any thread."""
        with self._turn:
            self._users += 1
        try:
            yield
        finally:
            with self._turn:
                self._users -= 1
                self._turn.notify_all()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Change it; never from within `using` on the same thread."""
        with self._turn:
            self._turn.wait_for(lambda: not self._users)
            yield
