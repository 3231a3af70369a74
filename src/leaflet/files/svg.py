"""Allow-list for drawings: shapes and text, and nothing that runs, fetches or expands."""

from __future__ import annotations

import re

from lxml import etree

SVG = "http://www.w3.org/2000/svg"
FORBIDDEN = frozenset(
    "script foreignObject iframe object embed audio video canvas handler listener animate animateMotion "
    "animateTransform animateColor set discard".split()
)
EMBEDDED = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,", re.IGNORECASE)
FETCHING = re.compile(r"url\(\s*[\"']?(?!\s*[\"']?#)|@import|expression\s*\(|image-set\(", re.IGNORECASE)
SIZES = frozenset({"viewbox", "width", "height"})
ENDLESS = re.compile(r"\b(?:nan|inf(?:inity)?)\b", re.IGNORECASE)
"""Words that Python's ``float`` reads, but that no drawing can be as wide as."""


def read_svg(data: bytes) -> tuple[tuple[str, ...], tuple[float, float] | None]:
    """Return why a drawing may not be used, each as the end of a sentence, and its width and height if it has some."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return (f"is not well-formed XML: {str(error).split(', line')[0]}",), None
    if re.search(rb"<!(?:ENTITY|DOCTYPE[^>]*\[)", data) or any(node.tag is etree.Entity for node in root.iter()):
        return ("declares entities",), None
    if etree.QName(root).localname != "svg":
        return ("has no <svg> at its top",), None
    faults = [fault for node in root.iter() for fault in _faults(node)]
    faults += ["asks for a style sheet"] * (root.getprevious() is not None and _asks_for_style(root))
    return tuple(dict.fromkeys(faults)), _size(root)


def _size(root: etree._Element) -> tuple[float, float] | None:
    box = root.get("viewBox", "").replace(",", " ").split()
    sizes = [root.get(key, "").removesuffix("mm").removesuffix("px") for key in ("width", "height")]
    try:
        width, height = map(float, box[2:] if len(box) == 4 else sizes)
    except ValueError:
        return None
    return (width, height) if min(width, height) > 0 else None


def _asks_for_style(root: etree._Element) -> bool:
    return any(node.tag is etree.ProcessingInstruction for node in root.itersiblings(preceding=True))


def _faults(node: etree._Element) -> list[str]:
    if not isinstance(node.tag, str):
        return ["holds a processing instruction"] if node.tag is etree.ProcessingInstruction else []
    name = etree.QName(node).localname
    if name in FORBIDDEN:
        return [f"holds <{name}>"]
    faults = []
    if name == "style" and FETCHING.search("".join(node.itertext())):
        faults.append("fetches something in its style")
    for key, value in node.attrib.items():
        attribute = etree.QName(key).localname.lower()
        if attribute.startswith("on"):
            faults.append(f"holds a script in {attribute}")
        elif attribute in {"href", "src"} and not _is_inside(name, value):
            faults.append(f"refers to something outside itself in <{name}>")
        elif attribute in SIZES and ENDLESS.search(value):
            faults.append(f'says "{ENDLESS.findall(value)[0]}" in {key}, which is no size')
        elif FETCHING.search(value):
            faults.append(f"fetches something in {attribute}")
    return faults


def _is_inside(name: str, value: str) -> bool:
    address = value.strip()
    return address.startswith("#") or (name == "image" and bool(EMBEDDED.match(address)))
