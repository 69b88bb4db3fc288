"""A researcher: signs in, searches with facets, pages on, opens a document, thinks, and begins again."""

import random
from itertools import cycle

from locust import HttpUser, between, task

from loadtests.people import given
from loadtests.people.signed_in import SignedIn

_WORDS = (
    "电池",
    "锂离子电池",
    "无人机",
    "膜组件",
    "散热器",
    "机械臂",
    "battery",
    "solar cell",
    "tyre",
    "robotic arm",
    "seed",
)
_NARROWER = ("", " AND country:CN", " AND stage:granted", " AND publication_date:[2018 TO 2024]", " NOT type:design")
_FACETS = ["country", "type", "applicant", "ipc", "year"]
_accounts = cycle(given().researchers)


class Researcher(SignedIn, HttpUser):
    """One person."""

    wait_time = between(0.2, 1.0)

    def on_start(self) -> None:
        self.chance = random.Random()
        self.account = next(_accounts)
        self.sign_in()

    @task
    def look_for_something(self) -> None:
        query = self.chance.choice(_WORDS) + self.chance.choice(_NARROWER)
        asked = {"query": query, "facets": _FACETS, "size": 10, "cursor": ""}
        with self.client.post("/api/v1/search", json=asked, name="search", catch_response=True) as answer:
            if answer.status_code == 401:
                answer.success()
                return self.sign_in()
            found = answer.json()
            if answer.ok and not found["total"]:
                answer.failure(f"nothing found for {query}")
            if not answer.ok or not found["total"]:
                return None
        if found.get("cursor"):
            self.client.post("/api/v1/search", json={**asked, "facets": [], "cursor": found["cursor"]}, name="next page")
        hit = self.chance.choice(found["hits"])
        self.client.get(f"/api/v1/patents/{hit['number']}", name="open")
        return None
