"""The bounded line against a server that sends raw bytes of its own choosing."""

from __future__ import annotations

import asyncio
import contextlib
import threading

import pytest

from kiosk.http import CHUNK, Answer, Garbage, Http, Lost, NotSent

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
CAP = 10_000


@pytest.fixture
async def serve():
    """serve(bytes, then) → an Http whose server answers these bytes and goes on with `then` for ever; None = it falls silent."""
    open_now, talks = [], []

    async def start(answer, then=b""):
        async def talk(reader, writer):
            talks.append(asyncio.current_task())
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                await reader.readuntil(b"\r\n\r\n")
                writer.write(answer)
                while then:
                    writer.write(then)
                    await writer.drain()
                    await asyncio.sleep(0)  # drain alone never lets the other side's deadline come
                await writer.drain()
                if then is None:
                    await reader.read()
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        http = Http(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", size_cap=CAP)
        open_now.append((http, server))
        return http

    yield start
    for http, server in open_now:
        await http.close()
        server.close()
        await server.wait_closed()
    await asyncio.wait_for(asyncio.gather(*talks), 10)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("http-")]


async def sent(http, within=30.0):
    return await http.send("POST", "/x", b"{}", {"Content-Type": "application/json"}, within=within)


async def test_an_answer_comes_whole(serve):
    answer = await sent(await serve(OK + b"Content-Length: 2\r\n\r\n{}"))
    assert (answer.status, answer.body, answer.headers["content-type"]) == (200, b"{}", "application/json")


async def test_chunks_are_put_together(serve):
    answer = await sent(await serve(OK + b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n"))
    assert answer.body == b"{}"


async def test_nothing_is_kept_from_one_exchange_to_the_next():
    """A server that sets a cookie and leaves its line open: the next exchange comes on a line of its own and brings no cookie."""
    lines, asked = [], []

    async def talk(reader, writer):
        lines.append(writer)
        with contextlib.suppress(asyncio.IncompleteReadError):
            while True:
                asked.append(await reader.readuntil(b"\r\n\r\n"))
                writer.write(OK + b"Set-Cookie: visit=1; Path=/\r\nContent-Length: 2\r\n\r\n{}")
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    http = Http(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", size_cap=CAP)
    for _ in range(3):
        assert (await sent(http, within=30)).body == b"{}"
    await http.close()
    server.close()
    await server.wait_closed()
    assert len(lines) == 3
    assert not [head for head in asked if b"cookie" in head.lower()]


@pytest.mark.parametrize(
    ("answer", "then", "why"),
    [
        (b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\n\r\n", b"x" * CHUNK, Garbage),
        (b"HTTP/1.1 307 Temporary Redirect\r\nLocation: \xff\xfe://[\r\nContent-Length: 0\r\n\r\n", b"", Garbage),
        (b"HTTP/1.1 304 Not Modified\r\n\r\n", b"", Garbage),
        (OK + b"\r\n", b"x" * CHUNK, Garbage),
        (OK + b"Content-Length: 99999999999\r\n\r\n", b"", Garbage),
        (OK + b"Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", b"", Garbage),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n", b"ffff\r\n" + b"x" * 0xFFFF + b"\r\n", Garbage),
        (OK + b"Content-Length: 5\r\n\r\n{}", b"", Lost),
        (OK + b"Content-Length: two\r\n\r\n{}", b"", Garbage),
        (OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", b"", Lost),
        (b"", b"", Lost),
        (b"SSH-2.0-OpenSSH_9.2\r\n", b"", Lost),
        (b"\x16\x03\x01" + b"\x00" * 40, b"", Lost),
        (b"HTTP/1.1 200 OK\r\n", b"X-More: of the same\r\n", Lost),
        (b"HTTP/1.1 200 OK\r\nX-Long: ", b"a" * CHUNK, Lost),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n", Lost),
    ],
)  # fmt: skip
async def test_no_bytes_are_worse_than_their_name(serve, answer, then, why):
    http = await serve(answer, then)
    with pytest.raises(why):
        await sent(http, within=5.0)  # one of them says "go on" for ever
    assert http.received <= CAP + CHUNK


async def test_no_time_left_means_not_sent(serve):
    http = await serve(OK + b"Content-Length: 2\r\n\r\n{}")
    with pytest.raises(NotSent):
        await sent(http, within=0.0)


async def test_closing_ends_what_is_running(serve):
    http = await serve(OK, None)
    call = asyncio.ensure_future(sent(http, within=60.0))
    await asyncio.sleep(0.05)
    await http.close()
    with pytest.raises(Lost):
        await call


async def test_an_answer_in_the_moment_of_being_called_off_is_returned_and_the_wish_heard_right_after(serve, monkeypatch):
    """Whoever asks again and again is not kept by it until the next question."""
    http, got, asked = await serve(b""), [], threading.Event()

    def just_then(line, *_):
        asked.set()
        with contextlib.suppress(TimeoutError):
            while line.left():
                pass
        return Answer(status=200, headers={}, body=b"{}")

    monkeypatch.setattr(http, "_exchange", just_then)

    async def goes_on_asking():
        while True:
            got.append(await sent(http))
            await asyncio.sleep(60)

    asking = asyncio.create_task(goes_on_asking())
    await asyncio.to_thread(asked.wait)
    asking.cancel()
    await asyncio.wait({asking}, timeout=20)
    assert asking.cancelled() and len(got) == 1
