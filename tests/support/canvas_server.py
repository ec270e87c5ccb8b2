"""A small Canvas on this machine: the endpoints that we use, as Canvas documents them.

https://canvas.instructure.com/doc/api: courses, assignments, submissions with their attempts and
comments, uploads in three steps, pages by the header `Link`, and a limit of requests.
"""

import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

TOKEN = "canvas-token-1~abcdef"
COURSE, ASSIGNMENT = 41, 7
PAGE = 2  # students on a page, so that a small class has several
BOUNDARY = re.compile(rb'boundary="?([^";]+)')
PART_NAME = re.compile(rb'name="([^"]*)"(?:; filename="([^"]*)")?')


@dataclass
class Request:
    """What was asked: the method, the path, the fields, and whether the token came along."""

    method: str
    path: str
    fields: dict[str, list[str]]
    has_token: bool


@dataclass
class Canvas:
    """The state of the server. `faults` may answer a request first: see `fault`."""

    address: str = ""
    due_at: str | None = None
    overrides: list[dict[str, Any]] = field(default_factory=list)
    submissions: dict[int, dict[str, Any]] = field(default_factory=dict)
    files: dict[int, tuple[str, bytes]] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    faults: list[Callable[[Request], Any]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def student(self, number: int, name: str, login: str, **more: Any) -> None:
        """A student of the course, who has handed in nothing."""
        user = {"id": number, "name": name, "sortable_name": name, "login_id": login}
        self.submissions[number] = {
            "id": 1000 + number, "user_id": number, "assignment_id": ASSIGNMENT, "score": None,
            "user": user | {"sis_user_id": None}, "cached_due_date": self.due_at,
            "submission_history": [], "submission_comments": [], **more,
        }  # fmt: skip

    def hand_in(self, number: int, time: str, **files: bytes) -> None:
        """A further attempt of a student, with these files: name, with __ for a dot, -> content."""
        history = self.submissions[number]["submission_history"]
        attached = [self.store(name.replace("__", "."), data) for name, data in files.items()]
        history.append({"attempt": len(history) + 1, "submitted_at": time, "attachments": attached})

    def store(self, name: str, content: bytes) -> dict[str, Any]:
        """A file, as Canvas describes it."""
        number = 500 + len(self.files)
        self.files[number] = (name, content)
        url = f"{self.address}/files/{number}/download?verifier=v{number}"
        return {
            "id": number, "filename": name, "display_name": name, "url": url, "size": len(content)
        }  # fmt: skip

    def fault(self, pattern: str, action: Any, times: int = 1, method: str = "") -> None:
        """Answer the next `times` requests whose path has the pattern with this action.

        A status and text, "drop" (end the connection without an answer), "drop after" (do it, then
        end the connection), "500 after" (do it, then say that it failed), or "cut" (end it in the
        middle of the answer).
        """
        left = [times]

        def answer(request: Request) -> Any:
            if left[0] and re.search(pattern, request.path) and request.method.startswith(method):
                left[0] -= 1
                return action
            return None

        self.faults.append(answer)

    def count(self, method: str, pattern: str = "") -> int:
        """How many such requests there were."""
        return sum(r.method == method and bool(re.search(pattern, r.path)) for r in self.requests)


@contextmanager
def running() -> Iterator[Canvas]:
    """A server on this machine, until the block ends."""
    canvas = Canvas()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *arguments: Any) -> None:
            """Say nothing."""

        def _handle(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            parts = urlsplit(self.path)
            fields = parse_qs(parts.query) | _fields(self.headers.get("Content-Type", ""), body)
            has_token = self.headers.get("Authorization") == f"Bearer {TOKEN}"
            request = Request(self.command, unquote(parts.path), fields, has_token)
            with canvas.lock:
                canvas.requests.append(request)
                action = next((a for f in canvas.faults if (a := f(request)) is not None), None)
                if action == "drop":
                    return self._drop()
                if isinstance(action, tuple):
                    return self._say(*action)
                answer = _answer(canvas, request)
            if action == "drop after":
                return self._drop()
            if action == "500 after":
                return self._say(500, b"{}")
            self._say(*answer, is_cut=action == "cut")
            return self._drop() if action == "cut" else None

        do_GET = do_POST = do_PUT = _handle  # noqa: N815  (as http.server calls them)

        def _drop(self) -> None:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)

        def _say(
            self,
            status: int,
            said: Any,
            headers: dict[str, str] | None = None,
            is_cut: bool = False,
        ) -> None:
            data = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data[: len(data) // 2] if is_cut else data)

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *arguments: Any) -> None:
            """A dropped connection is on purpose."""

    server = Server(("127.0.0.1", 0), Handler)
    canvas.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield canvas
    finally:
        server.shutdown()
        server.server_close()


