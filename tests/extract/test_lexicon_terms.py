"""The lexicon speaks of nothing that the ontology does not define."""

from kg.extract.lexicon import lexicon
from kg.resources import entries

ONTOLOGY = entries("newskg.ttl")
READINGS = {"place", "topic", "actor", "subject", "receiver"}  # what arguments may be besides roles


def test_events_are_classes_with_a_fact_type() -> None:
    for trigger in lexicon().by_name.values():
        for event in {trigger.event, trigger.convening} - {None}:
            assert "factType" in ONTOLOGY[str(event)], trigger.name


def test_roles_are_subproperties_of_has_actor() -> None:
    roles = {role for trigger in lexicon().by_name.values() for filled in trigger.slots.values() for role in filled}
    carried = {
        role
        for found in lexicon().carriers.values()
        for _, c in found
        for role in (c.subject, c.object)
        if role is not None
    }
    for role in (roles | carried | set(lexicon().roles)) - READINGS:
        assert "hasActor" in ONTOLOGY[role]["subPropertyOf"], role


def test_what_a_trigger_needs_it_can_have() -> None:
    carried = {"subject", "host", "chair", "mediator"}
    for trigger in lexicon().by_name.values():
        fillable = {role for filled in trigger.slots.values() for role in filled} | carried | {"convenes"}
        for alternatives in trigger.needs:
            assert alternatives & fillable, trigger.name
