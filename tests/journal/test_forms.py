from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from careers.journal.content import EntryChange
from careers.journal.forms.entries import (
    CaptureForm,
    EntryForm,
    LinkForm,
    LinkFormSet,
    MetricForm,
    MetricFormSet,
    ProjectForm,
    ShortEntryForm,
    WeekNoteForm,
    rows_of,
)
from careers.journal.forms.lists import (
    BulkForm,
    FilterForm,
    SelectionForm,
)
from careers.journal.models import Metric, Week
from tests.factories import (
    EngineerFactory,
    EntryFactory,
    MetricFactory,
    ProjectFactory,
    WeekFactory,
)

if TYPE_CHECKING:
    from django.forms import BaseFormSet

    from careers.journal.models import Entry
    from careers.people.models import Engineer

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.time_machine(dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC), tick=False),
]

OPERATION = UUID("00000000-0000-4000-8000-000000000001")
YET_TO_COME = "This day is still to come; write it down once it has happened."
TOO_EARLY = "Before 1970 there is nothing to prove; check the year."
NUL = "Null characters are not allowed."


@pytest.fixture
def maya() -> Engineer:
    return EngineerFactory.create()


@pytest.fixture
def entry(maya: Engineer) -> Entry:
    project = ProjectFactory.create(engineer=maya, title="Falcon")
    return EntryFactory.create(project=project, title="Halved the build", version=3)


def post(**data: Any) -> QueryDict:
    """What a browser sends."""
    sent = QueryDict(mutable=True)
    for name, value in data.items():
        sent.setlist(name, value if isinstance(value, list) else [value])
    return sent


# --- one line -----------------------------------------------------------------------------------


def test_capture_form_takes_one_line(maya: Engineer) -> None:
    form = CaptureForm(post(title="  Halved the build "), engineer=maya)

    assert form.is_valid()
    assert form.change() == EntryChange(fields={"title": "Halved the build"})


def test_capture_form_takes_a_day_and_an_operation(maya: Engineer) -> None:
    data = post(title="x", happened_on="2026-11-18", operation_id=str(OPERATION))
    form = CaptureForm(data, engineer=maya)

    assert form.is_valid()
    assert form.change().fields["happened_on"] == dt.date(2026, 11, 18)
    assert form.cleaned_data["operation_id"] == OPERATION


@pytest.mark.parametrize(
    ("day", "error"),
    [
        ("2026-11-20", None),
        ("2026-11-21", None),  # it is tomorrow already further east
        ("2026-11-22", YET_TO_COME),
        ("9999-12-31", YET_TO_COME),
        ("1970-01-01", None),
        ("1969-12-31", TOO_EARLY),
        ("0001-01-01", TOO_EARLY),
        ("0000-01-01", "Enter a valid date."),
        ("10000-01-01", "Enter a valid date."),
        ("2026-02-30", "Enter a valid date."),
        ("yesterday", "Enter a valid date."),
        ("2026-11-20\x00", "Enter a valid date."),
    ],
)
def test_form_takes_a_day_that_has_come(maya: Engineer, day: str, error: str | None) -> None:
    form = CaptureForm(post(title="x", happened_on=day), engineer=maya)

    assert form.errors.get("happened_on", []) == ([error] if error else [])


def test_form_counts_days_where_the_engineer_is() -> None:
    kiritimati = EngineerFactory.create(time_zone="Pacific/Kiritimati")  # the 21st since ten

    form = CaptureForm(post(title="x", happened_on="2026-11-22"), engineer=kiritimati)

    assert form.is_valid()


@pytest.mark.parametrize(
    ("title", "error"),
    [
        ("", "This field is required."),
        ("   ", "This field is required."),
        ("a\x00b", NUL),
        ("x" * 301, "Ensure this value has at most 300 characters (it has 301)."),
        ("x" * 100_000, "Ensure this value has at most 300 characters (it has 100000)."),
    ],
)
def test_capture_form_refuses_a_bad_line(maya: Engineer, title: str, error: str) -> None:
    form = CaptureForm(post(title=title), engineer=maya)

    assert form.errors == {"title": [error]}


