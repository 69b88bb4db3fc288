"""E-mail by SMTP: ``smtp://user:password@host:port`` (with ``?starttls=1``) or ``smtps://…``, as PATENTRY_SMTP_URL says."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from urllib.parse import parse_qs, unquote, urlsplit

from auth.clock import now
from auth.errors import StartRefused
from auth.mail.model import Message, Undeliverable

TIMEOUT_S = 20


class SmtpSender:
    """Sends each message over a connection of its own."""

    def __init__(self, url: str, *, sender: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname or not parseaddr(sender)[1]:
            raise StartRefused(
                zh="PATENTRY_SMTP_URL 应为 smtp://用户:密码@主机:端口 或 smtps://…，PATENTRY_MAIL_FROM 应为邮箱地址。",
                en="PATENTRY_SMTP_URL is smtp://user:password@host:port or smtps://…, PATENTRY_MAIL_FROM an e-mail address.",
            )
        self._host = parts.hostname
        self._tls = parts.scheme == "smtps"
        self._starttls = parse_qs(parts.query).get("starttls") == ["1"]
        self._port = parts.port or (465 if self._tls else 587)
        self._login = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
        self._sender = sender

    def send(self, message: Message, *, id: str) -> None:  # noqa: A002
        """Sends it; a refusal with a code of 5xx is permanent (RFC 5321 section 4.2.1)."""
        try:
            with self._connect() as server:
                if self._starttls:
                    server.starttls(context=ssl.create_default_context())
                if self._login:
                    server.login(*self._login)
                server.send_message(self._letter(message, id))
        except smtplib.SMTPRecipientsRefused as error:
            code = max(held[0] for held in error.recipients.values())
            raise Undeliverable(f"smtp_{code}", permanent=code >= 500) from None
        except smtplib.SMTPNotSupportedError:
            raise Undeliverable("smtp_no_utf8_addresses", permanent=True) from None
        except smtplib.SMTPAuthenticationError:
            raise Undeliverable("smtp_login") from None  # the operator's to mend: the message is not at fault
        except smtplib.SMTPResponseException as error:
            raise Undeliverable(f"smtp_{error.smtp_code}", permanent=error.smtp_code >= 500) from None
        except (smtplib.SMTPException, OSError):
            raise Undeliverable("smtp_unreachable") from None

    def _connect(self) -> smtplib.SMTP:
        if self._tls:
            return smtplib.SMTP_SSL(self._host, self._port, timeout=TIMEOUT_S, context=ssl.create_default_context())
        return smtplib.SMTP(self._host, self._port, timeout=TIMEOUT_S)

    def _letter(self, message: Message, message_id: str) -> EmailMessage:
        letter = EmailMessage()
        letter["From"] = self._sender
        letter["To"] = message.recipient
        letter["Subject"] = message.subject
        letter["Date"] = format_datetime(now())
        letter["Message-ID"] = f"<{message_id}@{parseaddr(self._sender)[1].rpartition('@')[2]}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(message.text)
        return letter
