"""An endpoint of its own for the tests: ``oxigraph serve`` on this machine."""

import shutil
import socket
import subprocess
import sysconfig
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from kg.present.turtle import write
from kg.store import Graph


def program() -> str:
    found = shutil.which("oxigraph", path=sysconfig.get_path("scripts")) or shutil.which("oxigraph")
    return found or pytest.skip("the oxigraph server is not installed: it comes with the extra 'test'")


@contextmanager
def served(graph: Graph, folder: Path, *options: str) -> Iterator[str]:
    """The address of an endpoint that has the graph."""
    file = folder / "graph.nq"
    file.write_bytes(write(graph, "nquads"))
    data = str(folder / "data")
    subprocess.run([program(), "load", "--location", data, "--file", str(file)], check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    command = [program(), "serve-read-only", "--location", data, "--bind", place, *options]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://{place}/", timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield f"http://{place}/query"
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """Serves graphs until the tests end."""
    with ExitStack() as stack:
        yield lambda graph, *options: stack.enter_context(served(graph, tmp_path_factory.mktemp("served"), *options))