def _answer(canvas: Canvas, request: Request) -> tuple[Any, ...]:
    """The status, the body and the headers of Canvas's answer."""
    path, here = request.path, f"/api/v1/courses/{COURSE}"
    if found := re.fullmatch(r"/files/(\d+)/download", path):
        return 200, canvas.files[int(found[1])][1]
    if path == "/upload":  # needs the parameters of the first step, and no token
        content = request.fields["file"][0].encode("latin-1")
        stored = canvas.store(request.fields["name"][0], content)
        return 201, stored
    if not request.has_token:
        error = {"errors": [{"message": "Invalid access token."}]}
        return 401, error, {"WWW-Authenticate": 'Bearer realm="canvas-lms"'}
    if path == here:
        return 200, {"id": COURSE, "name": "Sample course"}
    if path == f"{here}/assignments/{ASSIGNMENT}":
        return 200, {
            "id": ASSIGNMENT, "course_id": COURSE, "name": "Week", "points_possible": 44.0,
            "due_at": canvas.due_at, "overrides": canvas.overrides,
        }  # fmt: skip
    if path == f"{here}/assignments/{ASSIGNMENT}/submissions":
        return _page(canvas, request)
    if found := re.fullmatch(rf"{here}/assignments/{ASSIGNMENT}/submissions/(\d+)", path):
        return _one(canvas, request, int(found[1]))
    pattern = rf"{here}/assignments/{ASSIGNMENT}/submissions/(\d+)/comments/files"
    if re.fullmatch(pattern, path):
        params = {"name": request.fields["name"][0], "key": "secret"}
        return 200, {"upload_url": f"{canvas.address}/upload", "upload_params": params}
    return 404, {"errors": [{"message": "The specified resource does not exist."}]}


def _page(canvas: Canvas, request: Request) -> tuple[Any, ...]:
    number = int(request.fields.get("page", ["1"])[0])
    everyone = list(canvas.submissions.values())
    shown = everyone[(number - 1) * PAGE : number * PAGE]
    headers = {}
    if number * PAGE < len(everyone):
        wanted = "".join(f"&include[]={name}" for name in request.fields.get("include[]", []))
        address = f"{canvas.address}{request.path}?page={number + 1}{wanted}"
        headers["Link"] = f'<{address}>; rel="next"'
    return 200, shown, headers


def _one(canvas: Canvas, request: Request, number: int) -> tuple[Any, ...]:
    submission = canvas.submissions.get(number)
    if submission is None:
        return 404, {"errors": [{"message": "The specified resource does not exist."}]}
    if request.method == "PUT":
        if score := request.fields.get("submission[posted_grade]"):
            submission["score"] = float(score[0])
        text = request.fields.get("comment[text_comment]", [""])[0]
        numbers = request.fields.get("comment[file_ids][]", [])
        if text or numbers:
            attached = [{"id": int(n), "display_name": canvas.files[int(n)][0]} for n in numbers]
            submission["submission_comments"].append({"comment": text, "attachments": attached})
    return 200, submission


def _fields(kind: str, body: bytes) -> dict[str, list[str]]:
    """The fields of a form; bytes of a file as Latin-1."""
    if kind.startswith("application/x-www-form-urlencoded"):
        return parse_qs(body.decode())
    found: dict[str, list[str]] = {}
    if boundary := BOUNDARY.search(kind.encode()):
        for part in body.split(b"--" + boundary[1])[1:-1]:
            head, _, content = part.strip(b"\r\n").partition(b"\r\n\r\n")
            if name := PART_NAME.search(head):
                found.setdefault(name[1].decode(), []).append(content.decode("latin-1"))
    return found
