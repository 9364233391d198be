"""Whatever is sent, the answer is a sentence and what was refused leaves no row behind.

Forms are found on the pages, as a browser finds them: a new field is tried without a line here.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT

from tests.addresses import ADDRESSES, OURS, Who
from tests.corpus import ANYTHING, DATES, HIDDEN, KEYS, NAUGHTY, NOT_UTF8, NUMBERS, SURROGATE
from tests.crawler import Field, Form, crawl, read
from tests.factories import PASSWORD
from tests.ladders.small import changed
from tests.world import CREDENTIAL, NOON, World, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON, tick=False)]

TAKEN = {200, 204, 302}
REFUSED = {400, 403, 404, 409, 413, 422, 429}
ANSWERED = TAKEN | REFUSED | {405}
HTMX = {"HX-Request": "true"}
URLENCODED = "application/x-www-form-urlencoded"
# What a form wants to read, where what stands on the page would not do.
RIGHT = {
    "oldpassword": PASSWORD,
    "old_password": PASSWORD,
    "password": PASSWORD,
    "login": "sam@example.com",
    "password1": "another-friday-2",
    "password2": "another-friday-2",
    "new_password1": "another-friday-2",
    "new_password2": "another-friday-2",
    "email": "new@example.com",
    "quiet": "1",
    "hash": "0" * 64,
    "year": "2026",
    "document": changed(("slug: small", "slug: tried")),
}
FILLED = {"date": "2026-11-20", "number": "1"}
# Where our pages, the administration's, allauth's answers to scripts and its one other page say so.
SENTENCE = re.compile(r'role="alert"|class="error|"errors": \["|Bad Token')
UNTRIED = ("_", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
UNWATCHED = {"django_session", "cache"}  # who is signed in, and how often somebody tried


@pytest.fixture
def world() -> World:
    return World()


@dataclass
class Writes:
    """The tables in which a row was made, changed or deleted."""

    tables: list[str] = field(default_factory=list)

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        result = execute(sql, *rest)
        write = re.match(r'(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)', sql)
        if write and write[1] not in UNWATCHED and rest[-1]["cursor"].rowcount:
            self.tables.append(write[1])
        return result


def ask(
    client: Client, method: str, path: str, statuses: set[int] | None = None, **request: Any
) -> tuple[Any, list[str]]:
    """The answer and what is wrong with it; what the request did is undone."""
    cookies = dict(client.cookies)
    writes = Writes()
    with transaction.atomic():
        with connection.execute_wrapper(writes):
            answer = client.generic(method, path, **request)
        wrong = list(faults(answer, writes, statuses or TAKEN | REFUSED))
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.update(cookies)
    return answer, wrong


def try_out(
    client: Client, method: str, path: str, *statuses: set[int] | None, **request: Any
) -> list[str]:
    return ask(client, method, path, *statuses, **request)[1]


def faults(answer: Any, writes: Writes, statuses: set[int]) -> Iterator[str]:
    if answer.status_code not in statuses:
        error = getattr(answer, "exc_info", None)
        yield f"{answer.status_code} {error[1] if error else ''}"
    elif answer.status_code in REFUSED:
        if writes.tables:
            yield f"{answer.status_code} and yet written: {writes.tables}"
        shown = re.sub("<template.*?</template>", "", answer.text, flags=re.DOTALL)
        is_page = answer.status_code not in {409, 422} and re.search(r"<h1>.+</h1>\s*<p>", shown)
        if not is_page and not SENTENCE.search(shown):
            yield f"{answer.status_code} without a sentence"


# --- forms as they stand on the pages -----------------------------------------------------------


def forms_for(client: Client, *starts: str, **request: Any) -> list[Form]:
    """The forms that `client` meets from there on."""
    pages = crawl(client, *starts, **request)
    return [form for address, page in pages.items() for form in read(address, page).forms]


def forms_of_maya(world: World, client: Client) -> list[Form]:
    """All that a browser meets, and the one that htmx puts in the place of an entry."""
    in_place = f"/journal/entries/{world.entry.pk}/edit/"
    starts = [address.path(world) for address in ADDRESSES if address.get]
    return [
        *forms_for(client, "/", "/journal/tray/?tab=dismissed", *starts),
        *read(in_place, client.get(in_place, headers=HTMX)).forms,
    ]


def without_numbers(name: str) -> str:
    return re.sub(r"\d+", "N", name)


def filled(form: Form) -> dict[str, list[str]]:
    """What is sent when every field of `form` holds something that can be meant."""
    data = form.data()
    for each in form.fields:
        if each.name in RIGHT:
            data[each.name] = [RIGHT[each.name]]
        elif each.name == "entry":
            data[each.name] = each.choices or [each.value or ""]
        elif re.search(r"-[1-9]\d*-", each.name):
            pass  # one row of many is enough
        elif each.kind == "select":
            data[each.name] = [next(filter(None, [each.value, *each.choices]), "")]
        elif not each.value and each.kind not in {"hidden", "submit", "checkbox", "radio"}:
            data[each.name] = [FILLED.get(each.kind) or "https://a.example/"]
    return data


def bad_values(each: Field) -> dict[str, list[str]]:
    """By what the field seems to want, on top of what goes into every field."""
    values = dict(ANYTHING)
    if each.kind == "date":
        values |= DATES
    elif each.kind == "number":
        values |= NUMBERS
    elif any(choice.isdecimal() for choice in [*each.choices, each.value or ""]):
        values |= {what: NUMBERS[what] for what in ("2**63", "5,000 digits", "a superscript")}
    elif each.kind == "hidden":
        values |= HIDDEN
    lists = {what: [value] for what, value in values.items()}
    return lists | {"missing": [], "twice": ["1", "1"]}


def send(client: Client, form: Form, data: dict[str, list[str]]) -> tuple[Any, list[str]]:
    body = urlencode(data, doseq=True)
    if form.method == "GET":
        return ask(client, "GET", f"{urlsplit(form.action).path}?{body}")
    return ask(client, "POST", form.action, data=body, content_type=URLENCODED)


def try_form(client: Client, form: Form, fields: list[Field]) -> Iterator[str]:
    """What is wrong with the answers to every bad value of every field.

    First all that can be seen at once, each with another of its bad values in each turn. What the
    page then marks as wrong was refused for its own sake; everything else is sent alone.
    """
    data = filled(form)
    bad = {each.name: bad_values(each) for each in fields}
    refused = set()
    seen = {each.name: list(bad[each.name]) for each in fields if each.kind != "hidden"}
    for turn in range(max(map(len, seen.values()), default=0)):
        chosen = {
            name: whats[(turn + n) % len(whats)] for n, (name, whats) in enumerate(seen.items())
        }
        answer, wrong = send(client, form, data | {n: bad[n][what] for n, what in chosen.items()})
        marked = re.findall(r'name="([^"]+)"[^>]*aria-invalid="true"', answer.text)
        refused |= {(name, chosen[name]) for name in marked if name in chosen}
        yield from (f"turn {turn}: {fault}" for fault in wrong)
    for name, values in bad.items():
        for what, value in values.items():
            if (name, what) not in refused:
                wrong = send(client, form, data | {name: value})[1]
                yield from (f"{name} = {what}: {fault}" for fault in wrong)


def try_forms(client: Client, forms: list[Form]) -> tuple[list[str], set[str]]:
    """What is wrong with the answers; and where not even a form with nothing bad in it is taken.

    A field is tried once, on whichever page it is met first; of the fields with which Django counts
    the rows of a form, those of one form. Those that begin with _ are the administration's own, and
    what MIN_NUM_FORMS and MAX_NUM_FORMS say is believed by nobody.
    """
    wrong, refused = [], set()
    seen: set[tuple[str, str, str]] = set()
    for form in forms:
        where = without_numbers(urlsplit(form.action).path)
        fields = []
        for each in form.fields:
            name = re.sub(r"^.*-(\w+_FORMS)$", r"\1", without_numbers(each.name))
            if (form.method, where, name) not in seen and not name.startswith(UNTRIED):
                seen.add((form.method, where, name))
                fields.append(each)
        if fields:
            wrong += [f"{form.method} {where} {fault}" for fault in try_form(client, form, fields)]
            if send(client, form, filled(form))[0].status_code in REFUSED:
                refused.add(where)
    return wrong, refused


def test_every_field_of_mayas_forms_takes_anything(world: World) -> None:
    client = sign_in(world.maya)
    forms = forms_of_maya(world, client)
    met = {without_numbers(form.action) for form in forms}
    apart = {"account_login", "account_reset_password", "set_up", "demo_sign_in", "home"}
    apart |= {"sharing:shared_snapshot", "sharing:nothing_here"}
    apart.add("journal:entry_own_project")  # no page leads there: the entry's own form does it too
    apart.add("packets:draft_restore")  # stands on a page once there are two versions
    apart.add("ladders:ladder_delete")  # has a form once nothing rests on the ladder
    apart.add("journal:evidence_carry")  # has one once a ladder asks the same as another
    apart.add("journal:candidate_tag")  # stands where a word suggests a criterion

    wrong, refused = try_forms(client, forms)

    assert wrong == []
    assert refused == {
        "/accounts/Nfa/totp/activate/",
        "/accounts/Nfa/webauthn/add/",
        "/journal/tray/bulk/",  # of one alone none can be made
        "/verify/",
    }
    assert {a.name for a in OURS if a.post and without_numbers(a.path(world)) not in met} == apart


def test_every_field_of_the_first_questions_takes_anything(world: World) -> None:
    client = sign_in(world.tomas)
    questions = [form for form in forms_for(client, "/") if form.action == "/"][:1]

    assert len(questions) == 1
    assert try_forms(client, questions) == ([], set())


def test_every_field_of_the_administration_takes_anything(world: World) -> None:
    client = sign_in(world.admin)
    starts = [address.path(world) for address in ADDRESSES if address.who is Who.STAFF]
    forms = [form for form in forms_for(client, *starts) if form.action.startswith("/admin/")]

    wrong, refused = try_forms(client, forms)

    assert wrong == []
    assert refused == {"/admin/ladders/ladder/N/change/"}  # to be read, not to be changed


def test_every_field_of_the_ways_in_takes_anything(world: World, settings: Any) -> None:
    settings.CAN_SEND_MAIL = settings.IS_DEMO = True
    client = sign_in()
    starts = [address.path(world) for address in ADDRESSES if address.who is Who.PUBLIC]
    forms = forms_for(client, *starts)

    wrong, refused = try_forms(client, forms)

    assert wrong == []
    assert {form.action for form in forms} >= {
        "/accounts/login/",
        "/accounts/demo/",
        "/accounts/password/reset/",
        "/accounts/2fa/webauthn/login/",
    }
    assert refused == {"/verify/"}


def test_every_field_of_the_second_step_takes_anything(world: World) -> None:
    client = sign_in()
    client.post("/accounts/login/", {"login": "maya@example.com", "password": PASSWORD})
    forms = forms_for(client, "/accounts/2fa/authenticate/")

    wrong, _refused = try_forms(client, forms)

    assert wrong == []
    assert "/accounts/2fa/authenticate/" in {form.action for form in forms}


def test_every_field_of_the_first_account_takes_anything() -> None:
    client = sign_in()
    forms = forms_for(client, "/accounts/set-up/")

    wrong, refused = try_forms(client, forms)

    assert wrong == []
    assert refused == {"/accounts/set-up/"}  # for want of the code


# --- what stands behind a question mark ---------------------------------------------------------


def test_every_parameter_of_every_page_takes_anything(world: World) -> None:
    """Those of forms are tried above; here those of links, and each where nobody expects it."""
    client = sign_in(world.maya)
    names = [
        "before",
        "from",
        "next",
        "o",
        "p",
        "packet",
        "project",
        "q",
        "saved",
        "since",
        "write",
    ]
    project = f"/journal/projects/{world.project.pk}/"
    cursors = ["2026-11-20.1", f"2026-11-20.{'9' * 30}", "2026-02-30.1", "0001-01-01.1", "٢.٢"]
    tries = {
        ("/journal/", "before"): cursors,
        (project, "before"): cursors,
        ("/coverage/", "packet"): NUMBERS.values(),
        ("/ladders/mine/publish/", "copy"): HIDDEN.values(),
        ("/ladders/mine/publish/", "ladder"): HIDDEN.values(),
        ("/accounts/login/", "next"): HIDDEN.values(),
    }
    addresses = [
        f"{path}?{urlencode({name: value})}"
        for (path, name), values in tries.items()
        for value in [*values, *ANYTHING.values()]
    ]
    addresses += [
        f"{address.path(world)}?{urlencode(dict.fromkeys(names, ANYTHING['100 kB']))}"
        for address in OURS
        if address.get and address.who is not Who.PUBLIC and not address.name.endswith("_pdf")
    ]

    wrong = [
        f"{address[:80]}: {fault}"
        for address in addresses
        for fault in try_out(client, "GET", address, headers=HTMX)
    ]

    assert wrong == []


@pytest.mark.parametrize("bytes_", [SURROGATE, NOT_UTF8, b"%00", b"%FF%FE", b"%C0%80"])
def test_what_is_no_text_in_an_address_is_refused(world: World, bytes_: bytes) -> None:
    client = sign_in(world.maya)
    queries = [b"q=" + bytes_, bytes_ + b"=1", b"before=" + bytes_, b"a=1&" + bytes_]

    statuses = {
        (address.name, query): client.get(
            address.path(world), query_params=None, QUERY_STRING=query.decode()
        ).status_code
        for address in OURS
        for query in queries
        if address.get and address.who is not Who.PUBLIC
    }

    assert set(statuses.values()) == {400}


def test_every_part_of_every_address_takes_anything(world: World) -> None:
    client = sign_in(world.maya)
    bad_paths = [
        (
            "GET" if address.get else "POST",
            address.path(world).replace(f"/{part}/", f"/{key}/", 1),
            f"{address.name} with {what}",
        )
        for address in ADDRESSES
        for part in {"2026-W47", *map(str, address.of(world).values())}
        for what, key in KEYS.items()
        if f"/{part}/" in address.path(world)
    ]

    wrong = [
        f"{method} {what}: {fault}"
        for method, path, what in bad_paths
        for fault in try_out(client, method, path, ANSWERED)
    ]
    assert wrong == []


@pytest.mark.parametrize("week", ["0000-W01", "1970-W01", "2199-W52", "2026-W00", "2026-W54"])
def test_weeks_at_the_ends_of_the_calendar_are_pages_or_nothing(world: World, week: str) -> None:
    client = sign_in(world.maya)

    found = [
        fault
        for method, path in (("GET", ""), ("POST", ""), ("POST", "quiet/"))
        for fault in try_out(client, method, f"/journal/weeks/{week}/{path}")
    ]

    assert found == []


# --- bodies -------------------------------------------------------------------------------------


def multipart(*parts: bytes) -> bytes:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="title"\r\n\r\n'.encode()
    return b"".join(head + part + b"\r\n" for part in parts) + f"--{BOUNDARY}--\r\n".encode()


# A body, its content type, the answers that will do; None: whatever but a failure.
BODIES: dict[str, tuple[bytes, str, set[int] | None]] = {
    "2 MB": (b"title=" + b"x" * 2_000_000, URLENCODED, {413}),
    "2 MB in parts": (multipart(b"x" * 2_000_000), MULTIPART_CONTENT, {413}),
    "3,000 fields": (b"&".join(b"title%d=a" % n for n in range(3_000)), URLENCODED, {413}),
    "3,000 parts": (multipart(*[b"a"] * 3_000), MULTIPART_CONTENT, {413}),
    "one field 3,000 times": (b"title=a&" * 3_000, URLENCODED, {413}),
    "a lone surrogate": (b"title=" + SURROGATE, URLENCODED, {400}),
    "a lone surrogate in a name": (SURROGATE + b"=title", URLENCODED, {400}),
    "a lone surrogate in parts": (multipart(b"a\xed\xa0\x80b"), MULTIPART_CONTENT, {400}),
    "not UTF-8": (b"title=" + NOT_UTF8, URLENCODED, {400}),
    "not UTF-8 in parts": (multipart(b"caf\xe9"), MULTIPART_CONTENT, {400}),
    "raw bytes": (bytes(range(256)), URLENCODED, {400}),
    "NUL in parts": (multipart(b"a\0b"), MULTIPART_CONTENT, None),
    "NUL in a name": (b"ti%00tle=a", URLENCODED, None),
    "no boundary": (multipart(b"a"), "multipart/form-data", {400}),
    "another boundary": (multipart(b"a"), "multipart/form-data; boundary=other", None),
    "a boundary of nothing": (multipart(b"a"), "multipart/form-data; boundary=", {400}),
    "half a part": (multipart(b"a")[:60], MULTIPART_CONTENT, None),
    "a part without a name": (
        f"--{BOUNDARY}\r\nX: y\r\n\r\na\r\n--{BOUNDARY}--\r\n".encode(),
        MULTIPART_CONTENT,
        None,
    ),
    "a file": (
        multipart(b"a").replace(b'name="title"', b'name="title"; filename="../../etc/passwd"'),
        MULTIPART_CONTENT,
        None,
    ),
    "JSON": (b'{"title": "a"}', "application/json", None),
    "XML": (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>', "text/xml", None),
    "another charset": (b"title=a", f"{URLENCODED}; charset=utf-16", {400}),
    "a charset that unescapes": (b"title=a", f"{URLENCODED}; charset=unicode_escape", {400}),
    "a charset of nobody": (b"title=a", f"{URLENCODED}; charset=klingon", None),
    "no type": (b"title=a", "", None),
    "a type of nobody": (b"title=a", 'no/such; type="', None),
}


@pytest.mark.parametrize("what", BODIES)
def test_every_address_takes_any_body(world: World, what: str) -> None:
    body, content_type, statuses = BODIES[what]
    client = sign_in(world.maya)
    addresses = [a for a in ADDRESSES if a.post and a.who is not Who.STAFF]
    if statuses:  # answered before any view
        addresses = [a for a in addresses if a.name in {"journal:entry_detail", "account_login"}]

    wrong = [
        f"{address.name}: {fault}"
        for address in addresses
        for fault in try_out(
            client, "POST", address.path(world), statuses, data=body, content_type=content_type
        )
    ]

    assert wrong == []


@pytest.mark.parametrize(
    "cookies",
    [
        "session=",
        "session=\xff\xfe",
        "session=a\0b",
        "session=" + "x" * 40_000,
        "session=../../etc/passwd; session=2",
        'session="\\303\\050',
        ";;;=;=a;a=;\xe9=\xe9",
        "csrf=short; messages=%00; a=" + "{" * 5_000,
    ],
)
def test_broken_cookies_are_nobodys(world: World, cookies: str) -> None:
    client = sign_in()

    found = [
        fault
        for path in ("/", "/accounts/login/", "/nothing/")
        for method in ("GET", "POST")
        for fault in try_out(client, method, path, HTTP_COOKIE=cookies)
    ]

    assert found == []


@pytest.mark.parametrize(
    "value",
    [
        "",
        "http://[",
        "http://testserver:port/",
        "javascript:alert(1)",
        "//example.com/",
        "http://testserver/" + "a" * 20_000,
        "http://testserver/%ED%A0%80?%00",
        "\xe9\xff",
        "a, b;c=d" * 1_000,
        "9" * 5_000,
        "-1",
    ],
)
def test_headers_may_say_anything(world: World, value: str) -> None:
    ours = ["Referer", "HX-Current-URL", "HX-Request", "Origin", "Content-Length"]
    others = ["HX-Target", "HX-Trigger", "Accept", "Accept-Language", "Accept-Encoding", "Range"]
    others += ["If-None-Match", "If-Modified-Since", "User-Agent", "X-Forwarded-For", "Forwarded"]
    tries = [*({name: value} for name in ours), dict.fromkeys(others, value)]

    wrong = [
        f"{method} {headers}: {fault}"
        for client in (sign_in(), sign_in(world.tomas))
        for headers in tries
        for method in ("GET", "POST")
        for fault in try_out(client, method, "/journal/", ANSWERED, headers=HTMX | headers)
    ]

    assert wrong == []


# --- what may be written ------------------------------------------------------------------------


class Tags(HTMLParser):
    """The elements and attributes of a page, how often each."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.counts: Counter[str] = Counter()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"br", "p", "option"}:  # of lines, paragraphs, and projects to choose from
            self.counts[" ".join([tag, *(name for name, _value in attrs)])] += 1


