"""Files from addresses: nothing of a private network is reached, nothing grows without end."""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.conf import LazySettings

from polyfolio.exchange import fetching
from polyfolio.exchange.fetching import FetchError, fetch, is_public, public_addresses


class Answers(BaseHTTPRequestHandler):
    """Answers by path."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        name = self.path.strip("/").partition("?")[0]
        getattr(self, f"answer_{name}", self.answer_missing)()

    def give(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for key, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def answer_file(self) -> None:
        self.give(200, b"<content/>", ETag='"1"')

    def answer_asked(self) -> None:
        self.give(200, f"{self.path} {self.headers['Host']} {self.headers['Accept-Encoding']}".encode())

    def answer_known(self) -> None:
        self.give(304 if self.headers.get("If-None-Match") == '"1"' else 200, b"")

    def answer_moved(self) -> None:
        self.give(302, Location="/file")

    def answer_round(self) -> None:
        self.give(301, Location="/round")

    def answer_away(self) -> None:
        self.give(302, Location="file:///etc/passwd")

    def answer_missing(self) -> None:
        self.give(404, b"no")

    def answer_large(self) -> None:
        self.give(200, b"x" * 1_000_001)

    def answer_endless(self) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"40000\r\n" + b"x" * 0x40000 + b"\r\n")
        except OSError:
            pass

    def answer_short(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "100")
        self.end_headers()
        self.wfile.write(b"x")
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)

    def answer_slow(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "3")
        self.end_headers()
        for _ in range(3):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.05)

    def answer_silent(self) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    serving = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{serving.server_address[1]}"
    serving.shutdown()
    serving.server_close()


@pytest.fixture(autouse=True)
def allowed(settings: LazySettings) -> None:
    settings.POLYFOLIO_ALLOW_PRIVATE_ADDRESSES = True
    settings.POLYFOLIO_UPLOAD_LIMIT_MB = 1


def fetched(address: str, etag: str = "") -> tuple[bool, str, bytes]:
    with fetch(address, etag=etag) as answer:
        return answer.is_unchanged, answer.etag, b"".join(answer.pieces)


def refusal(address: str) -> tuple[str, str]:
    with pytest.raises(FetchError) as error:
        fetched(address)
    return error.value.code, error.value.value


def test_fetch_gives_the_file(server: str) -> None:
    assert fetched(f"{server}/file") == (False, '"1"', b"<content/>")


def test_fetch_asks_under_the_hosts_own_name(server: str) -> None:
    host = server.removeprefix("http://")

    assert fetched(f"{server}/asked?a=b c")[2].decode() == f"/asked?a=b%20c {host} identity"


def test_fetch_follows_redirects(server: str) -> None:
    assert fetched(f"{server}/moved")[2] == b"<content/>"


def test_fetch_asks_whether_the_file_changed(server: str) -> None:
    assert fetched(f"{server}/known", '"1"') == (True, '"1"', b"")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("missing", ("address-answers-error", "404 Not Found")),
        ("round", ("address-refused", "more than five redirects")),
        ("away", ("address-refused", "file:///etc/passwd")),
        ("large", ("address-too-large", "1")),
        ("endless", ("address-too-large", "1")),
        ("short", ("address-unreachable", "IncompleteRead")),
        ("silent", ("address-unreachable", "127.0.0.1: RemoteDisconnected")),
    ],
)
def test_fetch_refuses(server: str, path: str, expected: tuple[str, str]) -> None:
    assert refusal(f"{server}/{path}") == expected


def test_fetch_gives_up_after_its_time(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "WHOLE_SECONDS", 0)

    assert refusal(f"{server}/slow") == ("address-too-slow", "0")


def test_fetch_shows_that_it_is_at_work(server: str) -> None:
    beats = []

    with fetch(f"{server}/slow", beat=lambda: beats.append(1)) as answer:
        list(answer.pieces)

    assert len(beats) >= 1


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "http:///nothing", "http://me:secret@127.0.0.1/", "http://127.0.0.1:99999/", "gopher://x/"],
)
def test_fetch_refuses_addresses_that_are_none(address: str) -> None:
    assert refusal(address)[0] == "address-refused"


def test_fetch_says_when_nobody_answers() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    assert refusal(f"http://127.0.0.1:{port}/") == ("address-unreachable", "127.0.0.1: ConnectionRefusedError")


def test_fetch_checks_certificates(server: str) -> None:
    address = server.replace("http://", "https://")

    assert refusal(address)[0] == "address-unreachable"


def test_fetch_says_when_the_name_is_unknown() -> None:
    assert refusal("http://no-such-name.invalid/") == ("address-unreachable", "no-such-name.invalid")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
        "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "64:ff9b::7f00:1",
    ],
)  # fmt: skip
def test_private_addresses_are_not_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address)) is False


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_open_addresses_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address)) is True


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "169.254.169.254", "[::1]".strip("[]")])
def test_private_network_is_closed_unless_a_setting_opens_it(host: str, settings: LazySettings) -> None:
    settings.POLYFOLIO_ALLOW_PRIVATE_ADDRESSES = False

    with pytest.raises(FetchError) as error:
        public_addresses(host, 80)

    assert (error.value.code, error.value.value) == ("address-private", host)


def test_redirect_into_the_private_network_is_refused(
    server: str, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first address passes, as if it were public; where it leads is checked like any other."""
    real = fetching.public_addresses
    seen: list[str] = []

    def first_only(host: str, port: int) -> list[str]:
        seen.append(host)
        return ["127.0.0.1"] if len(seen) == 1 else real(host, port)

    monkeypatch.setattr(fetching, "public_addresses", first_only)
    settings.POLYFOLIO_ALLOW_PRIVATE_ADDRESSES = False

    assert refusal(f"{server}/moved") == ("address-private", "127.0.0.1")
