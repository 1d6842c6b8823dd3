"""The closed word classes that coreference looks at: titles, company suffixes, pronouns, nouns that point back.

These are function-like words of news English; what kind of thing an open-class noun heads is decided by
``extract`` (``Mention.kind``) and only read here.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final, Literal

Gender = Literal["m", "f"]


def listed(text: str) -> frozenset[str]:
    """The words of a list that is written as one text."""
    return frozenset(text.split())


COURTESY: Final[dict[str, Gender]] = {
    "mr": "m", "mister": "m", "sir": "m", "lord": "m", "mrs": "f", "ms": "f", "miss": "f", "mme": "f",
    "madam": "f", "dame": "f", "lady": "f",
}  # fmt: skip
"""Titles that tell the gender and stand before a surname: "Mr. Green"."""

ROYAL: Final[dict[str, Gender | None]] = {
    "king": "m", "queen": "f", "prince": "m", "princess": "f", "duke": "m", "duchess": "f", "pope": None,
    "emperor": "m", "empress": "f", "saint": None, "st": None, "emir": "m", "sultan": "m",
}  # fmt: skip
"""Titles that are part of the name as people know it: "Pope Francis", "Queen Elizabeth II"."""

OFFICES: Final = listed(
    "dr doctor prof professor rev reverend hon sen senator rep representative gov governor president vice prime "
    "minister chancellor secretary premier judge justice general gen colonel col lieutenant lt sergeant sgt "
    "captain capt major maj corporal cpl commander cmdr admiral adm officer detective inspector superintendent "
    "sheriff constable chief cardinal bishop archbishop imam ayatollah sheikh rabbi father sister brother "
    "ambassador mayor congressman congresswoman councillor councilor councilman councilwoman chairman chairwoman "
    "ceo coach former ex-president speaker deputy attorney"
)
"""Offices and ranks before a name; dropped from the name, they say nothing of gender."""

KIN: Final = listed(
    "mother father parent son daughter child sister brother sibling twin wife husband spouse widow widower partner "
    "fiance fiancee aunt uncle cousin niece nephew grandmother grandfather grandson granddaughter stepmother "
    "stepfather stepson stepdaughter half-brother half-sister girlfriend boyfriend ex-wife ex-husband"
)
"""Nouns for somebody's relatives: «her widowed mother, Ann Marie Lee»."""

GENERATION: Final = listed("jr sr ii iii iv")
"""What follows a surname without being one: "Martin Luther King Jr."."""

LEGAL: Final = listed(
    "inc incorporated corp corporation co company ltd limited llc llp lp plc gmbh ag kgaa sa sas sarl nv bv ab "
    "asa oy oyj spa srl kk pty pte bhd tbk se ltda"
)
"""Legal forms at the end of a company's name, dots removed ("S.p.A." is spa)."""

UMBRELLA: Final = listed("group holdings holding enterprises motor motors airlines airways")
"""Words that a company's long name may end in without naming a different company: "Volkswagen Group"."""

SMALL: Final = listed("of the and for in on at de la le del des du et y & to a an")
"""Words that an acronym usually leaves out, and that a short form may not be cut off behind."""

COMPANY: Final = listed(
    "company firm corporation business giant maker manufacturer conglomerate multinational retailer chain startup "
    "start-up bank lender insurer carmaker automaker airline carrier drugmaker chipmaker brewer developer operator "
    "supplier publisher broadcaster group enterprise subsidiary utility grocer supermarket brokerage vendor "
    "platform studio builder producer provider planemaker refiner miner shipper distributor wholesaler "
    "jeweler jeweller label brand e-tailer marketplace"
)
"""Nouns that point back to a company: "the online retail giant"."""

EITHER: Final = listed(
    "owner co-owner shareholder stakeholder investor backer sponsor donor lender creditor borrower buyer purchaser "
    "bidder seller supplier vendor provider distributor contractor developer builder manufacturer producer publisher "
    "rival competitor partner ally customer client tenant landlord employer recruiter operator organiser organizer "
    "host hosts promoter adviser advisor consultant plaintiff defendant claimant opponent winner loser leader pioneer "
    "critic regulator watchdog campaigner insurer carrier exporter importer member"
)
"""Nouns for a person or an organisation: «its owner, Harrow Freight», makes no person of a firm."""

MEDIA: Final = listed(
    "newspaper paper outlet magazine journal daily weekly tabloid broadcaster broadsheet newswire agency "
    "publication network newsletter website site"
)
"""Nouns that point back to a news organisation."""

MEDIA_NAMES: Final = listed(
    "post times journal news herald tribune guardian telegraph gazette chronicle observer examiner mail press "
    "radio tv television broadcasting reuters bbc cnn afp bloomberg cnbc npr pbs itv wired insider media daily "
    "weekly magazine review standard sun mirror globe dispatch inquirer newsweek"
)
"""Words in the names of news organisations."""

BODY: Final = listed(
    "organization organisation association agency ministry department commission committee council court party "
    "union university college school government parliament congress senate cabinet army navy military force police "
    "authority bureau board federation league club team foundation fund charity institute museum hospital church "
    "coalition alliance administration regulator watchdog bloc militia"
)
"""Nouns that point back to an organisation which is not a company."""

