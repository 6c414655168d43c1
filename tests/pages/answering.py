"""The server's side of the contract of answers.js, with every bad day at hand."""

import json
import socket
from pathlib import Path
from threading import Thread
from typing import Any

from flask import Flask, Response, jsonify, request, send_from_directory
from flask import render_template_string as render
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from werkzeug.serving import make_server

from lms.foundation.web.assets import STATIC
from lms.foundation.web.headers import CONTENT_SECURITY_POLICY

PAGE = Path(__file__).with_name("quiz.html").read_text("utf-8")


class Desk:
    """Receives answers; `day` says what happens to them."""

    def __init__(self, app: Flask) -> None:
        self.day = "fine"
        self.person: str | None = "rosa"
        self.token = "first"
        self.saved: list[dict[str, Any]] = []
        self.handed_in: dict[str, str] | None = None
        self.shown: dict[str, Any] = {"seq": 0, "given": []}
        self.times = ("2030-01-01T10:00:00Z", "2030-01-01T10:45:00Z")
        self._pages = app
        self._server = make_server("127.0.0.1", 0, self._stub(), threaded=True)
        self._thread = Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.port}"

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()

    def _stub(self) -> Flask:
        stub = Flask("desk", static_folder=None)

        @stub.get("/static/<name>")
        def static(name: str) -> Response:
            return send_from_directory(STATIC, name)

        @stub.get("/<any(examen, recibo):name>")
        def page(name: str) -> str:
            now, deadline = self.times
            with self._pages.test_request_context("/"), force_locale("en"):
                return render(
                    PAGE, handed_in=name == "recibo", now=now, deadline=deadline, **self.shown
                )

        @stub.get("/token")
        def token() -> Response:
            self._lose("lost signal")
            return jsonify(token=self.token, person=self.person)

        @stub.post("/guardar")
        def save() -> ResponseReturnValue:
            return self._receive()

        @stub.post("/entregar")
        def hand_in() -> str:
            self.handed_in = request.form.to_dict()
            return "<!doctype html><title>Receipt</title><h1>Receipt</h1>"

        @stub.after_request
        def protect(response: Response) -> Response:
            response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
            response.headers["Cache-Control"] = "no-store"
            return response

        return stub

    def _receive(self) -> ResponseReturnValue:
        answer = json.loads(request.data)
        self._lose("lost signal")
        if self.day in {"401", "503", "429"}:
            return jsonify(said="no"), int(self.day)
        if self.day == "late":
            return jsonify(state="late", said="It came late."), 409
        if self.day == "refused":
            return jsonify(said="That is no number."), 422
        if request.headers.get("X-CSRFToken") != self.token:
            return jsonify(said="stale"), 400
        self.saved.append(answer)
        self._lose("lost answer")
        return jsonify(at="2030-01-01T10:30:00Z", shown="10:30")

    def _lose(self, day: str) -> None:
        if self.day == day:
            request.environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
