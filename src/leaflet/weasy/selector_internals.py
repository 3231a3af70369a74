"""The internal names of cssselect2 by which selectors are compiled and tried; a part of ``internals.py``."""

from __future__ import annotations

from leaflet.weasy.features import PROPERTY, Feature, Internal

SELECTORS = (
    Internal(
        module="cssselect2.compiler",
        name="_compile_node",
        features=(Feature.SIBLING_SELECTORS,),
        signature="(selector)",
    ),
    Internal(
        module="cssselect2.tree",
        name="ElementWrapper",
        features=(Feature.SIBLING_SELECTORS,),
        signature="(etree_element, parent, index, previous, in_html_document, content_language=None)",
        attributes=("etree_siblings", "iter_next_siblings", "previous"),
    ),
    Internal(
        module="cssselect2.tree",
        name="ElementWrapper.previous_siblings",
        features=(Feature.SIBLING_SELECTORS,),
        signature=PROPERTY,
    ),
    Internal(
        module="cssselect2.parser",
        name="RelationalSelector",
        features=(Feature.SIBLING_SELECTORS,),
        signature="(selector_list)",
    ),
)
