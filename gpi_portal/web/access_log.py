"""The log of requests, one line each whatever an address contains."""

from typing import Any
from urllib.parse import quote

from gunicorn.glogging import Logger


class AccessLog(Logger):
    """Write paths percent-encoded, so that no control character of a visitor gets into the log."""

    def atoms(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> dict[str, Any]:
        path = environ.get("PATH_INFO", "").encode("latin-1", "replace")
        return {**super().atoms(resp, req, environ, request_time), "U": quote(path)}
