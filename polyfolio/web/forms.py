"""What every form is made of: fields for texts in several languages, crispy labels, one column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from polyfolio.lib.texts import Texts, best_text, clean_texts
from polyfolio.vocabulary import countries
from polyfolio.vocabulary.models import Theme

SELECTED = SafeString(" selected")
LANGUAGE = re.compile(r"^[a-z]{2,3}(-[a-z0-9]{2,8})?$")


def page_languages() -> list[str]:
    """Short codes of the languages pages speak, the reader's own first."""
    codes = [code.split("-")[0] for code, _name in settings.LANGUAGES]
    own = (get_language() or codes[0]).split("-")[0]
    return sorted(codes, key=lambda code: code != own)


def language_name(code: str) -> str:
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


class TextsWidget(forms.Widget):
    """One input a language: the page's languages and whatever else the text already exists in."""

    template_name = "forms/_texts.html"

    def __init__(self, *, rows: int = 0, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.rows = rows

    def render(  # Django's own signature
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,  # noqa: ARG002
    ) -> SafeString:
        """By the project's own templates; Django's form renderer knows only those of installed apps."""
        return render_to_string(self.template_name, self.get_context(name, value, attrs))

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Texts:  # noqa: ARG002  # Django's
        start = f"{name}__"
        given = {key.removeprefix(start): str(data[key]) for key in data if key.startswith(start)}
        return {language: text for language, text in given.items() if LANGUAGE.match(language)}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:  # noqa: ARG002
        return not any(key.startswith(f"{name}__") for key in data)

    def id_for_label(self, id_: str, index: str | None = None) -> str:  # noqa: ARG002
        return f"{id_}__{page_languages()[0]}" if id_ else id_

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        texts: Mapping[str, str] = value if isinstance(value, Mapping) else {}
        first, *others = page_languages()
        others += [language for language in texts if language not in {first, *others}]
        inputs = [
            {
                "language": language,
                "language_name": language_name(language),
                "name": f"{name}__{language}",
                "id": f"{context['widget']['attrs'].get('id', name)}__{language}",
                "value": texts.get(language, ""),
            }
            for language in (first, *others)
        ]
        has_more = any(each["value"] for each in inputs[1:])
        context["widget"] |= {"first": inputs[0], "others": inputs[1:], "rows": self.rows, "is_open": has_more}
        return context


class TextsFormField(forms.Field):
    """A text in several languages; `max_length` holds for each. `rows` > 0 asks for a paragraph."""

    def __init__(self, *, rows: int = 0, max_length: int = 100_000, **kwargs: Any) -> None:
        super().__init__(widget=TextsWidget(rows=rows), **kwargs)
        self.max_length = max_length

    def to_python(self, value: Any) -> Texts:
        return clean_texts(value or {})

    def validate(self, value: Texts) -> None:
        if self.required and not value:
            raise forms.ValidationError(_("Write it in at least one language."), code="required")
        if any(len(text) > self.max_length for text in value.values()):
            raise forms.ValidationError(
                _("Keep it to %(length)s characters in each language."), params={"length": self.max_length}
            )

    def has_changed(self, initial: Any, data: Any) -> bool:
        return clean_texts(initial or {}) != clean_texts(data or {})


class ListField(forms.CharField):
    """Several words or names, one a line (or separated by semicolons)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        lines = re.split(r"[\n;]", value or "")
        return list(dict.fromkeys(line.strip() for line in lines if line.strip()))


class DateField(forms.DateField):
    """A day, with the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)


class PageForm(forms.Form):
    """A form of ours: shape only. The page's action decides; `{% crispy form %}` draws it in one column."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.include_media = False
        self.helper.disable_csrf = True


class FilterForm(forms.Form):
    """Filters beside a list, read from the address; what is not understood is left out instead of refused."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.include_media = False
        self.helper.disable_csrf = True
        for field in self.fields.values():
            field.required = False

    def chosen(self) -> dict[str, Any]:
        """Name → value of every filter that is set."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "", [], False)}


class ThemesField(forms.ModelMultipleChoiceField[Theme]):
    """Themes of the vocabulary, named in the reader's language."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("label", _("Themes"))
        kwargs.setdefault("widget", forms.SelectMultiple(attrs={"size": 8}))
        super().__init__(queryset=Theme.objects.order_by("label"), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return best_text(obj.title, (get_language() or "en",)) or str(obj)


class LongSelect(forms.Select):
    """A select whose many options are not each a template of their own, which took a tenth of a second."""

    def render(  # Django's own signature
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,  # noqa: ARG002
    ) -> SafeString:
        chosen = "" if value is None else str(value)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((code, SELECTED if str(code) == chosen else "", label) for code, label in self.choices),
        )
        given = self.build_attrs(self.attrs, {"name": name} | (attrs or {}))
        return format_html("<select{}>{}</select>", flatatt(given), options)


class CountryField(forms.ChoiceField):
    """A country by its code, named in the reader's language."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", LongSelect())
        kwargs.setdefault("required", False)
        kwargs.setdefault("label", _("Country"))
        super().__init__(choices=_country_choices, **kwargs)


def _country_choices() -> list[tuple[str, Any]]:
    return [("", _("not known")), *countries.choices()]


def optional(choices: Any) -> list[tuple[str, Any]]:
    """Choices of an optional field, “not known” first."""
    return [("", _("not known")), *choices.choices]


class RowForm(forms.Form):
    """One row of several (identifiers, places…). A row left empty is left out; an emptied one goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(*args, **kwargs)
        self.empty_permitted = True
        for field in self.fields.values():
            css = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
            field.widget.attrs.setdefault("class", css)

    def has_changed(self) -> bool:
        """Whether anything stands in the row; a row that was emptied counts as empty, not as wrong.

        A choice that cannot be left open says nothing: a browser sends its first value from an empty row too.
        """
        return any(
            str(self[name].data or "").strip() for name, field in self.fields.items() if not _is_never_blank(field)
        )


def _is_never_blank(field: forms.Field) -> bool:
    return isinstance(field, forms.ChoiceField) and all(str(key) for key, _label in field.widget.choices)


class RowsFormSet(forms.BaseFormSet[Any]):
    """Rows of a form, with two empty ones to fill in."""

    def rows(self) -> list[dict[str, Any]]:
        """What was given, row by row, without empty rows. Call after `is_valid()`."""
        return [dict(form.cleaned_data) for form in self.forms if form.cleaned_data]

    def said(self, title: str) -> list[str]:
        """What is wrong with each row, for the summary above the form, which has many parts."""
        found = [f"{title}: {error}" for error in self.non_form_errors()]
        for number, form in enumerate(self.forms, start=1):
            where = _("%(part)s, row %(number)s") % {"part": title, "number": number}
            for name, errors in form.errors.items():
                label = form.fields[name].label if name in form.fields else ""
                found += [": ".join(str(each) for each in (where, label, error) if each) for error in errors]
        return found


def rows_of(form: type[RowForm], *, extra: int = 2) -> type[RowsFormSet]:
    """A form set of rows."""
    return cast(type[RowsFormSet], forms.formset_factory(form, formset=RowsFormSet, extra=extra, max_num=200))