def test_capture_form_refuses_an_operation_that_is_no_uuid(maya: Engineer) -> None:
    form = CaptureForm(post(title="x", operation_id="1"), engineer=maya)

    assert form.errors == {"operation_id": ["Enter a valid UUID."]}


# --- an entry in place --------------------------------------------------------------------------


def test_short_form_changes_only_what_was_sent(entry: Entry) -> None:
    form = ShortEntryForm(
        post(version="3", outcome="Faster."), instance=entry, engineer=entry.engineer
    )

    assert form.is_valid()
    assert form.change() == EntryChange(fields={"outcome": "Faster."}, project_title=None)


def test_short_form_changes_everything_that_was_sent(entry: Entry) -> None:
    data = post(
        version="3",
        title="Halved every build",
        happened_on="2026-11-19",
        outcome="",
        role="led",
        status="outcome_known",
        project_title="Osprey",
    )
    form = ShortEntryForm(data, instance=entry, engineer=entry.engineer)

    assert form.is_valid()
    assert form.change() == EntryChange(
        fields={
            "title": "Halved every build",
            "happened_on": dt.date(2026, 11, 19),
            "outcome": "",
            "role": "led",
            "status": "outcome_known",
        },
        project_title="Osprey",
    )


@pytest.mark.parametrize("version", [None, "", "0", "-1", "x", "99999999999", "1\x00"])
def test_short_form_wants_the_version_it_began_from(entry: Entry, version: str | None) -> None:
    data = post(title="x") if version is None else post(title="x", version=version)

    form = ShortEntryForm(data, instance=entry, engineer=entry.engineer)

    assert [*form.errors] == ["version"]


def test_short_form_shows_the_entry_it_edits(entry: Entry) -> None:
    form = ShortEntryForm(instance=entry, engineer=entry.engineer)

    shown = {name: form[name].value() for name in ("version", "title", "project_title", "role")}
    assert shown == {
        "version": 3,
        "title": "Halved the build",
        "project_title": "Falcon",
        "role": "",
    }


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("title", "", "This field is required."),
        ("happened_on", "", "This field is required."),
        ("happened_on", "2026-11-22", YET_TO_COME),
        ("role", "boss", "Select a valid choice. boss is not one of the available choices."),
        ("status", "", "This field is required."),
        ("outcome", "a\x00b", NUL),
        ("project_title", "a\x00b", NUL),
        ("project_title", "x" * 161, "Ensure this value has at most 160 characters (it has 161)."),
    ],
)
def test_short_form_refuses(entry: Entry, field: str, value: str, error: str) -> None:
    data = post(version="3", **{field: value})

    form = ShortEntryForm(data, instance=entry, engineer=entry.engineer)

    assert form.errors == {field: [error]}


def test_short_form_begins_again_from_a_newer_version(entry: Entry) -> None:
    form = ShortEntryForm(post(version="1", title="Mine"), instance=entry, engineer=entry.engineer)

    form.begin_from(3)

    assert (form["version"].value(), form["title"].value()) == ("3", "Mine")


@pytest.mark.parametrize(
    ("project_title", "change"),
    [
        ("", EntryChange(has_own_project=True)),
        ("Osprey", EntryChange(project_title="Osprey")),
    ],
)
def test_entry_form_makes_a_project_of_its_own_unless_one_is_named(
    entry: Entry, project_title: str, change: EntryChange
) -> None:
    data = post(version="3", project_title=project_title, own_project="1")
    form = EntryForm(data, instance=entry, engineer=entry.engineer)

    assert form.is_valid()
    assert form.change() == change


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        (
            "what",
            "x" * 100_000,
            "Ensure this value has at most 20000 characters (it has 100000).",
        ),
        ("outcome", "x" * 5_001, "Ensure this value has at most 5000 characters (it has 5001)."),
        ("collaborators", "a\x00b", NUL),
        ("kind", "", "This field is required."),
        ("kind", "magic", "Select a valid choice. magic is not one of the available choices."),
        ("reach", "moon", "Select a valid choice. moon is not one of the available choices."),
        (
            "visibility",
            "public",
            "Select a valid choice. public is not one of the available choices.",
        ),
    ],
)
def test_entry_form_refuses(entry: Entry, field: str, value: str, error: str) -> None:
    data = post(version="3", **{field: value})

    form = EntryForm(data, instance=entry, engineer=entry.engineer)

    assert form.errors == {field: [error]}


