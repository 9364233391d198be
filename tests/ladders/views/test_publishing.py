from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.ladders.actions import publish_ladder
from careers.ladders.document import document_of, read_ladder
from careers.ladders.forms.publishing import MOST_BYTES
from careers.ladders.models import Criterion, Edition, Ladder
from careers.ladders.publishing import copy_for, own_slug
from careers.ladders.views.publishing import EXAMPLE, LONGEST_BODY
from tests.factories import EngineerFactory, EntryFactory, EvidenceFactory, LadderFactory
from tests.ladders.pages import mark_of, typed_in
from tests.ladders.small import SMALL, changed, many_criteria, publish
from tests.web.reading import text_of

if TYPE_CHECKING:
    from django.test import Client

    from careers.people.models import Engineer

pytestmark = pytest.mark.django_db

PAGE = "/ladders/mine/publish/"
OPERATION = "00000000-0000-4000-8000-000000000001"
TABLE = "level,dimension,criterion\nA,Craft,Tests\nB,Craft,Designs\n"
REWORDED = changed(("text: Writes tests.", "text: Writes good tests."))


def check(client: Client, text: str = SMALL, **sent: Any) -> Any:
    return client.post(PAGE, {"document": text, "check": "1"} | sent)


def send(client: Client, text: str = SMALL, *, checked: str | None = None, **sent: Any) -> Any:
    """Publish what was looked at, or what carries the mark `checked`."""
    mark = mark_of(check(client, text, **sent)) if checked is None else checked
    return client.post(PAGE, {"document": text, "publish": "1", "checked": mark} | sent)


def file(data: bytes | str, name: str = "ladder.yaml") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)


