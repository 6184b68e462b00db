"""Pictures, pages and network files."""

from __future__ import annotations

import html
import itertools
import json
import os
import random
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from kg.present.boxes import date_words, node_words
from kg.present.draw import draw, paint, picture
from kg.present.layout import LAYOUTS
from kg.present.lettering import wrap
from kg.present.network import to_networkx
from kg.present.picture import Picture, compose

HERE = Path(__file__).parent
ID = "https://w3id.org/newskg/id/"
SKOS, SCHEMA, SEM = (
    "http://www.w3.org/2004/02/skos/core#",
    "https://schema.org/",
    "http://semanticweb.cs.vu.nl/2009/11/sem/",
)
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "]]></svg></title></script><!-- &amp; $x^2$ \\frac",
    "bell\x07 null\x00 and a lone \ufffe",
    "👩‍👧 🎉 president",
    "الرئيس مارتا فيلينسكا",
    "\u202eesrever",
    "維爾寧斯卡總統",
    "Ѕ" * 300,
    "very long " * 30,
    "",
    " ",
)


def story() -> ox.Store:
    store = ox.Store()
    store.load(path=str(HERE / "summit.trig"), format=ox.RdfFormat.TRIG)
    return store


def hostile() -> ox.Store:
    store = ox.Store()
    event = ox.NamedNode("urn:event")
    store.add(ox.Quad(event, TYPE, ox.NamedNode(SEM + "Event")))
    for number, name in enumerate(HOSTILE):
        node = ox.NamedNode(f"urn:n{number:02}")
        store.add(ox.Quad(node, TYPE, ox.NamedNode(SCHEMA + "Person")))
        store.add(ox.Quad(node, ox.NamedNode(SKOS + "prefLabel"), ox.Literal(name)))
        store.add(ox.Quad(event, ox.NamedNode(SEM + "hasActor"), node))
    return store


def crowd(seed: int, nodes: int = 25, edges: int = 45) -> nx.MultiDiGraph:
    """A network of about the size of a long article, with long names, roles and offices."""
    dice = random.Random(seed)
    kinds = ("person", "body", "country", "place", "event", "event", "actor")
    words = ("Council", "of", "Ministers", "Supreme", "State", "Union", "Aleksandra", "Konstantinopolskaya", "for")
    blank = dict.fromkeys(("aliases", "offices", "status", "date", "words", "earliest", "latest", "topics"), "")
    network = nx.MultiDiGraph()
    for number in range(nodes):
        kind = dice.choice(kinds)
        data = {
            **blank,
            "kind": kind,
            "type": "PhoneCall",
            "label": " ".join(dice.choices(words, k=dice.randint(1, 7))),
        }
        if kind == "event":
            data |= {"status": dice.choice(("held", "tentative", "denied")), "date": "[2031-04-03..2031-05-28]"}
        network.add_node(f"n{number:02}", iri=f"n{number:02}", **data)
    for _ in range(edges):
        one, other = dice.sample(sorted(network), 2)
        relation = dice.choice(("actor", "actor", "office", "during", "place", "part of"))
        role = dice.choice(("visitor", "signatory", "Deputy Foreign Minister (current)", "took part"))
        network.add_edge(one, other, relation=relation, role="", label=role, status="planned")
    return network


def written(scene: Picture) -> list[tuple[float, float, float, float]]:
    """Left, bottom, right, top of each line of text as matplotlib paints it, in points."""
    figure = paint(scene)
    figure.set_dpi(72)
    renderer = FigureCanvasAgg(figure).get_renderer()
    boxes = [text.get_window_extent(renderer) for text in figure.axes[0].texts]
    return [(box.x0, box.y0, box.x1, box.y1) for box in boxes if box.width > 0]


def overlaps(boxes: list[tuple[float, float, float, float]], slack: float = 0.0) -> list[tuple[int, int]]:
    return [
        (i, j)
        for (i, a), (j, b) in itertools.combinations(enumerate(boxes), 2)
        if min(a[2], b[2]) - max(a[0], b[0]) > slack and min(a[3], b[3]) - max(a[1], b[1]) > slack
    ]


