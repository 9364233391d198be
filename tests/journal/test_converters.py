import datetime as dt

import pytest
from django.urls import NoReverseMatch, Resolver404, resolve, reverse


@pytest.mark.parametrize(
    ("name", "monday"),
    [
        ("2026-W47", dt.date(2026, 11, 16)),
        ("2026-W53", dt.date(2026, 12, 28)),
        ("2027-W01", dt.date(2027, 1, 4)),
        ("2025-W01", dt.date(2024, 12, 30)),
        ("1970-W01", dt.date(1969, 12, 29)),
        ("2199-W52", dt.date(2199, 12, 23)),
    ],
)
def test_week_in_an_address_is_its_monday(name: str, monday: dt.date) -> None:
    address = f"/journal/weeks/{name}/"

    assert resolve(address).kwargs == {"monday": monday}
    assert reverse("journal:week_detail", args=[monday]) == address


@pytest.mark.parametrize(
    "name",
    [
        "2026-W00",
        "2026-W54",
        "2025-W53",  # 2025 has fifty-two
        "2026-W7",
        "2026-W047",
        "2026-47",
        "0000-W01",
        "1969-W52",
        "2200-W01",
        "9999-W52",
        "٢٠٢٦-W47",
        "2026-W٤٧",
    ],
)
def test_no_such_week_has_no_page(name: str) -> None:
    with pytest.raises(Resolver404):
        resolve(f"/journal/weeks/{name}/")


def test_week_outside_of_a_working_life_has_no_address() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("journal:week_detail", args=[dt.date(1969, 12, 22)])
