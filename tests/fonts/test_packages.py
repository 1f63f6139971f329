"""Which package a hint names, by script, language and manager."""

from __future__ import annotations

import pytest

from cvforge.fonts.packages import way_to_font

BY_HAND = 'put a font that has it into the folder "fonts" beside the profile'


def way(script: str, manager: str | None = "apt-get", *, language: str = "", has: str = "") -> str:
    return way_to_font(
        script, language=language, manager=manager, is_installed=lambda family: family == has
    )


@pytest.mark.parametrize(
    ("script", "language", "package"),
    [
        ("Arab", "", "fonts-hosny-amiri"),
        ("Hebr", "", "culmus"),
        ("Deva", "", "fonts-noto-core"),
        ("Thai", "", "fonts-tlwg-norasi-otf"),
        ("Hani", "ja", "fonts-ipaexfont-mincho"),
        ("Hani", "zh", "fonts-noto-cjk"),
        ("Kana", "en", "fonts-ipaexfont-mincho"),
        ("Hang", "en", "fonts-noto-cjk"),
        ("Bopo", "", "fonts-noto-cjk"),
        ("Zsym", "", "fonts-symbola"),
        ("Zmth", "", "fonts-freefont-otf"),
        ("Zsye", "", "fonts-symbola"),
        ("Latn", "", "fonts-noto-core"),
        ("Egyp", "", "fonts-noto-core"),
    ],
)
def test_debian_has_a_package_for_it(script: str, language: str, package: str) -> None:
    assert way(script, language=language) == f"apt-get install {package}, or {BY_HAND}"


@pytest.mark.parametrize(
    ("manager", "script", "command"),
    [
        ("dnf", "Arab", "dnf install google-noto-naskh-arabic-fonts"),
        ("dnf", "Beng", "dnf install google-noto-serif-bengali-fonts"),
        ("dnf", "Cher", "dnf install google-noto-sans-cherokee-fonts"),
        ("dnf", "Zsye", "dnf install google-noto-emoji-fonts"),
        ("pacman", "Arab", "pacman -S noto-fonts"),
        ("pacman", "Hang", "pacman -S noto-fonts-cjk"),
        ("pacman", "Zsye", "pacman -S gnu-free-fonts"),
        ("brew", "Egyp", "brew install --cask font-noto-sans-egyptian-hieroglyphs"),
        ("brew", "Hang", "brew install --cask font-noto-serif-cjk-kr"),
    ],
)
def test_other_systems_have_noto(manager: str, script: str, command: str) -> None:
    assert way(script, manager) == f"{command}, or {BY_HAND}"


def test_what_is_installed_is_not_offered() -> None:
    assert "fonts-noto-core" in way("Hebr", has="frank ruehl clm")
    assert "fonts-hanazono" in way("Hani", has="noto serif cjk sc")
    assert way("Telu", has="noto serif telugu") == BY_HAND


@pytest.mark.parametrize(
    ("script", "manager"), [("Vith", "apt-get"), ("Arab", None), ("Arab", "x")]
)
def test_where_no_package_is_known_a_font_is_brought_by_hand(
    script: str, manager: str | None
) -> None:
    assert way(script, manager) == BY_HAND
