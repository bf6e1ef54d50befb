"""A network as GraphML (Brandes et al., 2002, "GraphML Progress Report"), for network programs."""

from collections.abc import Iterable, Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from astana.words.characters import for_xml

_TYPES = {str: "string", int: "int", float: "double"}

Values = Mapping[str, str | int | float]


def graphml(
    *,
    about: str,
    nodes: Iterable[tuple[str, Values]],
    edges: Iterable[tuple[str, str, Values]],
    node_types: Mapping[str, type],
    edge_types: Mapping[str, type],
) -> Iterator[str]:
    """Yield the lines of an undirected graph.

    Nodes are (id, values), edges (id, id, values). The types say which values there are and
    whether each is a `str`, an `int` or a `float`; `about` describes the graph in words.
    """
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    yield f"  <desc>{_text(about)}</desc>\n"
    for domain, types in (("node", node_types), ("edge", edge_types)):
        for name, kind in types.items():
            yield (
                f'  <key id="{domain}-{name}" for="{domain}" attr.name="{name}" '
                f'attr.type="{_TYPES[kind]}"/>\n'
            )
    yield '  <graph edgedefault="undirected">\n'
    for name, values in nodes:
        yield f"    <node id={_attribute(name)}>{_data('node', values)}</node>\n"
    for one, other, values in edges:
        ends = f"source={_attribute(one)} target={_attribute(other)}"
        yield f"    <edge {ends}>{_data('edge', values)}</edge>\n"
    yield "  </graph>\n</graphml>\n"


def _data(domain: str, values: Values) -> str:
    return "".join(
        f'<data key="{domain}-{name}">{_text(str(value))}</data>' for name, value in values.items()
    )


def _text(words: str) -> str:
    return escape(for_xml(words))


def _attribute(words: str) -> str:
    return quoteattr(for_xml(words))
