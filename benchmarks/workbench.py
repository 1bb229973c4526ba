"""The workbench under load: many clients at once on one machine, and its memory before and after."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import numpy as np

CLIENTS, SECONDS = 50, 60.0
CASE = "/s/budapest-2025"
PAGES = (f"{CASE}/run", f"{CASE}/run.json", f"{CASE}/situation", f"{CASE}/whatif", f"{CASE}/word")


@dataclass(slots=True)
class Heard:
    """What one client heard: milliseconds a page, and how often something went wrong."""

    milliseconds: list[float] = field(default_factory=list[float])
    errors: int = 0


def workbench_lines(clients: int = CLIENTS, seconds: float = SECONDS) -> list[str]:
    """A table: cached pages, then what-ifs never asked before; the memory of the server."""
    port = _free_port()
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable, "-m", "detente", "serve", "budapest-2025", "--no-browser",
            "--port", str(port),
        ]  # fmt: skip
        server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
        try:
            return _measured(server.pid, f"http://127.0.0.1:{port}", clients, seconds)
        finally:
            server.terminate()
            server.wait()


def _measured(pid: int, address: str, clients: int, seconds: float) -> list[str]:
    _until_ready(address)
    _ask(address, PAGES, 2.0)
    before = _memory(pid)
    cached = _together(address, clients, seconds, PAGES)
    after = _memory(pid)
    fresh = [_ms(address, f"{CASE}/run.json?set=outlook.russia={n / 1000}") for n in range(1, 21)]
    lines = [
        f"{clients} clients for {seconds:.0f} s asking for pages whose answers are known; then one",
        "client's what-ifs of 1,000 draws that nobody asked before.",
        "",
        "| what | requests | errors | median, ms | 95th percentile, ms |",
        "| --- | --- | --- | --- | --- |",
        _row("known answers", cached),
        _row("new what-ifs", Heard(fresh)),
        "",
        f"Memory of the server: {before:.0f} MB before, {after:.0f} MB after.",
    ]
    print("\n".join(lines))
    return lines


def _row(what: str, heard: Heard) -> str:
    median, late = np.percentile(heard.milliseconds, [50, 95])
    count = len(heard.milliseconds)
    return f"| {what} | {count:,} | {heard.errors} | {median:.0f} | {late:.0f} |"


def _together(address: str, clients: int, seconds: float, pages: tuple[str, ...]) -> Heard:
    heard = [Heard() for _ in range(clients)]

    def ask(mine: Heard) -> None:
        found = _ask(address, pages, seconds)
        mine.milliseconds, mine.errors = found.milliseconds, found.errors

    threads = [threading.Thread(target=ask, args=(mine,)) for mine in heard]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Heard([ms for mine in heard for ms in mine.milliseconds], sum(m.errors for m in heard))


def _ask(address: str, pages: tuple[str, ...], seconds: float) -> Heard:
    """Page after page, with a reader's pause between, until the time is over."""
    heard, end = Heard(), time.monotonic() + seconds
    rng = np.random.default_rng()
    with httpx2.Client(base_url=address, timeout=30.0) as client:
        while time.monotonic() < end:
            for page in pages:
                begun = time.perf_counter()
                try:
                    answer = client.get(page)
                    heard.errors += answer.status_code != 200
                except httpx2.HTTPError:
                    heard.errors += 1
                heard.milliseconds.append(1e3 * (time.perf_counter() - begun))
                time.sleep(float(rng.uniform(0.5, 1.5)) if seconds > 5.0 else 0.0)
    return heard


def _ms(address: str, page: str) -> float:
    begun = time.perf_counter()
    httpx2.get(address + page, timeout=30.0).raise_for_status()
    return 1e3 * (time.perf_counter() - begun)


def _until_ready(address: str) -> None:
    for _ in range(300):
        try:
            httpx2.get(f"{address}{CASE}/run", timeout=60.0).raise_for_status()
        except httpx2.TransportError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(address)


def _memory(pid: int) -> float:
    """Resident megabytes, where the system tells."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return float("nan")
    line = next(one for one in status.read_text().splitlines() if one.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


if __name__ == "__main__":
    workbench_lines()
