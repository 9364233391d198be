"""Commits that are no part of an accomplishment: merges, bumps, changelog lines, formatting."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from careers.journal.importers.gitlog import Commit

MERGED_REQUEST = re.compile(r"Merge pull request #(\d+)")
_MERGE = re.compile(r"Merge (?:branch|remote|tag|commit|pull request|origin|main|master)\b")
_PREFIX = re.compile(r"(?P<type>[a-z]{2,12})(?:\((?P<scope>[^)]{1,60})\))?!?:\s+")

_DEPENDENCY = re.compile(
    r"""
    (?:bump|dump)s?\ (?!.*\b(?:limit|timeout|size)\b)
    | (?:update|upgrade|pin|unpin|downgrade)s?\ (?:\S+\ ){0,4}
      (?:versions?|requirements\S*|dependenc(?:y|ies)|deps|packages|lock\ ?files?)
      (?:\Z|,|\ (?:to|in|for)\b)
    | (?:update|upgrade|pin|unpin|downgrade)s?\ (?:\S+\ ){1,4}?to\ [^\s\d]{0,40}
      v?\d{1,9}(?:\.\d{1,9})+
    | (?:update|upgrade)\ to\ \S+\ v?\d+\.\d+\.[1-9]
    | (?:update|upgrade)\ to\ (?:use\ )?(?:the\ )?(?:latest|\S+\ current)\b
    | pin\ (?:\S+\ ){1,4}to\ a\ known\ good\ version
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CHANGELOG = re.compile(
    r"""
    (?:update|edit|fix|amend|add)?s?\ ?(?:the\ |to\ )?change\ ?log\b
    | (?:release|version|bump\ version)?\s?:?\s?v?\d+(?:\.\d+)+\Z
    | prepare\ (?:for\ )?(?:the\ )?(?:next\ )?release
    | (?:update\ |add\ )?release\ notes\Z
    """,
    re.IGNORECASE | re.VERBOSE,
)
_FORMATTING = re.compile(
    r"""
    (?:re)?format(?:ting)?\b(?:\ \S+){0,2}\Z
    | (?:fix|run|apply)\ (?:black|ruff|isort|prettier|eslint|flake8|gofmt|formatting|lint\S*|grammar
        |indentation|typos?|wording|spelling|docstrings?|imports?|white\ ?space)\b
    | lint\S*\Z | white\ ?space\Z | typos?\Z | wip\Z | clean\ ?up\Z
    | (?:fix|remove)\ (?:a\ few\ more\ |some\ |more\ )?(?:ruff|mypy|type|lint|pyright|pylint|unused
        |unneeded|trailing)\b
    | fix\ (?:the\ )?tests?\Z | add\ missing\ type\b | (?:touch\ up|improve)\ wording\b
    | (?:switch|update)\ to\ (?:use\ |using\ )?f-?strings?\b | sort\ imports\b | move\ asserts?\b
    | (?:remove|drop)\ (?:a\ )?(?:debug|fixme|todo)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_FORMS = [
    (_DEPENDENCY, _("a dependency bump")),
    (_CHANGELOG, _("a changelog line")),
    (_FORMATTING, _("formatting")),
]


def noise_of(commit: Commit) -> str:
    """Why a commit is left out unless its issue is told, else ""."""
    subject = commit.subject[:300].strip()
    if not subject:
        return str(_("a commit without a message"))
    if MERGED_REQUEST.match(subject) and commit.body.strip():
        return ""  # what it merged is told in its body
    if commit.is_merge or _MERGE.match(subject):
        return str(_("a merge"))
    if prefix := _PREFIX.match(subject):
        if (prefix["scope"] or "").startswith("deps"):
            return str(_("a dependency bump"))
        if prefix["type"] in {"style", "format", "lint"}:
            return str(_("formatting"))
        subject = subject[prefix.end() :]
    return next((str(reason) for form, reason in _FORMS if form.match(subject)), "")
