"""Sockets on this machine that student code must not reach: TCP, UDP, Unix and abstract."""

import selectors
import socket
import threading
from pathlib import Path
from types import TracebackType

CONNECTED = "(a connection)"
SECONDS = 2.0  # that a client has to say who it is


class Listeners:
    """Listens in a thread until it is closed. Use it in a `with` block.

    `places` are the addresses by name, and `heard` is what came, with the name before it.
    """

    def __init__(self, folder: Path, name: str):
        self.heard: list[tuple[str, str]] = []
        self.places: dict[str, str] = {}
        self._selector = selectors.DefaultSelector()
        self._stopped = threading.Event()
        self._open("TCP", socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0))
        self._open("UDP", socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0))
        self._open("UNIX", socket.AF_UNIX, socket.SOCK_STREAM, str(folder / "listener"))
        self._open("ABSTRACT", socket.AF_UNIX, socket.SOCK_STREAM, f"\0{name}")
        self.places["ABSTRACT"] = name
        if socket.has_ipv6:
            try:
                self._open("TCP6", socket.AF_INET6, socket.SOCK_STREAM, ("::1", 0))
            except OSError:  # a machine without IPv6
                self.places["TCP6"] = "1"
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def __enter__(self) -> "Listeners":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._stopped.set()
        self._thread.join()
        for key in list(self._selector.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]
        self._selector.close()

    def _open(self, name: str, family: int, kind: int, address: str | tuple[str, int]) -> None:
        opened = socket.socket(family, kind)
        opened.bind(address)
        if kind == socket.SOCK_STREAM:
            opened.listen()
        self._selector.register(opened, selectors.EVENT_READ, name)
        bound = opened.getsockname()
        self.places[name] = str(bound[1]) if isinstance(bound, tuple) else str(address)

    def _listen(self) -> None:
        while not self._stopped.is_set():
            for key, _ in self._selector.select(timeout=0.1):
                opened = key.fileobj
                assert isinstance(opened, socket.socket)
                if opened.type == socket.SOCK_DGRAM:
                    data = opened.recv(65536)
                else:
                    client, _ = opened.accept()
                    client.settimeout(SECONDS)
                    with client:
                        try:
                            data = client.recv(65536)
                        except OSError:
                            data = b""
                self.heard.append((str(key.data), data.decode(errors="replace") or CONNECTED))
