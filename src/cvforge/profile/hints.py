"""What the models' own errors say besides their message: the way out, and the key to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# The finding of a whole entry is shown at this key of it.
SHOWN_AT: Mapping[str, str] = {
    "period_order": "end",
    "end_without_start": "end",
    "date_twice": "date",
    "only_and_except": "except",
    "author_limit": "most",
    "labels_alone": "labels",
}
HINTS: Mapping[str, str] = {
    "period_order": 'leave "end" out for a current role',
    "end_without_start": 'write "date" for a single date',
    "date_twice": 'keep "date" for a period as printed, "start" and "end" to have it worded',
    "only_and_except": "remove one of the two",
    "years": "write a year, or years from and to: 2019-2024, 2019-, -2024",
    "years_order": "the earlier year stands first",
    "label": 'write one to five letters or digits, such as "J"; the number follows by itself',
    "author_limit": 'make "most" greater, or "first" or "last" smaller',
    "labels_alone": 'or set "numbering" to another value than none',
    "text_empty": "write a text, or remove the line",
    "date_empty": "write a date, or remove the line",
    "date_unclear": 'write a year, year-month or full date such as 2020-01; only "date" is free',
    "date_range": 'write the first in "start", the last in "end"; or all of it in "date"',
    "date_present": "write when it began, such as 2020-01",
    "email": 'write the address alone, such as ada@example.org; or give a "url" beside the value',
    "website": 'write "https://…" or no scheme at all; or give a "url" beside the value',
    "control-character": "remove it",
    "text_language": 'a language is a tag such as "en", "zh" or "pt-BR"',
    "link_scheme": 'write the whole address, such as "https://example.org"',
    "unknown_scheme": 'put it into "link_schemes" at the top of the profile to allow it',
    "link_text": "write what is to be read between the brackets",
    "dangerous_scheme": "link to a web page instead",
    "phone": 'write one number; or say where it leads in a "url" beside the value',
}
