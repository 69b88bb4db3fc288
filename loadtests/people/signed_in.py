"""Somebody with an account and a password."""

from typing import Any

from loadtests.people import Account


class SignedIn:
    """Tokens last ten minutes, so a longer session signs in again when it is told to."""

    account: Account
    client: Any

    def sign_in(self) -> None:
        login, password = self.account
        answer = self.client.post("/api/v1/auth/login", data={"username": login, "password": password}, name="sign in")
        self.client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"

    def look(self, path: str, name: str) -> Any:
        """What a GET answers; ``None`` where it failed, or after signing in again."""
        with self.client.get(f"/api/v1{path}", name=name, catch_response=True) as answer:
            if answer.status_code == 401:
                answer.success()
                self.sign_in()
                return None
            return answer.json() if answer.ok else None