PLACES: Final = listed(
    "country nation city town village state province region county district island territory capital republic "
    "kingdom continent peninsula suburb neighborhood neighbourhood municipality"
)
"""Nouns that point back to a place."""

THINGS: Final = listed(
    "product device phone smartphone app application software vehicle car model aircraft plane jet airplane "
    "drug vaccine medicine tablet console ship vessel spacecraft rocket satellite"
)
"""Nouns that point back to a product or vehicle."""

SORTS_OF_THINGS: Final = (
    listed("ship vessel boat ferry tanker freighter yacht trawler liner cruiser destroyer frigate submarine"),
    listed("plane aircraft jet airliner airplane aeroplane helicopter jetliner"),
    listed("car vehicle truck lorry bus train van sedan suv"), listed("satellite rocket spacecraft capsule probe"),
    listed("phone smartphone device tablet computer laptop handset"),
)
"""Nouns for things: what is called by one of a sort is not meant by one of another."""
SITES: Final = listed(
    "market airport station park river lake road bridge hospital school university college stadium hall house inn "
    "hotel restaurant museum church cathedral mosque temple base mountain mount volcano canyon valley beach bay sea "
    "ocean coast prison court square street avenue building tower mall cafe bar zoo plant mine dam"
)
"""Last words of names of places that are no towns."""
FLYING: Final = listed("air airline airlines airway airways aviation jet fly wings")
"""Words in the names of airlines."""

WORKS: Final = listed("film movie book novel song album documentary")
HAPPENINGS: Final = listed("storm hurricane typhoon cyclone earthquake tournament championship festival")

MAN: Final = listed("man boy gentleman father husband son brother actor spokesman chairman businessman")
WOMAN: Final = listed(
    "woman girl lady mother wife daughter sister actress spokeswoman chairwoman businesswoman congresswoman"
)
"""Nouns that tell the gender by their meaning; a job such as "nurse" never does."""
_MAN_ENDING, _WOMAN_ENDING = ("man",), ("woman", "lady", "girl")
_NO_MAN: Final = listed("human woman german roman ottoman norman")


def noun_gender(noun: str) -> Gender | None:
    """The gender that a noun tells by its meaning or its last part.

    >>> noun_gender("councilwoman"), noun_gender("landlady"), noun_gender("fireman"), noun_gender("nurse")
    ('f', 'f', 'm', None)
    """
    if noun in WOMAN or noun.endswith(_WOMAN_ENDING):
        return "f"
    return "m" if noun in MAN or (noun.endswith(_MAN_ENDING) and noun not in _NO_MAN) else None


HE: Final = listed("he him his himself")
SHE: Final = listed("she her hers herself")
IT: Final = listed("it its itself")
THEY: Final = listed("they them their theirs themselves themself")
FIRST: Final = listed("i me my mine myself")
WE: Final = listed("we us our ours ourselves")
SECOND: Final = listed("you your yours yourself yourselves")
RELATIVE: Final = listed("who whom whose which that")
REFLEXIVE: Final = listed("himself herself itself themselves themself")
POSSESSIVE: Final = listed("his her its their whose")
"""Pronouns of each sort. Those not listed ("you", "this", "one") point back to nothing that can be told."""

DETERMINERS: Final = listed("the a an this that these those some any its his her their our my your")
ORDINALS: Final = listed("first second third fourth fifth other another same next last former latter")
POINTING: Final = listed("the this that these those")
KEPT: Final = 4096
"""Words, names and clues that are kept in normal form: an article asks for the same ones for each of its mentions."""


_LETTERS: Final = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"})


def folded(word: str) -> str:
    """A word in lower case without marks on its letters: "Erdoğan" as many papers spell it.

    >>> folded("Erdoğan"), folded("Søren")
    ('erdogan', 'soren')
    """
    if word.isascii():
        return word.casefold()
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@lru_cache(maxsize=KEPT)
def bare(word: str) -> str:
    """A word for look-up: lower case, no dots, no possessive.

    >>> bare("Mr."), bare("S.p.A."), bare("Amazon's")
    ('mr', 'spa', 'amazon')
    """
    plain = word.casefold().replace("’", "'")
    plain = plain[:-2] if plain.endswith("'s") else plain.rstrip("'")
    return plain.replace(".", "")


@lru_cache(maxsize=KEPT)
def singular(noun: str) -> str:
    """A noun without its regular plural ending, close enough to compare two mentions.

    >>> [singular(word) for word in ("companies", "airlines", "losses", "boss", "news", "cities")]
    ['company', 'airline', 'loss', 'boss', 'news', 'city']
    """
    word = bare(noun)
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def concept(phrase: str) -> str:
    """A common noun phrase in normal form: lower case, no article, last word singular.

    >>> concept("Front desk staff"), concept("office managers")
    ('front desk staff', 'office manager')
    """
    words = [word.casefold() for word in phrase.split()]
    words = words[1:] if len(words) > 1 and words[0] in ("the", "a", "an") else words
    return " ".join([*words[:-1], singular(words[-1])]) if words else phrase


_IRREGULAR = {
    "men": "man", "women": "woman", "people": "person", "children": "child", "news": "news", "series": "series",
    "wives": "wife", "lives": "life", "media": "media", "aircraft": "aircraft", "headquarters": "headquarters",
}  # fmt: skip
