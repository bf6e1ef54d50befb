"""A network as GraphML is read by other programs as it was written."""

import io

import networkx
from hypothesis import given
from hypothesis import strategies as st

from astana.exchange.graphml import graphml

words = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc", "Cn"]), max_size=20)


def read(text: str) -> networkx.Graph:
    return networkx.read_graphml(io.BytesIO(text.encode()))


def written(nodes, edges, about="A network") -> str:
    types = {"node_types": {"name": str, "issues": int}, "edge_types": {"weight": float, "n": int}}
    return "".join(graphml(about=about, nodes=nodes, edges=edges, **types))


@given(st.dictionaries(st.sampled_from("abcd"), words, min_size=2), words)
def test_names_of_any_letters_survive(names, about):
    nodes = [(slug, {"name": name, "issues": 3}) for slug, name in names.items()]
    found = read(written(nodes, [], about))
    # networkx takes nothing between the tags for no value at all.
    assert {slug: data["name"] or "" for slug, data in found.nodes(data=True)} == names


def test_edges_survive_with_their_figures():
    nodes = [(slug, {"name": slug, "issues": 1}) for slug in "abc"]
    edges = [("a", "b", {"weight": 0.25, "n": 2}), ("b", "c", {"weight": -1.5, "n": 1})]
    found = read(written(nodes, edges))
    assert not found.is_directed()
    assert sorted(found.edges(data=True)) == edges


def test_what_xml_cannot_hold_is_left_out():
    text = written([("a\x00b", {"name": 'x\x08 & <y> "z"', "issues": 0})], [])
    assert list(read(text).nodes(data=True)) == [("ab", {"name": 'x & <y> "z"', "issues": 0})]
