"""Days, months and spans of them in the words of lamps, gates and lines of facts."""

from datetime import date

from django.utils.translation import gettext, ngettext

# Django's own catalogue translates these (django.utils.dates.MONTHS_3)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def say_days(count: int) -> str:
    return ngettext("%d day", "%d days", count) % count


def say_months(count: int) -> str:
    return ngettext("%d month", "%d months", count) % count


def say_age(days: int) -> str:
    """How long before the window's end; fewer than none are days after it."""
    if days == 0:
        return gettext("the window's last day")
    if days < 0:
        sentence = ngettext(
            "%d day after the window's end", "%d days after the window's end", -days
        )
        return sentence % -days
    sentence = ngettext("%d day before the window's end", "%d days before the window's end", days)
    return sentence % days


def name_day(day: date) -> str:
    return gettext("%(day)d %(month)s") % {"day": day.day, "month": name_month(day)}


def name_month(day: date) -> str:
    month = gettext(_MONTHS[day.month - 1]).title()
    return gettext("%(month)s %(year)d") % {"month": month, "year": day.year}
