from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careers.ladders.models import Criterion, Ladder, Level, Target
from tests.factories import EngineerFactory, PlacementFactory, TargetFactory
from tests.ladders.small import changed, many_criteria, publish
from tests.web.reading import text_of

if TYPE_CHECKING:
    from careers.people.models import Engineer

pytestmark = pytest.mark.django_db


# --- reading ------------------------------------------------------------------------------------


def test_ladder_list_shows_every_ladder_and_links_its_levels(
    client: Client, maya: Engineer
) -> None:
    call_command("load_ladders", verbosity=0)

    response = client.get("/ladders/")

    assert "Infrastructure engineering" in text_of(response)
    assert 'href="/ladders/infrastructure/"' in response.text
    links = re.findall(r'href="/ladders/infrastructure/levels/([^"/]+)/"', response.text)
    assert links == ["L3", "L4", "L5", "L6", "L7", "M3", "M4", "M5", "M6"]


def test_ladder_list_without_a_ladder_teaches(client: Client, maya: Engineer) -> None:
    assert "manage.py load_ladders" in text_of(client.get("/ladders/"))


def test_ladder_detail_shows_every_criterion_once(client: Client, maya: Engineer) -> None:
    publish()

    text = text_of(client.get("/ladders/small/"))

    for criterion in Criterion.objects.all():
        assert text.count(criterion.text) == 1
    assert "Does what is described." in text
    assert "Years: 0–2" in text
    assert "Gives talks. Optional." in text
    assert "The same bar for everybody." in text


def test_ladder_detail_says_nothing_of_what_was_dropped(client: Client, maya: Engineer) -> None:
    publish()
    publish(
        changed(
            ("          - {key: asks, dimension: people, text: Asks early.}\n", ""),
            ("code: A2", "code: B2"),
            ("to: A2", "to: B2"),
        )
    )

    response = client.get("/ladders/small/")

    assert "Asks early." not in text_of(response)
    assert "/levels/A2/" not in response.text
    assert client.get("/ladders/small/levels/A2/").status_code == 404


def test_matrix_stays_a_table_for_who_cannot_see_it(client: Client, maya: Engineer) -> None:
    publish()

    text = client.get("/ladders/small/").text

    assert [text.count(f'role="{role}"') for role in ("table", "columnheader", "rowheader")] == [
        1,
        2,
        4,
    ]
    assert text.count('role="row"') == 5
    assert text.count('role="cell"') == 1 + 4 * 2


def test_matrix_with_many_levels_scrolls_in_its_own_frame(client: Client, maya: Engineer) -> None:
    publish(many_criteria(6, 1))
    assert 'class="frame"' not in client.get("/ladders/large/").text

    publish(many_criteria(7, 1))

    assert 'class="frame" role="region" tabindex="0"' in client.get("/ladders/large/").text


def test_level_detail_shows_what_the_level_asks(client: Client, maya: Engineer) -> None:
    call_command("load_ladders", verbosity=0)

    response = client.get("/ladders/infrastructure/levels/L6/")

    text = text_of(response)
    for criterion in Criterion.objects.filter(level__code="L6", ladder__slug="infrastructure"):
        assert f'id="criterion-{criterion.key}"' in response.text
    assert "asks for: sustained recent measured corroborated led" in text
    assert "open-source community. Optional." in text
    assert "Years of experience: 8–12, for information" in text
    assert "Rank: Staff" in text
    assert "14 criteria, 1 of them optional" in text
    assert "From here to L7+, Principal or distinguished engineer" in text
    assert "Usually after 3–5 years or more at L6" in text
    assert [name in text for name in ("Tech lead", "Architect", "Solver", "Right hand")] == [
        True
    ] * 4
    assert [name in text for name in ("Typical projects", "Skills to work on")] == [True] * 2
    assert re.findall(r'rel="(prev|next)" href="([^"]*)"', response.text) == [
        ("prev", "/ladders/infrastructure/levels/L5/"),
        ("next", "/ladders/infrastructure/levels/L7/"),
    ]


def test_criterion_whose_key_is_the_name_of_a_part_of_the_page_shares_no_id(
    client: Client, maya: Engineer
) -> None:
    publish(changed(("key: tests", "key: evidence")))

    ids = re.findall(r' id="([^"]*)"', client.get("/ladders/small/levels/A1/").text)

    assert sorted({*ids}) == sorted(ids)


