"""A fictional company: the same 200 people every time, none of them real."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from faker import Faker

SEED = 20_261_130
DEPARTMENTS = {
    "Engineering": 58,
    "Sales": 38,
    "Customer Care": 32,
    "Product Design": 22,
    "Finance": 18,
    "Marketing": 18,
    "People & Culture": 14,
}
OFFICES = {
    "Berlin": ("Europe/Berlin", "de_DE", 90),
    "Lisbon": ("Europe/Lisbon", "pt_PT", 60),
    "Boston": ("America/New_York", "en_US", 50),
}
LEVELS = ("Junior", "Mid", "Senior", "Lead")
INTERESTS = (
    *("sourdough bread", "night trains", "chess", "allotment gardening", "trail running", "film photography"),
    *(
        "spreadsheets, unironically",
        "learning Portuguese",
        "board games",
        "sailing",
        "choir singing",
        "ceramics",
    ),
    *(
        "closing the books in three days",
        "watching people use our app",
        "difficult customers",
        "city cycling",
    ),
)
COLUMNS = "person_id,slack_user_id,name,department,office,level,manager,started_on,timezone,interests"


@dataclass(frozen=True)
class Colleague:
    """One employee of the fictional company."""

    person_id: str
    slack_user_id: str
    name: str
    department: str
    office: str
    level: str
    manager: str
    started_on: date
    timezone: str
    interests: str

    def row(self) -> str:
        """The line of a people file."""
        return ",".join(f'"{cell}"' for cell in (getattr(self, column) for column in COLUMNS.split(",")))


def fictional_company(today: date) -> list[Colleague]:
    """200 people in 7 departments and 3 offices; each department has one lead, who manages it."""
    dice = random.Random(SEED)  # noqa: S311 (no secret)
    fakers = {office: Faker(locale) for office, (_, locale, _) in OFFICES.items()}
    for number, faker in enumerate(fakers.values()):
        faker.seed_instance(SEED + number)
    places = [office for office, (_, _, size) in OFFICES.items() for _ in range(size)]
    dice.shuffle(places)
    people: list[Colleague] = []
    for department, size in DEPARTMENTS.items():
        lead = f"E{len(people) + 1:03}"
        for position in range(size):
            office = places[len(people)]
            person_id = f"E{len(people) + 1:03}"
            people.append(
                Colleague(
                    person_id=person_id,
                    slack_user_id=f"U0DEMO{len(people) + 1:04}",
                    name=f"{fakers[office].first_name()} {fakers[office].last_name()}",
                    department=department,
                    office=office,
                    level="Lead" if position == 0 else dice.choice(LEVELS[:-1]),
                    manager="" if position == 0 else lead,
                    started_on=today - timedelta(days=dice.randrange(20, 4000)),
                    timezone=OFFICES[office][0],
                    # Most people never fill such a field in.
                    interests=dice.choice(INTERESTS) if dice.random() < 0.4 else "",
                )
            )
    return people


def people_file(people: list[Colleague]) -> str:
    """The company as the CSV file that an admin would import."""
    return "\n".join([COLUMNS, *(colleague.row() for colleague in people)]) + "\n"
