"""Entry types of BibTeX and BibLaTeX, and the type and genre that a CSL style knows them by.

Source: the CSL 1.0.2 specification, appendix III (types); the biblatex manual, 2.1.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PREPRINT = "article"
OTHER = "document"

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "article": "article-journal",
        "artwork": "graphic",
        "audio": "song",
        "bookinbook": "chapter",
        "booklet": "pamphlet",
        "conference": "paper-conference",
        "dataset": "dataset",
        "electronic": "webpage",
        "image": "graphic",
        "inbook": "chapter",
        "incollection": "chapter",
        "inproceedings": "paper-conference",
        "inreference": "entry-encyclopedia",
        "jurisdiction": "legal_case",
        "legislation": "legislation",
        "letter": "personal_communication",
        "mastersthesis": "thesis",
        "movie": "motion_picture",
        "music": "song",
        "online": "webpage",
        "patent": "patent",
        "performance": "performance",
        "periodical": "periodical",
        "phdthesis": "thesis",
        "report": "report",
        "review": "review",
        "software": "software",
        "standard": "standard",
        "suppbook": "chapter",
        "suppcollection": "chapter",
        "suppperiodical": "article-journal",
        "techreport": "report",
        "thesis": "thesis",
        "unpublished": "manuscript",
        "video": "motion_picture",
        "www": "webpage",
    }
    | dict.fromkeys(
        (
            *("book", "bookset", "collection", "commentary", "manual", "mvbook", "mvcollection"),
            *("mvproceedings", "mvreference", "proceedings", "reference"),
        ),
        "book",
    )
)
# What a thesis or report is where the entry does not tell.
GENRES: Mapping[str, str] = MappingProxyType(
    {"phdthesis": "phdthesis", "mastersthesis": "mathesis", "techreport": "techreport"}
)
# BibLaTeX's names for what an entry is, as the page has them.
WORDS: Mapping[str, str] = MappingProxyType(
    {
        "audiocd": "audio CD",
        "bathesis": "Bachelor's thesis",
        "candthesis": "Candidate thesis",
        "datacd": "data CD",
        "mastersthesis": "Master's thesis",
        "mathesis": "Master's thesis",
        "patent": "patent",
        "patentde": "German patent",
        "patenteu": "European patent",
        "patentfr": "French patent",
        "patentuk": "British patent",
        "patentus": "US patent",
        "patreq": "patent request",
        "phdthesis": "PhD thesis",
        "resreport": "Research report",
        "software": "software",
        "techreport": "Technical report",
        "inpreparation": "in preparation",
        "inpress": "in press",
        "prepublished": "pre-published",
    }
)
# A number of what is periodical is an issue, of a book its number in the series.
ISSUED_IN_NUMBERS = frozenset({"article-journal", "periodical", "review"})
IN_SERIES = frozenset({"book", "chapter", "entry-encyclopedia", "paper-conference", "pamphlet"})
# Who brings it out: the first of these fields.
PUBLISHERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "thesis": ("school", "institution", "publisher", "organization"),
        "report": ("institution", "publisher", "organization", "school"),
    }
)
ANY_PUBLISHER = ("publisher", "organization", "institution", "school", "howpublished")
# ISO 639-1, by the names that babel and biblatex use.
LANGUAGES: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("american", "australian", "british", "english", "uk", "us", "usenglish"), "en")
    | dict.fromkeys(("austrian", "german", "naustrian", "ngerman", "nswissgerman"), "de")
    | {"brazil": "pt", "chinese": "zh", "dutch": "nl", "french": "fr", "italian": "it"}
    | {"japanese": "ja", "polish": "pl", "portuguese": "pt", "russian": "ru", "spanish": "es"}
    | {"czech": "cs", "danish": "da", "finnish": "fi", "greek": "el", "norwegian": "nb"}
    | {"swedish": "sv", "turkish": "tr", "ukrainian": "uk", "latin": "la", "hungarian": "hu"}
)
# "First" to "tenth" of BibTeX's editions.
ORDINALS = (
    *("first", "second", "third", "fourth", "fifth"),
    *("sixth", "seventh", "eighth", "ninth", "tenth"),
)
