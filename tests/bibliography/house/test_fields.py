"""Every field of every entry type is shown, or declared here not to be."""

from __future__ import annotations

import pytest

from cvforge.bibliography.house.kinds import Family, family
from cvforge.bibliography.house.style import LINKS, Setting, publication
from cvforge.bibliography.names import Name
from cvforge.bibliography.owner import Owner
from cvforge.bibliography.reference import NAME_FIELDS, Names, Reference
from cvforge.cv import Publication, Rank
from cvforge.diagnostics import Place
from cvforge.inline import Text, plain

# Source: the biblatex manual, 2.1 (entry types, those of BibTeX among them).
KINDS = (
    *("article", "book", "mvbook", "inbook", "bookinbook", "suppbook", "booklet", "collection"),
    *("mvcollection", "incollection", "suppcollection", "dataset", "manual", "misc", "online"),
    *("patent", "periodical", "suppperiodical", "proceedings", "mvproceedings", "inproceedings"),
    *("reference", "mvreference", "inreference", "report", "software", "thesis", "unpublished"),
    *("artwork", "audio", "commentary", "image", "jurisdiction", "legislation", "legal", "letter"),
    *("movie", "music", "performance", "review", "standard", "video", "custom", "electronic"),
    *("conference", "mastersthesis", "phdthesis", "techreport", "www", "talk"),
)
# Source: the biblatex manual, 2.2.2 (data fields), and BibTeX's own.
TEXTS = (
    *("addendum", "address", "articleno", "award", "booksubtitle", "booktitle", "booktitleaddon"),
    *("chapter", "date", "edition", "editortype", "eid", "eventdate", "eventtitle"),
    *("eventtitleaddon", "howpublished", "institution", "issue", "issuesubtitle", "issuetitle"),
    *("issuetitleaddon", "journal", "journalsubtitle", "journaltitle", "journaltitleaddon"),
    *("location", "mainsubtitle", "maintitle", "maintitleaddon", "note", "number"),
    *("organization", "pages", "pagetotal", "part", "publisher", "pubstate", "school", "series"),
    *("shortbooktitle", "shortjournal", "shortseries", "titleaddon", "type", "venue", "version"),
    *("volume", "volumes", "year"),
)
VERBATIM = ("doi", "eprint", *LINKS[3:])
# What no type shows, and who: programs' own matter, originals and reprints, lesser roles.
NEVER = (
    *("annotation", "annote", "authortype", "bookpagination", "day", "editoratype", "editorbtype"),
    *("editorctype", "entrysubtype", "gender", "hyphenation", "indexsorttitle", "indextitle"),
    *("isan", "isbn", "ismn", "isrn", "issn", "iswc", "key", "label", "langid", "language"),
    *("library", "month", "nameaddon", "numpages", "origdate", "origlanguage", "origlocation"),
    *("origpublisher", "origtitle", "pagination", "presort", "related", "relatedstring"),
    *("reprinttitle", "shorthand", "shorthandintro", "shorttitle", "sortkey", "sortname"),
    *("sorttitle", "sortyear", "urldate", "usera"),
)
NEVER_NAMED = (
    *("editora", "editorb", "editorc", "annotator", "commentator", "introduction", "foreword"),
    *("afterword", "director", "shortauthor", "shorteditor"),
)
NEVER_VERBATIM = (
    *("archiveprefix", "eprintclass", "eprinttype", "file", "ids", "keywords", "primaryclass"),
    *("urlraw", "xref"),
)
# What a type does not show: matter of the volume that an article or paper is in; parts of a
# work by several hands where there is none.
_VOLUME = {
    *("editor", "editortype", "edition", "chapter", "volumes", "school", "institution"),
    *("organization", "publisher", "location", "address", "type"),
}
_EVENT = {"eventtitle", "eventtitleaddon"}
_BOOK = {"booktitle", "booksubtitle", "booktitleaddon", "shortbooktitle"}
_JOURNAL = {
    *("journal", "journaltitle", "journalsubtitle", "journaltitleaddon", "shortjournal"),
    *("issuetitle", "issuesubtitle", "issuetitleaddon"),
}
_MAIN = {"maintitle", "mainsubtitle", "maintitleaddon"}
OMITTED: dict[Family, set[str]] = {
    Family.ARTICLE: _VOLUME | _EVENT | _BOOK | _MAIN | {"bookauthor", "shortseries"},
    Family.PAPER: _VOLUME | _EVENT | _JOURNAL | {"bookauthor"},
    Family.PART: {"school", "institution", "organization"} | _EVENT | _JOURNAL,
    Family.WORK: {"type", "bookauthor", "shortbooktitle"},
    Family.THESIS: {"bookauthor"},
    Family.REPORT: {"bookauthor"},
    Family.PATENT: {"bookauthor"},
    Family.OTHER: {"bookauthor"},
}
# A field that means nothing alone, and the one that it goes with.
WITH = {
    **dict.fromkeys(("booksubtitle", "booktitleaddon", "shortbooktitle"), "booktitle"),
    "bookauthor": "booktitle",
    **dict.fromkeys(("journalsubtitle", "journaltitleaddon", "shortjournal"), "journaltitle"),
    **dict.fromkeys(("issuetitle", "issuesubtitle", "issuetitleaddon"), "journaltitle"),
    **dict.fromkeys(("mainsubtitle", "maintitleaddon"), "maintitle"),
    "eventtitleaddon": "eventtitle",
    "part": "volume",
}  # fmt: skip
HOST = {
    Family.ARTICLE: "journaltitle",
    Family.PAPER: "booktitle",
    Family.PART: "booktitle",
}
MARKER = "1907"


