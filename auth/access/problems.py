"""What a caller is told about signing in; nothing that tells a known address from an unknown one."""

from auth.errors import Problem

_CHALLENGE = {"WWW-Authenticate": "Bearer"}


class SignInNeeded(Problem):
    """Nobody is signed in."""

    status = 401
    code = "sign_in_needed"
    zh = "请先登录。"
    en = "Sign in first."

    def __init__(self) -> None:
        super().__init__(headers=_CHALLENGE)


class TokenInvalid(Problem):
    """The access token is not ours, is over, or its session is."""

    status = 401
    code = "token_invalid"
    zh = "登录凭证无效或已过期，请刷新凭证或重新登录。"
    en = "The access token is invalid or has expired. Refresh it or sign in again."

    def __init__(self) -> None:
        super().__init__(headers={"WWW-Authenticate": 'Bearer error="invalid_token"'})


class WrongCredentials(Problem):
    """Unknown address, wrong password or disabled account: one answer."""

    status = 401
    code = "wrong_credentials"
    zh = "邮箱、手机号或密码不正确，请重新输入。"
    en = "The e-mail address, number or password is wrong. Type them again."

    def __init__(self) -> None:
        super().__init__(headers=_CHALLENGE)


class CodeWrong(Problem):
    """The code or the link is wrong, spent, over, or was tried too often: one answer."""

    status = 401
    code = "wrong_code"
    zh = "验证码或链接不正确或已失效，请核对后重试，或重新获取。"
    en = "The code or link is wrong or not valid any more. Check it and try again, or ask for a new one."

    def __init__(self) -> None:
        super().__init__(headers=_CHALLENGE)


class RefreshRefused(Problem):
    """The refresh token is unknown, over, spent, or its session is over."""

    status = 401
    code = "refresh_refused"
    zh = "刷新凭证无效，请重新登录。"
    en = "The refresh token is not valid any more. Sign in again."

    def __init__(self) -> None:
        super().__init__(headers=_CHALLENGE)


class RightLacking(Problem):
    """The caller's role does not have this right."""

    status = 403
    code = "right_lacking"
    zh = "当前帐号的角色无权进行此操作，如有需要请联系管理员。"
    en = "Your account's role does not have this right. Ask the administrator if you need it."


class FormStale(Problem):
    """A change sent with the session cookie lacks the page's own token (cross-site request forgery)."""

    status = 403
    code = "form_stale"
    zh = "页面已过期，请返回并刷新页面后重新提交。"
    en = "This page is out of date. Go back, reload it and send the form again."
