"""The headings of the parts of a list by type, in every language of `words`, which holds them.

``rest`` heads what has no part of its own, ``undated`` what has no year.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# fmt: off
HEADING_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType({
    "en": {
        "articles": "Journal articles", "papers": "Conference papers",
        "chapters": "Book chapters", "books": "Books", "edited": "Edited works",
        "theses": "Theses", "reports": "Reports", "preprints": "Preprints and other works",
        "patents": "Patents", "programs": "Software", "datasets": "Data sets",
        "rest": "Other", "undated": "Undated",
    },
    "de": {
        "articles": "Zeitschriftenartikel", "papers": "Konferenzbeiträge",
        "chapters": "Buchkapitel", "books": "Bücher", "edited": "Herausgegebene Werke",
        "theses": "Abschlussarbeiten", "reports": "Berichte",
        "preprints": "Preprints und Sonstiges", "patents": "Patente", "programs": "Software",
        "datasets": "Datensätze", "rest": "Weitere", "undated": "Ohne Jahr",
    },
    "fr": {
        "articles": "Articles de revue", "papers": "Communications dans des conférences",
        "chapters": "Chapitres d’ouvrage",  # noqa: RUF001  French
        "books": "Livres", "edited": "Ouvrages édités",
        "theses": "Thèses et mémoires", "reports": "Rapports",
        "preprints": "Prépublications et autres travaux", "patents": "Brevets",
        "programs": "Logiciels", "datasets": "Jeux de données", "rest": "Autres",
        "undated": "Sans date",
    },
    "es": {
        "articles": "Artículos de revista", "papers": "Ponencias en congresos",
        "chapters": "Capítulos de libro", "books": "Libros", "edited": "Obras editadas",
        "theses": "Tesis", "reports": "Informes",
        "preprints": "Prepublicaciones y otros trabajos", "patents": "Patentes",
        "programs": "Software", "datasets": "Conjuntos de datos", "rest": "Otros",
        "undated": "Sin fecha",
    },
    "it": {
        "articles": "Articoli su rivista", "papers": "Contributi in atti di convegno",
        "chapters": "Capitoli di libro", "books": "Libri", "edited": "Curatele",
        "theses": "Tesi", "reports": "Rapporti", "preprints": "Preprint e altri lavori",
        "patents": "Brevetti", "programs": "Software", "datasets": "Dataset",
        "rest": "Altro", "undated": "Senza data",
    },
    "pt": {
        "articles": "Artigos em periódicos", "papers": "Trabalhos em anais de congressos",
        "chapters": "Capítulos de livros", "books": "Livros", "edited": "Obras organizadas",
        "theses": "Teses e dissertações", "reports": "Relatórios",
        "preprints": "Preprints e outros trabalhos", "patents": "Patentes",
        "programs": "Software", "datasets": "Conjuntos de dados", "rest": "Outros",
        "undated": "Sem data",
    },
    "nl": {
        "articles": "Tijdschriftartikelen", "papers": "Conferentiebijdragen",
        "chapters": "Hoofdstukken in boeken", "books": "Boeken",
        "edited": "Geredigeerde werken", "theses": "Proefschriften en scripties",
        "reports": "Rapporten", "preprints": "Preprints en overig werk",
        "patents": "Octrooien", "programs": "Software", "datasets": "Datasets",
        "rest": "Overige", "undated": "Zonder jaartal",
    },
    "sv": {
        "articles": "Tidskriftsartiklar", "papers": "Konferensbidrag",
        "chapters": "Bokkapitel", "books": "Böcker", "edited": "Redigerade verk",
        "theses": "Avhandlingar och uppsatser", "reports": "Rapporter",
        "preprints": "Preprints och övriga arbeten", "patents": "Patent",
        "programs": "Programvara", "datasets": "Dataset", "rest": "Övrigt",
        "undated": "Utan årtal",
    },
    "da": {
        "articles": "Tidsskriftsartikler", "papers": "Konferencebidrag",
        "chapters": "Bogkapitler", "books": "Bøger", "edited": "Redigerede værker",
        "theses": "Afhandlinger og specialer", "reports": "Rapporter",
        "preprints": "Preprints og øvrige arbejder", "patents": "Patenter",
        "programs": "Software", "datasets": "Datasæt", "rest": "Øvrige",
        "undated": "Uden årstal",
    },
    "pl": {
        "articles": "Artykuły w czasopismach", "papers": "Referaty konferencyjne",
        "chapters": "Rozdziały w książkach", "books": "Książki", "edited": "Prace redagowane",
        "theses": "Rozprawy i prace dyplomowe", "reports": "Raporty",
        "preprints": "Preprinty i inne prace", "patents": "Patenty",
        "programs": "Oprogramowanie", "datasets": "Zbiory danych", "rest": "Inne",
        "undated": "Bez daty",
    },
    "zh": {
        "articles": "期刊论文", "papers": "会议论文", "chapters": "书籍章节", "books": "著作",
        "edited": "主编著作", "theses": "学位论文", "reports": "研究报告",
        "preprints": "预印本及其他", "patents": "专利", "programs": "软件",
        "datasets": "数据集", "rest": "其他", "undated": "未注明日期",
    },
    "ja": {
        "articles": "雑誌論文", "papers": "会議論文", "chapters": "分担執筆", "books": "著書",
        "edited": "編著書", "theses": "学位論文", "reports": "報告書",
        "preprints": "プレプリント・その他", "patents": "特許", "programs": "ソフトウェア",
        "datasets": "データセット", "rest": "その他", "undated": "発行年不明",
    },
})
# fmt: on
