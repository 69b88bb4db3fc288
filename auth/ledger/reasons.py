"""The one table of reason codes: why a registration does not count, or waits for a person to decide. In words, both languages.

Facts carry the codes (attribute `reasons`), so a code keeps its meaning for ever; codes are only added.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """What the people concerned read."""

    zh: str
    en: str


REASONS: Mapping[str, Reason] = {
    # eligibility: what a target's rule asks of a person
    "not_verified": Reason("联系方式尚未验证", "the contact is not verified yet"),
    "not_new": Reason(
        "此前已在本系统注册过（含已注销的帐号）", "the person was registered here before, be it under an erased account"
    ),
    "before_window": Reason("注册早于项目合同的起始日", "registered before the contract's first day"),
    "after_window": Reason("注册晚于项目合同的截止日", "registered after the contract's last day"),
    "other_agency": Reason("归属于其他推广机构", "credited to another agency"),
    "enterprise_missing": Reason("未填写所在企业", "no enterprise is given"),
    "region_missing": Reason("企业所在地未知", "where the enterprise is registered is not known"),
    "outside_province": Reason("企业不在项目所在省份", "the enterprise lies outside the project's province"),
    "place_differs": Reason(
        "统一社会信用代码与注册地址所指地区不一致，待知识产权局核实",
        "credit code and address name different places; the bureau checks",
    ),
    "body_differs": Reason(
        "统一社会信用代码不是企业的代码（机关、事业单位、社会团体等），待知识产权局核实",
        "the credit code is not a business's but an office's, an institution's or an association's; the bureau checks",
    ),
    "size_unknown": Reason("企业规模未知", "the enterprise's size is not known"),
    "not_sme": Reason("不是中小微企业", "not a small or medium enterprise"),
    "role_missing": Reason("未填写岗位", "no role is given"),
    "not_rd": Reason("不是科研技术人员", "not among the research and technical staff"),
    "not_activated": Reason("登录后尚未检索过", "has not searched yet"),
    "not_confirmed": Reason("岗位尚未由企业联系人或回访确认", "the role is confirmed neither by the enterprise nor by a call"),
    "held": Reason("因存疑暂不计数，待知识产权局决定", "held for the bureau to decide"),
    "excluded": Reason("经人工认定不计数", "excluded by a person's decision"),
    "withdrawn": Reason("本人已撤回", "withdrawn by the person"),
    # targets: why a deed of any kind is not counted (docs/targets.md)
    "moved": Reason("经决定归属其他推广机构", "given to another agency by a decision"),
    "another_project": Reason("已归属另一项目，一事只算一次", "another project's: a deed counts once"),
    "profile_missing": Reason("未填写资料", "the profile is not filled in"),
    "not_role_confirmed": Reason("岗位尚未由企业联系人或回访确认", "the role is confirmed neither by the enterprise nor by a call"),
    "not_registered_elsewhere": Reason("不在知识产权局上传的名单中", "not on the list that the bureau uploaded"),
    "size_missing": Reason("企业规模未知", "the enterprise's size is not known"),
    "audience_missing": Reason("未写明培训对象", "whom the training was for is not said"),
    "key_missing": Reason("缺少据以去重的内容", "what it is counted by is not said"),
    "grade_too_low": Reason("推送未达到合同要求的送达程度", "the push did not come as far as the contract asks"),
    "counted_already": Reason("同一对象已计数", "the same is counted already"),
    "quarter_missing": Reason("有季度未推送", "a quarter is without a push"),
    "parts_missing": Reason("五项内容不全", "not all five parts are there"),
    "not_customised": Reason("不是定制推送", "not a customised push"),
    "not_free": Reason("协议不是免费的", "the agreement is not free"),
    "under_a_year": Reason("协议期不足一年", "the agreement is for less than a year"),
    "no_agricultural_leader": Reason("不是农业产业化龙头企业", "not a leading enterprise of agriculture"),
    "no_key_contact_unit": Reason("不是重点联系单位", "not a key contact unit"),
    "in_guiyang_or_zunyi": Reason("位于贵阳或遵义", "in Guiyang or Zunyi"),
    "not_in_agreements": Reason("没有合格的服务协议", "without a sound agreement"),
    "not_in_enterprises": Reason("企业本身未计入推送企业", "the enterprise is not counted as pushed to"),
    "not_in_pushed_enterprises": Reason("企业本身未计入推送企业", "the enterprise is not counted as pushed to"),
    "another_service": Reason("属于其他服务", "a service of another kind"),
    "another_visit": Reason("属于其他走访", "a visit of another kind"),
    "another_case": Reason("属于其他案例", "a case of another kind"),
    "another_audience": Reason("培训对象不符", "a training for others"),
    # signals: what makes a registration wait for a person
    "self_staff": Reason("联系方式属于推广机构自己的工作人员", "the contact is one of the agency's own staff"),
    "self_domain": Reason("邮箱属于推广机构自己的域名", "the address is in the agency's own domain"),
    "duplicate_person": Reason("同一人的另一种写法已经注册", "another spelling of the same person's contact is registered"),
    "duplicate_other_agency": Reason(
        "同一人此前已由其他推广机构注册，只计一次", "the same person was registered through another agency before and counts once"
    ),
    "duplicate_name": Reason("同一企业已有同名人员注册", "somebody of the same name is registered in the same enterprise"),
    "disposable_domain": Reason("一次性邮箱", "a throw-away mailbox"),
    "mixed_script": Reason("邮箱混用不同文字的相似字母", "the address mixes look-alike letters of several scripts"),
    "burst": Reason(
        "短时间内同一网络地址大量注册，且不在培训时段内", "many sign-ups from one address in a short time, outside an event"
    ),
    "same_address": Reason(
        "同一网络地址一天内多人注册，且不在培训时段内", "several sign-ups from one address in a day, outside an event"
    ),
    "same_device": Reason("同一设备上有多人注册，且不在培训时段内", "several sign-ups on one device, outside an event"),
    "sequential": Reason("邮箱或号码依次编号", "numbered mailboxes or numbers"),
    "quick_verification": Reason("验证信息发出不足两秒即被验证", "verified less than two seconds after the message left"),
    "no_later_use": Reason("注册两周后仍未使用", "not used within two weeks"),
}


def words(code: str) -> Reason:
    """The code in words; the code itself for one that this version does not know."""
    return REASONS.get(code, Reason(code, code))
