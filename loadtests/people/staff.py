"""The agency and the bureau over one project: the one makes links and watches its number, the other asks what is behind it."""

import secrets

from locust import HttpUser, between, task

from loadtests.people import given
from loadtests.people.signed_in import SignedIn


class _Staff(SignedIn, HttpUser):
    """Somebody with a project to look at."""

    abstract = True
    wait_time = between(0.5, 2.0)

    def on_start(self) -> None:
        self.sign_in()
        self.project = self.client.get("/api/v1/projects", name="projects").json()["items"][0]["id"]


class Agency(_Staff):
    """Its person at a training."""

    fixed_count = 1
    account = given().agency

    @task
    def make_a_link(self) -> None:
        key = {"Idempotency-Key": secrets.token_hex(8)}
        self.client.post("/api/v1/links", json={"kind": "agency", "label": "培训"}, headers=key, name="make a link")

    @task(3)
    def see_who_came(self) -> None:
        page = self.look("/registrations?size=50", "registrations")
        if page and page["next"]:
            self.look(f"/registrations?size=50&after={page['next']}", "registrations")

    @task(3)
    def see_the_standing(self) -> None:
        self.look(f"/projects/{self.project}/standing", "standing")


class Bureau(_Staff):
    """Its officer."""

    fixed_count = 1
    account = given().bureau

    @task(3)
    def see_the_projects(self) -> None:
        self.look("/projects", "projects")
        self.look(f"/projects/{self.project}/standing", "standing")

    @task(3)
    def see_what_is_behind_the_number(self) -> None:
        self.look(f"/projects/{self.project}/rows?target=new_users", "rows")

    @task(2)
    def see_what_is_held(self) -> None:
        self.look("/holds", "holds")

    @task
    def take_the_bundle(self) -> None:
        with self.client.get(f"/api/v1/projects/{self.project}/evidence", name="bundle", catch_response=True) as answer:
            if answer.ok and not answer.content.startswith(b"PK"):
                answer.failure("no zip")