def test_overview_has_years_only_where_a_level_has_some(client: Client, maya: Engineer) -> None:
    publish()
    assert '<th scope="col">Years</th>' in client.get("/ladders/small/").text

    publish(changed(("        years: 0–2\n", "")))

    assert '<th scope="col">Years</th>' not in client.get("/ladders/small/").text


def test_terminal_level_says_that_growth_goes_on(client: Client, maya: Engineer) -> None:
    publish()

    response = client.get("/ladders/small/levels/A2/")

    assert "No next level Here the levels of this track end. Growth does not" in text_of(response)
    assert 'rel="next"' not in response.text


def test_criterion_says_what_would_count(client: Client, maya: Engineer) -> None:
    publish(changed(("text: Asks early.", "text: Asks early., keywords: [question, doubt]")))

    first = text_of(client.get("/ladders/small/levels/A1/"))
    second = text_of(client.get("/ladders/small/levels/A2/"))

    assert "asks for: recent What would count: an entry tagged to this criterion" in first
    assert "with its outcome and your role; shown lately, not long ago." in first
    assert "Words that suggest it: question, doubt." in first
    assert "asks for: an example" in second


@pytest.mark.parametrize("path", ["", "small/", "small/levels/A1/"])
def test_ones_own_levels_are_marked_and_nobody_elses(
    client: Client, maya: Engineer, path: str
) -> None:
    publish()
    level = Level.objects.get(code="A1")
    PlacementFactory.create(level=level)
    assert "you hold this" not in text_of(client.get(f"/ladders/{path}"))

    PlacementFactory.create(engineer=maya, level=level)
    TargetFactory.create(engineer=maya, level=level)

    assert "you hold this you aim for this" in text_of(client.get(f"/ladders/{path}"))


def test_private_ladder_is_hidden_from_everybody_else(client: Client, maya: Engineer) -> None:
    publish(changed(("name: Small ladder", "name: Plover")), owner=EngineerFactory.create())
    unknown = client.get("/ladders/unknown/")

    pages = [client.get("/ladders/small/"), client.get("/ladders/small/levels/A1/")]

    assert [page.status_code for page in pages] == [404, 404]
    assert [text_of(page) for page in pages] == [text_of(unknown)] * 2
    assert "Plover" not in client.get("/ladders/").text + client.get("/ladders/mine/").text


def test_private_ladder_is_read_by_its_owner(client: Client, maya: Engineer) -> None:
    publish(owner=maya)

    assert "only you see it" in text_of(client.get("/ladders/"))
    assert "only you see it" in text_of(client.get("/ladders/small/"))
    assert client.get("/ladders/small/levels/A1/").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/ladders/unknown/",
        "/ladders/small/levels/A9/",
        "/ladders/small/levels/a1/",
        "/ladders/SMALL/",
        "/ladders/small%0A/",
        "/ladders/small/levels/..%2F/",
        "/ladders/sm\u00e4ll/",
        f"/ladders/{'a' * 10_000}/",
        f"/ladders/small/levels/{'9' * 10_000}/",
    ],
)
def test_address_that_names_nothing_is_not_found(client: Client, maya: Engineer, path: str) -> None:
    publish()

    assert client.get(path).status_code == 404


@pytest.mark.parametrize("name", ["sm%00all", "sm%ED%A0%80all", "small/levels/A1%00"])
def test_address_that_no_text_can_have_is_a_bad_request(
    client: Client, maya: Engineer, name: str
) -> None:
    assert client.get(f"/ladders/{name}/").status_code == 400


@pytest.mark.parametrize("path", ["", "small/", "small/levels/A1/", "mine/"])
def test_pages_are_for_people_who_are_signed_in(client: Client, path: str) -> None:
    publish()

    response = client.get(f"/ladders/{path}")

    assert (response.status_code, response.headers["Location"]) == (
        302,
        f"/accounts/login/?next=/ladders/{path}",
    )


@pytest.mark.parametrize("path", ["", "small/", "small/levels/A1/"])
def test_reading_pages_take_no_post(client: Client, maya: Engineer, path: str) -> None:
    publish()

    assert client.post(f"/ladders/{path}").status_code == 405