# --- numbers ------------------------------------------------------------------------------------

METRIC = {
    "name": "p99 latency",
    "before": "800",
    "after": "200",
    "unit": "ms",
    "better": "lower",
    "basis": "measured",
    "for_whom": "",
}


def test_metric_form_reads_a_number() -> None:
    form = MetricForm(post(**METRIC))

    assert form.is_valid()
    assert form.cleaned_data == {
        **METRIC,
        "before": Decimal(800),
        "after": Decimal(200),
        "is_new": False,
    }


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"before": "", "after": ""}, id="a name to begin with"),
        pytest.param({"unit": "%", "before": "5", "after": "2"}, id="per cent with a base"),
        pytest.param({"before": "", "unit": "%", "is_new": "on"}, id="per cent of something new"),
        pytest.param({"before": "", "is_new": "on", "for_whom": "on-call"}, id="new, for whom"),
        pytest.param({"before": "0"}, id="nothing before"),
        pytest.param({"before": "-3.5", "after": "1e3"}, id="below nought, and with an exponent"),
        pytest.param({"after": "123456789.123456"}, id="fifteen digits"),
        pytest.param({"after": "99999999999999"}, id="as large as can be"),
    ],
)
def test_metric_form_takes(changes: dict[str, str]) -> None:
    form = MetricForm(post(**METRIC | changes))

    assert form.errors == {}


@pytest.mark.parametrize(
    ("changes", "field", "error"),
    [
        ({"name": ""}, "name", "This field is required."),
        ({"name": "a\x00b"}, "name", NUL),
        ({"basis": ""}, "basis", "This field is required."),
        ({"before": "a lot"}, "before", "Enter a number."),
        ({"before": "NaN"}, "before", "Enter a number."),
        ({"after": "Infinity"}, "after", "Enter a number."),
        ({"after": "\x00"}, "after", "Enter a number."),
        (
            {"after": "0.0000001"},
            "after",
            "Ensure that there are no more than 6 decimal places.",
        ),
        (
            {"after": "1234567890123.456"},
            "after",
            "Write at most 15 digits; a larger unit needs fewer.",
        ),
        (
            {"before": "", "unit": "%"},
            "before",
            "A percentage needs its base: per cent of what?",
        ),
        (
            {"is_new": "on"},
            "before",
            "Something new has no number before; clear one of the two.",
        ),
        (
            {"for_whom": "x" * 161},
            "for_whom",
            "Ensure this value has at most 160 characters (it has 161).",
        ),
    ],
)
def test_metric_form_refuses(changes: dict[str, str], field: str, error: str) -> None:
    form = MetricForm(post(**METRIC | changes))

    assert form.errors == {field: [error]}


@pytest.mark.parametrize("number", ["1e999999999", "-1e999999999", "1e-999999999", "9" * 100_000])
def test_metric_form_refuses_numbers_without_measure(number: str) -> None:
    form = MetricForm(post(**METRIC | {"after": number}))

    assert [*form.errors] == ["after"]


class Numbers(TestCase):
    @settings(max_examples=200)
    @given(
        st.decimals(allow_nan=False, allow_infinity=False, places=6)
        | st.decimals(-(10**14), 10**14, places=1)
        | st.integers(-(10**15), 10**15).map(Decimal)
    )
    def test_come_back_as_they_were_written(self, number: Decimal) -> None:
        form = MetricForm(post(**METRIC | {"after": f"{number:f}"}))
        if not form.is_valid():
            return

        written = MetricFactory.create(after=form.cleaned_data["after"])

        assert Metric.objects.get(pk=written.pk).after == number


# --- rows of numbers and links ------------------------------------------------------------------


