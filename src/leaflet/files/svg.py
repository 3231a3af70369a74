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
GEOMETRY = frozenset(
    "viewbox width height x y x1 y1 x2 y2 cx cy r rx ry dx dy fx fy transform gradienttransform patterntransform "
    "font-size stroke-width stroke-dasharray letter-spacing textlength markerwidth markerheight refx refy style".split()
)
"""Attributes whose numbers are lengths or factors."""
LONG_NUMBER = re.compile(r"\d{7}|\de\+?\d", re.IGNORECASE)
NUMBER = re.compile(r"(?<![#\w])[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
LARGEST_NUMBER = 1e7
"""PDF readers calculate with single precision, and ten million points are three kilometres."""
REFERRING = re.compile(r"(?:^|\})href$")
PAINTED = re.compile(r"url\(\s*[\"']?\s*#([^)\"']+)")
DEEPEST = 150
MOST_ELEMENTS = 200_000
"""Elements, with those that are drawn again by others, and letters of texts: each is a shape."""
TEXTS = frozenset({"text", "tspan", "textPath"})
PAINTING = 50
"""Elements for which one counts that is painted with a gradient or a pattern: each becomes a drawing of its own in the PDF."""
MOST_ATTRIBUTES = 500
GRADIENTS = frozenset({"linearGradient", "radialGradient"})
MOST_REPEATS = 1_000
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
    faults += _growth(root)
    faults += _repeated_gradients(root)
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


def _growth(root: etree._Element) -> list[str]:
    """Return why a small drawing that would become huge may not be used: elements that use others, or depth."""
    named: dict[str, etree._Element] = {}
    for node in root.iter(etree.Element):
        named.setdefault(node.get("id") or "", node)
    named.pop("", None)
    sizes: dict[str, int] = {}
    under_way: set[str] = set()
    faults: set[str] = set()

    def size(node: etree._Element, depth: int) -> int:
        if depth > DEEPEST:
            faults.add(f"is nested more than {DEEPEST} levels deep")
            return 1
        again, painted = ([name for name in names if name in named] for names in _used(node))
        return (
            1
            + _letters(node)
            + PAINTING * len(painted)
            + sum(size(child, depth + 1) for child in node.iterchildren(etree.Element))
            + sum(size_of(name, depth + 1) for name in (*again, *painted))
        )

    def size_of(name: str, depth: int) -> int:
        if name in under_way:
            faults.add(f'uses "{name[:40]}" within itself')
            return 1
        if name not in sizes:
            under_way.add(name)
            sizes[name] = min(size(named[name], depth), 10 * MOST_ELEMENTS)
            under_way.discard(name)
        return sizes[name]

    if size(root, 0) > MOST_ELEMENTS:
        faults.add(f"grows to more than {MOST_ELEMENTS:,} elements and letters")
    return sorted(faults)


def _letters(node: etree._Element) -> int:
    """Return the number of letters that an element itself draws."""
    if etree.QName(node).localname not in TEXTS:
        return 0
    return len(node.text or "") + sum(len(child.tail or "") for child in node)


def _repeated_gradients(root: etree._Element) -> list[str]:
    """Return why gradients may not be used that are so short and repeat: each time would be drawn."""
    gradients = [node for node in root.iter(etree.Element) if etree.QName(node).localname in GRADIENTS]
    if not any(node.get("spreadMethod", "pad") != "pad" for node in gradients):
        return []
    sizes = _size(root)
    for node in gradients:
        whole = max(sizes) if sizes and node.get("gradientUnits") == "userSpaceOnUse" else 1.0
        spans = (
            _number(node, "x2", 1.0) - _number(node, "x1", 0.0),
            _number(node, "y2", 0.0) - _number(node, "y1", 0.0),
        )
        lengths = (
            (_number(node, "r", whole),) if node.get("r") else spans if set(node.attrib) & {"x1", "x2"} else (whole,)
        )
        scales = [abs(float(found)) for found in NUMBER.findall(node.get("gradientTransform", ""))]
        if max(map(abs, lengths)) < whole / MOST_REPEATS or (scales and max(scales) < 1 / MOST_REPEATS):
            return [f"repeats a gradient more than {MOST_REPEATS} times"]
    return []


def _number(node: etree._Element, name: str, default: float) -> float:
    """Return the number of an attribute, or of its per cent, without its unit."""
    text = node.get(name, "").strip()
    found = NUMBER.match(text)
    if found is None:
        return default
    return float(found[0]) / (100 if text.endswith("%") else 1)


def _used(node: etree._Element) -> tuple[list[str], list[str]]:
    """Return the names of the elements that ``node`` draws again, and of those that it is painted with."""
    names = [
        value.strip()[1:]
        for key, value in node.attrib.items()
        if REFERRING.search(str(key)) and value.strip()[:1] == "#"
    ]
    painted = [found for value in node.attrib.values() if "url(" in value for found in PAINTED.findall(value)]
    return names if etree.QName(node).localname != "a" else [], painted


def _asks_for_style(root: etree._Element) -> bool:
    return any(node.tag is etree.ProcessingInstruction for node in root.itersiblings(preceding=True))


def _faults(node: etree._Element) -> list[str]:
    if not isinstance(node.tag, str):
        return ["holds a processing instruction"] if node.tag is etree.ProcessingInstruction else []
    name = etree.QName(node).localname
    if name in FORBIDDEN:
        return [f"holds <{name}>"]
    if len(node.attrib) > MOST_ATTRIBUTES:
        return [f"has an element with more than {MOST_ATTRIBUTES} attributes"]
    faults = []
    if name == "style" and FETCHING.search("".join(node.itertext())):
        faults.append("fetches something in its style")
    for key, value in node.attrib.items():
        attribute = etree.QName(key).localname.lower()
        if attribute.startswith("on"):
            faults.append(f"holds a script in {attribute}")
        elif attribute in {"href", "src"} and not _is_inside(name, value):
            faults.append(f"refers to something outside itself in <{name}>")
        elif attribute in GEOMETRY and (huge := _huge(value)):
            faults.append(f"says {huge} in {key}, which is larger than any sheet")
        elif attribute in SIZES and ENDLESS.search(value):
            faults.append(f'says "{ENDLESS.findall(value)[0]}" in {key}, which is no size')
        elif FETCHING.search(value):
            faults.append(f"fetches something in {attribute}")
    return faults


def _huge(value: str) -> str | None:
    """Return a number of ``value`` that no drawing can need."""
    if not LONG_NUMBER.search(value):
        return None
    for found in NUMBER.findall(value):
        try:
            if abs(float(found)) > LARGEST_NUMBER:
                return str(found[:20])
        except (ValueError, OverflowError):
            return str(found[:20])
    return None


def _is_inside(name: str, value: str) -> bool:
    address = value.strip()
    return address.startswith("#") or (name == "image" and bool(EMBEDDED.match(address)))