@pytest.mark.parametrize(
    ("path", "most"),  # the session and the person included; what one may do costs two
    [("", 4), ("large/", 8), ("large/levels/A1/", 6), ("mine/", 6)],
)
def test_pages_take_few_queries_however_large_the_ladder(
    client: Client, maya: Engineer, path: str, most: int
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/ladders/{path}").status_code == 200
        return len(captured)

    publish(many_criteria(3, 1))
    level = Level.objects.get(code="A1")
    PlacementFactory.create(engineer=maya, level=level)
    TargetFactory.create(engineer=maya, level=level)
    few = queries()
    publish(many_criteria(12, 60))
    for year in range(2000, 2012):
        PlacementFactory.create(engineer=maya, level=level, since_on=dt.date(year, 1, 1))
    many = queries()

    assert few == many
    assert many <= most


def test_words_of_a_ladder_are_shown_as_text(client: Client, maya: Engineer) -> None:
    publish(changed(("text: Writes tests.", "text: '<script>alert(1)</script>'")))

    pages = client.get("/ladders/small/").text + client.get("/ladders/small/levels/A1/").text

    assert "<script>alert" not in pages
    assert pages.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 2


# --- one's own levels ---------------------------------------------------------------------------


def answers(**said: Any) -> dict[str, Any]:
    first, second = Level.objects.order_by("code")
    return {
        "level": first.pk,
        "since_on": "2024-03-01",
        "employer": "Acme",
        "target": second.pk,
    } | said


def test_first_answers_are_saved_and_lead_home(client: Client, maya: Engineer) -> None:
    publish()

    response = client.post("/ladders/mine/", answers())

    assert (response.status_code, response.headers["Location"]) == (302, reverse("home"))
    assert maya.placements.get().employer == "Acme"
    assert Target.objects.get().level.code == "A2"


def test_later_answers_lead_back_to_the_page(client: Client, maya: Engineer) -> None:
    publish()
    client.post("/ladders/mine/", answers())

    response = client.post(
        "/ladders/mine/", answers(level=Level.objects.get(code="A2").pk, since_on="2026-01-01")
    )

    assert response.headers["Location"] == "/ladders/mine/"
    assert maya.placements.count() == 2
    text = text_of(client.get("/ladders/mine/"))
    assert text.index("since 1 Jan 2026") < text.index("since 1 Mar 2024")


def test_level_page_leads_to_aiming_for_it_and_then_to_what_is_proven(
    client: Client, maya: Engineer
) -> None:
    publish()
    client.post("/ladders/mine/", answers(target=""))
    level = Level.objects.get(code="A2")
    address = f"/ladders/mine/?target={level.pk}"

    before = client.get("/ladders/small/levels/A2/").text
    offered = client.get(address).text
    client.post("/ladders/mine/", answers())
    after = client.get("/ladders/small/levels/A2/").text

    assert (f'href="{address}"' in before, f'href="{address}"' in after) == (True, False)
    assert f'<option value="{level.pk}" selected>' in offered
    assert 'href="/coverage/">What your journal proves of A2+<' in after


def test_wish_for_a_level_that_is_none_is_passed_over(client: Client, maya: Engineer) -> None:
    publish()

    assert client.get("/ladders/mine/?target=999999999999999999999").status_code == 200


def test_ladders_of_ones_own_levels_come_first(client: Client, maya: Engineer) -> None:
    publish()
    publish(changed(("slug: small", "slug: other"), ("name: Small ladder", "name: A ladder")))
    PlacementFactory.create(engineer=maya, level=Level.objects.get(ladder__slug="small", code="A1"))

    names = re.findall(r'<a href="/ladders/(small|other)/">', client.get("/ladders/").text)

    assert names == ["small", "other"]


def test_level_that_takes_the_place_of_another_of_its_day_says_so(
    client: Client, maya: Engineer
) -> None:
    publish()
    client.post("/ladders/mine/", answers())

    response = client.post(
        "/ladders/mine/", answers(level=Level.objects.get(code="A2").pk), follow=True
    )

    assert "Saved. A1, Beginner, held since 2024-03-01, was replaced;" in text_of(response)
    assert maya.placements.get().level.code == "A2"


def test_level_saved_with_an_earlier_day_than_the_newest_says_which_one_counts(
    client: Client, maya: Engineer
) -> None:
    publish()
    client.post("/ladders/mine/", answers(level=Level.objects.get(code="A2").pk))

    response = client.post("/ladders/mine/", answers(since_on="2020-01-01"), follow=True)

    assert (
        "Saved to your history. A2+, Expert is held since 2024-03-01, which is later: it is the "
        "one that counts."
    ) in text_of(response)


def test_level_without_criteria_names_neither_those_nor_projects(
    client: Client, maya: Engineer
) -> None:
    ladder = publish().ladder
    ladder.criteria.filter(level__code="A2").update(is_retired=True)

    text = text_of(client.get("/ladders/small/levels/A2/"))

    assert "This level has no criteria. What would count as evidence of A2+" in text
    assert "This ladder names no projects at this level either." in text
    assert "whatever shows one of the criteria" not in text


def test_archetypes_of_the_ladder_as_a_whole_lead_to_no_page_of_them(
    client: Client, maya: Engineer
) -> None:
    publish(changed(("kind: principle, title: Fair", "kind: archetype, title: Fair")))

    assert "/archetypes/" not in client.get("/ladders/small/").text


def test_other_title_without_a_title_is_told_by_its_text(client: Client, maya: Engineer) -> None:
    publish(changed(("kind: project, text: Mend a defect.", "kind: title, text: Baker")))

    assert "Also called Baker" in text_of(client.get("/ladders/small/levels/A1/"))


def test_other_ladders_at_a_rank_are_others_and_say_something_else(
    client: Client, maya: Engineer
) -> None:
    twice = ("rank: senior\n", "rank: junior\n        guidance: [{kind: project, text: Mine.}]\n")
    publish(changed(twice))
    publish(changed(("slug: small", "slug: copy"), twice), owner=maya)

    text = text_of(client.get("/ladders/small/levels/A1/"))

    assert text.count("Mend a defect.") == 1
    assert "A2+ Expert, copy" not in text
    assert text.count("Mine.") == 1  # of the copy's other level


def test_bad_answers_come_back_with_a_sentence_and_what_was_typed(
    client: Client, maya: Engineer
) -> None:
    publish()

    response = client.post("/ladders/mine/", answers(since_on="soon", employer="Acme & Sons"))

    assert response.status_code == 422
    assert "Write a date as in 2024-03-01." in text_of(response)
    assert 'value="Acme &amp; Sons"' in response.text
    assert not maya.placements.exists()


def test_empty_post_asks_for_what_is_missing(client: Client, maya: Engineer) -> None:
    publish()

    response = client.post("/ladders/mine/")

    assert response.status_code == 422
    assert "Choose the level you hold" in text_of(response)


def test_page_of_ones_levels_without_a_ladder_teaches(client: Client, maya: Engineer) -> None:
    response = client.get("/ladders/mine/")

    assert "There is no ladder yet" in text_of(response)
    assert 'name="level"' not in response.text


def test_placement_can_be_removed_from_the_history(client: Client, maya: Engineer) -> None:
    kept = PlacementFactory.create(engineer=maya, since_on="2021-09-01")
    removed = PlacementFactory.create(engineer=maya, since_on="2024-03-01")

    response = client.post(f"/ladders/mine/{removed.pk}/delete/", follow=True)

    assert list(maya.placements.newest_first()) == [kept]
    assert f"Removed {removed.level.label} since 2024-03-01" in text_of(response)


def test_placement_of_somebody_else_is_not_found_and_stays(client: Client, maya: Engineer) -> None:
    placement = PlacementFactory.create()

    response = client.post(f"/ladders/mine/{placement.pk}/delete/")

    assert response.status_code == 404
    assert placement.engineer.placements.get() == placement


@pytest.mark.parametrize("pk", ["0", "9" * 30, "9" * 5_000, "x", "-1"])
def test_placement_that_is_none_is_not_found(client: Client, maya: Engineer, pk: str) -> None:
    assert client.post(f"/ladders/mine/{pk}/delete/").status_code == 404


def test_placement_is_not_removed_by_looking(client: Client, maya: Engineer) -> None:
    placement = PlacementFactory.create(engineer=maya)

    assert client.get(f"/ladders/mine/{placement.pk}/delete/").status_code == 405
    assert maya.placements.exists()


def test_ladder_called_mine_cannot_take_the_address(client: Client, maya: Engineer) -> None:
    publish()

    assert "Your levels" in text_of(client.get("/ladders/mine/"))
    assert not Ladder.objects.filter(slug="mine").exists()


def test_level_detail_lists_other_titles_and_keeps_pay_to_itself(
    client: Client, maya: Engineer
) -> None:
    call_command("load_ladders", verbosity=0)

    response = client.get("/ladders/devops/levels/3/")

    assert "Senior Platform Engineer, Senior SRE, DevOps Engineer III" in text_of(response)
    assert "$" not in text_of(response)
