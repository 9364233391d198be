"""Reading the site as a browser without JavaScript does: by its links and forms."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.test import Client

MOST_OF_A_KIND = 8  # addresses that differ in their numbers alone


@dataclass
class Field:
    """A field as it stands on the page; `value` is None where a browser would send nothing."""

    name: str
    kind: str
    value: str | None
    choices: list[str] = field(default_factory=list)
    longest: int | None = None


@dataclass
class Form:
    method: str
    action: str
    fields: list[Field] = field(default_factory=list)

    def data(self) -> dict[str, list[str]]:
        """What a browser sends when it is submitted as it stands; tokens apart."""
        data: dict[str, list[str]] = {}
        for each in self.fields:
            if each.value is not None and each.kind != "submit":
                data.setdefault(each.name, []).append(each.value)
        return data


class Page(HTMLParser):
    """The addresses a page leads to and the forms on it."""

    def __init__(self, address: str, text: str) -> None:
        super().__init__()
        self.address = address
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._by_id: defaultdict[str, list[Field]] = defaultdict(list)  # fields of forms by id
        self._form: Form | None = None
        self._field: Field | None = None  # the textarea or select that is open
        self._templates = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "template":
            self._templates += 1
        if self._templates:
            return
        self.links += [values[name] for name in ("href", "hx-get", "src") if values.get(name)]
        if tag == "form" and values.get("method") != "dialog":
            self._form = Form(
                values.get("method", "get").upper(),
                urljoin(self.address, values.get("action", "")),
            )
            self.forms.append(self._form)
            if "id" in values:
                self._form.fields = self._by_id[values["id"]]
        fields = self._by_id[values["form"]] if "form" in values else None
        if fields is None and self._form:
            fields = self._form.fields
        if fields is None:
            return
        if tag == "button" and "formaction" in values:
            self.forms.append(Form("POST", urljoin(self.address, values["formaction"])))
        if tag == "option" and self._field:
            self._field.choices.append(values.get("value", ""))
            if "selected" in values or self._field.value is None:
                self._field.value = values.get("value", "")
        elif values.get("name") and values["name"] != "csrfmiddlewaretoken":
            self._add(fields, tag, values)

    def _add(self, fields: list[Field], tag: str, values: dict[str, str]) -> None:
        kind = {"input": values.get("type", "text"), "button": "submit"}.get(tag, tag)
        if kind == "text" and values.get("inputmode") == "decimal":
            kind = "number"
        value: str | None = values.get("value", "")
        choices = []
        if kind in {"checkbox", "radio"}:
            choices = [values.get("value", "on")]
            value = choices[0] if "checked" in values else None
        elif kind == "select":
            value = None
        longest = int(values["maxlength"]) if "maxlength" in values else None
        added = Field(values["name"], kind, value, choices, longest)
        if tag in {"select", "textarea", "input", "button"}:
            fields.append(added)
        self._field = added if tag in {"select", "textarea"} else None

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self._templates -= 1
        elif tag == "form":
            self._form = None
        elif tag in {"select", "textarea"}:
            self._field = None

    def handle_data(self, data: str) -> None:
        if self._field and self._field.kind == "textarea":
            # The line break after <textarea> is no part of its text.
            self._field.value = self._field.value + data if self._field.value else data[1:]


def read(address: str, answer: Any) -> Page:
    is_html = answer.headers.get("Content-Type", "").startswith("text/html")
    return Page(address, answer.text if is_html else "")


def crawl(client: Client, *starts: str, **request: Any) -> dict[str, Any]:
    """The answers to `starts` and to whatever their pages link on this site, by address.

    Of addresses that differ in numbers, or in what the same parameters say, a few are enough.
    """
    answers: dict[str, Any] = {}
    kinds: Counter[str] = Counter()
    waiting = list(starts)
    while waiting:
        parts = urlsplit(waiting.pop(0))
        names = sorted({name for name, _value in parse_qsl(parts.query, keep_blank_values=True)})
        kind = re.sub(r"\d+", "N", parts.path) + "?" + "&".join(names)
        address = parts._replace(fragment="").geturl()
        is_ours = not parts.netloc and parts.path.startswith("/")
        if not is_ours or parts.path.startswith("/static/") or address in answers:
            continue
        kinds[kind] += 1
        if kinds[kind] > (1 if names else MOST_OF_A_KIND) and address not in starts:
            continue
        answer = answers[address] = client.get(address, **request)
        links = [*read(address, answer).links, answer.headers.get("Location", "")]
        waiting += [urljoin(address, link) for link in links if link]
    return answers
