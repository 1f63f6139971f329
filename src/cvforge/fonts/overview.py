"""Which of the scripts that many people write have a font here, and what brings one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cvforge.fonts.chain import Chain

# By name: characters that a font for it has, their script, their language.
SAMPLES = {
    "Greek": ("αώᾶ", "Grek", "el"),
    "Cyrillic": ("жћѓ", "Cyrl", "ru"),
    "Arabic": ("ابپ", "Arab", "ar"),
    "Hebrew": ("אבש", "Hebr", "he"),
    "Devanagari": ("कखग", "Deva", "hi"),
    "Thai": ("กขฃ", "Thai", "th"),
    "Armenian": ("աբգ", "Armn", "hy"),
    "Georgian": ("აბგ", "Geor", "ka"),
    "simplified Chinese": ("国发骨", "Hani", "zh-Hans"),
    "traditional Chinese": ("國發灣", "Hani", "zh-Hant"),
    "Japanese": ("働込あア", "Hira", "ja"),
    "Korean": ("한글각", "Hang", "ko"),
    "symbols": ("☎✉★", "Zsym", ""),
    "maths": ("→≥∑", "Zmth", ""),
    "emoji": ("😀🚀🏆", "Zsye", ""),
}


@dataclass(frozen=True, slots=True)
class ScriptState:
    """A script by its English name; ``family`` is None where no font has it, and ``hint`` helps."""

    name: str
    family: str | None
    hint: str | None = None


def overview(chain: Chain) -> Iterator[ScriptState]:
    """Yield how it is with each script."""
    for name, (sample, script, language) in SAMPLES.items():
        found = chain.find(sample, script=script, language=language)
        if found is None:
            yield ScriptState(name, None, chain.hint(sample[0], language=language))
        else:
            yield ScriptState(name, found.family)