def assert_readable(scene: Picture) -> None:
    areas = [(b.x - b.width / 2, b.y - b.height / 2, b.x + b.width / 2, b.y + b.height / 2) for b in scene.boxes]
    words = [*(line.label for line in scene.lines if line.label), *scene.notes]
    areas += [(w.x - w.width / 2, w.y - w.height / 2, w.x + w.width / 2, w.y + w.height / 2) for w in words]
    assert overlaps(areas) == []
    texts = written(scene)
    assert overlaps(texts, slack=1.5) == []  # a text's extent has room for accents that are not there
    for left, low, right, high in [*areas, *texts]:
        assert left >= 0
        assert low >= 0
        assert right <= scene.width
        assert high <= scene.height


@pytest.mark.parametrize("layout", LAYOUTS)
def test_words_do_not_overlap_and_lie_inside(layout: str) -> None:
    assert_readable(picture(to_networkx(story()), layout))


@pytest.mark.parametrize("seed", range(4))
def test_a_crowded_picture_is_readable(seed: int) -> None:
    assert_readable(compose(crowd(seed)))


def test_every_node_is_in_the_picture_and_every_label_of_the_story() -> None:
    network = to_networkx(story())
    scene = picture(network)
    assert {box.node for box in scene.boxes if box.node} == set(network)
    assert sum(line.label is not None for line in scene.lines) == sum(
        data["label"] not in ("took part", "place", "part of") for _, _, data in network.edges(data=True)
    )


def test_words_fit_their_boxes() -> None:
    for box in picture(to_networkx(story())).boxes:
        for label in box.labels:
            assert abs(label.x - box.x) + label.width / 2 <= box.width / 2
            assert abs(label.y - box.y) + label.height / 2 <= box.height / 2


def test_kinds_differ_in_shape_and_colour() -> None:
    scene = picture(to_networkx(story()))
    looks = {box.kind: (box.fill, box.edge) for box in scene.boxes if box.dash != "dotted"}
    corners = {box.kind: len(box.outline) for box in scene.boxes}
    assert len(set(looks.values())) == len(looks) == 6
    assert (corners["body"], corners["country"], corners["event"]) == (4, 6, 8)


def test_what_is_not_certain_is_dashed_and_so_are_its_lines() -> None:
    scene = picture(to_networkx(story()))
    dashes = {box.node.removeprefix(ID): box.dash for box in scene.boxes if box.node}
    lines = {tuple(end.removeprefix(ID) for end in line.ends): line.dash for line in scene.lines}
    assert (dashes["visit-1"], dashes["meeting-1"], dashes["session-1"]) == ("solid", "dashed", "dashed")
    assert (dashes["session-3"], dashes["talks-1"]) == ("dotted", "dotted")
    assert lines["meeting-1", "person-salome-abrate"] == "dashed"
    assert lines["session-3", "body-council"] == "dotted"
    assert lines["visit-1", "place-lorn"] == "solid"


def test_a_legend_shows_what_is_there_and_no_more() -> None:
    kinds = [box.kind for box in picture(to_networkx(story())).boxes if not box.node]
    assert kinds == ["person", "body", "country", "place", "event", "actor", "event", "event"]
    alone = nx.MultiDiGraph()
    alone.add_node("a", **to_networkx(story()).nodes[ID + "person-ilya-ronn"])
    assert [box.kind for box in compose(alone).boxes if not box.node] == ["person"]


def test_the_picture_grows_with_the_graph() -> None:
    small, large = compose(crowd(1, 8, 10)), compose(crowd(1, 60, 90))
    assert large.width * large.height > 2 * small.width * small.height


def test_an_empty_graph_gives_a_picture_that_says_so() -> None:
    scene = picture(nx.MultiDiGraph())
    assert scene.notes[0].lines[0].startswith("Nothing to draw")
    assert_readable(scene)


