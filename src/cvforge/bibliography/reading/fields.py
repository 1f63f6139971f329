"""Which fields of an entry anything here reads; all others are the user's and other programs'."""

from __future__ import annotations

# Source: the biblatex manual, 2.2.2 (data fields), BibTeX's own, and those of publishers' exports.
READ = frozenset(
    {"addendum", "address", "articleno", "award", "booksubtitle", "booktitle", "booktitleaddon"}
    | {"chapter", "date", "day", "edition", "editortype", "eid", "eventdate", "eventtitle"}
    | {"eventtitleaddon", "howpublished", "institution", "isbn", "issn", "issue", "issuesubtitle"}
    | {"issuetitle", "issuetitleaddon", "journal", "journalsubtitle", "journaltitle"}
    | {"journaltitleaddon", "langid", "language", "location", "mainsubtitle", "maintitle"}
    | {"maintitleaddon", "month", "note", "number", "organization", "origdate", "pages"}
    | {"pagetotal", "part", "publisher", "pubstate", "school", "series", "shortbooktitle"}
    | {"shortjournal", "shortseries", "shorttitle", "status", "subtitle", "title", "titleaddon"}
    | {"type", "urldate", "venue", "version", "volume", "volumes", "year", "dataset"}
)
ABSTRACT = "abstract"
