"""Who applies, invents and represents in the sample: all invented."""

from dataclasses import dataclass
from random import Random

from indexer.sample.vocabulary import Field, Names
from search.patent.model import Party


@dataclass(frozen=True, slots=True)
class Team:
    """The persons and bodies of one family; `home` is the office of the first filing."""

    home: str
    applicants: tuple[Party, ...]
    inventors: tuple[Party, ...]
    agent_firms: tuple[Party, ...]


def team(rng: Random, names: Names, field: Field) -> Team:
    """A Chinese enterprise or university (one in twelve: both), or one time in twelve a firm abroad."""
    draw = rng.random()
    if draw < 1 / 12:
        country, firm = rng.choice(names.abroad)
        applicants: tuple[Party, ...] = (Party(name=firm, names={"en": firm}, country=country),)
        inventors = tuple(Party(name=name, country=country) for name in rng.sample(names.abroad_inventors, rng.randint(1, 3)))
        return Team("US", applicants, inventors, (_agency(rng, names),))
    if draw < 2 / 12:
        applicants = (_enterprise(rng, names, field), _school(rng, names))
    else:
        applicants = (_enterprise(rng, names, field) if draw < 0.8 else _school(rng, names),)
    return Team("CN", applicants, _inventors(rng, names), (_agency(rng, names),))


def _enterprise(rng: Random, names: Names, field: Field) -> Party:
    # A brand sits in one city and trade, so that the same firms come back and their facets are worth reading.
    brand = rng.choice(names.brands)
    place = names.places[(names.brands.index(brand) * 7 + len(field.trade.en)) % len(names.places)]
    street = names.streets[names.brands.index(brand) % len(names.streets)]
    zh = f"{place.city.removesuffix('市')}{brand.zh}{field.trade.zh}有限公司"
    en = f"{place.english} {brand.en} {field.trade.en} Co., Ltd."
    house = names.brands.index(brand) * 16 + 8
    address = f"{place.postcode} {place.city}{street.zh}{house}号"
    return Party(name=zh, names={"zh": zh, "en": en}, country="CN", region=place.region, city=place.city, address=address)


def _school(rng: Random, names: Names) -> Party:
    school = rng.choice(names.schools)
    place = names.places[names.schools.index(school) * 3]
    return Party(name=school.zh, names={"zh": school.zh, "en": school.en}, country="CN", region=place.region, city=place.city)


def _inventors(rng: Random, names: Names) -> tuple[Party, ...]:
    """One to four persons of different families."""
    persons = [(family, rng.choice(names.given)) for family in rng.sample(names.surnames, rng.randint(1, 4))]
    return tuple(
        Party(name=family.zh + given.zh, names={"zh": family.zh + given.zh, "en": f"{given.en} {family.en}"}, country="CN")
        for family, given in persons
    )


def _agency(rng: Random, names: Names) -> Party:
    agency = rng.choice(names.agencies)
    return Party(name=agency.zh, names={"zh": agency.zh, "en": agency.en}, country="CN")
