"""What a click looks like, by what the request says of itself. Pure; rules are versioned, since every click keeps its verdict.

A class is a remark, never a verdict: every visitor is served and carries the touch on; what counts for a target is a person
whose contact was verified, and a program that fetches a page signs nobody up.
"""

import re

from auth.referral.model import Class, Facts

RULES = 1
"""Version of the rules in this file; kept with each click. Raised whenever a rule changes."""

PREVIEWERS: tuple[tuple[str, str], ...] = (
    ("facebookexternalhit", "facebook"),
    ("facebot", "facebook"),
    ("meta-externalagent", "facebook"),
    ("telegrambot", "telegram"),  # says that it is like TwitterBot
    ("twitterbot", "twitter"),
    ("slackbot", "slack"),
    ("slack-imgproxy", "slack"),
    ("whatsapp", "whatsapp"),
    ("discordbot", "discord"),
    ("linkedinbot", "linkedin"),
    ("skypeuripreview", "skype"),
    ("dingtalkbot", "dingtalk"),
    ("feishu-link-preview", "feishu"),
    ("larkurlpreview", "feishu"),
    ("applebot", "imessage"),
    ("google-pagerenderer", "google_messages"),
)
"""A part of the User-Agent in lower case, and whose preview of a link it is."""

_IN_APP = (("micromessenger", "nettype/", "wechat"), ("dingtalk", "aliapp(", "dingtalk"), ("feishu", "mozilla/", "feishu"))
"""An app's own browser says more than the app's name: without the second part it is the app fetching a preview."""

_BOT = re.compile(  # Cubot is a make of telephones
    r"(?<!cu)bot\b|crawl|spider|slurp|headless|phantomjs|curl/|wget/|python-|httpx|aiohttp|go-http-client|okhttp|java/|libwww|scrapy"
    r"|monitor|uptime|preview|fetcher|scanner|urlcheck"
)
_AHEAD = re.compile(r"prefetch|prerender|preview")


def classify(facts: Facts, *, known: bool, carried: bool) -> tuple[Class, str]:
    """The class and its reason. `known`: the code is that of a link; `carried`: the browser brings a touch of this very link.

    The order says which remark wins: dead code, HEAD, fetched ahead, previewer, bot, repeat, human.
    """
    agent = facts.agent.lower()
    if not known:
        return Class.DEAD_CODE, "unknown_code"
    if facts.method == "HEAD":
        return Class.HEAD, "method_head"
    if _AHEAD.search(facts.purpose.lower()):
        return Class.PREVIEW, "fetched_ahead"
    previewer = _previewer(agent)
    if previewer is not None:
        return Class.PREVIEW, previewer
    if not agent:
        return Class.BOT, "no_agent"
    if _BOT.search(agent):
        return Class.BOT, "agent"
    if carried:
        return Class.REPEAT, "carried_touch"
    return Class.HUMAN, "no_sign_against"


def _previewer(agent: str) -> str | None:
    for part, name in PREVIEWERS:
        if part in agent:
            return name
    for app, own_browser, name in _IN_APP:
        if app in agent and own_browser not in agent:
            return name
    return None
