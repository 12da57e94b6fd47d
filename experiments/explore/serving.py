"""Serving: one page on an address, static, with strict headers; nothing is run or taken in."""

from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from kring.simulation.errors import KringError

LOOPBACK = "127.0.0.1"
HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class OnePage(BaseHTTPRequestHandler):
    """Answers with the one page there is; to anything else that there is no such thing."""

    server_version, sys_version = "kring", ""

    def __init__(self, content: bytes, policy: str, *given: object) -> None:
        self.content, self.policy = content, policy
        super().__init__(*given)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """The page."""
        self.answer(self.content)

    def do_HEAD(self) -> None:
        """What comes before the page."""
        self.answer(b"")

    def answer(self, body: bytes) -> None:
        """The page, or that there is none of that name."""
        if self.path.partition("?")[0] not in ("/", "/index.html"):
            self.send_error(404)
            return
        self.send_response(200)
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Security-Policy", f"{self.policy}; frame-ancestors 'none'")
        self.send_header("Content-Length", str(len(self.content)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: object) -> None:
        """Say nothing of who looks at it."""


def server_of(html: str, policy: str, host: str = LOOPBACK, port: int = 0) -> ThreadingHTTPServer:
    """A server of a page, that is not yet serving.

    Parameters
    ----------
    html, policy : str
        The page, and what a browser lets it do (`security_policy`).
    host : str
        The address; this machine alone if not given.
    port : int
        The port; a free one if 0.

    Raises
    ------
    KringError
        For an address that is not this machine's, and a port that is taken.
    """
    try:
        return ThreadingHTTPServer((host, port), partial(OnePage, html.encode(), policy))
    except OSError as error:
        raise KringError(
            f"cannot serve on {host}, port {port}: {error.strerror}; choose others by --host and "
            "--port"
        ) from None
