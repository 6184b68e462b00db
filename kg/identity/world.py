"""The world layer: one node for each real thing, with what all articles say of it and why they are taken for one."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pyoxigraph as ox

from kg.identity.change import Change, change
from kg.identity.decisions import Decisions
from kg.identity.layers import Layers
from kg.identity.update import Update
from kg.model import DEFAULT_BASE


def world_quads(
    quads: Iterable[ox.Quad], base: str = DEFAULT_BASE, decisions: Decisions | None = None
) -> tuple[ox.Quad, ...]:
    """Return the world layer of the article layers in ``quads``, sorted; quads of the default graph are passed over.

    It depends on nothing but the article layers and the user's decisions: not on their order, nor on batches.
    """
    with _without_collector():
        layers = Layers(base)
        layers.add(quads)
        return change(Update(layers, decisions or Decisions())).added


@contextmanager
def _without_collector() -> Iterator[None]:
    """Pause the cyclic garbage collector: it would look through millions of living objects again and again."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


class World:
    """The world layer of a store, which is kept up with its article layers change by change.

    Args:
        store: article layers and their world layer. Nobody else changes it meanwhile.
        base: what the IRIs of the data begin with.
        decisions: the user's, for the graph that comes out.
    """

    def __init__(self, store: ox.Store, base: str = DEFAULT_BASE, decisions: Decisions | None = None) -> None:
        self._layers = Layers(base, store)
        self._decisions = decisions or Decisions()
        self._worlds: dict[str, str] = {}  # what the last change decided

    def change(self, quads: Iterable[ox.Quad], gone: Iterable[str] = (), moved: Iterable[str] = ()) -> Change:
        """What new articles change in the world layer; only what they can concern is read and decided anew.

        What the last call gave is in the store by now.

        Args:
            quads: article layers that are not in the store yet.
            gone: IRIs of articles of the store that are withdrawn, or replaced by new ones.
            moved: nodes on which the user decides otherwise than in the graph that is there.
        """
        with _without_collector():
            layers = self._layers
            layers.settle(self._worlds)
            layers.remove(gone)
            layers.add(quads)
            update = Update(layers, self._decisions, moved)
            self._worlds = {node: layers.base + name for node, name in update.names.items()}
            return change(update)


def world_change(
    store: ox.Store,
    quads: Iterable[ox.Quad],
    base: str = DEFAULT_BASE,
    *,
    gone: Iterable[str] = (),
    decisions: Decisions | None = None,
    decided_before: Decisions | None = None,
) -> Change:
    """One change of the world layer of a store. See ``World``; ``decided_before`` holds for the graph that is there."""
    now, before = decisions or Decisions(), decided_before or Decisions()
    moved = {n for pair in (now.same ^ before.same) | (now.different ^ before.different) for n in pair}
    return World(store, base, now).change(quads, gone, sorted(moved))
