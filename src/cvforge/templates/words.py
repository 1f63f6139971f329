"""The few words that a template itself prints, and TeX's names of languages."""

from __future__ import annotations

# Before the page number, between it and the total, after the total.
PAGE_OF_TOTAL = {
    "ar": ("صفحة ", " من ", ""),
    "da": ("", " af ", ""),
    "de": ("", " von ", ""),
    "en": ("", " of ", ""),
    "es": ("", " de ", ""),
    "fr": ("", " sur ", ""),
    "he": ("עמוד ", " מתוך ", ""),
    "it": ("", " di ", ""),
    "ja": ("", " / ", ""),
    "nl": ("", " van ", ""),
    "pl": ("", " z ", ""),
    "pt": ("", " de ", ""),
    "sv": ("", " av ", ""),
    "zh": ("第 ", " 页，共 ", " 页"),  # noqa: RUF001  Chinese punctuation
}
ANY_LANGUAGE = ("", " / ", "")

# From language tags to the names of hyphenation patterns in TeX's language.dat.
PATTERNS = {
    "cs": "czech",
    "da": "danish",
    "de": "ngerman",
    "de-AT": "naustrian",
    "de-CH": "nswissgerman",
    "el": "greek",
    "en": "english",
    "en-GB": "ukenglish",
    "es": "spanish",
    "et": "estonian",
    "fi": "finnish",
    "fr": "french",
    "hr": "croatian",
    "hu": "hungarian",
    "it": "italian",
    "la": "latin",
    "nb": "norwegian",
    "nl": "dutch",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sk": "slovak",
    "sl": "slovenian",
    "sv": "swedish",
    "tr": "turkish",
    "uk": "ukrainian",
}


def page_of_total(language: str) -> tuple[str, str, str]:
    """Return what stands before, between and after "n" and "m" in "page n of m"."""
    return PAGE_OF_TOTAL.get(language.partition("-")[0], ANY_LANGUAGE)


def patterns(language: str) -> str:
    """Return TeX's name of the hyphenation patterns, or "nohyphenation"."""
    return PATTERNS.get(language) or PATTERNS.get(language.partition("-")[0]) or "nohyphenation"
