"""Names of persons in one text, read as family and given names, or as an organisation's name."""

from __future__ import annotations

import re

PARTICLES = frozenset(
    "af al bin d' da dal de del della den der des di dos du el la le ten ter van vom von zu zur".split()
)

ORGANISATION_WORDS = frozenset(
    (
        "academy agency alliance archive archives association authority board borough bureau campaign cancer care centre center "
        "charity choir church cinema clinic club coalition college commission committee company consortium cooperative "
        "co-operative corporation council county dental department district division editors federation festival forum "
        "foundation fund government group guild health helpline hospice hospital hub inc initiative institute institution "
        "kindergarten laboratory league libraries library limited ltd medical ministry museum museums network nhs nursery "
        "nursing office orchestra organisation organization parish partners partnership pharmacy playgroup police practice "
        "press programme project rescue research school schools service services society studio support surgery team theatre "
        "theater trust union unit university volunteers & of for the "
        "amt apotheke behörde beratung bücherei bundesamt bundesministerium caritas diakonie feuerwehr gemeinde gesellschaft "
        "gruppe hochschule initiative institut kammer kirche kirchengemeinde klinik klinikum krankenhaus landkreis ministerium "
        "polizei praxis schule stadt stadtwerke stiftung tierheim universität verband verein zentrum für und ag gmbh ggmbh kg "
        "association bibliothèque centre clinique collège comité commune école équipe fédération fondation hôpital mairie "
        "ministère musée préfecture région société syndicat théâtre université et pour "
        "asociación ayuntamiento biblioteca centro clínica comité comunidad consejería escuela facultad federación fundación "
        "hospital instituto ministerio museo oficina servicio sociedad universidad para"
    ).split()
)
"""Words that occur in the names of organisations and hardly in those of people: English, German, French and Spanish."""
ORGANISATION_ENDS = re.compile(
    r"\w{3,}(?:amt|bibliothek|bücherei|klinik|klinikum|ministerium|museum|praxis|schule|stiftung|verband|verein|zentrum)",
    re.IGNORECASE,
)
"""German words for organisations by their last part, as in Stadtbibliothek."""
ABBREVIATION = re.compile(r"[B-DF-HJ-NP-TV-XZ]{3,5}")
"""An abbreviation without a vowel, as in TSV or DRK."""
REGISTERED = re.compile(r"\be\.\s?V\.")
SUFFIXES = frozenset("jr sr ii iii iv".split())
DEGREES = frozenset(
    "ba bds bsc dclin dds dmd do edd frcp jd llb llm ma mba md mlis mph mrcgp mrcp mrcs ms msc msn pharmd phd pt rd rgn rm rn".split()
)


def read_name(text: str) -> dict[str, str]:
    """Return the parts of a name.

    >>> read_name("Ludwig van Beethoven")
    {'given': 'Ludwig', 'particle': 'van', 'family': 'Beethoven'}
    >>> read_name("Riverside Health Library")
    {'literal': 'Riverside Health Library'}
    """
    name, _, last = " ".join(text.split()).rpartition(", ")
    if name and all(_plain(word) in DEGREES for word in last.split()):
        known = read_name(name)
        return {**known, "role": f"{known['role']}, {last}" if "role" in known else last}
    name = f"{name}, {last}" if name else last
    words = name.split(" ")
    if len(words) > 2 and _plain(words[-1]) in SUFFIXES:
        return {**read_name(" ".join(words[:-1]).removesuffix(",")), "suffix": words[-1]}
    if len(words) == 1 or len(words) > 6 or _is_organisation(name, words):
        return {"literal": name}
    if name.count(",") == 1:
        family, given = (part.strip() for part in name.split(","))
        return {"family": family, "given": given} if family and given else {"literal": name}
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in PARTICLES and words[start - 1].islower():
        start -= 1
    parts = {"given": " ".join(words[:start])}
    particle = " ".join(words[start:-1])
    if particle:
        parts["particle"] = particle
    return {**parts, "family": words[-1]}


def _is_organisation(name: str, words: list[str]) -> bool:
    return (
        any(_plain(word) in ORGANISATION_WORDS for word in words)
        or any(ORGANISATION_ENDS.fullmatch(_plain(word)) for word in words)
        or any(ABBREVIATION.fullmatch(word) for word in words)
        or REGISTERED.search(name) is not None
    )


def _plain(word: str) -> str:
    return re.sub(r"[.,;:()]", "", word).lower()
