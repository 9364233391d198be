"""What the rules of design.md, section 4, are told and what they answer: settings, facts, results.

No rows, no clock.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext

from careers.journal.countable import EntryFacts

_LEAST = {
    "undeniable_examples": 2,
    "sustained_months": 1,
    "gate_examples": 1,
    "primary_criteria_per_level": 1,
    "window_months": 1,
}


class Strength(StrEnum):
    """How many distinct examples there are, in words for the owner alone (S0, section 7)."""

    NONE = "none"
    LUCK = "luck"
    PATTERN = "pattern"
    UNDENIABLE = "undeniable"


class LampName(StrEnum):
    SUSTAINED = "sustained"
    RECENT = "recent"
    MEASURED = "measured"
    CORROBORATED = "corroborated"
    LED = "led"


class LampState(StrEnum):
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NOT_ASKED = "not_asked"


class Standing(StrEnum):
    """Where a statement's author stood towards the owner on the day of the statement."""

    INDEPENDENT = "independent"
    ABOVE = "above"
    BELOW = "below"
    QUOTE = "quote"
    OWN = "own"


class GateCode(StrEnum):
    EXAMPLES = "examples"
    SUSTAINED = "sustained"
    REACH = "reach"
    MENTORING = "mentoring"
    GROWTH_AREA = "growth_area"
    MANAGER_POSITION = "manager_position"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Every number of section 4; a ladder or the installation may set others."""

    undeniable_examples: int = 3
    sustained_days: int = 180
    sustained_months: int = 3
    sustained_amber_days: int = 90
    recent_days: int = 180
    recent_amber_days: int = 270
    gate_examples: int = 3
    primary_criteria_per_level: int = 3
    window_months: int = 18
    manager_position_days: int = 90
    amber_allowed: int = 1

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            least = _LEAST.get(name, 0)
            if type(value) is not int or value < least:  # True is not a number of days
                message = gettext("%(name)s must be a whole number of at least %(least)d.")
                raise ValueError(message % {"name": name, "least": least})
        if self.sustained_amber_days > self.sustained_days:
            raise ValueError(gettext("sustained_amber_days cannot be more than sustained_days."))
        if self.recent_days > self.recent_amber_days:
            raise ValueError(gettext("recent_days cannot be more than recent_amber_days."))

    def as_dict(self) -> dict[str, int]:
        return asdict(self)

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, int]) -> "Rules":
        """The defaults with what `mapping` sets; ValueError for a name or number unfit."""
        unknown = sorted(str(name) for name in mapping.keys() - {f.name for f in fields(cls)})
        if unknown:
            message = gettext("There is no setting called %(names)s.")
            raise ValueError(message % {"names": ", ".join(unknown)})
        return cls(**mapping)


DEFAULT_RULES = Rules()


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionFacts:
    """A criterion of the level; `lamps` is None where it does not list what it asks for."""

    key: str
    dimension: str
    rank: str
    required: bool
    lamps: tuple[LampName, ...] | None
    not_applicable_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFacts:
    criterion: str
    entry: EntryFacts
    is_primary: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """An accepted statement about an entry or, where `entry` is None, about a whole project.

    `author` is any text that tells people apart: one person is one voice, however often they
    spoke. Without it each statement is a voice.
    """

    criterion: str
    entry: int | None
    project: int | None
    standing: Standing
    author: str = ""


@dataclass(frozen=True, slots=True)
class ManagerPosition:
    """The manager's newest position; `on` is None where none is recorded."""

    on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lamp:
    name: LampName
    state: LampState
    sentence: str


@dataclass(frozen=True, slots=True)
class Example:
    """A project, or None for all that has no project, with its counted entries by date."""

    project: int | None
    entries: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionCoverage:
    """Entries are ids in order of date and id; `measured_examples` counts examples, not entries."""

    key: str
    dimension: str
    required: bool
    not_applicable_reason: str
    strength: Strength
    examples: tuple[Example, ...]
    counted: tuple[int, ...]
    supporting: tuple[int, ...]
    lamps: tuple[Lamp, ...]
    is_proven: bool
    first_on: date | None
    last_on: date | None
    measured_examples: int
    independent_voices: int
    best_role: str

    @property
    def is_set_aside(self) -> bool:
        return bool(self.not_applicable_reason.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionCoverage:
    """`met` of `required`; neither includes the `set_aside`. `weakest` is a criterion's key."""

    key: str
    met: int
    required: int
    set_aside: int
    weakest: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    code: GateCode
    is_met: bool
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelCoverage:
    """`proven` of `required`; neither includes the `set_aside`, nor anything optional."""

    criteria: tuple[CriterionCoverage, ...]
    dimensions: tuple[DimensionCoverage, ...]
    proven: int
    required: int
    set_aside: int
    gates: tuple[Gate, ...]
