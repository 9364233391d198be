"""What slugs, keys and codes look like."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from careers.ladders.yaml_sections import Form

SLUG = Form(re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"), _("small letters and digits, joined by hyphens"))
KEY = Form(re.compile(r"[a-z0-9-]+"), _("small letters, digits and hyphens"))
CODE = Form(re.compile(r"[A-Za-z0-9-]+"), _("letters, digits and hyphens"))
