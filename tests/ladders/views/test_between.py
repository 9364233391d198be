"""The pages of what lies between levels."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.ladders.models import Level
from tests.factories import EngineerFactory, PlacementFactory, TargetFactory
from tests.ladders.pages import ladder_pages
from tests.ladders.small import changed, many_criteria, publish
from tests.web.reading import text_of

if TYPE_CHECKING:
    from django.test import Client

    from careers.people.models import Engineer

pytestmark = pytest.mark.django_db

MOST_QUERIES = 7  # of a page, the session, the person and the ladder included

FORKED = changed(
    (
        "transitions:\n",
        """\
  - key: manager
    name: Manager
    dimensions:
      - {key: craft, name: Craft}
    levels:
      - code: M1
        label: M1
        title: Manager
        criteria:
          - {key: plans, dimension: craft, text: Plans systems.}
        guidance:
          - {kind: archetype, title: Coach, text: Helps others on.}
transitions:
  - {from: A1, to: M1}
""",
    ),
    (
        "          - {kind: project, text: Mend a defect.}\n",
        """\
          - {kind: project, text: Mend a defect.}
          - {kind: held-back, text: Waits to be asked.}
          - {kind: skill, title: "Towards expert: depth", text: Read the source.}
          - {kind: skill, title: "Towards manager: people", text: Hold one-on-ones.}
          - {kind: anti-pattern, title: Lone wolf, text: "The antidote: pair."}
          - {kind: fork-pro, title: Towards M1, text: You help people.}
          - {kind: fork-con, title: Towards M1, text: You code less.}
          - {kind: fork-experiment, title: Shadow, text: Go along for a week.}
""",
    ),
)
FORKED += """\
  - {kind: fork, title: How to choose, text: What gives you strength?}
  - {kind: fork-time, title: Coding, text: "A2: 60%"}
  - {kind: fork-time, title: Coding, text: "M1: 5%"}
  - {kind: comparison, title: Lever, text: no columns here}
  - {kind: lateral, title: "From M1 to A1: how it goes", text: Slowly.}