def test_a_crowd_too_large_is_refused() -> None:
    with pytest.raises(ValueError, match="too many for a picture"):
        picture(nx.empty_graph(2_000, create_using=nx.MultiDiGraph))


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2031-05-02", "2 May 2031"),
        ("2031-05", "May 2031"),
        ("2031", "2031"),
        ("XXXX-05-13", "13 May"),
        ("[2031-08..2031-09]", "between Aug 2031 and Sep 2031"),
        ("2031-05-14/2031-05-16", "14 May 2031 to 16 May 2031"),
        ("2031-05~", "about May 2031"),
        ("2031?", "2031?"),
        ("2031-21", "2031-21"),
        ("XXXX", "XXXX"),
        ("", ""),
    ],
)
def test_dates_for_readers(edtf: str, words: str) -> None:
    assert date_words(edtf) == words


def test_words_of_an_event() -> None:
    nodes = to_networkx(story()).nodes
    assert node_words(nodes[ID + "call-1"]) == ("Phone call", ["2 May 2031"])
    assert node_words(nodes[ID + "signing-1"]) == ("Signing", ["tentative"])
    assert node_words(nodes[ID + "body-council"]) == ("Supreme Council of the Union of Northern States", [])


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("Ilya Ronn", ["Ilya Ronn"]),
        ("Teodor Aschenbrand-Kowalewski", ["Teodor Aschenbrand-", "Kowalewski"]),
        ("Supreme Council of the Union", ["Supreme Council", "of the Union"]),
    ],
)
def test_wrap(text: str, lines: list[str]) -> None:
    assert wrap(text) == lines


def test_wrap_shortens() -> None:
    assert len(wrap("word " * 100)) == 4
    assert wrap("word " * 100)[-1].endswith("…")
    assert all(len(line) <= 20 for line in wrap("Ѕ" * 300))


SUFFIXES = (".png", ".svg", ".html", ".graphml", ".gexf")
MAGIC = {
    ".png": b"\x89PNG",
    ".svg": b"<?xml",
    ".html": b"<!DOCTYPE html>",
    ".graphml": b"<graphml",
    ".gexf": b"<gexf",
}


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("graph", [story, hostile, ox.Store])
def test_every_format_of_every_graph(tmp_path: Path, suffix: str, graph: object) -> None:
    path = tmp_path / f"network{suffix}"
    draw(graph(), path)  # type: ignore[operator]
    assert path.read_bytes().startswith(MAGIC[suffix])
    if suffix in (".svg", ".graphml", ".gexf"):
        ET.parse(path)


def test_equal_bytes_whatever_the_hashes(tmp_path: Path) -> None:
    code = (
        "import pyoxigraph as ox, sys; from kg.present.draw import draw; s = ox.Store();"
        "s.load(path=sys.argv[1], format=ox.RdfFormat.TRIG); [draw(s, path) for path in sys.argv[2:]]"
    )
    made = []
    for seed in ("1", "2"):
        paths = [tmp_path / f"{seed}{suffix}" for suffix in SUFFIXES]
        subprocess.run(
            [sys.executable, "-c", code, str(HERE / "summit.trig"), *map(str, paths)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(HERE.parent.parent)},
            check=True,
        )
        made.append([path.read_bytes() for path in paths])
    assert made[0] == made[1]


@pytest.mark.parametrize("suffix", [".png", ".svg", ".gexf"])
def test_no_clock_in_the_file(tmp_path: Path, suffix: str) -> None:
    draw(story(), tmp_path / f"n{suffix}")
    data = (tmp_path / f"n{suffix}").read_bytes()
    assert not re.search(rb"lastmodified|tIME|dc:date|Software|Matplotlib v", data)


def test_graphml_round_trip(tmp_path: Path) -> None:
    draw(story(), tmp_path / "n.graphml")
    back, network = nx.read_graphml(tmp_path / "n.graphml"), to_networkx(story())
    assert dict(back.nodes(data=True)) == dict(network.nodes(data=True))
    for _, _, data in back.edges(data=True):
        del data["id"]  # of networkx's own making
    assert list(back.edges(data=True)) == list(network.edges(data=True))


def test_gexf_round_trip(tmp_path: Path) -> None:
    draw(story(), tmp_path / "n.gexf")
    back, network = nx.read_gexf(tmp_path / "n.gexf"), to_networkx(story())
    assert list(back) == list(network)
    assert back.nodes[ID + "call-1"] == network.nodes[ID + "call-1"]
    assert [(a, b, d["label"], d["status"]) for a, b, d in back.edges(data=True)] == [
        (a, b, d["label"], d["status"]) for a, b, d in network.edges(data=True)
    ]


