"""What the columns and answers of a table of placements may be called, in English, French and Spanish: folded words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from polyfolio.sensemaking.choices import Driver, FacetAnswer

COLUMNS: Mapping[str, Sequence[str]] = {
    "initiative": ("initiative", "initiative title", "title", "name", "titre", "nom", "iniciativa", "titulo", "nombre"),
    "slug": ("slug", "address", "short name", "adresse", "nom court", "direccion", "nombre corto"),
    "identifier": (
        "iati identifier",
        "iati id",
        "identifier",
        "identifiant iati",
        "identifiant",
        "identificador iati",
        "identificador",
    ),
    "purpose": (
        "purpose",
        "what is it for",
        "what it is for",
        "finalite",
        "but",
        "a quoi cela sert",
        "proposito",
        "finalidad",
        "para que sirve",
    ),
    "driver": ("driver", "what pushes it", "pushed by", "moteur", "ce qui le pousse", "impulso", "que lo impulsa"),
    "mis": ("mis", "mission", "mission oriented", "axee sur une mission", "mision", "orientada a misiones"),
    "enh": ("enh", "enhancement", "enhancement oriented", "amelioration", "mejora", "orientada a la mejora"),
    "ada": ("ada", "adaptive", "adaptative", "adaptation", "adaptativa", "adaptacion"),
    "ant": ("ant", "anticipatory", "anticipation", "anticipatrice", "anticipatoria", "anticipacion"),
    "zone": ("zone", "zona"),
    "since": ("since", "in this zone since", "since on", "depuis", "depuis le", "desde", "desde el"),
    "change": (
        "driver of change",
        "driver of the change",
        "driver of transition",
        "what drove it there",
        "moteur du changement",
        "motor del cambio",
        "impulsor del cambio",
    ),
    "rationale": (
        "rationale",
        "why",
        "reason",
        "pourquoi",
        "raison",
        "justification",
        "por que",
        "razon",
        "justificacion",
    ),
}
ANSWERS: Mapping[str, Sequence[str]] = {
    FacetAnswer.MISSION: COLUMNS["mis"],
    FacetAnswer.ENHANCEMENT: COLUMNS["enh"],
    FacetAnswer.ADAPTIVE: COLUMNS["ada"],
    FacetAnswer.ANTICIPATORY: COLUMNS["ant"],
    FacetAnswer.ALL: ("all", "all of these", "mixed", "hard to say", "tout", "tous", "mixte", "todo", "todas", "mixto"),
}
ZONES: Mapping[str, Sequence[str]] = {
    "yellow": ("yellow", "jaune", "amarilla", "amarillo"),
    "green": ("green", "vert", "verte", "verde"),
    "blue": ("blue", "bleu", "bleue", "azul"),
}
CHANGES: Mapping[str, Sequence[str]] = {
    Driver.CRISIS: ("scandal or crisis", "scandal", "crise", "scandale", "crisis", "escandalo"),
    Driver.SOCIETAL: ("societal", "social", "societe", "sociale", "sociedad"),
    Driver.TECHNOLOGICAL: ("technological", "technology", "technologique", "technologie", "tecnologico", "tecnologia"),
    Driver.POLITICAL: ("political", "politics", "politique", "politico", "politica"),
    Driver.LEARNING: ("learning", "apprentissage", "aprendizaje"),
    Driver.FUNDING: ("funding", "money", "financement", "financiacion", "dinero"),
}
