"""Local names of world nodes: what most articles call a thing, made unique where several are called so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from kg.identity.bodies import acronym_of, is_common
from kg.identity.engine import Cluster
from kg.identity.happenings import local_suffix
from kg.identity.layers import LABEL, ORG, SCHEMA, Layers
from kg.identity.owners import name_words
from kg.rdf.terms import slug
from kg.resources import entries
from kg.spelling import person_name


def most_said(labels: Iterable[str]) -> str:
    """The label that most articles give; of several the longest, then one with accents, then the first one."""
    votes = Counter(labels)
    return min(votes, key=lambda n: label_rank(n, votes[n]))


def label_rank(label: str, votes: int) -> tuple[int, int, bool, str]:
    """What labels are chosen by, the best first."""
    return -votes, -len(label), label.isascii(), label


def _labels(layers: Layers, cluster: Cluster) -> list[str]:
    return [layers.text(n, LABEL) for u in cluster.founders for n in u.nodes]


def _first(cluster: Cluster) -> str:
    return min(n for u in cluster.founders for n in u.nodes)


def _unique(names: Sequence[str], clusters: Sequence[Cluster], marks: Sequence[str], layers: Layers) -> list[str]:
    """The names, with a mark (a country) where two are equal, or the first article where that does not help."""
    count = Counter(names)
    marked = [n if count[n] == 1 or not m else f"{n}_{m}" for n, m in zip(names, marks, strict=True)]
    again = Counter(marked)
    equal = [again[m] > 1 or (count[n] > 1 and m == n) for n, m in zip(names, marked, strict=True)]
    return [
        n + local_suffix(layers, _first(c)) if e else m
        for n, m, e, c in zip(names, marked, equal, clusters, strict=True)
    ]


def person_names(layers: Layers, clusters: Sequence[Cluster]) -> list[str]:
    """Names of people; who is called by a surname only is told apart by office or by article."""
    names, marks = [], []
    for cluster in clusters:
        label = most_said(_labels(layers, cluster))
        evidence = [u.profile.evidence for u in cluster.founders]
        offices = sorted({o for p in evidence for o in p.offices})
        name = f"person-{slug(label)}"
        if not any(p.full for p in evidence):
            seats = sorted({slug(f"{' '.join(o.words)} {o.owner.lstrip('@')}") for o in offices if o.owner})
            name += f"_{seats[0]}" if seats else local_suffix(layers, _first(cluster))
        names.append(name)
        marks.append("-".join(sorted({o.country.lower() for o in offices if o.country})))
    return _unique(names, clusters, marks, layers)


def is_full_name(label: str) -> bool:
    """Whether a label names somebody in full."""
    return person_name(label).full


def is_no_acronym(label: str) -> bool:
    """Whether a label is more than an acronym."""
    return not acronym_of(label)


def body_names(layers: Layers, clusters: Sequence[Cluster]) -> list[str]:
    """Names of bodies; those of a name that many countries have are known with their owner only."""
    names, marks = [], []
    for cluster in clusters:
        label, first = most_said(_labels(layers, cluster)), _first(cluster)
        evidence = [u.profile.evidence for u in cluster.founders]
        name = f"body-{slug(label)}"
        if is_common(layers, first, name_words(label)):
            owners = sorted({o for u in cluster.founders for n in u.nodes for o in _owners(layers, n)})
            codes = {p.country for p in evidence if p.country}
            owners = owners or sorted(slug(countries().get(c.lower(), c)) for c in codes)
            if not owners:
                name += local_suffix(layers, first)
            elif not any(f"-{o}-" in f"{name}-" for o in owners):
                name += f"_{owners[0]}"
        names.append(name)
        marks.append(next((p.country.lower() for p in evidence if p.country), ""))
    return _unique(names, clusters, marks, layers)


def _owners(layers: Layers, body: str) -> list[str]:
    """What the owner of a body is called in its name; a region that has a country's name is told apart."""
    owner = layers.text(body, ORG + "subOrganizationOf")
    if not owner:
        return []
    label = layers.text(owner, LABEL)
    # all spellings of a body's name give one: which of them is there, changes with the articles
    words = sorted(name_words(label)) if layers.has_class(owner, ORG + "Organization") else [label]
    name = slug(" ".join(words))
    if name in _country_slugs() and not layers.has_class(owner, SCHEMA + "Country"):
        name += "-region"
    return [name]


def place_names(layers: Layers, clusters: Sequence[Cluster]) -> list[str]:
    """Names of places; a country has its usual English name."""
    names, marks = [], []
    for cluster in clusters:
        evidence = [u.profile.evidence for u in cluster.founders]
        code = evidence[0].code
        label = countries().get(code.lower(), "") if code else ""
        name = f"place-{slug(label or most_said(_labels(layers, cluster)))}"
        if not code and name.removeprefix("place-") in _country_slugs():
            name += "_region" if evidence[0].region else "_place"
        names.append(name)
        within = next((p.within[-1] for p in evidence if p.within), "")
        marks.append(slug(within) if within else "")
    return _unique(names, clusters, marks, layers)


@cache
def countries() -> dict[str, str]:
    """ISO code in lower case -> the country's name."""
    found = entries("en/places.ttl", "Country")
    return {code: entry["prefLabel"][0] for code, entry in found.items() if "prefLabel" in entry}


@cache
def _country_slugs() -> frozenset[str]:
    return frozenset(slug(c) for c in countries().values())
