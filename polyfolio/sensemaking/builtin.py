"""The frames that every installation has: OECD OPSI's facets and Lund's zones, as data in three languages."""

from __future__ import annotations

from typing import Any

from polyfolio.sensemaking.choices import Facet, FrameKind

FACETS = "facets"
ZONES = "zones"

FRAMES: tuple[dict[str, Any], ...] = (
    {
        "code": FACETS,
        "kind": FrameKind.FACETS,
        "title": {"en": "Innovation facets", "fr": "Facettes de l’innovation", "es": "Facetas de la innovación"},
        "description": {
            "en": "What initiatives are for: four purposes on a diamond (OECD OPSI, Innovation Facets Model).",
            "fr": "À quoi servent les initiatives : quatre finalités sur un losange (OCDE OPSI).",
            "es": "Para qué sirven las iniciativas: cuatro propósitos en un rombo (OCDE OPSI).",
        },
        "regions": (
            {
                "code": Facet.MISSION,
                "token": "facet-mis",
                "title": {"en": "Mission-oriented", "fr": "Orientée mission", "es": "Orientada a misiones"},
                "description": {
                    "en": "Reaches for a clear societal goal.",
                    "fr": "Vise un but de société clair.",
                    "es": "Persigue una meta clara de la sociedad.",
                },
            },
            {
                "code": Facet.ENHANCEMENT,
                "token": "facet-enh",
                "title": {"en": "Enhancement-oriented", "fr": "Orientée amélioration", "es": "Orientada a la mejora"},
                "description": {
                    "en": "Does better what is done already.",
                    "fr": "Fait mieux ce qui se fait déjà.",
                    "es": "Hace mejor lo que ya se hace.",
                },
            },
            {
                "code": Facet.ADAPTIVE,
                "token": "facet-ada",
                "title": {"en": "Adaptive", "fr": "Adaptative", "es": "Adaptativa"},
                "description": {
                    "en": "Answers needs and changes from below.",
                    "fr": "Répond aux besoins et aux changements venus du terrain.",
                    "es": "Responde a necesidades y cambios desde abajo.",
                },
            },
            {
                "code": Facet.ANTICIPATORY,
                "token": "facet-ant",
                "title": {"en": "Anticipatory", "fr": "Anticipatrice", "es": "Anticipatoria"},
                "description": {
                    "en": "Explores a future that is uncertain.",
                    "fr": "Explore un avenir incertain.",
                    "es": "Explora un futuro incierto.",
                },
            },
        ),
    },
    {
        "code": ZONES,
        "kind": FrameKind.ZONES,
        "title": {"en": "Playing field", "fr": "Terrain de jeu", "es": "Campo de juego"},
        "description": {
            "en": "Between whom an initiative stands, and on whose mandate (after Future by Lund).",
            "fr": "Entre qui se situe une initiative, et sous quel mandat (d’après Future by Lund).",
            "es": "Entre quiénes está una iniciativa y con qué mandato (según Future by Lund).",
        },
        "regions": (
            {
                "code": "yellow",
                "token": "zone-yellow",
                "title": {"en": "Yellow: exploring", "fr": "Jaune : explorer", "es": "Amarilla: explorar"},
                "description": {
                    "en": "Exploring together on neutral ground; the mandate is unclear, with seed money.",
                    "fr": "Explorer ensemble en terrain neutre ; mandat encore flou, fonds d’amorçage.",
                    "es": "Explorar en terreno neutral; mandato aún poco claro, capital semilla.",
                },
            },
            {
                "code": "green",
                "token": "zone-green",
                "title": {"en": "Green: between us", "fr": "Verte : entre nous", "es": "Verde: entre nosotros"},
                "description": {
                    "en": "Between organisations that negotiated a shared mandate, with project money.",
                    "fr": "Entre organisations qui ont négocié un mandat commun, avec un budget de projet.",
                    "es": "Entre organizaciones con un mandato común negociado y dinero de proyecto.",
                },
            },
            {
                "code": "blue",
                "token": "zone-blue",
                "title": {"en": "Blue: carried out", "fr": "Bleue : réaliser", "es": "Azul: realizar"},
                "description": {
                    "en": "One organisation carries it out in its own operations.",
                    "fr": "Une organisation la met en œuvre dans son propre fonctionnement.",
                    "es": "Una organización la lleva a cabo en su propia operación.",
                },
            },
        ),
    },
)
