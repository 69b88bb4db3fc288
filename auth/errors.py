"""`Problem`: base of everything a caller may be told is wrong; `StartRefused`: why the process does not start."""

from collections.abc import Mapping


class Problem(Exception):
    """An answer other than the one asked for. A subclass gives `status`, `code` and a sentence in both languages that says
    what to do; a constructor argument overrides its attribute for one occasion.

    `extra` are further members of the problem document (RFC 9457 section 3.2); `retry_after_s` becomes a member and the
    header Retry-After; `headers` go onto the answer as they are.
    """

    status: int = 500
    code: str = "internal"
    zh: str = "服务出错，请稍后再试；如再出现，请把请求编号告诉管理员。"
    en: str = "Something failed here. Try again later; if it happens again, tell the administrator the request id."

    def __init__(
        self,
        *,
        status: int | None = None,
        code: str | None = None,
        zh: str | None = None,
        en: str | None = None,
        retry_after_s: int | None = None,
        extra: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.status = self.status if status is None else status
        self.code = self.code if code is None else code
        self.zh = self.zh if zh is None else zh
        self.en = self.en if en is None else en
        self.retry_after_s = retry_after_s
        self.extra = dict(extra or {})
        self.headers = dict(headers or {})
        super().__init__(f"{self.code}: {self.en}")


class StartRefused(Exception):
    """The process must not start: one clear line in each language, exit status 1."""

    def __init__(self, *, zh: str, en: str) -> None:
        self.zh = zh
        self.en = en
        super().__init__(f"{en} · {zh}")