def made(kind: str, field: str) -> str:
    """Return all that is shown of an entry of a type, one of whose fields holds the marker."""
    host = HOST.get(family(kind), "")
    rest = {WITH.get(field, ""), "" if host.startswith(field) else host} - {""}
    if field == "issuesubtitle":
        rest.add("issuetitle")
    fields = {name: (Text("Host"),) for name in rest}
    names = {"author": Names((Name("Bo", "", "Rune", ""),))}
    raw = {}
    if field == "editortype":
        names["editor"] = names["author"]
    if field in NAME_FIELDS:
        names[field] = Names((Name("Cleo", "", MARKER, ""),))
    elif field in (*VERBATIM, *NEVER_VERBATIM):
        fallback = f"https://x.org/{MARKER}"
        raw[field] = {"doi": f"10.1000/{MARKER}", "eprint": f"{MARKER}.01234"}.get(field, fallback)
    else:
        fields[field] = (Text(f"{MARKER}x" if field == "issue" else MARKER),)
    title, place = (Text("T"),), Place("a.bib", 1, 1)
    reference = Reference(
        key="a", kind=kind, title=title, names=names, fields=fields, raw=raw, place=place
    )
    return "\n".join(
        text(
            publication(
                reference,
                owner=Owner(()),
                setting=Setting(links=LINKS, venues=venues),
                rank=Rank(),
                place=None,
            )
        )
        for venues in ("short", "full")
    )


def text(shown: Publication) -> str:
    targets = [link.target for link in shown.links]
    return " ".join([plain(shown.title), plain(shown.authors), plain(shown.venue), *targets])


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_is_shown_unless_it_is_declared_not_to_be(kind: str) -> None:
    every = {*TEXTS, *VERBATIM, *NEVER, *NEVER_VERBATIM, *NAME_FIELDS}
    shown = {field for field in every if MARKER in made(kind, field)}
    never = {*NEVER, *NEVER_VERBATIM, *NEVER_NAMED}
    assert every - shown - never == OMITTED[family(kind)]
    assert shown & never == set()


def test_every_family_has_a_type() -> None:
    assert {family(kind) for kind in KINDS} == set(Family)
