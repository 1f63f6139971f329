"""What a program that reads CVs takes from the text alone: name, ways to reach, headings, dates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cvforge.check.periods import periods, undated
from cvforge.diagnostics import Diagnostic, Severity
from cvforge.frozen import dataclass
from cvforge.patterns import pattern
from cvforge.profile.telephone import telephone_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cvforge.check.expected import Expected

TOP_LINES = 12  # where the ways to reach a person stand
FEWEST_DIGITS, MOST_DIGITS = 7, 15  # ITU-T E.164
MOST_HEADING_WORDS = 5
# HTML Living Standard, "valid email address", without quoting.
_EMAIL = pattern(r"[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
# ITU-T E.123: groups of digits, the country's code behind a plus, either in parentheses.
_PHONE = pattern(r"(?<![\w.:/-])(?:\(?\+\d{1,3}\)?[ ./-]?)?\(?\d{1,5}\)?(?:[ ./-]?\(?\d{2,5}\)?)+")
_YEARS = pattern(r"(?:19|20)\d\d[ ]?-[ ]?(?:19|20)\d\d")
_LINK = pattern(
    r"https?://[^\s<>\"]+|\bwww\.[^\s<>\"]+"
    r"|(?<![\w@.-])(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[^\s<>\"]*)?(?![\w@])"
)
# Words by which parsers know a section, in the languages that templates know.
_SECTIONS = pattern(
    r"\b(?:profile|summary|objective|about|experience|employment|work|education|interests?"
    r"|publications?|talks?|awards?|honou?rs|skills?|languages?|teaching|services?|projects?"
    r"|references?|certifications?|volunteering|activities|works|grants?|patents?"
    r"|profil|berufserfahrung|ausbildung|kenntnisse|sprachen|publikationen|auszeichnungen"
    r"|lehre|formation|expérience|compétences|langues|experiencia|educación|idiomas)\b"
    r"|教育|经历|论文|获奖|技能|学歴|職歴",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found, each as it stands in the text and once."""

    name: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    links: tuple[str, ...]
    headings: tuple[str, ...]
    dates: tuple[str, ...]


def read(lines: Sequence[str], titles: Sequence[str] = (), *, language: str = "") -> Reading:
    """Find all that by simple rules; section ``titles`` that are known count beside the usual.

    ``language`` is that of the text, a tag such as "en" or "pt-BR".
    """
    filled = [line for line in lines if line.strip()]
    headings = [line for line in filled[1:] if line in titles or _is_heading(line)]
    end = filled.index(headings[0]) if headings else TOP_LINES
    top = filled[: max(1, min(end, TOP_LINES))]
    text = "\n".join(filled)
    return Reading(
        _name(filled),
        _once(match[0].rstrip(".") for match in _EMAIL.finditer(text)),
        _once(phone for line in top for phone in _phones(line)),
        _once(link for line in top for link in _links(line)),
        _once(headings),
        _once(periods(text, language=language)),
    )


def _once(found: Iterator[str] | Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))


def _name(lines: Sequence[str]) -> str:
    """Return the first line that has letters and neither digits nor an address."""
    return next((line for line in lines if not re.search(r"[\d@]", line)), "")


def _phones(line: str) -> Iterator[str]:
    for match in _PHONE.finditer(line):
        digits = sum(character.isdigit() for character in match[0])
        if FEWEST_DIGITS <= digits <= MOST_DIGITS and not _YEARS.fullmatch(match[0]):
            yield match[0]


def _links(line: str) -> Iterator[str]:
    return (match[0].rstrip(".,;") for match in _LINK.finditer(_EMAIL.sub(" ", line)))


def _is_heading(line: str) -> bool:
    words = line.split()
    is_short = len(words) <= MOST_HEADING_WORDS and line[-1].isalnum()
    return is_short and not line[0].islower() and _SECTIONS.search(line) is not None


def reading_findings(reading: Reading, expected: Expected) -> Iterator[Diagnostic]:
    """Yield warnings for what the CV says and simple rules do not find."""
    if not f"{reading.name} ".startswith(f"{expected.name} "):
        yield _unfound(f'the name "{expected.name}" is not the first line')
    for target in expected.targets:
        scheme, _, rest = target.uri.partition(":")
        if scheme == "mailto" and rest not in reading.emails:
            yield _unfound(f'"{rest}" is not found as an e-mail address')
        if scheme == "tel" and _dialled(target.uri) not in map(_dialled, reading.phones):
            yield _unfound(f'"{rest}" is not found as a telephone number')
    for title in expected.headings:
        if title not in reading.headings:
            yield _unfound(f'the heading "{title}" is no line of its own')
    yield from date_findings(reading, expected)


def date_findings(reading: Reading, expected: Expected) -> Iterator[Diagnostic]:
    """Yield warnings for the dates of the CV that are not found as it says them."""
    for date in undated(expected.dates, reading.dates, language=expected.language):
        yield _unfound(f'"{date}" is not found as a date')


def _unfound(message: str) -> Diagnostic:
    return Diagnostic("unfound", f"for a simple reader {message}", severity=Severity.WARNING)


def _dialled(number: str) -> str:
    """Return what is dialled, but for an extension, which is no part of the number."""
    return (telephone_url(number) or "").partition(";")[0]