def rows_sent(prefix: str, rows: list[dict[str, str]], *, initial: int = 0) -> QueryDict:
    data = {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": str(initial)}
    for n, row in enumerate(rows):
        data |= {f"{prefix}-{n}-{name}": value for name, value in row.items()}
    return post(**data)


def links_sent(*urls: str) -> BaseFormSet[LinkForm]:
    return LinkFormSet(rows_sent("links", [{"url": url} for url in urls]), prefix="links")


def test_rows_left_blank_are_none() -> None:
    formset = links_sent("https://example.com/1", "", "https://example.com/2")

    assert formset.is_valid()
    assert [row["url"] for row in rows_of(formset)] == [
        "https://example.com/1",
        "https://example.com/2",
    ]


def test_metric_row_left_as_the_page_shows_it_is_none() -> None:
    blank = {"name": "", "before": "", "after": "", "better": "lower", "basis": ""}
    formset = MetricFormSet(rows_sent("metrics", [blank]), prefix="metrics")

    assert formset.is_valid()
    assert rows_of(formset) == []


def test_rows_that_stay_as_they_were_are_kept() -> None:
    known = [{"url": "https://example.com/1", "label": "one"}]
    formset = LinkFormSet(rows_sent("links", known, initial=1), prefix="links", initial=known)

    assert formset.is_valid()
    assert rows_of(formset) == known


def test_rows_ticked_for_removal_are_none() -> None:
    known = [{"url": "https://example.com/1", "label": ""}]
    sent = [{**known[0], "DELETE": "on"}]
    formset = LinkFormSet(rows_sent("links", sent, initial=1), prefix="links", initial=known)

    assert formset.is_valid()
    assert rows_of(formset) == []


def test_row_that_was_emptied_is_not_dropped_in_silence() -> None:
    known = [{"url": "https://example.com/1", "label": ""}]
    formset = LinkFormSet(
        rows_sent("links", [{"url": ""}], initial=1), prefix="links", initial=known
    )

    assert not formset.is_valid()
    assert formset.errors == [{"url": ["This field is required."]}]


def test_rows_are_twenty_at_most() -> None:
    assert links_sent(*["https://example.com/"] * 20).is_valid()

    formset = links_sent(*["https://example.com/"] * 21)

    assert formset.non_form_errors() == ["Please submit at most 20 forms."]


def test_rows_without_end_are_refused_before_they_are_read() -> None:
    data = post(**{"links-TOTAL_FORMS": "1000", "links-INITIAL_FORMS": "0"})

    formset = LinkFormSet(data, prefix="links")

    assert not formset.is_valid()
    assert len(formset.forms) == 40


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/",
        "http://intranet.example.com:8080/a?b=c#d",
        "https://example.com/" + "x" * 1_900,
        "https://bücher.example/ä",
    ],
)
def test_link_form_takes_an_address_of_the_web(url: str) -> None:
    form = LinkForm(post(url=f" {url} ", label=""))

    assert form.errors == {}
    assert form.cleaned_data["url"] == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "ftp://example.com/",
        "file:///etc/passwd",
        "//example.com/",
        "example.com",
        "https://",
        "https://exa mple.com/",
        "https://example.com/\nx",
    ],
)
def test_link_form_refuses_any_other_address(url: str) -> None:
    form = LinkForm(post(url=url, label=""))

    assert form.errors == {"url": ["Write the whole address: https:// and the rest."]}


@pytest.mark.parametrize(
    "url", ["https://example.com/\x00", "https://example.com/" + "x" * 100_000]
)
def test_link_form_refuses_what_no_column_holds(url: str) -> None:
    form = LinkForm(post(url=url, label=""))

    assert [*form.errors] == ["url"]


# --- search, filters, many at once --------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"q": "x" * 201}, "q"),
        ({"q": "a\x00b"}, "q"),
        ({"project": "x"}, "project"),
        ({"project": "9" * 5_000}, "project"),
        ({"kind": "magic"}, "kind"),
        ({"criterion": "1"}, "criterion"),
        ({"lacking": "taste"}, "lacking"),
        ({"since": "0000-01-01"}, "since"),
        ({"until": "never"}, "until"),
        ({"since": "2026-11-20", "until": "2026-11-19"}, "since"),
        ({"before": "2026-11-20"}, "before"),
        ({"before": "0000-01-01.1"}, "before"),
        ({"before": "2026-02-30.1"}, "before"),
        ({"before": "2026-11-20.9999999999999999999"}, "before"),
    ],
)
def test_filter_form_refuses(maya: Engineer, sent: dict[str, str], field: str) -> None:
    form = FilterForm(sent, engineer=maya)

    assert [*form.errors] == [field]