"""

# --- the diff -----------------------------------------------------------------------------------


def test_diff_shows_what_is_new_changed_kept_and_gone(client: Client, maya: Engineer) -> None:
    expected = ["Writes tests that last.", "Chooses.", "Looks after the rest."]
    lines = [
        f"          - {{key: k{n}, dimension: craft, text: {text}}}\n"
        for n, text in enumerate(expected)
    ]
    lines.append(
        "          - {key: asks2, dimension: people, text: Asks early., lamps: [recent]}\n"
    )
    designs = "          - {key: designs, dimension: craft, text: Designs systems.}\n"
    publish(changed((designs, "".join(lines))))

    response = client.get("/ladders/small/diff/?from=A1&to=A2")

    text = text_of(response)
    assert "A1 beside A2+ 3 new 1 changed 1 kept 0 said at A1 only" in text
    assert "New at A2+ Chooses. Looks after the rest." in text
    assert "The same at both Asks early." in text
    assert "Writes tests <ins>that last.</ins>" in response.text


def test_diff_says_on_both_sides_what_is_optional_and_what_else_is_asked_for(
    client: Client, maya: Engineer
) -> None:
    publish(
        changed(
            ("text: Writes tests., lamps: [recent]", "text: Writes tests., required: false"),
            ("text: Designs systems.", "text: Writes tests."),
        )
    )

    text = text_of(client.get("/ladders/small/diff/?from=A1&to=A2"))

    assert "A1 Writes tests. Optional. A2+ Writes tests. Also asked for: led" in text


def test_diff_across_tracks_names_each_heading_once(client: Client, maya: Engineer) -> None:
    levels = "name: Craft}\n    levels:\n      - code: M1"
    publish(FORKED.replace(levels, levels.replace("Craft", "Craft of managers")))

    text = client.get("/ladders/small/diff/?from=A2&to=M1").text

    assert len(re.findall(r'aria-labelledby="dimension-', text)) == 3
    ids = re.findall(r' id="([^"]*)"', text)
    assert sorted({*ids}) == sorted(ids)


def test_diff_that_leads_nowhere_has_no_empty_list_of_links(client: Client, maya: Engineer) -> None:
    publish()

    assert "neighbours" not in client.get("/ladders/small/diff/?from=A2&to=A1").text


def test_diff_without_levels_compares_what_one_holds_with_what_one_aims_for(
    client: Client, maya: Engineer
) -> None:
    publish(many_criteria(4, 1))
    held, aimed = Level.objects.get(code="A1"), Level.objects.get(code="A3")
    PlacementFactory.create(engineer=maya, level=held)
    TargetFactory.create(engineer=maya, level=aimed)

    assert "A1 beside A3" in text_of(client.get("/ladders/large/diff/"))


@pytest.mark.parametrize(
    ("held", "aimed", "heading"),
    [
        (None, None, "A0 beside A1"),
        ("A2", None, "A2 beside A3"),
        (None, "A2", "A1 beside A2"),
        ("A2", "A2", "A2 beside A3"),
        ("A3", None, "A2 beside A3"),
        (None, "A0", "A0 beside A1"),
    ],
)
def test_diff_takes_the_neighbour_of_the_level_one_has_named(
    client: Client, maya: Engineer, held: str | None, aimed: str | None, heading: str
) -> None:
    publish(many_criteria(4, 1))
    if held:
        PlacementFactory.create(engineer=maya, level=Level.objects.get(code=held))
    if aimed:
        TargetFactory.create(engineer=maya, level=Level.objects.get(code=aimed))

    assert heading in text_of(client.get("/ladders/large/diff/"))


@pytest.mark.parametrize(
    ("query", "heading"),
    [
        ("to=A0", "A1 beside A0"),
        ("to=A2", "A1 beside A2"),
        ("from=A2", "A2 beside A3"),
        ("from=A3", "A3 beside A2"),
    ],
)
def test_diff_of_one_level_takes_a_neighbour_of_it(
    client: Client, maya: Engineer, query: str, heading: str
) -> None:
    publish(many_criteria(4, 1))

    assert heading in text_of(client.get(f"/ladders/large/diff/?{query}"))


def test_diff_of_tracks_of_one_level_takes_the_first_two(client: Client, maya: Engineer) -> None:
    one = many_criteria(1, 1)
    other = one.partition("tracks:\n")[2].replace("ic", "lead").replace("A0", "B0")
    publish(f"{one}\n{other.replace('a0-0', 'b0-0')}")

    response = client.get("/ladders/large/diff/")

    assert (response.status_code, "A0 beside B0" in text_of(response)) == (200, True)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=A1&to=B9", "There is no level “B9” in this ladder; choose another."),
        ("from=A1&to=A1", "This is one level; choose two that differ."),
        ("from=%3Cb%3E&to=A1", "There is no level “<b>” in this ladder; choose another."),
    ],
)
def test_diff_of_what_is_no_pair_says_so_and_lets_one_choose(
    client: Client, maya: Engineer, query: str, sentence: str
) -> None:
    publish()

    response = client.get(f"/ladders/small/diff/?{query}")

    assert response.status_code == 422
    assert sentence.replace("<", "&lt;").replace(">", "&gt;") in response.text
    assert response.text.count("<select") == 2


def test_diff_of_a_ladder_with_one_level_says_that_there_is_nothing_to_compare(
    client: Client, maya: Engineer
) -> None:
    publish(many_criteria(1, 1))

    response = client.get("/ladders/large/diff/")

    assert response.status_code == 200
    assert "This ladder has one level" in text_of(response)
    assert "<select" not in response.text


def test_diff_asked_of_the_only_level_is_answered(client: Client, maya: Engineer) -> None:
    publish(many_criteria(1, 1))

    response = client.get("/ladders/large/diff/?to=A0")

    assert (response.status_code, "nothing to compare" in text_of(response)) == (200, True)


def test_diff_leads_to_the_coverage_of_the_level_aimed_for_alone(
    client: Client, maya: Engineer
) -> None:
    publish()
    address = "/ladders/small/diff/?from=A1&to=A2"
    assert "What your journal proves" not in text_of(client.get(address))

    TargetFactory.create(engineer=maya, level=Level.objects.get(code="A2"))

    assert '<a href="/coverage/">What your journal proves of A2+</a>' in client.get(address).text


def test_diff_leads_to_the_step_where_there_is_one(client: Client, maya: Engineer) -> None:
    publish()

    there = client.get("/ladders/small/diff/?from=A1&to=A2").text
    back = client.get("/ladders/small/diff/?from=A2&to=A1").text

    assert 'href="/ladders/small/transitions/A1/A2/"' in there
    assert "/transitions/" not in back


# --- a step -------------------------------------------------------------------------------------


def test_step_tells_its_conditions_time_hindrances_and_evidence(
    client: Client, maya: Engineer
) -> None:
    publish(FORKED)

    text = text_of(client.get("/ladders/small/transitions/A1/A2/"))

    assert "From A1 to A2+ Beginner → to Expert" in text
    assert "usually after 2–3 years at A1; for information, not a condition" in text
    assert "What it takes Delivers alone." in text
    assert "What holds people back Waits to be asked." in text
    assert "Lone wolf The antidote Pair." in text
    assert "What would count as evidence of A2+" in text
    assert "Or from A1 to M1, Manager" in text


def test_step_leaves_out_what_leads_another_way(client: Client, maya: Engineer) -> None:
    publish(FORKED)

    pages = [client.get(f"/ladders/small/transitions/A1/{code}/").text for code in ("A2", "M1")]

    assert ["Read the source." in page for page in pages] == [True, False]
    assert ["Hold one-on-ones." in page for page in pages] == [False, True]


def test_step_keeps_what_is_towards_no_level(client: Client, maya: Engineer) -> None:
    publish(changed(("project, text: Mend a defect.", "change, title: Towards calm, text: Rest.")))

    text = text_of(client.get("/ladders/small/transitions/A1/A2/"))

    assert "Towards calm Rest." in text


def test_step_to_another_track_says_so(client: Client, maya: Engineer) -> None:
    publish(FORKED)

    text = text_of(client.get("/ladders/small/transitions/A1/M1/"))

    assert "a change of track, to Manager" in text
    assert "names no condition for this step beyond what M1 asks" in text


def test_step_of_which_nothing_is_told_in_a_line_has_no_empty_one(
    client: Client, maya: Engineer
) -> None:
    publish(changed(("    months: [24, 36]\n", "")))

    page = client.get("/ladders/small/transitions/A1/A2/").text
    assert 'class="facts"' not in page

    PlacementFactory.create(engineer=maya, level=Level.objects.get(code="A1"))
    assert "you hold A1" in text_of(client.get("/ladders/small/transitions/A1/A2/"))


def test_habits_are_told_by_their_labels_only_where_each_has_one(
    client: Client, maya: Engineer
) -> None:
    labelled = 'text: "The antidote: pair."}\n'
    habit = "          - {kind: anti-pattern, title: Lone wolf, text: Works alone.}\n"
    address = "/ladders/small/transitions/A1/A2/"
    publish(FORKED)
    assert "<dt>The antidote</dt>" in client.get(address).text

    publish(FORKED.replace(labelled, labelled + habit))

    page = client.get(address)
    assert 'class="labelled"' not in page.text
    assert "Lone wolf The antidote: pair. Works alone." in text_of(page)


def test_step_that_goes_both_ways_leads_back(client: Client, maya: Engineer) -> None:
    publish(
        FORKED.replace(
            "  - {from: A1, to: M1}\n", "  - {from: A1, to: M1}\n  - {from: M1, to: A1}\n"
        )
    )

    response = client.get("/ladders/small/transitions/M1/A1/")

    assert "The way back, from A1 to M1" in text_of(response)


@pytest.mark.parametrize("ends", ["A2/A1", "A1/A1", "A1/B9", "a1/a2"])
def test_step_that_the_ladder_does_not_know_is_not_found(
    client: Client, maya: Engineer, ends: str
) -> None:
    publish()

    assert client.get(f"/ladders/small/transitions/{ends}/").status_code == 404


# --- the fork, the archetypes -------------------------------------------------------------------


def test_fork_shows_choices_questions_time_sides_experiments_and_moves(
    client: Client, maya: Engineer
) -> None:
    publish(FORKED)

    response = client.get("/ladders/small/fork/")

    text = text_of(response)
    assert "From A1, Beginner A2+ Expert" in text
    assert "How to choose What gives you strength?" in text
    assert re.findall(r'scope="col">([^<]*)<', response.text) == ["A2", "M1"]
    assert "Coding A2 60% M1 5%" in text
    assert "Towards M1 What speaks for it You help people. What speaks against it You code" in text
    assert "Shadow Go along for a week." in text
    assert "Lever no columns here" in text
    assert "From M1 to A1 How it goes Slowly." in text


def test_ladder_without_a_fork_says_so_and_does_not_lead_there(
    client: Client, maya: Engineer
) -> None:
    publish()

    assert "says nothing of a choice between tracks" in text_of(client.get("/ladders/small/fork/"))
    assert "/fork/" not in client.get("/ladders/small/").text


def test_ladder_whose_steps_part_leads_to_the_fork(client: Client, maya: Engineer) -> None:
    tracks = FORKED.partition("transitions:\n")[0].replace("fork-", "own-")
    publish(f"{tracks}transitions:\n  - {{from: A1, to: A2}}\n  - {{from: A1, to: M1}}\n")

    assert 'href="/ladders/small/fork/"' in client.get("/ladders/small/").text
    assert "From A1, Beginner A2+ Expert" in text_of(client.get("/ladders/small/fork/"))


def test_ladder_and_level_lead_to_the_fork_instead_of_repeating_it(
    client: Client, maya: Engineer
) -> None:
    publish(FORKED)

    pages = [client.get("/ladders/small/"), client.get("/ladders/small/levels/A1/")]

    assert ['href="/ladders/small/fork/"' in page.text for page in pages] == [True, True]
    assert ["You help people." in page.text for page in pages] == [False, False]


def test_archetypes_stand_under_their_level(client: Client, maya: Engineer) -> None:
    publish(FORKED)

    text = text_of(client.get("/ladders/small/archetypes/"))

    assert "M1 Manager Coach Helps others on. What would count as evidence of M1" in text
    assert "A1 Beginner" not in text


def test_ladder_without_archetypes_says_so_and_does_not_lead_there(
    client: Client, maya: Engineer
) -> None:
    publish()

    assert "names no archetypes" in text_of(client.get("/ladders/small/archetypes/"))
    assert "/archetypes/" not in client.get("/ladders/small/").text


# --- what would count ---------------------------------------------------------------------------


def test_level_shows_what_other_ladders_name_at_its_rank(client: Client, maya: Engineer) -> None:
    publish()
    publish(
        changed(
            ("slug: small", "slug: other"),
            ("name: Small ladder", "name: Other ladder"),
            ("text: Mend a defect.", "text: Retire a server."),
        )
    )

    text = text_of(client.get("/ladders/small/levels/A1/"))

    assert "Typical projects Mend a defect." in text
    assert "Typical projects · A1 Beginner , Other ladder Retire a server." in text


def test_step_shows_what_other_ladders_say_holds_people_back(
    client: Client, maya: Engineer
) -> None:
    publish()
    publish(FORKED.replace("slug: small", "slug: other").replace("Small ladder", "Other ladder"))

    text = text_of(client.get("/ladders/small/transitions/A1/A2/"))

    assert "What holds people back · A1 Beginner , Other ladder Waits to be asked." in text


def test_fork_leads_to_what_other_ladders_say_of_it(client: Client, maya: Engineer) -> None:
    publish(FORKED)
    others = [("other", None), ("hidden", EngineerFactory.create())]
    for slug, owner in others:
        publish(FORKED.replace("slug: small", f"slug: {slug}"), owner=owner)
    publish(changed(("slug: small", "slug: silent")))

    links = re.findall(r'href="/ladders/(\w+)/fork/"', client.get("/ladders/small/fork/").text)

    assert links == ["other"]


def test_level_shows_nothing_of_private_ladders_of_others(client: Client, maya: Engineer) -> None:
    publish()
    other = changed(("slug: small", "slug: other"), ("Mend a defect.", "Retire a plover."))
    publish(other, owner=EngineerFactory.create())

    pages = [
        client.get(f"/ladders/small/{path}")
        for path in ("levels/A1/", "diff/?from=A2&to=A1", "transitions/A1/A2/")
    ]

    assert ["plover" in page.text for page in pages] == [False] * 3


def test_level_without_a_rank_is_like_no_other(client: Client, maya: Engineer) -> None:
    no_rank = ("        rank: junior\n", "")
    publish(changed(no_rank))
    publish(changed(no_rank, ("slug: small", "slug: other"), ("Mend a defect.", "Retire it.")))

    assert "Retire it." not in client.get("/ladders/small/levels/A1/").text


# --- all of them --------------------------------------------------------------------------------

PATHS = [
    "small/diff/?from=A1&to=A2",
    "small/transitions/A1/A2/",
    "small/fork/",
    "small/archetypes/",
]


@pytest.mark.parametrize("path", PATHS)
def test_pages_of_a_private_ladder_are_for_its_owner_alone(
    client: Client, maya: Engineer, path: str
) -> None:
    publish(FORKED, owner=maya)
    assert client.get(f"/ladders/{path}").status_code == 200

    client.force_login(EngineerFactory.create())

    assert client.get(f"/ladders/{path}").status_code == 404


@pytest.mark.parametrize("path", PATHS)
def test_pages_take_no_post(client: Client, maya: Engineer, path: str) -> None:
    publish(FORKED)

    assert client.post(f"/ladders/{path}").status_code == 405


@pytest.mark.parametrize("path", PATHS)
def test_words_of_the_ladder_are_shown_as_text(client: Client, maya: Engineer, path: str) -> None:
    bad = "<script>alert(1)</script>"
    publish(
        FORKED.replace("title: Beginner", f"title: '{bad}'")
        .replace("title: Expert", f"title: '{bad}'")
        .replace("title: Manager", f"title: '{bad}'")
    )

    text = client.get(f"/ladders/{path}").text

    assert bad not in text
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize(
    "path", ["diff/?from=A1&to=A2", "transitions/A1/A2/", "fork/", "archetypes/"]
)
def test_pages_take_few_queries_however_large_the_ladder(
    client: Client, maya: Engineer, path: str
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/ladders/large/{path}").status_code == 200
        return len(captured)

    step = "\ntransitions:\n  - {from: A1, to: A2}\n"
    publish(many_criteria(3, 1) + step)
    few = queries()
    publish(many_criteria(12, 60) + step)
    many = queries()

    assert few == many
    assert many <= MOST_QUERIES


def test_every_page_of_every_builtin_ladder_opens(client: Client, maya: Engineer) -> None:
    call_command("load_ladders", verbosity=0)

    pages = ladder_pages(client)

    assert len([address for address in pages if "/transitions/" in address]) == 31
    assert len([address for address in pages if "/levels/" in address]) == 34
    assert {address for address in pages if address.endswith(("/fork/", "/archetypes/"))} == {
        "/ladders/demands/archetypes/",
        "/ladders/demands/fork/",
        "/ladders/devops/fork/",
        "/ladders/growth-map/archetypes/",
        "/ladders/growth-map/fork/",
        "/ladders/infrastructure/archetypes/",
        "/ladders/infrastructure/fork/",
    }


def test_every_page_of_every_builtin_ladder_has_its_headings_in_order_and_each_id_once(
    client: Client, maya: Engineer
) -> None:
    call_command("load_ladders", verbosity=0)

    wrong = {}
    for address, text in ladder_pages(client).items():
        heights = [int(height) for height in re.findall(r"<h([1-6])\b", text)]
        ids = re.findall(r' id="([^"]*)"', text)
        skipped = [pair for pair in pairwise(heights) if pair[1] > pair[0] + 1]
        wrong[address] = (skipped, sorted({one for one in ids if ids.count(one) > 1}))

    assert {address: found for address, found in wrong.items() if found != ([], [])} == {}
