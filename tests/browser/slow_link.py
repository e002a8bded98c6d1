"""A slow link to the portal: every page comes through it in small pieces, so that a browser shows it piece by piece."""

import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

PIECE = 512  # bytes
PAUSE = 0.015  # seconds from one piece to the next, time enough to draw it
OWN_HEADERS = {"connection", "content-length", "date", "server"}


@contextmanager
def slow_link(url: str) -> Iterator[str]:
    """Gives the address at which the portal at `url` is far away."""

    class Link(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with urllib.request.urlopen(url + self.path) as answer:
                body = answer.read()
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    if name.lower() not in OWN_HEADERS:
                        self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            is_page = answer.headers.get_content_type() == "text/html"
            piece = PIECE if is_page else len(body)
            for start in range(0, len(body), piece):
                self.wfile.write(body[start : start + piece])
                time.sleep(PAUSE if is_page else 0)

        def log_message(self, *_args: object) -> None:
            """Nothing to say: what goes wrong shows in the browser."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Link)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
