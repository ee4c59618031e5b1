"""Forms about portfolios: shape only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polyfolio.network.choices import Capacity
from polyfolio.network.models import Network
from polyfolio.people.choices import Visibility
from polyfolio.people.models import User
from polyfolio.portfolios.choices import PortfolioStatus
from polyfolio.portfolios.models import Portfolio
from polyfolio.portfolios.queries.families import descendants
from polyfolio.web.choosing.fields import RecordField
from polyfolio.web.forms import DateField, ListField, PageForm, TextsFormField, ThemesField


class IntentForm(PageForm):
    """What a portfolio is for; an earlier wording is kept with the reason for the new one."""

    intent = TextsFormField(
        label=_("Intent"),
        rows=5,
        required=False,
        help_text=_("Why do these initiatives stand together? Two or three sentences that a neighbour understands."),
    )
    north_star = TextsFormField(
        label=_("We are there when"),
        rows=2,
        required=False,
        help_text=_("The outcome by which you would know that it has reached its intent."),
    )
    frame_before = TextsFormField(label=_("How the problem was seen at first"), rows=3, required=False)
    frame_after = TextsFormField(label=_("How it is seen now"), rows=3, required=False)
    reason = forms.CharField(
        label=_("Why it changes"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed where something stood there before; the earlier wording is kept with it."),
    )

    TEXTS = ("intent", "north_star", "frame_before", "frame_after")

    @classmethod
    def initial_of(cls, portfolio: Portfolio) -> dict[str, Any]:
        return {name: getattr(portfolio, name) for name in cls.TEXTS}

    def texts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.TEXTS}


class NewPortfolioForm(PageForm):
    """What a new portfolio needs; everything else can follow."""

    title = TextsFormField(label=_("Name"), max_length=300)
    intent = TextsFormField(
        label=_("Intent"),
        rows=4,
        required=False,
        help_text=_(
            "Why do these initiatives stand together, and how would you know that they have reached something?"
        ),
    )
    network = forms.ModelChoiceField(label=_("Network"), queryset=Network.objects.none(), empty_label=None)
    visibility = forms.ChoiceField(label=_("Who sees it"), choices=Visibility.choices, initial=Visibility.NETWORK)
    themes = ThemesField()

    def __init__(self, *args: Any, networks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["network"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = networks
        if len(networks) == 1:
            self.initial["network"], field.widget = networks[0].pk, forms.HiddenInput()


class PortfolioForm(PageForm):
    title = TextsFormField(label=_("Name"), max_length=300)
    status = forms.ChoiceField(label=_("Status"), choices=PortfolioStatus.choices)
    visibility = forms.ChoiceField(label=_("Who sees it"), choices=Visibility.choices)
    themes = ThemesField()
    parents = forms.ModelMultipleChoiceField(
        label=_("Stands in these portfolios"),
        queryset=Portfolio.objects.none(),
        required=False,
        help_text=_("Their figures count what this one holds, each initiative once."),
    )
    vocabulary = ListField(
        label=_("Its words"),
        help_text=_("What you mean by your words, one a line: the word, a colon, what it means here."),
    )

    def __init__(self, *args: Any, viewer: User, portfolio: Portfolio, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        below = [portfolio.pk, *descendants(portfolio.pk)]
        field = self.fields["parents"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = Portfolio.objects.visible_to(viewer).exclude(pk__in=below).order_by("label", "pk")

    @staticmethod
    def initial_of(portfolio: Portfolio) -> dict[str, Any]:
        return {
            "title": portfolio.title,
            "status": portfolio.status,
            "visibility": portfolio.visibility,
            "themes": list(portfolio.themes.all()),
            "parents": list(portfolio.parents.all()),
            "vocabulary": portfolio.vocabulary,
        }

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("title", "status", "visibility", "vocabulary")}

    def related(self, portfolio: Portfolio) -> dict[str, Any]:
        """Themes and parents; a parent that the person does not see stays."""
        shown = self.fields["parents"]
        assert isinstance(shown, forms.ModelMultipleChoiceField)
        unseen = portfolio.parents.exclude(pk__in=shown.queryset) if shown.queryset is not None else []
        return {"themes": list(self.cleaned_data["themes"]), "parents": [*self.cleaned_data["parents"], *unseen]}


class ScopeForm(PageForm):
    text = TextsFormField(
        label=_("What belongs here and what does not"),
        rows=4,
        help_text=_("One person’s or group’s statement. Several may stand side by side."),
    )
    author = forms.CharField(label=_("Whose statement"), max_length=200, required=False)
    stated_on = DateField(label=_("Stated on"))


class PositionForm(PageForm):
    title = TextsFormField(label=_("Position"), max_length=300, help_text=_("A strategic place to learn."))
    hypothesis = TextsFormField(label=_("What we believe"), rows=3, required=False)
    learning_question = TextsFormField(label=_("What we want to learn there"), rows=2, required=False)


class RoleForm(PageForm):
    person = RecordField("person", label=_("Person"))
    organisation = RecordField("organisation", label=_("Organisation"))
    capacity = forms.ChoiceField(
        label=_("Acts as"),
        choices=Capacity.choices,
        initial=Capacity.STEWARD,
        help_text=_("A steward, lead, co-lead or owner with an account may then look after the portfolio here."),
    )
    since_on = DateField(label=_("Since"))
    until_on = DateField(label=_("Until"))

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("person", "organisation"):
            field = self.fields[name]
            assert isinstance(field, RecordField)
            field.viewer = viewer


class AddForm(PageForm):
    """One initiative to add: as core where the person may edit it, else as a proposal with a checklist."""

    initiative = RecordField("initiative", label=_("Initiative"), required=True)
    reason = forms.CharField(label=_("Why it belongs here"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["initiative"]
        assert isinstance(field, RecordField)
        field.viewer = viewer


class ProposeForm(PageForm):
    """A portfolio that somebody proposes their own initiative to."""

    portfolio = forms.ModelChoiceField(label=_("Portfolio"), queryset=Portfolio.objects.none())
    reason = forms.CharField(label=_("Why it belongs there"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["portfolio"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Portfolio.objects.visible_to(viewer).order_by("label", "pk")


class AnswerForm(forms.Form):
    """One question of a checklist."""

    is_met = forms.TypedChoiceField(
        choices=[("yes", _("yes")), ("no", _("no"))],
        coerce=lambda value: value == "yes",
        required=False,
        empty_value=None,
    )
    evidence = forms.CharField(required=False, max_length=5000)


class ReasonForm(PageForm):
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed to return or decline it, so that the other side can answer."),
    )
