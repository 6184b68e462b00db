"""What a sentence says of an office holder's dealings: with whom they are, who comes or is received."""

from __future__ import annotations

from itertools import pairwise

from kg.extract.titles import title_list
from kg.model import Parsed
from kg.resolve.salience import quoted_tokens
from kg.resolve.scene import Held, Scene

_BESIDE = frozenset(("title", "apposition", "respective"))
"""Rules of offices that stand beside the name of their holder, who does or suffers what the verb says."""


def deals(parsed: Parsed, sentence: int) -> bool:
    """A sentence tells of a meeting, a call or the like; "called for" and "called it tragic" do not."""
    words = parsed.sentence_tokens(parsed.sentences[sentence])
    after = {t.index: following.pos for t, following in pairwise(words)}
    other = {t.index for t in words if t.tag[:2] == "VB" and after.get(t.index) in ("DET", "PRON", "ADP")}
    return any(t.lemma.lower() in title_list("dealings") and (t.lemma != "call" or t.index not in other) for t in words)


def opposes(parsed: Parsed, sentence: int) -> bool:
    """A sentence tells what somebody has against somebody, who may well be of another country."""
    words = parsed.sentence_tokens(parsed.sentences[sentence])
    return any(t.lemma.lower() in title_list("opposing") for t in words)


def received(scene: Scene, held: Held, home: str) -> bool:
    """The holder is met or received by somebody, and may well be a guest; not of what is at home itself."""
    tokens = scene.parsed.tokens
    if held.rule.name not in _BESIDE:
        return False
    people = [
        m for m in scene.names.people if m.first >= held.title.first and scene.named.key_at[m.first] == held.person
    ]
    token = tokens[people[0].last - 1] if people else tokens[held.title.head]
    while token.dep in ("conj", "appos", "compound", "nmod") and token.head != token.index:
        token = tokens[token.head]
    verb = tokens[token.head].lemma
    if token.dep == "nsubjpass":
        return verb in title_list("dealings")
    hosts = (scene.named.key_at.get(t.index, "") for t in scene.parsed.children(tokens[token.head], "nsubj"))
    if any(scene.named.entities[k].part_of == home for k in hosts if k):
        return False
    return token.dep in ("dobj", "pobj", "dative") and verb not in title_list("person-objects")


def speaks_for_itself(scene: Scene) -> bool:
    """The article says "we" or "our" outside quotation marks."""
    words = [t.index for t in scene.parsed.tokens if t.pos == "PRON" and scene.low(t.index) in ("we", "our", "us")]
    return bool(words) and not quoted_tokens(scene.parsed).issuperset(words)


def comes(scene: Scene, held: Held, home: str) -> bool:
    """ "X did not come", "X's visit to Lima", "X was in the Peruvian capital as well": who is said to be there may be
    from elsewhere.
    """
    sentence = scene.parsed.sentences[scene.parsed.tokens[held.title.head].sentence]
    parsed, names = scene.parsed, scene.named.key_at
    for verb in parsed.sentence_tokens(sentence):
        ranked = verb.index + 1 < sentence.last and parsed.tokens[verb.index + 1].pos in ("ADJ", "ADV", "NUM")
        if verb.lemma in title_list("arrivals") and verb.pos == "VERB" and not ranked:  # "came second"
            above = parsed.head(verb)
            goes = {*parsed.children(verb, "nsubj"), *parsed.children(above, "nsubj", "nsubjpass")}
            goes |= {above} if verb.dep == "relcl" else set()
            if any(names.get(t.index) == held.person for t in goes):
                return True
        if verb.lemma in title_list("travels") and any(
            names.get(t.index) == held.person for t in parsed.children(verb, "poss")
        ):
            to = [t for p in parsed.children(verb, "prep") if p.lemma == "to" for t in parsed.children(p, "pobj")]
            if any(_lies_in(scene, t.index, home) for t in to):
                return True
    named = [m for m in scene.names.places if sentence.first <= m.first < sentence.last]
    at_home = [m.first for m in named if scene.named.place_at[m.first] == home]
    return any("in" in (scene.low(i - 1), scene.low(i - 2)) for i in at_home)


def _lies_in(scene: Scene, token: int, home: str) -> bool:
    """A token names a country or a place in it."""
    place, country = scene.named.entities.get(scene.named.place_at.get(token, "")), scene.named.entities[home]
    return place is not None and bool(country.code) and (place.code or "").partition("-")[0] == country.code