def messages_of(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def audiences(response: Any) -> list[str]:
    return re.findall(r'type="radio" name="audience" value="(\w+)"', response.text)


# --- the blank page -----------------------------------------------------------------------------


def test_ladder_publish_begins_with_an_empty_text_and_shows_what_a_ladder_looks_like(
    client: Client, maya: Engineer
) -> None:
    response = client.get(PAGE)

    assert (response.status_code, typed_in(response), mark_of(response)) == (200, "", "")
    assert "What a ladder looks like" in text_of(response)


def test_example_is_a_ladder() -> None:
    assert read_ladder(EXAMPLE.encode()).slug == "platform"


def test_for_everybody_is_offered_to_ladder_owners_alone(
    client: Client, maya: Engineer, owner: Engineer
) -> None:
    assert audiences(client.get(PAGE)) == ["me", "everybody"]

    client.force_login(maya)
    response = client.get(PAGE)

    assert audiences(response) == []
    assert "You alone will see it." in text_of(response)


# --- looking ------------------------------------------------------------------------------------


def test_check_of_a_new_ladder_tells_its_counts_and_writes_nothing(
    client: Client, maya: Engineer
) -> None:
    response = check(client)

    text = text_of(response)
    assert response.status_code == 200
    assert "For you alone “Small ladder”, a new ladder 2 levels 2 dimensions 4 criteria" in text
    assert "A1 Beginner Engineer 2 A2+ Expert Engineer 2" in text
    assert "Publish it for you alone" in text
    assert typed_in(response) == SMALL
    assert not Ladder.objects.exists()


def test_check_of_a_change_tells_what_becomes_of_each_criterion(
    client: Client, maya: Engineer
) -> None:
    publish(owner=maya)

    text = text_of(
        check(
            client,
            changed(
                ("text: Writes tests.", "text: Writes good tests."),
                ("key: asks", "key: asks-2"),
                ("key: talks, dimension: people", "key: talks, dimension: craft"),
                ("title: Expert", "title: Senior"),
            ),
        )
    )

    assert "“Small ladder”, edition 2" in text
    assert "A2+, Senior level was “A2+, Expert”" in text
    assert "before Writes tests. now Writes good tests. reworded A1, Beginner Craft" in text
    assert "Gives talks. A2+, Senior moved from People to Craft" in text
    assert "New criteria 1 Asks early." in text
    assert "No longer asked 1 Asks early." in text
    assert Edition.objects.count() == 1


def test_check_tells_ones_own_entries_that_it_touches(client: Client, maya: Engineer) -> None:
    publish(owner=maya)
    entry = EntryFactory.create(engineer=maya)
    EvidenceFactory.create(entry=entry, criterion=Criterion.objects.get(key="tests"))

    text = text_of(check(client, REWORDED))

    assert "1 of your entries is tagged to criteria that are reworded" in text
    assert "no longer asked; the tags" not in text


def test_check_of_what_is_there_already_offers_nothing_to_publish(
    client: Client, maya: Engineer
) -> None:
    publish(owner=maya)

    response = check(client)

    assert "“Small ladder” is as it was in edition 1" in text_of(response)
    assert 'name="publish"' not in response.text


def test_words_of_a_document_are_shown_as_text(client: Client, maya: Engineer) -> None:
    publish(owner=maya)
    script = "<script>alert(1)</script>"

    response = check(
        client,
        changed(
            ("Small ladder", script),
            ("Writes tests.", script),
            ("title: Expert", f"title: {script}"),
        ),
    )

    assert response.status_code == 200
    assert "<script>alert" not in response.text


@pytest.mark.parametrize("name", ["ladder.yaml", "ladder"])
def test_file_is_read_and_its_text_shown(client: Client, maya: Engineer, name: str) -> None:
    response = client.post(
        PAGE, {"document": "", "file": file(f"\ufeff{SMALL}", name), "check": "1"}
    )

    assert (response.status_code, typed_in(response)) == (200, SMALL)
    assert mark_of(response) == mark_of(check(client))


@pytest.mark.parametrize(
    ("typed", "is_kept"), [("typed: before", True), ("", False), (SMALL, False)]
)
def test_file_goes_before_what_was_typed_and_shows_what_it_replaced(
    client: Client, maya: Engineer, typed: str, *, is_kept: bool
) -> None:
    typed_by_browser = typed.replace("\n", "\r\n")
    response = client.post(PAGE, {"document": typed_by_browser, "file": file(SMALL), "check": "1"})

    assert typed_in(response) == SMALL
    assert ("The file took the place" in response.text) == is_kept
    assert ("typed: before" in response.text) == is_kept


def test_lines_may_end_as_browsers_end_them(client: Client, maya: Engineer) -> None:
    assert mark_of(check(client, SMALL.replace("\n", "\r\n"))) == mark_of(check(client))


@pytest.mark.parametrize(
    ("name", "text", "slug"),
    [
        ("our-ladder.csv", TABLE, "our-ladder"),
        ("", TABLE, "ladder"),
        ("notes.md", "# Notes\n\n## Junior\n\n### Craft\n\n- Writes tests\n", "notes"),
    ],
)
def test_table_or_markdown_is_read_and_goes_on_as_yaml(
    client: Client, maya: Engineer, name: str, text: str, slug: str
) -> None:
    sent = {"file": file(text, name)} if name else {"document": text}
    looked_at = client.post(PAGE, {"document": "", "check": "1"} | sent)
    again = client.post(PAGE, {"document": text, "name": name, "in_yaml": "1"})

    assert (looked_at.status_code, typed_in(looked_at)) == (200, text)
    own = own_slug(slug, maya)
    assert f"its address would end in {own} ." in text_of(looked_at)
    assert read_ladder(typed_in(again).encode()).slug == own
    assert mark_of(check(client, typed_in(again))) == mark_of(looked_at)


def test_our_yaml_is_not_called_foreign(client: Client, maya: Engineer) -> None:
    assert "Go on with it as YAML" not in text_of(check(client))


def test_table_is_published_as_it_is(client: Client, maya: Engineer) -> None:
    send(client, TABLE, name="our-ladder.csv")

    assert maya.private_ladders.get().slug == own_slug("our-ladder", maya)
    assert Criterion.objects.count() == 2


# --- publishing ---------------------------------------------------------------------------------


def test_private_ladder_is_published_for_its_owner_alone(client: Client, maya: Engineer) -> None:
    response = send(client, operation_id=OPERATION)

    ladder, slug = Ladder.objects.get(), own_slug("small", maya)
    assert (ladder.slug, ladder.owner, ladder.is_builtin) == (slug, maya, False)
    assert (response.status_code, response.headers["Location"]) == (
        302,
        f"/ladders/{slug}/?saved={OPERATION}",
    )
    assert messages_of(response) == ["Edition 1 of “Small ladder” is published."]


def test_change_becomes_the_next_edition(client: Client, maya: Engineer) -> None:
    publish(owner=maya)

    send(client, REWORDED)

    assert Edition.objects.get(number=2).document == read_ladder(REWORDED.encode()).canonical
    assert Criterion.objects.get(key="tests").text == "Writes good tests."


def test_ladder_owner_publishes_for_everybody(client: Client, owner: Engineer) -> None:
    response = send(client, audience="everybody")

    assert response.status_code == 302
    assert Ladder.objects.get().owner is None


def test_nobody_else_publishes_for_everybody(client: Client, maya: Engineer) -> None:
    publish()

    answers = [
        check(client, REWORDED, audience="everybody"),
        send(client, REWORDED, audience="everybody", checked="1-everybody-x"),
        send(client, REWORDED.replace("slug: small", "slug: mine-2"), audience="everybody"),
    ]

    assert [answer.status_code for answer in answers] == [422] * 3
    assert "Ladder owners alone publish for everybody." in text_of(answers[0])
    assert (Ladder.objects.count(), Edition.objects.count()) == (1, 1)


@pytest.mark.parametrize("checked", ["", "0-me-x", "x" * 5_000])
def test_what_was_not_looked_at_is_shown_and_not_published(
    client: Client, maya: Engineer, checked: str
) -> None:
    response = send(client, checked=checked)

    assert response.status_code == 409
    assert "Nothing was published: since the check" in text_of(response)
    assert mark_of(response) == mark_of(check(client))
    assert not Ladder.objects.exists()


def test_text_changed_after_the_check_is_not_published(client: Client, maya: Engineer) -> None:
    response = send(client, REWORDED, checked=mark_of(check(client)))

    assert (response.status_code, typed_in(response)) == (409, REWORDED)
    assert not Ladder.objects.exists()


def test_audience_changed_after_the_check_is_not_published(client: Client, owner: Engineer) -> None:
    mark = mark_of(check(client, audience="me"))

    assert send(client, checked=mark, audience="everybody").status_code == 409
    assert not Ladder.objects.exists()


def test_edition_of_somebody_else_after_the_check_is_told_and_checked_against(
    client: Client, owner: Engineer
) -> None:
    publish()
    mark = mark_of(check(client, REWORDED, audience="everybody"))
    publish(changed(("name: Small ladder", "name: Theirs")))

    response = send(client, REWORDED, checked=mark, audience="everybody")

    assert response.status_code == 409
    assert "“Small ladder”, edition 3" in text_of(response)
    assert Edition.objects.count() == 2
    again = send(client, REWORDED, checked=mark_of(response), audience="everybody")
    assert (again.status_code, Edition.objects.count()) == (302, 3)


def test_edition_that_slips_in_at_the_last_moment_is_told(client: Client, maya: Engineer) -> None:
    publish(owner=maya)
    mark = mark_of(check(client, REWORDED))
    slipped_in: list[bool] = []

    def slip_in(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith("SAVEPOINT") and not slipped_in:  # where publishing begins to write
            slipped_in.append(True)
            publish(changed(("name: Small ladder", "name: Theirs")), owner=maya)
        return execute(sql, *rest)

    with connection.execute_wrapper(slip_in):
        response = send(client, REWORDED, checked=mark)

    assert (slipped_in, response.status_code, Edition.objects.count()) == ([True], 409, 2)
    assert "“Small ladder”, edition 3" in text_of(response)
    assert mark_of(response) != mark


def test_ladder_that_takes_the_slug_at_the_last_moment_is_told(
    client: Client, maya: Engineer
) -> None:
    mark, slug = mark_of(check(client)), own_slug("small", maya)
    slipped_in: list[bool] = []

    def slip_in(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith("SAVEPOINT") and not slipped_in:  # where publishing begins to write
            slipped_in.append(True)
            publish(changed(("slug: small", f"slug: {slug}")))
        return execute(sql, *rest)

    with connection.execute_wrapper(slip_in):
        response = send(client, checked=mark)

    assert (slipped_in, response.status_code, Edition.objects.count()) == ([True], 409, 1)
    assert f"“{slug}” is the slug of another ladder" in text_of(response)
    assert typed_in(response) == SMALL


def test_publication_sent_twice_happens_once(client: Client, maya: Engineer) -> None:
    mark = mark_of(check(client))
    first = send(client, checked=mark)

    again = send(client, checked=mark)

    assert (again.status_code, again["Location"]) == (302, first["Location"])
    assert Edition.objects.count() == 1


def test_publication_sent_again_after_another_one_is_not_taken_for_done(
    client: Client, maya: Engineer
) -> None:
    mark = mark_of(check(client))
    send(client, checked=mark)
    publish(REWORDED, owner=maya)

    again = send(client, checked=mark)

    assert (again.status_code, Edition.objects.count()) == (409, 2)


def test_unchanged_document_is_said_to_be_unchanged(client: Client, maya: Engineer) -> None:
    publish(owner=maya)

    response = send(client)

    assert messages_of(response) == ["Nothing has changed: this is edition 1 of “Small ladder”."]
    assert Edition.objects.count() == 1


# --- what is refused ----------------------------------------------------------------------------


def test_errors_are_told_by_line_and_path_and_the_text_stays(
    client: Client, maya: Engineer
) -> None:
    text = changed(("key: tests,", "key: T,"), ("to: A2", "to: B"))

    response = check(client, text)

    said = text_of(response)
    assert (response.status_code, typed_in(response)) == (422, text)
    assert "Nothing was published; your text is still here. 2 things are wrong with it:" in said
    assert (
        "line 18 Only small letters, digits and hyphens, not “T”. - {key: T, dimension: craft"
        in said
    )
    assert "tracks[0].levels[0].criteria[0].key" in said
    assert "line 32 There is no level “B”. to: B transitions[0].to" in said
    assert 'aria-describedby="id_document_helptext id_document_error"' in response.text
    assert response.text.count('id="id_document_error"') == 1


def test_long_list_of_errors_is_cut(client: Client, maya: Engineer) -> None:
    response = check(client, "slug: x\n" + "\n".join(f"name{n}: x" for n in range(100)))

    assert response.status_code == 422
    assert response.text.count('<span class="line">') == 50
    assert "Only the first 50 are shown." in text_of(response)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "\t",
        "just words",
        "- a\n- b",
        "a: &a [x]\nb: *a",
        "a: !!python/object/apply:os.system [x]",
        "a: " + "[" * 5_000,
        "{" * 5_000,
        "a: 'never closed",
        "a: 1\n---\nb: 2",
        "a: \x07",
        "a: \x00",
        "\ufffd: 1",
        "slug: mine",
        "%YAML 9.9\n---\na: 1",
        "? [a, b]\n: c",
        "x: " + "y" * 100_000,
        "a: \u2028\u2029\x85 [",
    ],
)
def test_text_that_is_no_ladder_is_refused_with_a_sentence(
    client: Client, maya: Engineer, text: str
) -> None:
    for button in ("check", "publish"):
        response = client.post(PAGE, {"document": text, button: "1"})

        assert response.status_code == 422
        assert 'role="alert"' in response.text
        assert typed_in(response) == text.replace("\r\n", "\n")
    assert not Ladder.objects.exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"a\n\xe9", "ladder.yaml, line 2: This is not UTF-8 text. Save the file as UTF-8."),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "ladder.yaml, line 1: This is not UTF-8 text."),
        (b"PK\x03\x04", "ladder.yaml, line 1: This is a file of Excel, Word or ZIP."),
        (b"a: \0", "ladder.yaml, line 1: A character cannot be printed."),
        (b"#" * (2 * MOST_BYTES), "It has 1.7 MB; the browser may send 878.9 KB."),
    ],
)
def test_file_that_cannot_be_read_is_refused_and_what_was_typed_stays(
    client: Client, maya: Engineer, data: bytes, sentence: str
) -> None:
    response = client.post(PAGE, {"document": "typed: before", "file": file(data), "check": "1"})

    assert response.status_code == 422
    assert sentence in text_of(response)
    assert typed_in(response) == "typed: before"


