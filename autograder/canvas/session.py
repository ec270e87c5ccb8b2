"""HTTP to Canvas: with limits of time, with patience, and with the token for Canvas alone."""

import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import requests
from canvasapi.requester import Requester

from autograder.errors import AutograderError

TIMEOUT = (15.0, 60.0)  # seconds to connect, and between two parts of an answer
TRIES = 6
LONGEST_WAIT = 60.0  # seconds between two tries, whatever Canvas asks for
BUSY = frozenset((500, 502, 503, 504))
BROKEN = (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError)
LIMITED = "Rate Limit Exceeded"  # Canvas's text in an answer 403; newer versions answer 429


class PatientSession(requests.Session):
    """Requests with limits of time, of which some are tried again.

    One that Canvas did not accept, because there were too many, is tried again after the time that
    Canvas asks for. So is one that only reads, if the connection breaks or Canvas is busy. What
    changes something is never sent twice: the caller has to look what became of it.
    """

    def __init__(self, home: str, wait: Callable[[float], object] = time.sleep):
        super().__init__()
        self.home = _origin(home)
        self.wait = wait
        self.auth = _unchanged  # else requests would put what ~/.netrc has in the token's place

    def request(self, method: Any, url: Any, *args: Any, **options: Any) -> requests.Response:
        """The answer. Raises AutograderError for an address to which the token must not go."""
        if "Authorization" in (options.get("headers") or {}) and _origin(url) != self.home:
            raise AutograderError(f"Canvas names an address that is not its own: {_origin(url)}")
        options.setdefault("timeout", TIMEOUT)
        for number in range(1, TRIES + 1):
            is_last = number == TRIES
            for file in (options.get("files") or {}).values():
                file.seek(0)  # an earlier try has read it
            try:
                answer = super().request(method, url, *args, **options)
            except BROKEN:
                if method != "GET" or is_last:
                    raise
                self.wait(_pause(number))
                continue
            if is_last or not _try_again(method, answer):
                return answer
            self.wait(_pause(number, answer.headers.get("Retry-After", "")))
        raise AssertionError("the last try returns or raises")


class PatientRequester(Requester):
    """canvasapi's requests, through a PatientSession."""

    def __init__(self, address: str, token: str, wait: Callable[[float], object] = time.sleep):
        super().__init__(address.rstrip("/"), token)
        self._session = PatientSession(address, wait)

    def pause(self, number: int) -> None:
        """Give Canvas time after the try of this number."""
        self._session.wait(_pause(number))

    def download(self, url: str, limit: int) -> bytes:
        """A file's content. The token goes along only to Canvas's own host.

        Raises AutograderError if it has more than `limit` bytes.
        """
        headers = {}
        if _origin(url) == self._session.home:
            headers["Authorization"] = f"Bearer {self.access_token}"
        for number in range(1, TRIES):
            try:
                return self._content(url, headers, limit)
            except BROKEN:  # in the middle of the file
                self._session.wait(_pause(number))
        return self._content(url, headers, limit)

    def _content(self, url: str, headers: dict[str, str], limit: int) -> bytes:
        with self._session.get(url, headers=headers, stream=True) as answer:
            answer.raise_for_status()
            content = bytearray()
            for part in answer.iter_content(2**16):
                content += part
                if len(content) > limit:
                    raise AutograderError(f"it has more than {limit // 2**20} MiB")
            return bytes(content)


def _unchanged(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _try_again(method: str, answer: requests.Response) -> bool:
    if answer.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        return True
    if answer.status_code == HTTPStatus.FORBIDDEN:
        return LIMITED in answer.text
    return method == "GET" and answer.status_code in BUSY


def _pause(number: int, asked: str = "") -> float:
    """The seconds before the next try."""
    seconds = float(asked) if asked.isdecimal() else float(2 ** (number - 1))
    return min(seconds, LONGEST_WAIT)


def _origin(url: str) -> str:
    """Scheme, host and port, of which there is one spelling."""
    parts = urlsplit(url)
    port = parts.port or {"https": 443, "http": 80}.get(parts.scheme, 0)
    return f"{parts.scheme}://{(parts.hostname or '').lower()}:{port}"
