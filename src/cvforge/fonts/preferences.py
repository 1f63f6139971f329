"""Which families are preferred for a script in a language: serifs first, as the templates are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvforge.fonts.properties import script_name

if TYPE_CHECKING:
    from collections.abc import Mapping

Names = tuple[str, ...]

# What has many scripts, in the order of how well it goes with a serif face.
_SERIFS: Names = (
    *("Libertinus Serif", "Linux Libertine O", "Noto Serif", "STIX Two Text", "Charis SIL"),
    *("Gentium Plus", "Gentium", "Junicode", "CMU Serif", "FreeSerif", "DejaVu Serif"),
)
_SANS: Names = ("Noto Sans", "DejaVu Sans", "FreeSans")
_WIDE: Names = (*_SERIFS, *_SANS)

_JAPANESE: Names = (
    *("Noto Serif CJK JP", "Noto Serif JP", "Source Han Serif", "Source Han Serif JP"),
    *("Harano Aji Mincho", "IPAexMincho", "IPAMincho", "TakaoExMincho", "TakaoMincho"),
    *("Hiragino Mincho ProN", "Yu Mincho", "MS Mincho", "Sawarabi Mincho"),
    *("Noto Sans CJK JP", "Noto Sans JP", "Source Han Sans", "Harano Aji Gothic", "IPAexGothic"),
    *("IPAGothic", "TakaoGothic", "VL Gothic", "Hiragino Sans", "Sawarabi Gothic"),
)
_SIMPLIFIED: Names = (
    *("Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "FandolSong", "Songti SC"),
    *("SimSun", "AR PL UMing CN", "AR PL SungtiL GB", "AR PL KaitiM GB", "AR PL UKai CN"),
    *("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "FandolHei", "PingFang SC"),
    *("WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "Droid Sans Fallback"),
)
_TRADITIONAL: Names = (
    *("Noto Serif CJK TC", "Noto Serif TC", "Source Han Serif TC", "Songti TC", "PMingLiU"),
    *("AR PL UMing TW", "AR PL Mingti2L Big5", "AR PL KaitiM Big5", "AR PL UKai TW"),
    *("Noto Sans CJK TC", "Noto Sans TC", "Source Han Sans TC", "PingFang TC"),
)
_HONG_KONG: Names = (
    *("Noto Serif CJK HK", "Noto Serif HK", "Source Han Serif HC", "AR PL UMing HK"),
    *("AR PL UKai HK", "Noto Sans CJK HK", "Noto Sans HK", "PingFang HK"),
    *_TRADITIONAL,
)
_KOREAN: Names = (
    *("Noto Serif CJK KR", "Noto Serif KR", "Source Han Serif K", "Source Han Serif KR"),
    *("NanumMyeongjo", "Nanum Myeongjo", "UnBatang", "Baekmuk Batang", "AppleMyungjo", "Batang"),
    *("Noto Sans CJK KR", "Noto Sans KR", "Source Han Sans K", "NanumGothic", "Nanum Gothic"),
    *("UnDotum", "Baekmuk Dotum", "Apple SD Gothic Neo", "Malgun Gothic"),
    *("Droid Sans Fallback", "Bandal"),
)

_BY_HAN: Mapping[str, Names] = {
    "ja": _JAPANESE,
    "ko": _KOREAN,
    "zh-Hans": _SIMPLIFIED,
    "zh-Hant": _TRADITIONAL,
    "zh-HK": _HONG_KONG,
}
_BY_SCRIPT: Mapping[str, Names] = {
    "Arab": (
        *("Amiri", "Scheherazade New", "Scheherazade", "Noto Naskh Arabic", "Geeza Pro"),
        *("Times New Roman", "Noto Sans Arabic", "KacstOne", "KacstBook", "FreeSerif"),
        "DejaVu Sans",
    ),
    "Hebr": (
        *("Frank Ruehl CLM", "Noto Serif Hebrew", "David CLM", "Taamey Frank CLM", "SBL Hebrew"),
        *("Ezra SIL", "Ezra SIL SR", "Times New Roman", "FreeSerif", "Noto Sans Hebrew"),
        "DejaVu Sans",
    ),
    "Deva": (
        *("Noto Serif Devanagari", "Annapurna SIL", "Sahadeva", "Lohit Devanagari", "Nakula"),
        *("Gargi", "Noto Sans Devanagari", "Kohinoor Devanagari", "Devanagari MT", "FreeSerif"),
    ),
    "Thai": (
        *("Noto Serif Thai", "Norasi", "Kinnari", "TH Sarabun New", "Noto Sans Thai", "Garuda"),
        *("Thonburi", "FreeSerif"),
    ),
    "Grek": ("GFS Artemisia", *_WIDE),
    "Cyrl": _WIDE,
    "Latn": _WIDE,
    "Zyyy": _WIDE,
    "Armn": ("Noto Serif Armenian", "FreeSerif", "DejaVu Serif", "Noto Sans Armenian", *_SANS),
    "Geor": ("Noto Serif Georgian", "FreeSerif", "DejaVu Serif", "Noto Sans Georgian", *_SANS),
    "Zmth": (
        *("STIX Two Text", "Libertinus Serif", "Linux Libertine O", "FreeSerif", "DejaVu Serif"),
        *("DejaVu Sans", "TeX Gyre Termes Math", "STIX Two Math", "Latin Modern Math"),
        *("Noto Sans Math", "Symbola"),
    ),
    "Zsym": (
        *("Libertinus Serif", "Linux Libertine O", "FreeSerif", "DejaVu Serif", "DejaVu Sans"),
        *("Symbola", "Noto Sans Symbols", "Noto Sans Symbols2", "Noto Sans Symbols 2"),
        *("STIX Two Text", "STIX Two Math"),
    ),
    "Zsye": (
        *("Noto Emoji", "Symbola", "Segoe UI Symbol", "Noto Sans Symbols2"),
        *("Noto Sans Symbols 2", "DejaVu Sans", "FreeSerif", "FreeSans"),
    ),
}
_KANA = ("Hira", "Kana", "Hrkt")
# Of families that nobody prefers, these come after all others: letters of one width, pictures of
# code points.
LAST_RESORTS = ("mono", "typewriter", "courier", "unifont", "last resort", "lastresort", "fallback")


def preferred(script: str, language: str) -> Names:
    """Return the families to look for first, in order; ``language`` decides on the form of Han."""
    if script in _KANA:
        return _JAPANESE
    if script == "Hang":
        return _KOREAN
    if script in ("Hani", "Bopo"):
        return _han("zh-Hant" if script == "Bopo" else han_form(language))
    return _BY_SCRIPT.get(script) or _named_after(script)


def han_form(language: str) -> str:
    """Return whose form Han characters have in a language: "ja", "ko", or a kind of Chinese.

    Source: the likely scripts of Unicode CLDR (zh-TW is zh-Hant, other zh are zh-Hans).
    """
    subtags = language.lower().split("-")
    if subtags[0] in ("ja", "ko"):
        return subtags[0]
    if "hk" in subtags or "mo" in subtags or (subtags[0] == "yue" and "hans" not in subtags):
        return "zh-Hans" if "hans" in subtags else "zh-HK"
    return "zh-Hant" if {"hant", "tw"}.intersection(subtags) else "zh-Hans"


def _han(form: str) -> Names:
    """Return the families of one form, then those of the others: a wrong form is read as well."""
    families = [*_BY_HAN[form], *(name for names in _BY_HAN.values() for name in names)]
    return tuple(dict.fromkeys(families))


def _named_after(script: str) -> Names:
    """Return the families that are named after their script, as Noto's and Lohit's are."""
    name = script_name(script)
    return (f"Noto Serif {name}", f"Lohit {name}", f"Noto Sans {name}", *_WIDE)
