"""Fetching from real servers on loopback: one that is allowed by name, and others that must not be reached."""

from __future__ import annotations

import gzip
import socket
import ssl
import tracemalloc
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from errors import FetchError
from intake.addresses import private
from intake.fetch import Answer, Bounds, Fetcher
from tests.intake.server import Behaviour, Server, dripping, endless, reply, serving, silent

SHORT = Bounds(seconds=0.6, megabytes=0.2, redirects=3)
PATIENT = Bounds(seconds=20, megabytes=0.2, redirects=3)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


def get(server: Server, path: str = "/", *, bounds: Bounds = PATIENT, allow: str = "", **asked: str) -> Answer:
    return Fetcher(allow=[allow or server.name], bounds=bounds).get(server.url + path, **asked)


def refusal(server: Server, path: str = "/", *, bounds: Bounds = PATIENT) -> FetchError:
    with pytest.raises(FetchError) as caught:
        get(server, path, bounds=bounds)
    assert "\n" not in str(caught.value) and "; " in str(caught.value)
    return caught.value


# What is fetched


def test_a_page_with_what_tells_of_it(server: Server) -> None:
    server.says("/a?b=1", b"<p>x", Content_Type="text/HTML; charset=koi8-r", ETag='"7"', Set_Cookie="a=b", Server="x")
    answer = get(server, "/a?b=1#part")
    assert (answer.status, answer.body, answer.address) == (200, b"<p>x", f"{server.url}/a?b=1")
    assert abs(answer.retrieved - datetime.now(UTC)) < timedelta(minutes=1)
    original = answer.original
    assert original.media_type == "text/html" and original.address == answer.address
    assert dict(original.headers) == {"content-type": "text/HTML; charset=koi8-r", "etag": '"7"'}
    (request,) = server.requests
    assert f"Host: {server.name}\r\n" in request and "User-Agent: garrison/" in request


def test_nothing_is_sent_again_where_nothing_has_changed(server: Server) -> None:
    server.says("/", status=304, ETag='"7"')
    answer = get(server, etag='"7"', last_modified="Fri, 28 Jan 2022 10:00:00 GMT\r\nX-Smuggled: 1")
    assert (answer.status, answer.body) == (304, b"")
    assert 'If-None-Match: "7"\r\n' in server.requests[0] and "If-Modified-Since: Fri" in server.requests[0]
    assert "\r\nX-Smuggled" not in server.requests[0]


def test_compressed_answers_are_unpacked(server: Server) -> None:
    server.says("/", gzip.compress(b"text" * 40_000), Content_Encoding="gzip")
    assert get(server).body == b"text" * 40_000


def test_a_host_may_be_allowed_at_all_its_ports_or_at_one(server: Server) -> None:
    server.says("/", b"x")
    assert get(server, allow="127.0.0.1").status == 200
    with pytest.raises(FetchError, match=f"allow {server.name} by name"):
        get(server, allow=f"127.0.0.1:{server.port - 1}")
    assert server.connections == 1


# Where it does not go


def test_a_redirect_to_another_local_server_is_refused_before_a_connection(server: Server) -> None:
    with serving("127.0.0.2") as other:
        other.says("/", b"secret")
        server.redirects("/", f"{other.url}/")
        fault = refusal(server)
        assert "127.0.0.2, a loopback address" in str(fault)
        assert (server.connections, other.connections) == (1, 0)


def test_redirects_are_followed_to_where_is_allowed(server: Server) -> None:
    server.redirects("/", "/a")
    server.redirects("/a", f"{server.url}/b", status=307)
    server.says("/b", b"x")
    answer = get(server)
    assert (answer.address, answer.asked) == (f"{server.url}/b", f"{server.url}/")


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://example.org/", "javascript:alert(1)", "http://[::1]/", "http://localhost/"]
)
def test_a_redirect_to_elsewhere_is_refused(server: Server, target: str) -> None:
    server.redirects("/", target)
    refusal(server)


@pytest.mark.parametrize("target", ["/", "/b"])
def test_a_circle_of_redirects_ends(server: Server, target: str) -> None:
    server.redirects("/", target)
    server.redirects("/b", "/")
    assert "in a circle" in str(refusal(server))
    assert server.connections <= 2


def test_redirects_are_counted(server: Server) -> None:
    for step in range(9):
        server.redirects(f"/{step}", f"/{step + 1}")
    assert "more than 3 redirects" in str(refusal(server, "/0"))
    assert server.connections == 4


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:{port}/",
        "http://127.1:{port}/",
        "http://2130706433:{port}/",
        "http://0x7f000001:{port}/",
        "http://0177.0.0.1:{port}/",
        "http://0.0.0.0:{port}/",
        "http://localhost:{port}/",
        "http://LOCALHOST.:{port}/",
        "http://[::1]:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://[::ffff:7f00:1]:{port}/",
    ],
)
def test_no_spelling_of_loopback_is_reached(server: Server, address: str) -> None:
    with pytest.raises(FetchError):
        Fetcher(bounds=PATIENT).get(address.format(port=server.port))
    assert server.connections == 0


@pytest.mark.parametrize(
    "address",
    [
        "",
        "example.org",
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "data:text/plain,x",
        "http://",
        "http:///path",
        "http://user:password@127.0.0.1/",
        "http://127.0.0.1:0/",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1\\@example.org/",
        "http://example.org/a b",
        "http://exa\nmple.org/",
        "http://[::1/",
        "http://" + "a" * 5_000,
        "http://" + "a" * 300 + ".example/",
        "http://nowhere.invalid/",
    ],
)
def test_what_is_no_address_to_fetch_is_told(address: str) -> None:
    with pytest.raises(FetchError) as caught:
        Fetcher(allow=["127.0.0.1"], bounds=SHORT).get(address)
    assert "password" not in str(caught.value).replace("name or password", "")
    assert len(str(caught.value)) < 600


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.9.9.9",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "255.255.255.255",
        "224.0.0.1",
        "240.0.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "2001:db8::1",
        "::ffff:10.0.0.1",
        "::10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert private(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34"])
