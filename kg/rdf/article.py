"""One story -> the quads of its article layer, every node with the words that it comes from."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

import pyoxigraph as ox

from kg.model import DEFAULT_BASE, Article, Entity, Event, Holding, Rule, Span, Statement, Story, Time
from kg.rdf.terms import article_iri, decimal, english, label, quoted, software_version, standing, term, text, typed

Object = ox.NamedNode | ox.Literal

_TYPE = term("rdf:type")
_LABEL = term("skos:prefLabel")
_DENOTED = term("gaf:denotedBy")
_FULL_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def article_quads(story: Story, base: str = DEFAULT_BASE) -> tuple[ox.Quad, ...]:
    """Return what an article states, as one named graph; equal stories give equal quads.

    Raises:
        ValueError: ``base`` does not begin an IRI.
    """
    return tuple(_Layer(story, base).build())


class _Layer:
    """The quads of one article while they are collected."""

    def __init__(self, story: Story, base: str) -> None:
        self.story = story
        self.article = article_iri(story.article.id, base)
        self.prefix = self.article.value + "#"
        self.quads: list[ox.Quad] = []
        self.names = {e.key: e.name for e in story.cast.entities}
        self.starts = [s.start for s in story.sentences]
        self.ends = [s.end for s in story.sentences]
        self.targets: dict[Span, ox.NamedNode] = {}
        self.evidence: dict[Span, ox.NamedNode] = {}
        self.rules: dict[str, ox.NamedNode] = {}
        self.voice = self._voice()

    def build(self) -> list[ox.Quad]:
        story = self.story
        self._document(story.article)
        for entity in story.cast.entities:
            self._entity(entity)
        for holding in story.cast.holdings:
            self._holding(holding)
        for event in story.events:
            self._event(event)
        for statement in story.statements:
            self._statement(statement)
        for time in {t.span.start: t for t in reversed(story.times)}.values():
            node = self.node(f"x{time.span.start}")
            self.add(node, _TYPE, term("kg:TimeExpression"))
            self._time(node, time)
        return self.quads

    def add(self, subject: ox.NamedNode, predicate: ox.NamedNode, *objects: Object) -> None:
        for value in objects:
            self.quads.append(ox.Quad(subject, predicate, value, self.article))

    def node(self, key: str) -> ox.NamedNode:
        return ox.NamedNode(self.prefix + key)

    def _voice(self) -> ox.NamedNode:
        """Who says what is not attributed to anybody: the publisher, or the article itself."""
        if self.story.publisher is not None:
            return self.node(self.story.publisher)
        return self.node("publisher") if self.story.article.source else self.article

    # --- the document ---------------------------------------------------------------------------

    def _document(self, article: Article) -> None:
        node = self.article
        self.add(node, _TYPE, term("schema:NewsArticle"))
        self.add(node, term("schema:identifier"), text(article.id))
        self.add(node, term("schema:inLanguage"), text("en"))
        self.add(node, term("schema:text"), text(article.text))
        body = "\n\n".join(article.text[s.start : s.end] for s in article.body)
        self.add(node, term("schema:articleBody"), text(body))
        if article.heading:
            self.add(node, term("schema:headline"), english(article.heading))
        self._published(node, article.published)
        for predicate, value in (
            ("kg:clock", article.clock),
            ("schema:articleSection", article.section),
            ("kg:credit", article.credit),
            ("kg:dateline", self.words(article.dateline) if article.dateline else None),
        ):
            if value:
                self.add(node, term(predicate), text(value))
        address = _address(article.url)
        if address is not None:
            self.add(node, term("schema:url"), address)
        self._publisher(article)
        for number, related in enumerate(article.related, 1):
            other = self.node(f"related{number}")
            self.add(node, term("schema:citation"), other)
            self.add(other, _TYPE, term("schema:NewsArticle"))
            self.add(other, term("schema:headline"), english(related.headline))
            self._published(other, related.published)

    def _published(self, node: ox.NamedNode, published: str | None) -> None:
        if published:
            self.add(node, term("kg:published"), typed(published, "edtf:EDTF"))
            if _FULL_DATE.fullmatch(published):
                self.add(node, term("schema:datePublished"), typed(published, "xsd:date"))

    def _publisher(self, article: Article) -> None:
        if self.voice == self.article:
            return
        self.add(self.article, term("schema:publisher"), self.voice)
        if self.story.publisher is None and article.source:
            self.add(self.voice, _TYPE, term("kg:Body"), term("org:Organization"))
            self.add(self.voice, _LABEL, english(article.source))
            self._origin(self.voice, Rule("source"), ())

    # --- who ------------------------------------------------------------------------------------

    def _entity(self, entity: Entity) -> None:
        node = self.node(entity.key)
        self.add(node, _TYPE, *_classes(entity))
        self.add(node, _LABEL, english(entity.name))
        self.add(node, term("skos:altLabel"), *(english(a) for a in entity.aliases if a != entity.name))
        if entity.part_of is not None and entity.part_of != entity.key:
            whole = "org:subOrganizationOf" if entity.kind == "body" else "kg:partOf"
            self.add(node, term(whole), self.node(entity.part_of))
        if entity.code is not None and entity.type in ("Country", "Region"):  # which city of a name, is often a guess
            self.add(node, term("kg:countryCode"), text(entity.code))
        for iri in entity.same_as:
            address = _address(iri)
            if address is not None:
                self.add(node, term("schema:sameAs"), address)
        self._origin(node, entity.rule, entity.mentions)

    def _holding(self, holding: Holding) -> None:
        node, post = self.node(holding.key), self.node(f"post-{holding.key}")
        of = self.names.get(holding.of or "")
        self.add(post, _TYPE, term("org:Post"))
        self.add(post, _LABEL, english(f"{holding.office} of {of}" if of else holding.office))
        self.add(post, term("kg:office"), english(holding.office))
        if holding.of is not None:
            self.add(post, term("org:postIn"), self.node(holding.of))
        self._origin(post, holding.rule, holding.mentions)
        self.add(node, _TYPE, term("org:Membership"))
        self.add(node, term("org:member"), self.node(holding.person))
        self.add(node, term("org:post"), post)
        self.add(node, term("org:role"), english(holding.office))
        self.add(node, term("kg:officeStatus"), term(f"kg:{holding.status.capitalize()}"))
        if self.story.article.published:
            self.add(node, term("kg:attestedOn"), typed(self.story.article.published, "edtf:EDTF"))
        self._origin(node, holding.rule, holding.mentions)

    # --- what happens, what is said --------------------------------------------------------------

    def _event(self, event: Event) -> None:
        node = self.node(event.key)
        voice = self.voice if event.stated_by is None else self.node(event.stated_by)
        self.add(node, _TYPE, term(f"kg:{event.type}"), term("sem:Event"))
        if event.subtype is not None:
            self.add(node, term("kg:subtype"), text(event.subtype))
        named = list(dict.fromkeys(p.entity for p in event.participants))
        date = event.time.edtf if event.time else None
        self.add(node, _LABEL, english(label(event.type, [self.names[k] for k in named], date)))
        self.add(node, term("sem:hasActor"), *map(self.node, named))
        for role, key in dict.fromkeys(event.participants):
            if role != "actor":
                self.add(node, term(f"kg:{role}"), self.node(key))
        for predicate, key_or_none in (
            ("sem:hasPlace", event.place),
            ("kg:duringEvent", event.during),
            ("kg:agreedIn", event.agreed_in),
        ):
            if key_or_none is not None:
                self.add(node, term(predicate), self.node(key_or_none))
        for predicate_of_status, value in standing(event.status):
            self.add(node, predicate_of_status, value)
        if event.cue is not None:
            self.add(node, term("kg:statusCue"), self._mention(event.cue))
        if event.time is not None:
            when = self.node(f"{event.key}-time")
            self.add(node, term("time:hasTime"), when)
            self._time(when, event.time, voice)
        for number, former in enumerate(event.former, 1):
            when = self.node(f"{event.key}-former{number}")
            self.add(node, term("kg:movedFrom"), when)
            self._time(when, former, voice)
        for number, topic in enumerate(event.topics, 1):
            concept = self.node(f"{event.key}-topic{number}")
            self.add(node, term("schema:about"), concept)
            self.add(concept, _TYPE, term("skos:Concept"))
            self.add(concept, _LABEL, english(topic.label))
            if topic.order is not None:
                self.add(concept, term("kg:agendaItem"), ox.Literal(topic.order))
            self._origin(concept, event.rule, (topic.span,), voice)
        self._origin(node, event.rule, event.mentions, voice)

    def _statement(self, statement: Statement) -> None:
        node = self.node(statement.key)
        self.add(node, _TYPE, term("kg:Statement"))
        if statement.mode != "indirect":
            self.add(node, _TYPE, term("schema:Quotation"))
        self.add(node, term("schema:text"), english(self.words(statement.content)))
        self.add(node, term("prov:wasAttributedTo"), *map(self.node, statement.speakers))
        self.add(node, term("prov:wasQuotedFrom"), self.article)
        self.add(node, term("kg:mode"), term(f"kg:{statement.mode.capitalize()}"))
        if statement.verb:
            self.add(node, term("kg:verb"), text(statement.verb))
        if statement.addressee is not None:
            self.add(node, term("kg:addressee"), self.node(statement.addressee))
        if statement.event is not None:
            self.add(node, term("kg:madeIn"), self.node(statement.event))
        self.add(node, term("schema:about"), *map(self.node, dict.fromkeys(statement.about)))
        self._origin(node, statement.rule, (statement.content,))

    def _time(self, node: ox.NamedNode, time: Time, voice: ox.NamedNode | None = None) -> None:
        """What a time expression says. An event's time is an instant when the clock is known, else an interval."""
        if not node.value.startswith(self.prefix + "x"):
            self.add(node, _TYPE, term("time:Instant" if time.clock else "time:Interval"))
        else:
            self.add(node, term("kg:timexType"), text(time.type))
            self.add(node, term("kg:timexValue"), text(time.value))
        if time.mod:
            self.add(node, term("kg:timexMod"), text(time.mod))
        self.add(node, _TYPE, term("time:TemporalEntity"))
        self.add(node, term("kg:timeText"), english(time.text))
        if time.edtf:
            self.add(node, term("kg:edtf"), typed(time.edtf, "edtf:EDTF"))
        if time.part_of_day:
            self.add(node, term("kg:partOfDay"), term(f"kg:{time.part_of_day}"))
        if time.clock:
            self.add(node, term("kg:clock"), text(time.clock))
        if time.earliest:
            self.add(node, term("sem:hasEarliestBeginTimeStamp"), typed(time.earliest, "xsd:date"))
        if time.latest:
            self.add(node, term("sem:hasLatestEndTimeStamp"), typed(time.latest, "xsd:date"))
        self._origin(node, time.rule, (time.span,), voice)

    # --- where it comes from ---------------------------------------------------------------------

    def words(self, span: Span) -> str:
        return self.story.article.text[span.start : span.end]

    def _origin(
        self, node: ox.NamedNode, rule: Rule, mentions: Iterable[Span], voice: ox.NamedNode | None = None
    ) -> None:
        """Who states a node, which rule found it, how surely, and in which words."""
        self.add(node, term("kg:statedBy"), voice or self.voice)
        self.add(node, term("prov:wasDerivedFrom"), self.article)
        self.add(node, term("prov:wasGeneratedBy"), self._rule(rule.name))
        self.add(node, term("kg:confidence"), decimal(rule.confidence))
        self.add(node, _DENOTED, *(self._mention(m) for m in dict.fromkeys(mentions)))

    def _rule(self, name: str) -> ox.NamedNode:
        node = self.rules.get(name)
        if node is None:
            node = self.rules[name] = self.node(f"rule-{quoted(name)}")
            self.add(node, _TYPE, term("prov:Activity"))
            self.add(node, term("kg:rule"), text(name))
            self.add(node, term("prov:wasAssociatedWith"), term("kg:software"))
            self.add(node, term("kg:softwareVersion"), text(software_version()))
        return node

    def _mention(self, span: Span) -> ox.NamedNode:
        node = self.evidence.get(span)
        if node is None:
            node = self.evidence[span] = self.node(f"m{span.start}-{span.end}")
            self.add(node, _TYPE, term("oa:Annotation"), term("gaf:Mention"))
            self.add(node, term("oa:hasTarget"), self._target(span))
            sentence = self._sentence(span)
            if sentence is not None:
                self.add(self._target(span), term("kg:inSentence"), self._target(sentence))
        return node

    def _target(self, span: Span) -> ox.NamedNode:
        node = self.targets.get(span)
        if node is None:
            own = f"{span.start}-{span.end}"
            node = self.targets[span] = self.node("t" + own)
            place, words = self.node("c" + own), self.node("q" + own)
            self.add(node, _TYPE, term("oa:SpecificResource"))
            self.add(node, term("oa:hasSource"), self.article)
            self.add(node, term("oa:hasSelector"), place, words)
            self.add(place, _TYPE, term("oa:TextPositionSelector"))
            self.add(place, term("oa:start"), ox.Literal(span.start))
            self.add(place, term("oa:end"), ox.Literal(span.end))
            self.add(words, _TYPE, term("oa:TextQuoteSelector"))
            self.add(words, term("oa:exact"), text(self.words(span)))
        return node

    def _sentence(self, span: Span) -> Span | None:
        """The sentence, or the run of sentences, that holds a span."""
        first = bisect_right(self.starts, span.start) - 1
        last = bisect_left(self.ends, span.end)
        if first < 0 or last >= len(self.ends) or span.start >= self.ends[first]:
            return None
        return Span(self.starts[first], self.ends[last])


def _classes(entity: Entity) -> tuple[ox.NamedNode, ...]:
    """The classes of an entity: its own one, then the standard one."""
    if entity.kind == "person":
        return (term("schema:Person"),)
    if entity.kind == "actor":
        return (term("kg:Actor"),)
    if entity.kind == "body":
        return term(f"kg:{entity.type}"), term("org:Organization")
    if entity.type == "Country":
        return term("schema:Country"), term("schema:Place")
    return (*((term(f"kg:{entity.type}"),) if entity.type != "Place" else ()), term("schema:Place"))


def _address(url: str | None) -> ox.NamedNode | None:
    """The IRI of a web page, where it is a well-formed one."""
    if url is None or not re.fullmatch(r"https?://[^\s/?#<>\"{}|\\^`][^\s<>\"{}|\\^`]*", url):
        return None
    try:
        return ox.NamedNode(url)
    except ValueError:
        return None
