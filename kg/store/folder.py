"""A graph on disk that one process writes while others read it.

    DIR/store.json   which layout this is, and by which rules the world layer was made
    DIR/lock         held, and signed, by who writes
    DIR/data/        the Oxigraph store; nobody but the writer opens it
    DIR/views/7/     how it was at some moment, for readers; its files are hard links where the disk has them
    DIR/unseen       there while ``data`` has what no view has

Oxigraph does not allow to read a store that another process writes: hence the views. A reader takes the newest and
locks it, so that the writer removes it only afterwards. What a killed writer left unseen, the next reader or writer
shows.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pyoxigraph as ox

from kg.store.graph import Graph
from kg.store.locks import Lock, StoreError

LAYOUT = 1

PATIENCE = 5
"""Tenths of a second to wait for a reader who shows what a killed writer left."""

VIEW_SHARE = 20
"""Making views takes at most about one part in so many of a writer's time."""


class View(Graph):
    """A store as it was when a view of it was made; it does not change."""

    def __init__(self, path: Path, held: Lock) -> None:
        super().__init__()
        self._held = held  # the view stays on disk for as long as this object lives
        self._quads = self.store = ox.Store.read_only(str(path))

    def change(
        self, removed: Iterable[ox.Quad], added: Iterable[ox.Quad], articles: Iterable[ox.NamedNode] = ()
    ) -> None:
        raise StoreError("a store that was opened to be read is read only; use kg.store.folder.writing")

    def copy(self, path: Path) -> None:
        """Write a store of its own to a path that does not exist."""
        self.store.backup(str(path))


