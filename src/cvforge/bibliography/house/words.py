"""The words that the lists are set with, in every language: one table, and how to look in it.

A ``{}`` stands where the number, name or title goes, ``~`` for a space at which no line breaks.
Alternatives after ``|`` are plural forms, in the order of `ordinals.plural`.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from cvforge.bibliography.house.heading_words import HEADING_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

# A line holds words of one kind, so that two languages can be held side by side.
# fmt: off
_EN = {
    "page": "p.~{}", "pages": "pp.~{}", "total": "{}~pp.", "volume": "vol.~{}",
    "volumes": "{}~vols.", "number": "no.~{}", "chapter": "chap.~{}", "article": "art.~{}",
    "edition": "{}~ed.", "version": "version~{}", "in": "In {}",
    "byeditor": "ed. {}", "editor": "ed.", "editors": "eds.", "bytranslator": "trans. {}",
    "preprint": "arXiv preprint", "phdthesis": "PhD thesis", "mathesis": "Master's thesis",
    "bathesis": "Bachelor's thesis", "techreport": "Technical report",
    "resreport": "Research report", "software": "Software", "patent": "Patent",
    "patreq": "Patent application",
    "inpreparation": "in preparation", "submitted": "submitted", "underreview": "under review",
    "accepted": "accepted", "toappear": "to appear", "forthcoming": "forthcoming",
    "inpress": "in press", "prepublished": "online ahead of print",
    "equal": "denotes equal contribution", "corresponding": "corresponding author",
    "student": "supervised student", "position": "{0} of {1}", "count": "{} authors",
    "url": "Link", "pdf": "PDF", "code": "Code", "slides": "Slides", "video": "Video",
    "poster": "Poster", "project": "Project", "website": "Website", "data": "Data", "demo": "Demo",
    "talk": "Talk", "blog": "Blog", "supplement": "Supplement",
    "publications": "{} publication|{} publications", "first": "{} as first author",
    "firstorequal": "{} as first or equal-first author",
    "counted": "{0}, {1}", "invenues": "{0}; {1}",
}
_DE = {
    "page": "S.~{}", "pages": "S.~{}", "total": "{}~S.", "volume": "Bd.~{}", "volumes": "{}~Bde.",
    "number": "Nr.~{}", "chapter": "Kap.~{}", "article": "Art.~{}", "edition": "{}.~Aufl.",
    "version": "Version~{}", "in": "In {}",
    "byeditor": "hrsg. von {}", "editor": "Hrsg.", "editors": "Hrsg.",
    "bytranslator": "übers. von {}",
    "preprint": "arXiv-Preprint", "phdthesis": "Dissertation", "mathesis": "Masterarbeit",
    "bathesis": "Bachelorarbeit", "techreport": "Technischer Bericht",
    "resreport": "Forschungsbericht", "software": "Software", "patent": "Patent",
    "patreq": "Patentanmeldung",
    "inpreparation": "in Vorbereitung", "submitted": "eingereicht",
    "underreview": "in Begutachtung", "accepted": "angenommen", "toappear": "erscheint demnächst",
    "forthcoming": "im Erscheinen", "inpress": "im Druck", "prepublished": "vorab online",
    "equal": "gleicher Beitrag", "corresponding": "korrespondierende Person",
    "student": "betreute Studierende", "position": "{0}. von {1}", "count": "insgesamt {}",
    "url": "Link", "pdf": "PDF", "code": "Code", "slides": "Folien", "video": "Video",
    "poster": "Poster", "project": "Projekt", "website": "Website", "data": "Daten",
    "demo": "Demo", "talk": "Vortrag", "blog": "Blog", "supplement": "Anhang",
    "publications": "{} Publikation|{} Publikationen", "first": "davon {} in Erstautorschaft",
    "firstorequal": "davon {} in (geteilter) Erstautorschaft",
    "counted": "{0}, {1}", "invenues": "{0}; {1}",
}
_FR = {
    "page": "p.~{}", "pages": "p.~{}", "total": "{}~p.", "volume": "vol.~{}", "volumes": "{}~vol.",
    "number": "n°~{}", "chapter": "chap.~{}", "article": "art.~{}", "edition": "{}~éd.",
    "version": "version~{}", "in": "Dans {}",
    "byeditor": "sous la dir. de {}", "editor": "dir.", "editors": "dir.",
    "bytranslator": "trad. par {}",
    "preprint": "Prépublication", "phdthesis": "Thèse de doctorat",
    "mathesis": "Mémoire de master", "bathesis": "Mémoire de licence",
    "techreport": "Rapport technique", "resreport": "Rapport de recherche", "software": "Logiciel",
    "patent": "Brevet", "patreq": "Demande de brevet",
    "inpreparation": "en préparation", "submitted": "soumis",
    "underreview": "en cours d'évaluation", "accepted": "accepté", "toappear": "à paraître",
    "forthcoming": "à paraître", "inpress": "sous presse", "prepublished": "prépublié en ligne",
    "equal": "contribution égale", "corresponding": "auteur correspondant",
    "student": "étudiant encadré", "position": "{0} sur {1}", "count": "{} auteurs",
    "url": "Lien", "pdf": "PDF", "code": "Code", "slides": "Diapositives", "video": "Vidéo",
    "poster": "Poster", "project": "Projet", "website": "Site web", "data": "Données",
    "demo": "Démo", "talk": "Exposé", "blog": "Blog", "supplement": "Supplément",
    "publications": "{} publication|{} publications", "first": "dont {} comme premier auteur",
    "firstorequal": "dont {} comme premier ou co-premier auteur",
    "counted": "{0}, {1}", "invenues": "{0}~; {1}",
}
_ES = {
    "page": "p.~{}", "pages": "pp.~{}", "total": "{}~pp.", "volume": "vol.~{}",
    "volumes": "{}~vols.", "number": "n.º~{}", "chapter": "cap.~{}", "article": "art.~{}",
    "edition": "{}.ª~ed.", "version": "versión~{}", "in": "En {}",
    "byeditor": "ed. por {}", "editor": "ed.", "editors": "eds.", "bytranslator": "trad. por {}",
    "preprint": "Preprint", "phdthesis": "Tesis doctoral", "mathesis": "Tesis de máster",
    "bathesis": "Trabajo de fin de grado", "techreport": "Informe técnico",
    "resreport": "Informe de investigación", "software": "Software", "patent": "Patente",
    "patreq": "Solicitud de patente",
    "inpreparation": "en preparación", "submitted": "enviado", "underreview": "en revisión",
    "accepted": "aceptado", "toappear": "de próxima aparición",
    "forthcoming": "de próxima publicación", "inpress": "en prensa",
    "prepublished": "prepublicado en línea",
    "equal": "igual contribución", "corresponding": "autor de correspondencia",
    "student": "estudiante bajo supervisión", "position": "{0}.º de {1}", "count": "{} autores",
    "url": "Enlace", "pdf": "PDF", "code": "Código", "slides": "Diapositivas", "video": "Vídeo",
    "poster": "Póster", "project": "Proyecto", "website": "Sitio web", "data": "Datos",
    "demo": "Demo", "talk": "Charla", "blog": "Blog", "supplement": "Suplemento",
    "publications": "{} publicación|{} publicaciones", "first": "{} como primer autor",
    "firstorequal": "{} como primer o coprimer autor",
    "counted": "{0}, {1}", "invenues": "{0}; {1}",
}
_IT = {
    "page": "p.~{}", "pages": "pp.~{}", "total": "{}~pp.", "volume": "vol.~{}",
    "volumes": "{}~voll.", "number": "n.~{}", "chapter": "cap.~{}", "article": "art.~{}",
    "edition": "{}ª~ed.", "version": "versione~{}", "in": "In {}",
    "byeditor": "a cura di {}", "editor": "a cura di", "editors": "a cura di",
    "bytranslator": "trad. di {}",
    "preprint": "Preprint", "phdthesis": "Tesi di dottorato",
    "mathesis": "Tesi di laurea magistrale", "bathesis": "Tesi di laurea",
    "techreport": "Rapporto tecnico", "resreport": "Rapporto di ricerca", "software": "Software",
    "patent": "Brevetto", "patreq": "Domanda di brevetto",
    "inpreparation": "in preparazione", "submitted": "inviato per la pubblicazione",
    "underreview": "in revisione", "accepted": "accettato",
    "toappear": "di prossima pubblicazione", "forthcoming": "di prossima pubblicazione",
    "inpress": "in stampa", "prepublished": "pubblicato online in anteprima",
    "equal": "pari contributo", "corresponding": "autore corrispondente",
    "student": "studente sotto supervisione", "position": "{0}º su {1}", "count": "{} autori",
    "url": "Link", "pdf": "PDF", "code": "Codice", "slides": "Slide", "video": "Video",
    "poster": "Poster", "project": "Progetto", "website": "Sito web", "data": "Dati",
    "demo": "Demo", "talk": "Intervento", "blog": "Blog", "supplement": "Supplemento",
    "publications": "{} pubblicazione|{} pubblicazioni", "first": "{} come primo autore",
    "firstorequal": "{} come primo o co-primo autore",
    "counted": "{0}, {1}", "invenues": "{0}; {1}",
}
_PT = {
    "page": "p.~{}", "pages": "pp.~{}", "total": "{}~pp.", "volume": "vol.~{}",
    "volumes": "{}~vols.", "number": "n.º~{}", "chapter": "cap.~{}", "article": "art.~{}",
    "edition": "{}.ª~ed.", "version": "versão~{}", "in": "Em {}",
    "byeditor": "ed. por {}", "editor": "ed.", "editors": "eds.", "bytranslator": "trad. por {}",
    "preprint": "Preprint", "phdthesis": "Tese de doutorado",
    "mathesis": "Dissertação de mestrado", "bathesis": "Trabalho de conclusão de curso",
    "techreport": "Relatório técnico", "resreport": "Relatório de pesquisa",
    "software": "Software", "patent": "Patente", "patreq": "Pedido de patente",
    "inpreparation": "em preparação", "submitted": "submetido", "underreview": "em avaliação",
    "accepted": "aceito", "toappear": "a ser publicado", "forthcoming": "a ser publicado",
    "inpress": "no prelo", "prepublished": "pré-publicado on-line",
    "equal": "contribuição igual", "corresponding": "autor correspondente",
    "student": "estudante sob orientação", "position": "{0}.º de {1}", "count": "{} autores",
    "url": "Link", "pdf": "PDF", "code": "Código", "slides": "Slides", "video": "Vídeo",
    "poster": "Pôster", "project": "Projeto", "website": "Site", "data": "Dados", "demo": "Demo",
    "talk": "Palestra", "blog": "Blog", "supplement": "Suplemento",
    "publications": "{} publicação|{} publicações", "first": "{} como primeiro autor",
    "firstorequal": "{} como primeiro ou coprimeiro autor",
    "counted": "{0}, {1}", "invenues": "{0}; {1}",
}
_NL = {
    "page": "p.~{}", "pages": "pp.~{}", "total": "{}~p.", "volume": "vol.~{}",
    "volumes": "{}~delen", "number": "nr.~{}", "chapter": "hfst.~{}", "article": "art.~{}",
    "edition": "{}e~druk", "version": "versie~{}", "in": "In {}",
    "byeditor": "red. {}", "editor": "red.", "editors": "red.", "bytranslator": "vert. {}",
    "preprint": "arXiv-preprint", "phdthesis": "Proefschrift", "mathesis": "Masterscriptie",
    "bathesis": "Bachelorscriptie", "techreport": "Technisch rapport",
    "resreport": "Onderzoeksrapport", "software": "Software", "patent": "Octrooi",
    "patreq": "Octrooiaanvraag",
    "inpreparation": "in voorbereiding", "submitted": "ingediend", "underreview": "in beoordeling",
    "accepted": "geaccepteerd", "toappear": "te verschijnen", "forthcoming": "te verschijnen",
    "inpress": "in druk", "prepublished": "vooraf online gepubliceerd",
    "equal": "gelijke bijdrage", "corresponding": "corresponderend auteur",
    "student": "begeleide student", "position": "{0}e van {1}", "count": "{} auteurs",
    "url": "Link", "pdf": "PDF", "code": "Code", "slides": "Slides", "video": "Video",
    "poster": "Poster", "project": "Project", "website": "Website", "data": "Data", "demo": "Demo",
    "talk": "Lezing", "blog": "Blog", "supplement": "Bijlage",
    "publications": "{} publicatie|{} publicaties", "first": "{} als eerste auteur",
    "firstorequal": "{} als (gedeeld) eerste auteur",
    "counted": "{0}, {1}", "invenues": "{0}; {1}",
}
_SV = {
    "page": "s.~{}", "pages": "s.~{}", "total": "{}~s.", "volume": "vol.~{}", "volumes": "{}~vol.",
    "number": "nr~{}", "chapter": "kap.~{}", "article": "art.~{}", "edition": "{}~uppl.",
    "version": "version~{}", "in": "I {}",
    "byeditor": "red. {}", "editor": "red.", "editors": "red.", "bytranslator": "övers. {}",
    "preprint": "arXiv-preprint", "phdthesis": "Doktorsavhandling", "mathesis": "Masteruppsats",
    "bathesis": "Kandidatuppsats", "techreport": "Teknisk rapport",
    "resreport": "Forskningsrapport", "software": "Programvara", "patent": "Patent",
    "patreq": "Patentansökan",
    "inpreparation": "under arbete", "submitted": "inskickad", "underreview": "under granskning",
    "accepted": "accepterad", "toappear": "under utgivning", "forthcoming": "kommande",
    "inpress": "i tryck", "prepublished": "förhandspublicerad online",
    "equal": "lika stort bidrag", "corresponding": "korresponderande författare",
    "student": "handledd student", "position": "{0} av {1}", "count": "{} författare",
    "url": "Länk", "pdf": "PDF", "code": "Kod", "slides": "Bilder", "video": "Video",
    "poster": "Poster", "project": "Projekt", "website": "Webbplats", "data": "Data",
    "demo": "Demo", "talk": "Föredrag", "blog": "Blogg", "supplement": "Bilaga",
    "publications": "{} publikation|{} publikationer", "first": "{} som förstaförfattare",
    "firstorequal": "{} som (delad) förstaförfattare",
    "counted": "{0}, {1}", "invenues": "{0}; {1}",
}
_DA = {
    "page": "s.~{}", "pages": "s.~{}", "total": "{}~s.", "volume": "bd.~{}", "volumes": "{}~bd.",
    "number": "nr.~{}", "chapter": "kap.~{}", "article": "art.~{}", "edition": "{}.~udg.",
    "version": "version~{}", "in": "I {}",
    "byeditor": "red. {}", "editor": "red.", "editors": "red.", "bytranslator": "overs. {}",
    "preprint": "arXiv-preprint", "phdthesis": "Ph.d.-afhandling", "mathesis": "Kandidatspeciale",
    "bathesis": "Bachelorprojekt", "techreport": "Teknisk rapport",
    "resreport": "Forskningsrapport", "software": "Software", "patent": "Patent",
    "patreq": "Patentansøgning",
    "inpreparation": "under udarbejdelse", "submitted": "indsendt",
    "underreview": "under bedømmelse", "accepted": "antaget", "toappear": "udkommer",
    "forthcoming": "kommende", "inpress": "i trykken", "prepublished": "forhåndspubliceret online",
    "equal": "ligeværdigt bidrag", "corresponding": "korresponderende forfatter",
    "student": "vejledt studerende", "position": "{0}. af {1}", "count": "{} forfattere",
    "url": "Link", "pdf": "PDF", "code": "Kode", "slides": "Slides", "video": "Video",
    "poster": "Poster", "project": "Projekt", "website": "Hjemmeside", "data": "Data",
    "demo": "Demo", "talk": "Foredrag", "blog": "Blog", "supplement": "Bilag",
    "publications": "{} publikation|{} publikationer", "first": "{} som førsteforfatter",
    "firstorequal": "{} som (delt) førsteforfatter",
    "counted": "{0}, {1}", "invenues": "{0}; {1}",
}
_PL = {
    "page": "s.~{}", "pages": "s.~{}", "total": "{}~s.", "volume": "t.~{}", "volumes": "{}~t.",
    "number": "nr~{}", "chapter": "rozdz.~{}", "article": "art.~{}", "edition": "wyd.~{}",
    "version": "wersja~{}", "in": "W {}",
    "byeditor": "red. {}", "editor": "red.", "editors": "red.", "bytranslator": "tłum. {}",
    "preprint": "Preprint", "phdthesis": "Rozprawa doktorska",
    "mathesis": "Praca magisterska", "bathesis": "Praca licencjacka",
    "techreport": "Raport techniczny", "resreport": "Raport badawczy",
    "software": "Oprogramowanie", "patent": "Patent", "patreq": "Zgłoszenie patentowe",
    "inpreparation": "w przygotowaniu", "submitted": "złożone", "underreview": "w recenzji",
    "accepted": "przyjęte do druku", "toappear": "ukaże się", "forthcoming": "ukaże się wkrótce",
    "inpress": "w druku", "prepublished": "opublikowane wstępnie online",
    "equal": "równy wkład", "corresponding": "autor korespondencyjny",
    "student": "student pod opieką naukową", "position": "{0}. z {1}", "count": "{} autorów",
    "url": "Link", "pdf": "PDF", "code": "Kod", "slides": "Slajdy", "video": "Wideo",
    "poster": "Plakat", "project": "Projekt", "website": "Strona", "data": "Dane", "demo": "Demo",
    "talk": "Wykład", "blog": "Blog", "supplement": "Suplement",
    "publications": "{} publikacja|{} publikacje|{} publikacji", "first": "{} jako pierwszy autor",
    "firstorequal": "{} jako pierwszy lub równorzędny pierwszy autor",
    "counted": "{0}, {1}", "invenues": "{0}; {1}",
}
_ZH = {
    "page": "第{}页", "pages": "第{}页", "total": "共{}页", "volume": "第{}卷",
    "volumes": "共{}卷", "number": "第{}号", "chapter": "第{}章", "article": "文章号~{}",
    "edition": "第{}版", "version": "版本~{}", "in": "载于 {}",
    "byeditor": "{} 编", "editor": "编", "editors": "编", "bytranslator": "{} 译",
    "preprint": "arXiv 预印本", "phdthesis": "博士学位论文", "mathesis": "硕士学位论文",
    "bathesis": "学士学位论文", "techreport": "技术报告", "resreport": "研究报告",
    "software": "软件", "patent": "专利", "patreq": "专利申请",
    "inpreparation": "准备中", "submitted": "已投稿", "underreview": "审稿中",
    "accepted": "已录用", "toappear": "即将发表", "forthcoming": "即将出版", "inpress": "印刷中",
    "prepublished": "提前在线发表",
    "equal": "同等贡献", "corresponding": "通讯作者", "student": "所指导学生",
    "position": "第{0}/{1}位", "count": "共{}位作者",
    "url": "链接", "pdf": "PDF", "code": "代码", "slides": "幻灯片", "video": "视频",
    "poster": "海报", "project": "项目", "website": "网站", "data": "数据", "demo": "演示",
    "talk": "报告", "blog": "博客", "supplement": "补充材料",
    "publications": "{}篇论文", "first": "其中{}篇为第一作者",
    "firstorequal": "其中{}篇为第一作者或共同第一作者",
    "counted": "{0}，{1}", "invenues": "{0}；{1}",  # noqa: RUF001  Chinese
}
_JA = {
    "page": "p.~{}", "pages": "pp.~{}", "total": "全{}頁", "volume": "第{}巻", "volumes": "全{}巻",
    "number": "第{}号", "chapter": "第{}章", "article": "論文番号~{}", "edition": "第{}版",
    "version": "バージョン~{}", "in": "{} 所収",
    "byeditor": "{} 編", "editor": "編", "editors": "編", "bytranslator": "{} 訳",
    "preprint": "arXivプレプリント", "phdthesis": "博士論文", "mathesis": "修士論文",
    "bathesis": "学士論文", "techreport": "技術報告", "resreport": "研究報告",
    "software": "ソフトウェア", "patent": "特許", "patreq": "特許出願",
    "inpreparation": "準備中", "submitted": "投稿中", "underreview": "査読中",
    "accepted": "採択済み", "toappear": "掲載予定", "forthcoming": "刊行予定", "inpress": "印刷中",
    "prepublished": "早期公開",
    "equal": "同等の貢献", "corresponding": "責任著者", "student": "指導学生",
    "position": "{1}名中{0}番目", "count": "著者{}名",
    "url": "リンク", "pdf": "PDF", "code": "コード", "slides": "スライド", "video": "動画",
    "poster": "ポスター", "project": "プロジェクト", "website": "ウェブサイト", "data": "データ",
    "demo": "デモ", "talk": "講演", "blog": "ブログ", "supplement": "補足資料",
    "publications": "論文{}編", "first": "うち筆頭著者{}編",
    "firstorequal": "うち筆頭または共同筆頭著者{}編",
    "counted": "{0}、{1}", "invenues": "{0}；{1}",  # noqa: RUF001  Japanese
}
# fmt: on

_LANGUAGES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"en": _EN, "de": _DE, "fr": _FR, "es": _ES, "it": _IT, "pt": _PT}
    | {"nl": _NL, "sv": _SV, "da": _DA, "pl": _PL, "zh": _ZH, "ja": _JA}
)
WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {language: {**words, **HEADING_WORDS[language]} for language, words in _LANGUAGES.items()}
)


def known(language: str) -> str:
    """Return the key of ``WORDS`` for a language tag: "de" for "de-AT", "en" for the unknown."""
    primary = language.replace("_", "-").partition("-")[0].lower()
    return primary if primary in WORDS else "en"


@cache
def word(key: str, language: str) -> str:
    """Return the word of the table, its places still open."""
    return WORDS[known(language)][key].replace("~", "\u00a0")
