"""The process itself."""

from __future__ import annotations

import asyncio
import os
import socket
from pathlib import Path

import httpx

from backend.city import Clock, settings_for
from kiosk.backend import serve_on


async def test_an_inherited_socket_is_served_without_delay(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as reserved, socket.socket(fileno=os.dup(reserved.fileno())) as given:
        loop, stop = asyncio.get_running_loop(), asyncio.Event()
        up: asyncio.Future[str] = loop.create_future()
        server = asyncio.create_task(serve_on(settings_for(tmp_path, Clock()), given, ready=up.set_result, stop=stop))
        url = await asyncio.wait_for(up, 30)
        assert url.endswith(f":{reserved.getsockname()[1]}")
        async with httpx.AsyncClient(base_url=url) as client:
            assert (await client.get("/v1/health")).json()["status"] == "ok"
        assert reserved.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        stop.set()
        await asyncio.wait_for(server, 30)