def test_filter_form_knows_no_project_of_somebody_else(maya: Engineer) -> None:
    theirs = ProjectFactory.create()

    form = FilterForm({"project": str(theirs.pk)}, engineer=maya)

    assert [*form.errors] == ["project"]


@pytest.mark.parametrize("entry", ["", "x", "-1", "1.5", "²", "9" * 19, "9" * 5_000, "1\x00"])
def test_selection_form_refuses_what_is_no_key(entry: str) -> None:
    form = SelectionForm(post(entry=entry))

    assert [*form.errors] == ["entry"]


def test_selection_form_reads_the_keys() -> None:
    form = SelectionForm(post(entry=["3", "5"]))

    assert form.is_valid()
    assert form.cleaned_data["entry"] == [3, 5]


def test_selection_form_says_what_to_do_when_nothing_is_ticked() -> None:
    form = SelectionForm(post())

    assert form.errors == {"entry": ["Tick the entries to change first."]}


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({}, {"__all__": ["Choose something to set."]}),
        ({"outcome": "  "}, {"__all__": ["Choose something to set."]}),
        ({"happened_on": "2026-11-22"}, {"happened_on": [YET_TO_COME]}),
        ({"happened_on": "1969-12-31"}, {"happened_on": [TOO_EARLY]}),
        ({"outcome": "a\x00b"}, {"outcome": [NUL]}),
        (
            {"role": "boss"},
            {"role": ["Select a valid choice. boss is not one of the available choices."]},
        ),
        (
            {"criteria": "7"},
            {"criteria": ["Select a valid choice. 7 is not one of the available choices."]},
        ),
    ],
)
def test_bulk_form_refuses(
    maya: Engineer, sent: dict[str, str], errors: dict[str, list[str]]
) -> None:
    form = BulkForm(post(**sent), engineer=maya, criteria=[("L6", [(5, "Designs systems")])])

    assert form.errors == errors


def test_bulk_form_takes_one_thing(maya: Engineer) -> None:
    form = BulkForm(post(criteria="5"), engineer=maya, criteria=[("L6", [(5, "Designs systems")])])

    assert form.is_valid()
    assert form.cleaned_data["criteria"] == [5]


# --- projects and weeks -------------------------------------------------------------------------


@pytest.mark.parametrize("title", ["Falcon", "FALCON", " falcon "])
def test_project_form_refuses_a_title_that_is_taken(maya: Engineer, title: str) -> None:
    ProjectFactory.create(engineer=maya, title="Falcon")
    other = ProjectFactory.create(engineer=maya)

    form = ProjectForm(post(title=title), instance=other)

    assert form.errors == {"title": ["You have a project of this title already."]}


def test_project_form_lets_a_project_keep_its_title_or_take_that_of_a_stranger(
    maya: Engineer,
) -> None:
    project = ProjectFactory.create(engineer=maya, title="Falcon")
    ProjectFactory.create(title="Osprey")

    assert ProjectForm(post(title="Falcon"), instance=project).is_valid()
    assert ProjectForm(post(title="Osprey"), instance=project).is_valid()


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "a\x00b"}, "title"),
        ({"title": "x" * 161}, "title"),
        ({"title": "x", "summary": "y" * 5_001}, "summary"),
        ({"title": "x", "summary": "a\x00b"}, "summary"),
    ],
)
def test_project_form_refuses(maya: Engineer, sent: dict[str, str], field: str) -> None:
    form = ProjectForm(post(**sent), instance=ProjectFactory.create(engineer=maya))

    assert [*form.errors] == [field]


@pytest.mark.parametrize(
    ("note", "errors"),
    [
        ("Release week.", {}),
        ("", {}),
        ("a\x00b", {"note": [NUL]}),
        (
            "x" * 100_000,
            {"note": ["Ensure this value has at most 5000 characters (it has 100000)."]},
        ),
    ],
)
def test_week_note_form(note: str, errors: dict[str, list[str]]) -> None:
    week: Week = WeekFactory.create()

    form = WeekNoteForm(post(note=note), instance=week)

    assert form.errors == errors
