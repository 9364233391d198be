"""Makes somebody a ladder owner in tests."""

from __future__ import annotations

from django.contrib.auth.models import Permission

from careers.people.models import Engineer


def as_owner(engineer: Engineer) -> Engineer:
    """The same person, read anew, who may publish for everybody."""
    engineer.user_permissions.add(Permission.objects.get(codename="publish_ladder"))
    return Engineer.objects.get(pk=engineer.pk)