def test_addresses_that_are_public(address: str) -> None:
    assert not private(address)


def test_one_private_address_among_others_is_enough(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    answers_with(monkeypatch, ["93.184.216.34", "127.0.0.1"])
    with pytest.raises(FetchError, match=r"leads to 127\.0\.0\.1"):
        Fetcher(bounds=PATIENT).get(f"http://two.example:{server.port}/")
    assert server.connections == 0


def test_the_connection_is_made_to_the_address_that_was_checked(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that resolves otherwise from the second time on leads nowhere else: it is resolved once."""
    server.says("/", b"x")
    asked = answers_with(monkeypatch, [server.host], ["127.0.0.2"])
    answer = Fetcher(allow=["rebinding.example"], bounds=PATIENT).get(f"http://rebinding.example:{server.port}/")
    assert answer.status == 200 and asked == ["rebinding.example"]
    assert f"Host: rebinding.example:{server.port}\r\n" in server.requests[0]


def answers_with(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """A resolver for names that end in .example, since no test may ask a real one; the names it was asked."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def resolve(host: str, port: int, *rest: object, **more: object) -> object:
        if not host.endswith(".example"):
            return real(host, port, *rest, **more)  # type: ignore[arg-type]
        asked.append(host)
        now = answers[min(len(asked), len(answers)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in now]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return asked


# Bounds


@pytest.mark.parametrize(
    "page",
    [silent, dripping(b""), dripping(b"HTTP/1.1 200 OK\r\nX-Long: "), dripping(reply(Content_Length="100000"))],
    ids=["silent", "status drips", "header drips", "body drips"],
)
def test_a_slow_server_is_given_up(server: Server, page: Behaviour) -> None:
    server.pages["/"] = page
    assert "too slow" in str(refusal(server, bounds=SHORT))


@pytest.mark.parametrize(
    "page",
    [
        endless,
        reply(b"x" * 300_000),
        reply(gzip.compress(bytes(50_000_000)), Content_Encoding="gzip"),
    ],
    ids=["endless", "large", "gzip bomb"],
)
def test_a_large_answer_is_given_up(server: Server, page: bytes | Behaviour) -> None:
    server.pages["/"] = page
    assert "larger than 0.2 MB" in str(refusal(server))


def test_a_bomb_does_not_go_off(server: Server) -> None:
    """It is given up before it takes more memory than the bound and a few pieces."""
    server.says("/", gzip.compress(bytes(100_000_000)), Content_Encoding="gzip")
    tracemalloc.start()
    try:
        refusal(server)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 5_000_000


@pytest.mark.parametrize(
    "page",
    [
        reply(b"short", Content_Length="500"),
        reply(b"not gzip", Content_Encoding="gzip"),
        reply(gzip.compress(b"x" * 9_000)[:20], Content_Encoding="gzip"),
        reply(b"x", Content_Encoding="br"),
        reply(zlib.compress(b"x"), Content_Encoding="deflate"),
        reply(b"x", Content_Encoding="gzip, gzip"),
        reply(b"zz\r\nno chunk", Transfer_Encoding="chunked", Content_Length=""),
        b"",
        b"SSH-2.0-OpenSSH\r\n",
        b"HTTP/1.1 99999 What\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
        reply(status=302),
        reply(status=302, Location="http://[bad/"),
    ],
)
def test_a_broken_answer_is_told(server: Server, page: bytes) -> None:
    server.pages["/"] = page
    refusal(server)


# Errors that a server tells


@pytest.mark.parametrize("status", [204, 400, 401, 403, 404, 410, 429, 500, 503])
def test_an_error_is_told_with_its_number(server: Server, status: int) -> None:
    server.says("/", b"" if status == 204 else b"sorry", status=status)
    fault = refusal(server)
    assert fault.status == status and f"HTTP {status}" in str(fault) and fault.retry_after is None


def test_how_long_to_leave_a_server_alone(server: Server) -> None:
    server.says("/", status=429, Retry_After="120")
    assert refusal(server).retry_after == 120
    later = datetime.now(UTC) + timedelta(minutes=5)
    server.says("/", status=503, Retry_After=later.strftime("%a, %d %b %Y %H:%M:%S GMT"))
    assert 200 < (refusal(server).retry_after or 0) <= 300
    server.says("/", status=503, Retry_After="soon")
    assert refusal(server).retry_after is None


def test_nobody_there() -> None:
    with serving() as gone:
        pass
    assert "nothing answers there" in str(refusal(gone))


# TLS


def test_a_certificate_is_checked_against_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate, context = certified(tmp_path, "right.example")
    answers_with(monkeypatch, ["127.0.0.1"])
    with serving(tls=context) as server:
        server.says("/", b"x")
        fetcher = Fetcher(allow=["right.example", "wrong.example"], bounds=PATIENT)
        with pytest.raises(FetchError, match="certificate is not trusted"):
            fetcher.get(f"https://right.example:{server.port}/")
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert fetcher.get(f"https://right.example:{server.port}/").body == b"x"
        with pytest.raises(FetchError, match="certificate is not trusted"):
            fetcher.get(f"https://wrong.example:{server.port}/")
        assert len(server.requests) == 1


def certified(folder: Path, name: str) -> tuple[Path, ssl.SSLContext]:
    """A certificate for a name, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    public, secret = folder / "certificate.pem", folder / "key.pem"
    public.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, secret)
    return public, context