def test_ladder_that_is_too_long_for_the_browser_is_told_so(client: Client, maya: Engineer) -> None:
    response = check(client, "#" * (MOST_BYTES + 100))

    assert response.status_code == 422
    assert "publishes larger ladders with manage.py import_ladder" in text_of(response)


def test_body_that_is_far_too_long_is_not_read(client: Client, maya: Engineer) -> None:
    large = client.post(PAGE, {"document": "", "file": file(b"#" * (LONGEST_BODY + 1))})
    long = client.post(PAGE, {"document": "#" * 1_100_000})

    assert (large.status_code, long.status_code) == (413, 413)
    assert "the browser may send 878.9 KB" in text_of(large)
    assert "It was not read." in text_of(large)


def test_nothing_tells_of_somebody_elses_private_ladder_of_that_slug(
    client: Client, maya: Engineer
) -> None:
    before = text_of(check(client))
    publish(changed(("Small ladder", "Plover")), owner=EngineerFactory.create())

    response = check(client)

    assert (response.status_code, text_of(response)) == (200, before)
    assert f"Its address will end in {own_slug('small', maya)} :" in before


# --- beginning from a ladder --------------------------------------------------------------------


def test_copy_is_filled_in_under_a_slug_of_ones_own(client: Client, maya: Engineer) -> None:
    publish(REWORDED)

    text = typed_in(client.get(f"{PAGE}?copy=small"))

    expected = copy_for(maya, read_ladder(REWORDED.encode()))
    assert read_ladder(text.encode()) == expected
    assert send(client, text).status_code == 302
    assert maya.private_ladders.get().slug == expected.slug


