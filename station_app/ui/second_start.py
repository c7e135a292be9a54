"""One running program for each user: a second start hands its wish over to the running window and ends."""

import hashlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE_MS = 3000
_TAKEN = b"taken\n"


@dataclass(frozen=True)
class Wish:
    """What a start was asked for.

    Args:
        file: the station file to open; None for whatever is open.
        demo: open the demo.
    """

    file: Path | None = None
    demo: bool = False


def meeting_point(settings_file: Path) -> str:
    """Return the name under which the programs of one user find each other."""
    digest = hashlib.sha256(str(settings_file.absolute()).encode()).hexdigest()
    return f"liaison-station-{digest[:20]}"


def hand_over(name: str, wish: Wish) -> bool:
    """Hand a wish to the program that runs; return False when none runs or it does not answer."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_PATIENCE_MS):
        return False
    _let_it_come_forward()
    told = {"file": str(wish.file.absolute()) if wish.file else "", "demo": wish.demo}
    socket.write(json.dumps(told).encode() + b"\n")
    socket.waitForBytesWritten(_PATIENCE_MS)
    answered = socket.waitForReadyRead(_PATIENCE_MS) and bytes(socket.readAll().data()) == _TAKEN
    socket.disconnectFromServer()
    return answered


class FirstStarted(QObject):
    """Waits for later starts.

    Signals:
        wished: the `Wish` of a later start.
    """

    wished = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)
        if not self._server.listen(name):
            QLocalServer.removeServer(name)  # nobody answered there: it was left behind by a crash
            self._server.listen(name)

    def close(self) -> None:
        """Wait no more."""
        self._server.close()

    def _greet(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda one=socket: self._read(one))
            socket.disconnected.connect(socket.deleteLater)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            return
        try:
            told = json.loads(bytes(socket.readLine(65536).data()))
            wish = Wish(Path(told["file"]) if told["file"] else None, bool(told["demo"]))
        except (ValueError, KeyError, TypeError):
            socket.disconnectFromServer()
            return
        socket.write(_TAKEN)
        socket.flush()
        self.wished.emit(wish)


def _let_it_come_forward() -> None:
    """Windows lets a window come forward only when the program in front allows it."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)
