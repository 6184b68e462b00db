"""Who holds which office by what a sentence says: "X is the Y", "served as Y", "appointed X Y"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.model import OfficeStatus, Rule, TitleMention, Token
from kg.resolve.holdings import Held, Scene, listed

_BE = frozenset(("be", "become", "remain", "stay"))
_APPOINT = frozenset(
    (
        "appoint",
        "elect",
        "name",
        "nominate",
        "choose",
        "select",
        "reelect",
        "reappoint",
        "swear",
        "confirm",
        "designate",
    )
)
_REMOVE = frozenset(("dismiss", "fire", "sack", "remove", "oust", "replace", "depose"))
_LEADING = {"chair": ("chairperson", "Chair"), "head": ("head", "Head"), "lead": ("leader", "Leader")}
_DONE = frozenset(("vote", "go", "proceed", "manage"))
_DOUBT = frozenset(
    ("would", "could", "may", "might", "should", "can", "must", "to", "not", "n't", "n’t", "if", "never", "whether")
)


def find_predicates(scene: Scene, found: Sequence[Held], referents: Mapping[int, tuple[str, ...]]) -> list[Held]:
    """Offices that a sentence states of a named person or of a pronoun that refers to one.

    Args:
        scene: the article.
        found: what is held by the words around names.
        referents: what descriptions and pronouns refer to.
    """
    held = {h.title.first for h in found}
    more = []
    for title in scene.names.titles:
        if title.sort == "office" and title.first not in held and not title.plural:
            predicate = _Predicate(scene, referents).of(title)
            if predicate:
                more.append(scene.hold(title, predicate[0], Rule("predicate", 0.9), predicate[1]))
    more += _leading(scene, referents)
    return more + [h for h in listed(scene, [*found, *more]) if h.title.first not in held]


def _leading(scene: Scene, referents: Mapping[int, tuple[str, ...]]) -> list[Held]:
    """ "X, who chairs the Council": an office that a verb says."""
    reading = _Predicate(scene, referents)
    found = []
    for verb in scene.parsed.tokens:
        if verb.pos != "VERB" or verb.lemma not in _LEADING or _doubtful(scene, verb):
            continue
        for thing in scene.parsed.children(verb, "dobj"):
            body, person = scene.named.key_at.get(thing.index), reading.subject(verb)
            if body and person and scene.named.entities[body].kind == "body":
                lexeme, office = _LEADING[verb.lemma]
                status: OfficeStatus = "former" if verb.tag in ("VBD", "VBN") else "current"
                title = TitleMention(verb.index, verb.index + 1, verb.index, "office", office, lexeme, status, False)
                span = scene.parsed.span(verb.index, thing.index + 1)
                found.append(Held(title, person, span, body, status, Rule("leading", 0.85)))
    return found


class _Predicate:
    """The reading of one sentence; holds only what every step needs."""

    def __init__(self, scene: Scene, referents: Mapping[int, tuple[str, ...]]) -> None:
        self.scene, self.parsed, self.referents = scene, scene.parsed, referents

    def of(self, title: TitleMention) -> tuple[str, OfficeStatus] | None:
        """The person that a title is stated of, and how."""
        token = self._top(title)
        governor = self.parsed.tokens[token.head]
        if token.dep == "pobj" and governor.lemma.lower() == "as":
            return self._as(title, self.parsed.tokens[governor.head])
        if _doubtful(self.scene, governor):
            return None
        if token.dep == "attr" and governor.lemma in _BE:
            past = governor.tag == "VBD" and governor.lemma == "be"
            ahead = governor.lemma == "become" and any(
                t.text.lower() in ("will", "'ll", "’ll") for t in self.parsed.children(governor, "aux")
            )
            return self._stated(self.subject(governor), title, "elect" if ahead else "former" if past else None)
        if token.dep in ("oprd", "attr", "dobj", "appos", "acomp") and governor.lemma in _APPOINT:
            person = self._object(governor, token)
            return self._stated(person, title, None)
        return None

    def _as(self, title: TitleMention, verb: Token) -> tuple[str, OfficeStatus] | None:
        """ "served as", "was appointed as", "succeeded her as"."""
        if _doubtful(self.scene, verb):
            return None
        if verb.lemma in ("serve", "work", "act"):
            past = verb.tag in ("VBD", "VBN")
            return self._stated(self.subject(verb), title, "former" if past else None)
        if verb.lemma in ("succeed", "continue", "begin", "start"):
            return self._stated(self.subject(verb), title, None)
        if verb.lemma in _REMOVE:
            return self._stated(self._object(verb, None), title, "former")
        return self._stated(self._object(verb, None), title, None) if verb.lemma in _APPOINT else None

    def _stated(
        self, person: str | None, title: TitleMention, status: OfficeStatus | None
    ) -> tuple[str, OfficeStatus] | None:
        if person is None:
            return None
        return person, status if status and title.status == "current" else title.status

    def _top(self, title: TitleMention) -> Token:
        """The head of the title's words in the parse."""
        token = self.parsed.tokens[title.head]
        while title.first <= token.head < title.last and token.head != token.index:
            token = self.parsed.tokens[token.head]
        while token.dep == "conj" and token.head != token.index:
            token = self.parsed.tokens[token.head]
        return token

    def subject(self, verb: Token) -> str | None:
        """The person that a verb is said of."""
        for subject in self.parsed.children(verb, "nsubj", "nsubjpass"):
            if subject.text.lower() in ("who", "that", "which"):
                before = subject.index - 2 if self.scene.low(subject.index - 1) == "," else subject.index - 1
                return self._person(self.parsed.tokens[before])
            return self._person(subject)
        if verb.dep in ("conj", "xcomp", "advcl") and verb.head != verb.index:
            return self.subject(self.parsed.tokens[verb.head])
        return self._person(self.parsed.tokens[verb.index - 1]) if verb.dep == "acl" and verb.index else None

    def _object(self, verb: Token, office: Token | None) -> str | None:
        if self.parsed.children(verb, "nsubjpass"):
            return self.subject(verb)
        for item in self.parsed.children(verb, "dobj", "dative", "nsubj"):
            if item.index > verb.index and (office is None or item.index < office.index):
                return self._person(item)
        if office is not None:
            return self._person(self.parsed.tokens[verb.index + 1])
        return self._person(self.parsed.tokens[verb.index - 1]) if verb.dep == "acl" else None

    def _person(self, token: Token) -> str | None:
        key = self.scene.named.key_at.get(token.index)
        keys = (key,) if key else self.referents.get(token.index, ()) if token.pos == "PRON" else ()
        if len(keys) == 1 and self.scene.named.entities[keys[0]].kind == "person":
            return keys[0]
        return None


def _doubtful(scene: Scene, verb: Token) -> bool:
    """Not stated as a fact: "would be", "to serve", "if elected", "not"."""
    words = {t.text.lower() for t in scene.parsed.children(verb, "aux", "auxpass", "neg", "mark")}
    if scene.parsed.tokens[verb.head].lemma in _DONE:
        words.discard("to")
    return bool(words & _DOUBT)