def page_and_form(client: Client, address: str) -> tuple[str, Form]:
    """A page and the form on it that is sent to its own address."""
    answer = client.get(address)
    forms = read(address, answer).forms
    return answer.text, next(f for f in forms if (f.method, f.action) == ("POST", address))


def as_kept(name: str, text: str) -> str:
    """Titles of projects are one line."""
    return " ".join(text.split()) if name == "project_title" else text.strip()


@pytest.mark.parametrize("place", ["entry", "project", "week", "levels", "preferences"])
def test_whatever_is_written_comes_back_as_it_was_typed(world: World, place: str) -> None:
    address = {
        "entry": f"/journal/entries/{world.entry.pk}/",
        "project": f"/journal/projects/{world.project.pk}/",
        "week": "/journal/weeks/2026-W47/",
        "levels": "/ladders/mine/",
        "preferences": "/accounts/preferences/",
    }[place]
    client = sign_in(world.maya)
    shown, form = page_and_form(client, address)
    tags = Tags(shown).counts
    fields = [each for each in form.fields if each.kind in {"text", "textarea"} and each.value]
    fields = [each for each in fields if not each.name.endswith("url")]
    wrong = []
    for turn in range(0, len(NAUGHTY), max(1, len(fields) // 4)):  # each text in several fields
        written = {
            each.name: NAUGHTY[(turn + n) % len(NAUGHTY)][: each.longest].strip()
            for n, each in enumerate(fields)
        }
        if place == "project":
            written["title"] = " ".join(written["title"].split())
        status = client.post(address, form.data() | written).status_code
        shown, form = page_and_form(client, address)
        kept = {name: values[0] for name, values in form.data().items() if name in written}
        expected = {name: as_kept(name, value) for name, value in written.items()}
        if (status, kept, Tags(shown).counts) != (302, expected, tags):
            wrong.append((written, status, kept, Tags(shown).counts - tags))

    assert wrong == []


def test_line_shows_what_was_typed_and_nothing_more(world: World) -> None:
    client = sign_in(world.maya)

    def write(text: str) -> Any:
        with transaction.atomic():
            row = client.post("/journal/entries/", {"title": text}, headers=HTMX)
            transaction.set_rollback(True)
        return row

    tags = Tags(write("a line of no consequence").text).counts
    wrong = []
    for text in NAUGHTY:
        row = write(text).text
        title = re.search(r'class="entry-title"[^>]*>([^<]*)<', row)
        if (unescape(title[1]) if title else "", Tags(row).counts) != (text.strip(), tags):
            wrong.append((text, row))

    assert wrong == []


def test_search_says_what_was_looked_for_and_nothing_more(world: World) -> None:
    client = sign_in(world.maya)
    tags = Tags(client.get("/journal/", {"q": "of no consequence"}).text).counts
    wrong = []
    for text in NAUGHTY[:12]:
        answer = client.get("/journal/", {"q": text})
        form = next(f for f in read("/journal/", answer).forms if f.action == "/journal/")
        if (form.data()["q"], Tags(answer.text).counts) != ([text], tags):
            wrong.append((text, form.data()["q"], Tags(answer.text).counts - tags))

    assert wrong == []


# --- passkeys -----------------------------------------------------------------------------------


SPOILED: list[Any] = [..., None, 1, "AAAA", ["a"]]


def spoiled(credential: dict[str, Any]) -> Iterator[str]:
    """`credential` as JSON with each of its parts missing or of another kind."""
    for path in [(name,) for name in credential] + [
        ("response", n) for n in credential["response"]
    ]:
        for value in SPOILED:
            copy = deepcopy(credential)
            part = copy if len(path) == 1 else copy["response"]
            if value is ...:
                del part[path[-1]]
            else:
                part[path[-1]] = value
            yield json.dumps(copy)


@pytest.mark.parametrize("path", ["login", "reauthenticate", "add", "second"])
def test_answer_of_a_passkey_that_no_browser_gives_is_a_wrong_one(world: World, path: str) -> None:
    client = sign_in(None if path in {"login", "second"} else world.maya)
    address = f"/accounts/2fa/webauthn/{path}/"
    if path == "second":
        client.post("/accounts/login/", {"login": "maya@example.com", "password": PASSWORD})
        address = "/accounts/2fa/authenticate/"
    answer = deepcopy(CREDENTIAL)
    if path != "add":
        answer["response"] |= {"authenticatorData": "AAAA", "signature": "AAAA", "userHandle": "MQ"}
    client.get(address, headers={"X-Requested-With": "XMLHttpRequest"})  # makes the challenge
    wrong = [
        (credential, fault)
        for credential in [json.dumps(answer), *spoiled(answer), *HIDDEN.values()]
        for fault in try_out(
            client,
            "POST",
            address,
            data=urlencode({"credential": credential, "name": "a key"}),
            content_type=URLENCODED,
        )
    ]

    assert wrong == []
