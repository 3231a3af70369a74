"""Instructions to other programs in braces: shortcodes of Quarto and Hugo, Liquid of Jekyll, attributes of kramdown."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from leaflet.source.syntax.lines import container_end, line_text

SHORTCODE = re.compile(
    r"\{\{(?P<sign>[<%])\s*(?P<body>(?:[^\"{}>%\n]|\"[^\"\n]*\"|>(?!\}\})|%(?!\}\}))*?)\s*(?P=sign)?[>%]\}\}"
)
LIQUID = re.compile(r"\{%-?\s*(?P<body>[^%\n]*?)\s*-?%\}")
KRAMDOWN = re.compile(r"\{:{1,2}(?P<body>[^{}\n]*)\}")
TOC = re.compile(r"\[\[?_?TOC_?\]\]?|\{:toc\}|\$\{toc\}")
RAW_LIQUID = re.compile(r"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}", re.DOTALL)


def shortcodes_plugin(md: MarkdownIt) -> None:
    """Read instructions in a line; one on a line of its own is a paragraph that holds nothing else."""
    md.inline.ruler.before("escape", "shortcode", _shortcode)
    md.block.ruler.before("fence", "highlight", _highlight, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    md.block.ruler.before("fence", "shortcode_line", _line, {"alt": ["paragraph", "reference", "blockquote", "list"]})


HIGHLIGHT = re.compile(r"\{%-?\s*highlight\s+(?P<language>[\w+#-]+)[^%]*%\}")
END_HIGHLIGHT = re.compile(r"\{%-?\s*endhighlight\s*-?%\}")


def _highlight(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read Jekyll's ``{% highlight python %}`` to ``{% endhighlight %}`` as code."""
    found = HIGHLIGHT.match(line_text(state, start))
    if not found or state.is_code_block(start):
        return False
    for close in range(start + 1, container_end(state, start, end)):
        if END_HIGHLIGHT.match(line_text(state, close)):
            break
    else:
        return False
    if silent:
        return True
    token = state.push("code_block", "code", 0)
    token.content = state.getLines(start + 1, close, state.blkIndent, True)
    token.map = [start, close + 1]
    state.line = close + 1
    return True


def _shortcode(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] not in "{[":
        return False
    found = _at(state.src, state.pos, state.posMax)
    if found is None:
        return False
    token, end = found
    if not silent:
        kind, body = token
        state.push("shortcode", "", 0).meta.update(kind=kind, body=body)
    state.pos = end
    return True


def _line(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """Read an instruction that has a line for itself, so that it parts the paragraphs around it."""
    if state.is_code_block(start):
        return False
    line = line_text(state, start).rstrip()
    found = _at(line, 0, len(line)) if line[:1] in {"{", "["} else None
    if found is None or found[1] != len(line):
        return False
    if not silent:
        token = state.push("shortcode_block", "", 0)
        token.map = [start, start + 1]
        token.meta.update(kind=found[0][0], body=found[0][1])
        state.line = start + 1
    return True


def _at(text: str, start: int, end: int) -> tuple[tuple[str, str], int] | None:
    """Return the kind and the words of the instruction at ``start``, and its end."""
    if (found := SHORTCODE.match(text, start, end)) is not None:
        return ("shortcode", found["body"]), found.end()
    if (found := TOC.match(text, start, end)) is not None:
        return ("contents", ""), found.end()
    if (found := LIQUID.match(text, start, end)) is not None:
        return ("liquid", found["body"]), found.end()
    if (found := KRAMDOWN.match(text, start, end)) is not None:
        return ("kramdown", found["body"]), found.end()
    return None
