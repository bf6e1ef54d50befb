"""What a browser sends when a form of the admin is filled in."""

from typing import Any

from django.test import Client


def send(client: Client, address: str, **values: Any):
    """Open a form, fill in the values, send it, and return the answer.

    A value for a part's field is named by its place: `evidence__0__exact`.
    """
    data = opened(client, address)
    for name, value in values.items():
        data[name.replace("__", "-")] = value
    data = {name: getattr(value, "pk", value) for name, value in data.items()}
    return client.post(address, {name: value for name, value in data.items() if value is not None})


def opened(client: Client, address: str) -> dict[str, Any]:
    """Return what a form that is opened shows, by the names of its fields."""
    page = client.get(address)
    assert page.status_code == 200, page.content[:2000]
    context = page.context
    data = _filled(context["adminform"].form)
    for inline in context["inline_admin_formsets"]:
        formset = inline.formset
        data |= _filled(formset.management_form)
        for form in formset.forms:
            data |= _filled(form)
    return data


def errors_of(response) -> str:
    """Return the messages of all errors in a form that came back."""
    assert response.status_code == 200, response
    found = response.context["errors"]
    return " ".join(each if isinstance(each, str) else " ".join(each) for each in found)


def _filled(form) -> dict[str, Any]:
    """Return the values that a form shows, by the names of its fields."""
    return {
        field.html_name: field.value()
        for field in form
        if not field.field.disabled and field.value() is not None
    }
