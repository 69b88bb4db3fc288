"""What a caller is told about samples, answers and moved credits."""

from auth.errors import Problem


class SampleRefused(Problem):
    """The sample can't be one; `reason` says why."""

    status = 422
    code = "bad_sample"
    zh = "不能这样抽样（原因见 reason）：target 须为按注册计数的指标；nonce 须为事先约定的 32 字节随机数；人数不得多于 population。"
    en = (
        "This can't be sampled (see reason): the target must count registrations, the nonce must be the 32 bytes committed to, "
        "and no more people than population can be drawn."
    )


class SampleStands(Problem):
    """The sample is not yet, or no longer, where this can be done."""

    status = 409
    code = "sample_stands"
    zh = "该抽样目前不能进行此操作：先约定，再抽取，然后回访，最后结束；每步只能做一次。"
    en = "As the sample stands this can't be done: it is committed to, drawn, answered, closed, each once and in this order."


class NotCallable(Problem):
    """The person did not allow to be called; he answers by the message that was sent to him."""

    status = 409
    code = "not_callable"
    zh = "该人员未同意电话核实，只能由本人按收到的信息回答。"
    en = "This person did not allow a call. Only he answers, by the message sent to him."


class AnswerUnknown(Problem):
    """No open question has this code."""

    status = 404
    code = "answer_unknown"
    zh = "回访码不正确，或回访已经结束。请核对收到的信息中的回访码。"
    en = "This code is not right, or the questions are closed. Compare it with the message."


class AnswerGiven(Problem):
    """It was answered before."""

    status = 409
    code = "answer_given"
    zh = "已经回答过，不必再答。谢谢！"
    en = "This was answered already; nothing more is needed. Thank you."


class MoveRefused(Problem):
    """The credit can't be moved so; `reason` says why."""

    status = 422
    code = "bad_move"
    zh = "不能这样改变归属（原因见 reason）：两个项目须属不同机构且均由您管辖，注册须归属前一项目的机构。"
    en = (
        "The credit can't be moved so (see reason): the projects must be of two agencies that you oversee, and the registration "
        "credited to the first one's."
    )