def test_form_says_what_it_was_begun_from(client: Client, owner: Engineer) -> None:
    publish()

    pages = [text_of(client.get(f"{PAGE}{query}")) for query in ("?ladder=small", "?copy=small")]

    assert "This is edition 1 of “Small ladder”, to be changed." in pages[0]
    assert "This is a copy of “Small ladder”, edition 1." in pages[1]


def test_draft_in_the_browser_is_offered_where_it_was_begun(client: Client, maya: Engineer) -> None:
    publish()
    copied = client.get(f"{PAGE}?copy=small")

    slug = copy_for(maya, read_ladder(SMALL.encode())).slug

    pages = [client.get(PAGE), copied, check(client, begun_from=slug)]

    drafts = [re.findall(r'data-draft="([^"]*)"', page.text) for page in pages]
    assert drafts == [["ladder-"], [f"ladder-{slug}"], [f"ladder-{slug}"]]


def test_copy_is_private_unless_its_owner_chooses_otherwise(
    client: Client, owner: Engineer
) -> None:
    publish()

    copied, changing = client.get(f"{PAGE}?copy=small"), client.get(f"{PAGE}?ladder=small")

    chosen = [
        re.findall(r'name="audience" value="(\w+)"[^>]*checked', page.text)
        for page in (copied, changing)
    ]
    assert chosen == [["me"], ["everybody"]]


