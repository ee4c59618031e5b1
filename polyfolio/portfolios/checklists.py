"""The due-diligence questions that stand before an affiliated initiative's admission, as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from polyfolio.lib.texts import Texts


@dataclass(frozen=True)
class Question:
    """One question, answered with yes or no and evidence; an optional one may stay open."""

    code: str
    text: Texts
    is_required: bool = True


BUILT_IN = (
    Question(
        "eligible_partner",
        {
            "en": "Is whoever reports it an eligible partner?",
            "fr": "L’organisation qui la présente est-elle un partenaire admissible ?",
            "es": "¿Quien la presenta es un socio admisible?",
        },
    ),
    Question(
        "fits_scope",
        {
            "en": "Does it fit the scope of this portfolio?",
            "fr": "Entre-t-elle dans le périmètre de ce portefeuille ?",
            "es": "¿Encaja en el alcance de este portafolio?",
        },
    ),
    Question(
        "sdg_relevance",
        {
            "en": "Does it serve the SDG goals and targets it names?",
            "fr": "Sert-elle les objectifs et cibles de développement durable qu’elle cite ?",
            "es": "¿Sirve a los objetivos y metas de desarrollo sostenible que nombra?",
        },
    ),
    Question(
        "lead_authorised",
        {
            "en": "Is its lead identified, and authorised to propose it?",
            "fr": "Son responsable est-il identifié, et habilité à la proposer ?",
            "es": "¿Se conoce a quien la dirige y tiene autorización para proponerla?",
        },
    ),
    Question(
        "evidence",
        {
            "en": "Is there evidence for what it says it does?",
            "fr": "Y a-t-il des preuves de ce qu’elle dit faire ?",
            "es": "¿Hay pruebas de lo que dice hacer?",
        },
    ),
    Question(
        "no_concern",
        {
            "en": "Is it free of reputational and promotional concerns?",
            "fr": "Ne pose-t-elle aucun problème de réputation ou de publicité ?",
            "es": "¿Está libre de dudas de reputación o de promoción?",
        },
    ),
    Question(
        "no_duplicate",
        {
            "en": "Is it not here already under another name?",
            "fr": "N’est-elle pas déjà présente sous un autre nom ?",
            "es": "¿No está ya aquí con otro nombre?",
        },
    ),
    Question(
        "permission_to_show",
        {
            "en": "Do we have permission to show it?",
            "fr": "Avons-nous l’autorisation de la montrer ?",
            "es": "¿Tenemos permiso para mostrarla?",
        },
    ),
    Question(
        "own_wording",
        {
            "en": "Is it described in its owner’s own words, without copied text?",
            "fr": "Est-elle décrite avec les mots de son propriétaire, sans texte copié ?",
            "es": "¿Está descrita con palabras propias, sin textos copiados?",
        },
    ),
)


def questions_from(rows: Iterable[Mapping[str, object]]) -> tuple[Question, ...]:
    """Questions as a checklist keeps them: `{"code", "text": {language: text}, "is_required"}`."""
    found = []
    for row in rows:
        text = row["text"]
        if not isinstance(text, Mapping):
            raise TypeError("A question's text is a mapping of languages.")
        found.append(Question(str(row["code"]), dict(text), bool(row.get("is_required", True))))
    return tuple(found)


def rows_from(questions: Iterable[Question]) -> list[dict[str, object]]:
    return [{"code": each.code, "text": each.text, "is_required": each.is_required} for each in questions]


def still_open(questions: Iterable[Question], answers: Mapping[str, bool]) -> tuple[Question, ...]:
    """Required questions that nobody has answered with yes."""
    return tuple(each for each in questions if each.is_required and not answers.get(each.code, False))
