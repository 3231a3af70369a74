"""Names that keep their capitals where a title in title case becomes one in sentence case.

BibTeX entries should hold them in braces; those of Google Scholar and most databases do not. Words that are ordinary
English too, such as turkey, china (porcelain aside), polish and march, are here only where the name is by far the more
common in titles.
"""

from __future__ import annotations

import re

_COUNTRIES = """
    afghanistan albania algeria andorra angola argentina armenia australia austria azerbaijan bahamas bahrain bangladesh
    barbados belarus belgium belize benin bhutan bolivia botswana brazil brunei bulgaria burundi cambodia cameroon canada
    china colombia comoros congo croatia cuba cyprus czechia denmark djibouti dominica ecuador egypt england eritrea
    estonia eswatini ethiopia fiji finland france gabon gambia georgia germany ghana gibraltar greece greenland grenada
    guatemala guinea guyana haiti honduras hungary iceland india indonesia iran iraq ireland israel italy jamaica japan
    kazakhstan kenya kiribati kosovo kuwait kyrgyzstan laos latvia lebanon lesotho liberia libya liechtenstein lithuania
    luxembourg macedonia madagascar malawi malaysia maldives mali malta mauritania mauritius mexico micronesia moldova
    monaco mongolia montenegro morocco mozambique myanmar namibia nauru nepal netherlands nicaragua niger nigeria norway
    oman pakistan palau palestine panama paraguay peru philippines poland portugal qatar romania russia rwanda samoa
    scotland senegal serbia seychelles singapore slovakia slovenia somalia spain sudan suriname sweden switzerland syria
    taiwan tajikistan tanzania thailand togo tonga tunisia turkmenistan tuvalu uganda ukraine uruguay uzbekistan vanuatu
    venezuela vietnam wales yemen zambia zimbabwe
"""
_REGIONS = """
    africa america americas antarctica asia atlantic balkans britain caribbean europe eurasia mediterranean oceania
    pacific scandinavia amazon himalaya himalayas sahara siberia amsterdam athens baghdad bangkok barcelona beijing berlin
    boston brussels cairo california chicago copenhagen delhi dublin edinburgh florida glasgow hawaii helsinki istanbul
    jerusalem johannesburg lagos lisbon london madrid manchester melbourne milan montreal moscow mumbai munich nairobi oslo
    ontario paris philadelphia prague quebec rome seoul shanghai stockholm sydney texas tokyo toronto vienna warsaw
    washington
"""
_PEOPLES = """
    african africans american americans arab arabic arabs asian asians australian australians austrian belgian bengali
    brazilian british bulgarian canadian canadians catalan celtic chinese croatian cuban czech danish dutch egyptian
    english ethiopian european europeans filipino finnish french german germanic germans ghanaian greek hebrew hindi
    hispanic hispanics hungarian icelandic indian indians indonesian inuit iranian iraqi irish israeli italian italians
    jamaican japanese jewish kenyan korean kurdish latin latina latino latinos maori mexican mexicans mongolian nepali
    nigerian nordic norwegian pakistani persian peruvian polynesian portuguese romanian russian russians scandinavian
    scottish serbian slavic somali spanish swahili swedish swiss syrian tamil thai turkish ugandan ukrainian urdu
    vietnamese welsh yoruba zulu buddhist catholic catholics christian christianity christians hindu hinduism islam islamic
    judaism muslim muslims protestant quaker victorian
"""
_DAYS = """
    monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays
    january february april june july september october november december
"""
_EPONYMS = """
    alzheimer alzheimer's alzheimer’s parkinson's parkinson’s crohn's crohn’s hodgkin hodgkin's hodgkin’s huntington's
    huntington’s asperger asperger's asperger’s tourette tourette's tourette’s bayes bayesian boolean darwin darwinian
    einstein euclidean foucault freud freudian gaussian kant kantian markov marx marxism marxist newton newtonian
    nightingale shakespeare shakespearean medicare medicaid christmas easter ramadan ebola zika covid
"""
NAMES = frozenset(" ".join((_COUNTRIES, _REGIONS, _PEOPLES, _DAYS, _EPONYMS)).split())
"""Names of one word, in small letters."""
PHRASES = re.compile(
    r"\b(?:United (?:Kingdom|States|Nations|Arab Emirates)|(?:North|South) (?:Korea|Africa|America|Sudan|Carolina|Dakota|"
    r"Wales|Australia|Yorkshire)|New (?:Zealand|York|Delhi|Guinea|Mexico|Orleans|South Wales|Jersey|Hampshire|England)|"
    r"Western Australia|West (?:Virginia|Indies|Midlands|Sussex|Yorkshire|Bank)|East (?:Anglia|Sussex|Midlands|Timor)|Northern "
    r"(?:Ireland|Territory)|Latin America|Middle East|Sri Lanka|Costa Rica|Puerto "
    r"Rico|Saudi Arabia|Sierra Leone|Burkina Faso|Cape (?:Verde|Town)|Hong Kong|Ivory Coast|El Salvador|Los Angeles|San "
    r"Francisco|Rio de Janeiro|World Health Organi[sz]ation|World War|European Union|Great Britain)\b"
)
"""Names of several words, some of which are ordinary alone."""
