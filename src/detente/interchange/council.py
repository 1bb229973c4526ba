"""Power in the Council of the European Union: votes under the treaties, and populations.

Public facts: votes before and under the Treaty of Nice (Treaty on European Union, Article 205 and
declaration 20 of the Nice conference), populations in millions as Eurostat and national offices give
them for around 2019. A file council_power.csv beside the data takes their place.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

UNDER_OLD_VOTES, UNDER_NICE_VOTES = 2002, 2013  # last years of introduction


@dataclass(frozen=True, slots=True)
class Seat:
    """A member state: votes before Nice and under it, None where it had none; millions of people."""

    old: float | None
    nice: float | None
    millions: float

    def power(self, year: int) -> float:
        """Its power over a proposal introduced in this year; 0 where it had no vote."""
        if year <= UNDER_OLD_VOTES:
            return self.old or 0.0
        return (self.nice or 0.0) if year <= UNDER_NICE_VOTES else self.millions


SEATS: dict[str, Seat] = {
    "at": Seat(4, 10, 8.93), "be": Seat(5, 12, 11.57), "bu": Seat(None, 10, 6.92),
    "cr": Seat(None, 7, 4.04), "cy": Seat(None, 4, 0.9), "cz": Seat(None, 12, 10.57),
    "de": Seat(10, 29, 83.12), "dk": Seat(3, 7, 5.83), "ee": Seat(None, 4, 1.33),
    "el": Seat(5, 12, 10.38), "es": Seat(8, 27, 48.95), "fi": Seat(3, 7, 5.53),
    "fr": Seat(10, 29, 67.44), "hu": Seat(None, 12, 9.73), "ie": Seat(3, 7, 5.01),
    "it": Seat(10, 29, 58.97), "lt": Seat(None, 7, 2.8), "lu": Seat(2, 4, 0.63),
    "lv": Seat(None, 4, 1.86), "mt": Seat(None, 3, 0.52), "nl": Seat(5, 13, 17.61),
    "pl": Seat(None, 27, 37.84), "pt": Seat(5, 12, 10.75), "ro": Seat(None, 14, 19.19),
    "se": Seat(4, 10, 10.37), "si": Seat(None, 4, 2.11), "sk": Seat(None, 7, 5.42),
    "uk": Seat(10, 29, 67.79),
}  # fmt: skip


def quota(year: int) -> Fraction:
    """The share of all votes, later of all people, that a qualified majority took in this year.

    62 of 87 votes in the Union of fifteen; 232 of 321 under the Treaty of Nice, as in that of
    twenty-five; then 65 % of the people. That a majority of states is needed besides is left out.
    """
    if year <= UNDER_OLD_VOTES:
        return Fraction(62, 87)
    return Fraction(232, 321) if year <= UNDER_NICE_VOTES else Fraction(65, 100)
