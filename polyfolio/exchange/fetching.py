"""Files from addresses that people type: nothing of our own network is reached, and nothing grows without end.

The host's addresses are looked up once, checked, and connected to as checked, so that a name cannot lead elsewhere a
moment later. Every redirect goes the same way.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.conf import settings

MOST_REDIRECTS = 5
PIECE = 1 << 18
ANSWER_SECONDS = 30
WHOLE_SECONDS = 1800
REDIRECTS = frozenset({301, 302, 303, 307, 308})
NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class FetchError(RuntimeError):
    """The file could not be had; `code` is that of a problem in the report, which says what to do."""

    def __init__(self, code: str, value: str) -> None:
        super().__init__(f"{code}: {value}")
        self.code = code
        self.value = value


@dataclass(frozen=True)
class Answer:
    """What an address gave; `pieces` raise FetchError where the file grows too large or comes too slowly."""

    is_unchanged: bool
    etag: str
    pieces: Iterator[bytes]


@contextmanager
def fetch(address: str, *, etag: str = "", beat: Callable[[], None] = lambda: None) -> Iterator[Answer]:
    """Ask `address` for its file, unless it is still the one with that `etag`. Raises FetchError.

    `beat` is called with every piece.
    """
    until = time.monotonic() + WHOLE_SECONDS
    connection, response = _follow(address, etag)
    try:
        if response.status == http.HTTPStatus.NOT_MODIFIED:
            yield Answer(is_unchanged=True, etag=etag, pieces=iter(()))
            return
        if response.status != http.HTTPStatus.OK:
            raise FetchError("address-answers-error", f"{response.status} {response.reason}")
        pieces = _pieces(response, until, beat)
        yield Answer(is_unchanged=False, etag=response.headers.get("ETag", ""), pieces=pieces)
    finally:
        connection.close()


def public_addresses(host: str, port: int) -> list[str]:
    """The addresses behind a name, all of them reachable from everywhere. Raises FetchError where one is not."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise FetchError("address-unreachable", host) from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not settings.POLYFOLIO_ALLOW_PRIVATE_ADDRESSES:
        for address in addresses:
            if not is_public(ipaddress.ip_address(address.partition("%")[0])):
                raise FetchError("address-private", host)
    return addresses


def is_public(address: Address) -> bool:
    """Whether an address is one of the open internet; one that wraps another is what it wraps."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return is_public(inner)
        if address.teredo is not None or address in NAT64:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _follow(address: str, etag: str) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
    for _step in range(MOST_REDIRECTS + 1):
        connection, response = _ask(address, etag)
        if response.status not in REDIRECTS:
            return connection, response
        target = response.headers.get("Location", "")
        connection.close()
        address = urljoin(address, target)
    raise FetchError("address-refused", "more than five redirects")


def _ask(address: str, etag: str) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or not host or parts.username or parts.password:
        raise FetchError("address-refused", address[:200])
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise FetchError("address-refused", address[:200]) from None
    connection = _connect(parts.scheme, host, port)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"User-Agent": "Polyfolio", "Accept": "application/xml, text/xml, */*", "Accept-Encoding": "identity"}
    if etag:
        headers["If-None-Match"] = etag
    try:
        connection.request("GET", path.replace(" ", "%20"), headers=headers)
        return connection, connection.getresponse()
    except (OSError, http.client.HTTPException, UnicodeError, ValueError) as error:
        connection.close()
        raise FetchError("address-unreachable", f"{host}: {type(error).__name__}") from error


def _connect(scheme: str, host: str, port: int) -> http.client.HTTPConnection:
    """A connection to the first checked address that answers, under the host's own name."""
    last: OSError | None = None
    for address in public_addresses(host, port):
        try:
            raw: socket.socket = socket.create_connection((address, port), timeout=ANSWER_SECONDS)
            if scheme == "https":
                raw = ssl.create_default_context().wrap_socket(raw, server_hostname=host)
        except OSError as error:
            last = error
            continue
        connection = http.client.HTTPConnection(host, port, timeout=ANSWER_SECONDS)
        if scheme == "https":
            connection.default_port = 443
        connection.sock = raw
        return connection
    raise FetchError("address-unreachable", f"{host}: {type(last).__name__}")


def _pieces(response: http.client.HTTPResponse, until: float, beat: Callable[[], None]) -> Iterator[bytes]:
    limit = settings.POLYFOLIO_UPLOAD_LIMIT_MB
    most = limit * 1_000_000
    if (response.length or 0) > most:
        raise FetchError("address-too-large", str(limit))
    size = 0
    while True:
        try:
            piece = response.read1(PIECE)
        except (OSError, http.client.HTTPException) as error:
            raise FetchError("address-unreachable", type(error).__name__) from error
        if not piece:
            break
        size += len(piece)
        if size > most:
            raise FetchError("address-too-large", str(limit))
        if time.monotonic() > until:
            raise FetchError("address-too-slow", str(WHOLE_SECONDS // 60))
        beat()
        yield piece
    if response.length:
        raise FetchError("address-unreachable", "IncompleteRead")
