"""One world node for each real thing: who and what the nodes of many articles are, and why."""

from kg.identity.change import Change
from kg.identity.decisions import Decisions, read_decisions, stored_decisions
from kg.identity.world import World, world_change, world_quads

__all__ = ["Change", "Decisions", "World", "read_decisions", "stored_decisions", "world_change", "world_quads"]