@pytest.mark.filterwarnings("ignore:Glyph")
def test_hostile_labels_are_readable_too() -> None:
    assert_readable(picture(to_networkx(hostile())))


def test_an_unknown_suffix_layout_or_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"must end in \.png, \.svg, \.html, \.graphml, \.gexf"):
        draw(story(), tmp_path / "network.gif")
    for suffix in SUFFIXES:
        with pytest.raises(ValueError, match="unknown layout 'tree': choose one of stress, spring"):
            draw(story(), tmp_path / f"n{suffix}", layout="tree")
        with pytest.raises(ValueError, match="did you mean 'Ilya Ronn'"):
            draw(story(), tmp_path / f"n{suffix}", about="Ilia Ronn")
    assert list(tmp_path.iterdir()) == []


def test_about_draws_the_surroundings(tmp_path: Path) -> None:
    draw(story(), tmp_path / "n.graphml", about="ilya ronn")
    assert len(nx.read_graphml(tmp_path / "n.graphml")) == 7
    draw(story(), tmp_path / "n.html", about="ronn")
    assert "<title>Around Ilya Ronn</title>" in (tmp_path / "n.html").read_text()


def test_the_node_asked_about_is_strong() -> None:
    scene = picture(to_networkx(story()), centre=ID + "person-ilya-ronn")
    assert [box.node for box in scene.boxes if box.strong] == [ID + "person-ilya-ronn"]


class Page(HTMLParser):
    """Collects the tags, attributes and scripts of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] == "script" and data.strip():
            self.scripts.append(data)


def page_of(graph: ox.Store, path: Path) -> Page:
    draw(graph, path)
    page = Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def test_hostile_labels_add_no_element_to_the_page(tmp_path: Path) -> None:
    page = page_of(hostile(), tmp_path / "n.html")
    names = {tag for tag, _ in page.tags}
    assert "img" not in names
    assert sum(tag == "script" for tag, _ in page.tags) == 2
    assert not any(
        name.startswith("on") or name in ("href", "src", "style") for _, found in page.tags for name in found
    )


def test_the_page_knows_its_nodes(tmp_path: Path) -> None:
    page = page_of(hostile(), tmp_path / "n.html")
    nodes = json.loads(page.scripts[0])["nodes"]
    assert nodes[1]["label"] == "<script>alert(1)</script>"
    shapes = [found for tag, found in page.tags if tag == "g" and found.get("class") == "node"]
    assert len(shapes) == len(nodes) == len(HOSTILE) + 1


def test_the_page_asks_nothing_of_the_network(tmp_path: Path) -> None:
    import base64
    import hashlib

    page = page_of(story(), tmp_path / "n.html")
    policy = next(f["content"] for _, f in page.tags if f.get("http-equiv") == "Content-Security-Policy")
    assert policy
    assert policy.startswith("default-src 'none'; base-uri 'none'; form-action 'none'")
    script = base64.b64encode(hashlib.sha256(page.scripts[1].encode()).digest()).decode()
    assert f"script-src 'sha256-{script}'" in policy
    text = html.unescape((tmp_path / "n.html").read_text())
    assert not re.search(r"\b(fetch|XMLHttpRequest|import\(|@import|url\()", text)


@pytest.mark.skipif(shutil.which("node") is None, reason="no node to parse the script")
def test_the_script_parses() -> None:
    script = HERE.parent.parent / "kg" / "present" / "page.js"
    subprocess.run(["node", "--check", str(script)], check=True)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("nodes", [("visit-1",), ("person-ilya-ronn",), ("visit-1", "person-ilya-ronn"), ()])
def test_layouts_of_next_to_nothing(layout: str, nodes: tuple[str, ...]) -> None:
    network = to_networkx(story())
    network.remove_nodes_from([node for node in list(network) if node.removeprefix(ID) not in nodes])
    scene = compose(network, layout)
    assert sum(bool(box.node) for box in scene.boxes) == len(nodes)
    assert_readable(scene)