def test_change_is_filled_in_with_the_newest_edition(client: Client, maya: Engineer) -> None:
    publish(owner=maya)
    edition = publish(REWORDED, owner=maya)

    text = typed_in(client.get(f"{PAGE}?ladder=small"))

    assert read_ladder(text.encode()) == document_of(edition.document)


@pytest.mark.parametrize("query", ["copy=theirs", "ladder=theirs", "copy=nobodys", "ladder=a%2Fb"])
def test_ladder_that_one_may_not_read_is_not_found(
    client: Client, owner: Engineer, query: str
) -> None:
    publish(changed(("slug: small", "slug: theirs")), owner=EngineerFactory.create())

    assert client.get(f"{PAGE}?{query}").status_code == 404


def test_ladder_that_one_may_not_change_is_not_found(
    client: Client, maya: Engineer, owner: Engineer
) -> None:
    publish()
    publish_ladder(read_ladder(changed(("slug: small", "slug: builtin")).encode()), is_builtin=True)
    LadderFactory.create(slug="empty")

    statuses = [
        client.get(f"{PAGE}?ladder={slug}").status_code for slug in ("small", "builtin", "empty")
    ]
    client.force_login(maya)

    assert statuses == [200, 404, 404]
    assert client.get(f"{PAGE}?ladder=small").status_code == 404


def test_ladder_detail_leads_to_what_one_may_do(client: Client, owner: Engineer) -> None:
    publish()
    publish(changed(("slug: small", "slug: own")), owner=owner)
    publish_ladder(read_ladder(changed(("slug: small", "slug: builtin")).encode()), is_builtin=True)

    led = {
        slug: [
            f'href="{address}"' in client.get(f"/ladders/{slug}/").text
            for address in (
                f"{PAGE}?ladder={slug}",
                f"{PAGE}?copy={slug}",
                f"/ladders/{slug}/editions/",
                f"/ladders/{slug}/delete/",
            )
        ]
        for slug in ("small", "own", "builtin")
    }

    assert led == {
        "small": [True, True, True, False],
        "own": [True, True, True, True],
        "builtin": [False, True, True, False],
    }


def test_check_takes_few_queries_however_large_the_ladder(client: Client, owner: Engineer) -> None:
    def queries(levels: int, each: int) -> int:
        text = many_criteria(levels, each)
        publish(text)
        with CaptureQueriesContext(connection) as captured:
            check(client, text.replace("Does", "Did"), audience="everybody")
        return len(captured)

    few, many = queries(1, 3), queries(3, 100)

    assert few == many
    assert many <= 12
