"""What a caller is told about signing up; nothing that tells a known contact from an unknown one."""

from auth.errors import Problem


class TermsNeeded(Problem):
    """Without agreeing to the terms there is no account."""

    status = 422
    code = "terms_needed"
    zh = "请先阅读并同意用户协议和隐私说明；其余选项可以不勾选。"
    en = "Read the terms and the privacy notice and agree to them first; the other boxes may stay empty."


class ChannelMissing(Problem):
    """Nothing here sends messages of this kind."""

    status = 422
    code = "channel_missing"
    zh = "本系统暂不能向这种联系方式发送验证信息，请改用邮箱或手机号码中的另一种。"
    en = "No message can be sent to this kind of contact here. Use an e-mail address instead of a number, or a number instead."


class TooManyCodes(Problem):
    """Several codes were asked for the same contact within the hour."""

    status = 429
    code = "too_many_codes_sent"
    zh = "该联系方式一小时内获取的验证码过多，请查收已发出的信息，或按 retry_after_s 给出的秒数等待后再试。"
    en = "Too many codes were asked for this contact within an hour. Look for those sent, or wait for the seconds in retry_after_s."


class EnterpriseUnknown(Problem):
    """No enterprise has this id."""

    status = 422
    code = "enterprise_unknown"
    zh = "没有找到所选企业，请按名称重新查找，或填写企业名称和统一社会信用代码。"
    en = "The chosen enterprise is not held. Look it up by name again, or give its name and credit code."


class ProofRefused(Problem):
    """Not a solution of a challenge of ours, or one that is over or was used."""

    status = 422
    code = "proof_refused"
    zh = "验证计算结果无效或已使用；不必重试，验证信息稍后会照常发出。"
    en = "The solution is not valid or was used before. No need to try again: the message leaves by itself a little later."


class NotRegistered(Problem):
    """The account was made by an administrator: there is no registration to change."""

    status = 409
    code = "not_registered"
    zh = "该帐号由管理员创建，没有注册资料可供修改。"
    en = "This account was made by an administrator and has no registration to change."


class DeedImpossible(Problem):
    """The registration does not stand so that this could be done to it."""

    status = 409
    code = "deed_impossible"
    zh = "该注册当前的状态不允许此操作，请刷新后查看。"
    en = "As the registration stands this can't be done to it. Reload and look again."
