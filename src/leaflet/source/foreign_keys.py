"""Keys of front matter that are for other programs and mean nothing to leaflet."""

from __future__ import annotations

import re
from collections.abc import Iterable

QUARTO = (
    "format execute engine jupyter knitr editor editor-options filters shortcodes toc toc-depth toc-title toc-location "
    "toc-expand code-fold code-tools code-overflow code-line-numbers code-copy code-summary highlight-style "
    "syntax-highlighting fig-width fig-height fig-dpi fig-align fig-format fig-cap-location tbl-cap-location "
    "tbl-colwidths crossref citation google-scholar appendix-style appendix-cite-as comments about freeze order "
    "page-layout include-in-header include-before-body include-after-body include-before include-after lightbox "
    "funding website project book manuscript server runtime resources pagetitle title-prefix title-block-banner "
    "title-block-style date-format author-title author-meta reference-location citation-location cite-method "
    "suppress-bibliography shift-heading-level-by categories image image-alt listing search sidebar self-contained "
    "embed-resources standalone revealjs grid margin-geometry callout-appearance callout-icon "
    "citations-hover footnotes-hover smooth-scroll anchor-sections html-math-method keep-md keep-tex pdf-engine "
    "license-url aliases body-classes notebook-view notebook-links other-links code-links section-divs wrap scholar "
    "thanks acknowledgements acknowledgments date-meta brand lof lot toccolor df-print metadata-files "
    "metadata copyright-year plain-language-summary published-title doi-url highlights author-note shorttitle floatsintext "
    "bibliographystyle typst equal-contributor"
).split()
PANDOC = (
    "documentclass classoption geometry fontsize mainfont sansfont monofont mathfont fontfamily fontenc linestretch "
    "papersize pagestyle margin-left margin-right margin-top margin-bottom header-includes colorlinks linkcolor "
    "urlcolor citecolor filecolor indent block-headings secnumdepth biblio-style "
    "biblio-title biblatexoptions natbiboptions natbib biblatex bibliography-title beamerarticle section-titles "
    "slide-level aspectratio logo titlegraphic subject from to output-file "
    "header footer header-left header-right footer-left footer-right titlepage cjkmainfont hyperrefoptions "
    "figPrefix tblPrefix eqnPrefix figureTitle tableTitle listingTitle linkReferences nameInLink cref chapters "
    "codeBlockCaptions autoSectionLabels lofTitle lotTitle reference-doc reference-links lineheight highlighting-macros "
    "runninghead epub tables graphics csquotes toc-own-page listings "
    "disable-header-and-footer pandoc-latex-fontsize "
).split()
MARKDOWN_R = (
    "output knit vignette always_allow_html site df_print editor_options bibliography-style urlcolor "
    "link-color split_by cover-image github-repo favicon apple-touch-icon output_dir lot-title linenumbers draft mask "
    "figurelist tablelist footnotelist authornote wordcount note corresponding corresponding_author twocolumn journal "
    "address running competinginterests copyrightstatement availability videosupplement authorcontribution appendix "
    "authorcitation firstnote secondnote correspondence simplesummary acknowledgement authorcontributions "
    "institutionalreview informedconsent dataavailability conflictsofinterest supplementary endnotes keypoints "
    "leadauthor runningtitle runningauthor preamble"
).split()
MYST = (
    "jupytext kernelspec kernel_info language_info myst exports downloads numbering site thumbnail thumbnailoptimized "
    "banner open_access venue github binder short_title abbreviations parts math math_renderer substitutions export "
    "tocdepth orphan label bibliography_style edit_url arxiv subject_area jupyter_execute mystnb file_format "
    "social banneroptimized options arxiv_id pmid pmcid biblio heading-depth settings edition"
).split()
JOSS = (
    "aas-doi aas-journal repository archive_doi archive paper_url review_url joss formatted_doi citation_string "
    "citation_author submitted published event group git_url software_repository_url archive-doi "
    "biohackathon_name biohackathon_url biohackathon_location authors_short software_review_url editor paper_reviewers"
).split()
SITES = (
    "draft weight slug categories menu menus series type kind featured featuredimage featured-image images outputs "
    "linktitle permalink published excerpt excerpt_separator nav_order parent grand_parent has_children nav_exclude "
    "has_toc author_profile classes header-img usemathjax mathjax redirect_from redirect_to sitemap robots comments "
    "toc_sticky toc_label share read_time related_posts sidebar breadcrumbs collection sidebar_position sidebar_label "
    "id hide_title hide_table_of_contents pagination_next custom_edit_url icon hide status lead hero "
    "showtoc tocopen math katex disableshare disablehljs hidesummary searchhidden showreadingtime showbreadcrumbs "
    "teaching exercises expirydate publishdate lastmodified headless iscjklanguage markup cascade build resources video audio videos "
    "image-credit teaser tagline show_date show_sidebar hidden sticky pin post-image avatar image_dark mermaid"
).split()
PROGRAMS = {
    "Quarto": frozenset(QUARTO),
    "pandoc": frozenset(PANDOC),
    "R Markdown": frozenset(MARKDOWN_R),
    "JOSS": frozenset(JOSS),
    "MyST": frozenset(MYST),
    "a website": frozenset(SITES),
}
PREFIXES = re.compile(
    r"(?:toc|code|fig|tbl|html|pdf|latex|docx|epub|reveal|crossref|citation|listing|margin|header|footer)-"
)
WEB_LAYOUTS = frozenset(
    "post posts page pages default home single splash archive blog article base docs doc main about index note "
    "distill paper minimal bookshop event person project lesson full custom".split()
)
"""Values of ``layout`` in front matter for the web."""


def programs_of(key: str) -> frozenset[str]:
    """Return the programs that a key is for; none where nobody knows it."""
    name = key.lower()
    spellings = {name, name.replace("_", "-"), key}
    found = frozenset(program for program, keys in PROGRAMS.items() if spellings & keys)
    return found or (frozenset({"Quarto"}) if PREFIXES.match(name.replace("_", "-")) else frozenset())


def left_out_message(keys: Iterable[str]) -> str:
    """Return the message about keys for other programs; each is listed under the program that most of them are for.

    >>> left_out_message(["draft", "weight", "toc"])
    'for a website, not for leaflet: draft, weight; for Quarto, not for leaflet: toc'
    """
    left = list(keys)
    parts = []
    while left:
        counts = {program: sum(program in programs_of(key) for key in left) for program in PROGRAMS}
        best = max(PROGRAMS, key=lambda program: counts[program])
        own = [key for key in left if best in programs_of(key)]
        parts.append(f"for {best}, not for leaflet: {', '.join(own)}")
        left = [key for key in left if key not in own]
    return "; ".join(parts)
