"""T22: what a click looks like, by a table of recorded requests."""

import pytest

from auth.referral.classes import classify
from auth.referral.model import Class, Facts

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
WECHAT = (
    "Mozilla/5.0 (Linux; Android 14; CUBOT P80 Build/UP1A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 "
    "Mobile Safari/537.36 XWEB/1160065 MMWEBSDK/20231202 MicroMessenger/8.0.47.2560(0x28002F30) WeChat/arm64 Weixin NetType/WIFI "
    "Language/zh_CN ABI/arm64"
)
DINGTALK = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/21E219 "
    "AliApp(DingTalk/7.5.10) com.laiwang.DingTalk/35482345 Channel/201200 language/zh-Hans-CN"
)

REQUESTS = [
    ("GET", CHROME, "", Class.HUMAN, "no_sign_against"),
    ("GET", WECHAT, "", Class.HUMAN, "no_sign_against"),
    ("GET", DINGTALK, "", Class.HUMAN, "no_sign_against"),
    ("HEAD", CHROME, "", Class.HEAD, "method_head"),
    ("HEAD", "Slackbot 1.0 (+https://api.slack.com/robots)", "", Class.HEAD, "method_head"),
    ("GET", CHROME, "prefetch", Class.PREVIEW, "fetched_ahead"),
    ("GET", CHROME, "prefetch;prerender", Class.PREVIEW, "fetched_ahead"),
    ("GET", CHROME, "preview", Class.PREVIEW, "fetched_ahead"),
    ("GET", "Twitterbot/1.0", "", Class.PREVIEW, "twitter"),
    ("GET", "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", "", Class.PREVIEW, "slack"),
    ("GET", "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", "", Class.PREVIEW, "facebook"),
    ("GET", "WhatsApp/2.23.20.0", "", Class.PREVIEW, "whatsapp"),
    ("GET", "TelegramBot (like TwitterBot)", "", Class.PREVIEW, "telegram"),
    ("GET", "Mozilla/5.0 (compatible; MicroMessenger/8.0)", "", Class.PREVIEW, "wechat"),
    ("GET", "Mozilla/5.0 (compatible; DingTalkBot-LinkService/1.0)", "", Class.PREVIEW, "dingtalk"),
    ("GET", "DingTalk", "", Class.PREVIEW, "dingtalk"),
    ("GET", "Feishu/7.1 link preview", "", Class.PREVIEW, "feishu"),
    ("GET", "", "", Class.BOT, "no_agent"),
    ("GET", "curl/8.5.0", "", Class.BOT, "agent"),
    ("GET", "python-requests/2.32", "", Class.BOT, "agent"),
    ("GET", "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)", "", Class.BOT, "agent"),
    ("GET", "Mozilla/5.0 (X11) HeadlessChrome/126.0.0.0", "", Class.BOT, "agent"),
]


@pytest.mark.parametrize(("method", "agent", "purpose", "kind", "reason"), REQUESTS)
def test_a_recorded_request_has_its_class(method: str, agent: str, purpose: str, kind: Class, reason: str) -> None:
    facts = Facts(method, "192.0.2.1", agent, purpose)
    assert classify(facts, known=True, carried=False) == (kind, reason)


def test_a_touch_of_the_same_link_makes_a_repeat_of_a_person_alone() -> None:
    assert classify(Facts("GET", "", CHROME), known=True, carried=True) == (Class.REPEAT, "carried_touch")
    assert classify(Facts("GET", "", "curl/8"), known=True, carried=True) == (Class.BOT, "agent")


@pytest.mark.parametrize(("method", "agent"), [("GET", CHROME), ("HEAD", CHROME), ("GET", "Twitterbot/1.0")])
def test_an_unknown_code_is_dead_whoever_asks(method: str, agent: str) -> None:
    assert classify(Facts(method, "", agent), known=False, carried=False) == (Class.DEAD_CODE, "unknown_code")
