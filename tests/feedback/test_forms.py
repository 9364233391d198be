from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from careers.feedback.models import Quote
from tests.factories import (
    FRIDAY,
    CriterionFactory,
    EngineerFactory,
    EntryFactory,
    TargetFactory,
)

if TYPE_CHECKING:
    from django.test import Client

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.time_machine("2026-11-20T12:00:00+00:00", tick=False),
]


def test_quote_keeps_the_criteria_that_are_not_offered(client: Client) -> None:
    maya = EngineerFactory.create()
    client.force_login(maya)
    asked = CriterionFactory.create()
    also = CriterionFactory.create(level=asked.level)
    dropped = CriterionFactory.create(level=asked.level, is_retired=True)
    TargetFactory.create(engineer=maya, level=asked.level)
    entry = EntryFactory.create(engineer=maya)
    quote = Quote.objects.create(
        engineer=maya, author="Ana", relation="peer", said_on=FRIDAY, text="It held.", entry=entry
    )
    quote.criteria.set([asked, dropped])
    sent = {
        "text": "It held up.",
        "author": "Ana",
        "relation": "peer",
        "said_on": FRIDAY,
        "about": f"entry-{entry.pk}",
        "criteria": [also.pk],
    }

    saved = client.post(f"/feedback/quotes/{quote.pk}/", sent)

    assert saved.status_code == 302
    assert Quote.objects.get().text == "It held up."
    assert {*Quote.objects.get().criteria.all()} == {also, dropped}