class Writable(Graph):
    """The store itself, for its one writer. Each change is one transaction."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self._quads = self.store = _open(folder)
        self._next_view = 0.0

    def change(
        self, removed: Iterable[ox.Quad], added: Iterable[ox.Quad], articles: Iterable[ox.NamedNode] = ()
    ) -> None:
        """Take out some quads and whole articles, then put in others: all of it or, if the process dies, nothing.

        The quads have no blank nodes, as none of ours has.
        """
        removed, added = tuple(removed), tuple(added)
        drops = [f"DROP SILENT GRAPH {article}" for article in articles]
        if not (drops or removed or added):
            return
        (self.folder / "unseen").touch()
        self.store.update(" ;\n".join([*drops, _data("DELETE", removed), _data("INSERT", added)]))
        if time.monotonic() > self._next_view:
            self.show()

    @property
    def rules(self) -> str | None:
        """By which rules the world layer was made; None for an empty store."""
        found = _description(self.folder).get("rules")
        return str(found) if found else None

    @rules.setter
    def rules(self, rules: str) -> None:
        _describe(self.folder, {**_description(self.folder), "rules": rules})

    def show(self) -> None:
        """Let readers see what is there."""
        if not (self.folder / "unseen").exists():
            return
        began = time.monotonic()
        views = self.folder / "views"
        views.mkdir(exist_ok=True)
        for left in views.glob("*.new"):
            shutil.rmtree(left)
        old = _views(self.folder)
        made = views / str(_number(old[0]) + 1 if old else 1)
        unnamed = made.with_suffix(".new")
        self.store.backup(str(unnamed))
        (unnamed / "readers").touch()
        unnamed.rename(made)
        (self.folder / "unseen").unlink()
        for view in old:
            with suppress(OSError), Lock(view / "readers"):  # somebody reads it: the next writer removes it
                shutil.rmtree(view)
        ended = time.monotonic()
        self._next_view = ended + VIEW_SHARE * (ended - began)


@contextmanager
def writing(path: str | Path) -> Iterator[Writable]:
    """The store at a folder, made where there is none, for the only writer; readers see it all in the end.

    Raises:
        StoreError: another process writes it, or it is no store of this version.
        OSError: the folder cannot be written.
    """
    folder = Path(path)
    known = folder.exists()
    if known:
        _check(folder, new=True)
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder) as lock:
        lock.sign()
        if not (folder / "store.json").exists():
            _describe(folder, {"layout": LAYOUT})
        graph = Writable(folder)
        if not _views(folder):
            (folder / "unseen").touch()
        graph.show()  # what a killed writer left, or that there is nothing yet
        try:
            yield graph
        finally:
            graph.show()
            graph.store.flush()
            del graph.store, graph._quads


def _alone(folder: Path) -> Lock:
    """The lock of the writer. Raises StoreError, naming who has it for more than the moment that a reader may."""
    for _ in range(PATIENCE):
        try:
            return Lock(folder / "lock")
        except BlockingIOError as error:
            holder = str(error) or "another process"
            time.sleep(0.1)
    raise StoreError(f"{folder}: {holder} is writing it; wait until it is done, or stop it")


def read_folder(path: str | Path) -> View:
    """The store at a folder as it is, or beside a writer as it was a moment ago.

    Raises:
        StoreError: it is no store of this version, or is not readable.
    """
    folder = Path(path)
    _check(folder)
    if (folder / "unseen").exists() or not _views(folder):
        with suppress(OSError), writing(folder):  # nobody writes: its writer was killed
            pass
    for _ in range(10):
        for view in _views(folder)[:1]:
            with suppress(OSError):
                held = Lock(view / "readers", shared=True)
                if held.inside(view / "readers"):
                    try:
                        return View(view, held)
                    except OSError as error:
                        raise StoreError(f"{folder}: not readable: {error}; build it again") from None
                held.close()  # a newer one has come, and this one is gone
        time.sleep(0.05)
    raise StoreError(f"{folder}: has nothing to read yet; try again in a moment")


def backup(path: str | Path, target: str | Path) -> None:
    """Copy a store, as its readers see it, to a new folder.

    Raises:
        StoreError: it is no store, or the target exists.
        OSError: the target cannot be written.
    """
    copy = Path(target)
    if copy.exists():
        raise StoreError(f"{copy}: exists already; name a folder that does not")
    source = read_folder(path)
    copy.mkdir(parents=True)
    source.copy(copy / "data")
    _describe(copy, _description(Path(path)))


def _check(folder: Path, new: bool = False) -> None:
    """Refuse what is no store of this layout; ``new``: but not an empty folder."""
    if not folder.exists():
        raise StoreError(f"{folder}: no such folder; `kg build INPUT --store {folder}` makes a store")
    if not folder.is_dir():
        raise StoreError(f"{folder}: is a file; a store is a folder")
    if not (folder / "store.json").is_file():
        if new and {p.name for p in folder.iterdir()} <= {"lock", "store.json.new"}:
            return
        raise StoreError(f"{folder}: is no store; `kg build INPUT --store DIR` makes one in a new folder")
    layout = _description(folder).get("layout")
    if layout != LAYOUT:
        raise StoreError(f"{folder}: has layout {layout}, this version of kg knows {LAYOUT}; use the newer version")


def _description(folder: Path) -> dict[str, object]:
    try:
        found = json.loads((folder / "store.json").read_text(encoding="utf-8"))
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise StoreError(f"{folder}: store.json is not readable; build the store again")
    return found


def _describe(folder: Path, description: dict[str, object]) -> None:
    beside = folder / "store.json.new"
    beside.write_text(json.dumps(description) + "\n", encoding="utf-8")
    beside.replace(folder / "store.json")


def _open(folder: Path) -> ox.Store:
    try:
        return ox.Store(str(folder / "data"))
    except OSError as error:
        reason = "another program has it open" if "lock" in str(error).lower() else f"not readable: {error}"
        raise StoreError(f"{folder / 'data'}: {reason}") from None


def _views(folder: Path) -> list[Path]:
    """The views, the newest first."""
    found = (p for p in (folder / "views").glob("*") if p.name.isdecimal())
    return sorted(found, key=_number, reverse=True)


def _number(view: Path) -> int:
    return int(view.name)


def _data(verb: str, quads: Iterable[ox.Quad]) -> str:
    """An operation of SPARQL Update on quads."""
    graphs: dict[str, list[str]] = {}
    for quad in quads:
        name = str(quad.graph_name) if isinstance(quad.graph_name, ox.NamedNode) else ""
        graphs.setdefault(name, []).append(f"{quad.subject} {quad.predicate} {quad.object} .")
    parts = (f"GRAPH {name} {{ {' '.join(rows)} }}" if name else " ".join(rows) for name, rows in graphs.items())
    return f"{verb} DATA {{ {' '.join(parts)} }}"
