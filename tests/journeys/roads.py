"""Each action of the workflow once as it should be, and once as the rules refuse it."""

from dataclasses import dataclass

SENT = ("accept", "dispatch --unit 城管局 --with 公安局")
WORKED = (*SENT, "acknowledge")
DONE = (*WORKED, "feedback --text 已劝离")
VERIFIED = (*DONE, "verify")
CLOSED = (*VERIFIED, "close --result 已解决")
ENDED = ("answer --text 已说明政策",)
PAUSED = (*WORKED, "suspend --limit 5d --reason 等待材料", "grant")
AT_TOWNSHIP = ("--centre", "130123101")
AT_COUNTY = ("--centre", "130123")


@dataclass(frozen=True)
class Road:
    """The steps before, the step itself, and the status (or, refused, the code) that it ends in."""

    step: str
    ends: str
    before: tuple[str, ...] = ()
    report: tuple[str, ...] = AT_COUNTY

    @property
    def action(self) -> str:
        """Return the key of the action that the road is about."""
        return self.step.split()[0]


LEGAL = (
    Road("claim", "reported"),
    Road("release", "reported", ("claim",)),
    Road("transfer --to 县坐席 --note 请接着办", "reported"),
    Road("confirm --result true --text 属实 --photo {photo}", "reported"),
    Road("accept", "accepted"),
    Road("reject --reason 不属本县", "rejected"),
    Road("answer --text 已说明政策", "closed"),
    Road("refer --to 110 --reference JJ20261120", "closed"),
    Road("withdraw --reason 反映人撤回", "cancelled"),
    Road("cancel --reason 测试数据", "cancelled"),
    Road("classify --class 市容环境/暴露垃圾 --priority 2 --place 正定镇恒山社区", "reported"),
    Road("dispatch --unit 城管局 --with 公安局 消防救援大队 --limit 2h", "dispatched", ("accept",)),
    Road("designate --unit 130123-D01 --reason 职责明确", "dispatched", ("accept",)),
    Road("acknowledge", "handling", SENT),
    Road("arrive --unit 公安局", "handling", WORKED),
    Road("return --reason 不属本单位 --unit 公安局", "handling", WORKED),
    Road("extend --limit 1h --reason 等待配件", "handling", WORKED),
    Road("suspend --limit 5d --reason 等待材料", "handling", WORKED),
    Road("grant --text 同意", "suspended", (*WORKED, "suspend --limit 5d --reason 等待材料")),
    Road("refuse --reason 理由不足", "handling", (*WORKED, "extend --limit 1h --reason 等待配件")),
    Road("resume --text 材料已到", "handling", PAUSED),
    Road("feedback --text 已劝离 --photo {photo}", "handled", WORKED),
    Road("check --result 现场已清 --photo {photo}", "handled", DONE),
    Road("verify --text 属实", "verified", DONE),
    Road("rework --reason 未清理干净", "dispatched", DONE),
    Road("close --result 已解决", "closed", VERIFIED),
    Road("force-close --reason 反映人失联", "closed"),
    Road("follow-up --contacted yes --solved 是 --satisfied no --text 希望更快", "closed", CLOSED),
    Road("reopen --reason 再次发生", "accepted", CLOSED),
    Road("appeal --reason 非本单位责任", "closed", CLOSED),
    Road("escalate --reason 需县里协调", "reported", report=AT_TOWNSHIP),
    Road("hand-down --to 130123101 --reason 属地办理", "reported"),
    Road("copy --to 行唐县 --text 请知悉", "reported"),
    Road("urge --text 请尽快", "reported"),
    Road("supervise --card yellow --text 限时办结", "reported"),
    Road("remind --text 群众再次来电", "reported"),
    Road("instruct --text 请妥善处理 --due 2026-11-23T18:00", "reported"),
    Road("merge --into {other}", "merged"),
    Road("unmerge --reason 并非一事", "reported", ("merge --into {other}",)),
    Road("link --to {other} --text 同一商贩", "reported"),
    Road("attach-report --to {other}", "merged"),
    Road("detach-report --reason 并非一事", "reported", ("attach-report --to {other}",)),
    Road("note --text 已电话联系", "reported"),
    Road("call --text 来电询问进度 --phone 13812345678", "reported"),
    Road("attach --file {photo} --text 现场照片", "reported"),
    Road("task-force --member 县值班长", "reported"),
    Road("consult --with 公安局 城管局 --text 权属不清 --result 由城管局牵头", "reported"),
    Road("reveal --reason 回访核对", "reported"),
    Road("undo --command {last}", "accepted", ("accept", "dispatch --unit 城管局")),
)

ILLEGAL = (
    Road("claim", "illegal_move", ENDED),
    Road("release", "not_claimed"),
    Road("transfer --to 城管员", "not_a_seat_here"),
    Road("confirm --result true", "illegal_move", ("accept",)),
    Road("accept", "illegal_move", ("accept",)),
    Road("reject", "reason_needed"),
    Road("answer --text 好", "illegal_move", ("accept",)),
    Road("refer --to 120", "illegal_move", ("accept",)),
    Road("withdraw", "reason_needed"),
    Road("cancel --reason 误报", "illegal_move", ENDED),
    Road("classify --priority 1", "illegal_move", ENDED),
    Road("dispatch --unit 城管局", "illegal_move"),
    Road("designate --unit 公安局", "reason_needed", ("accept",)),
    Road("acknowledge", "illegal_move"),
    Road("arrive", "nobody_to_arrive", ("accept", "dispatch --unit 城管局", "acknowledge")),
    Road("return --reason 不属本单位", "designated", ("accept", "designate --unit 城管局 --reason 职责明确")),
    Road("extend --limit 2d --reason 等待配件", "extension_too_long", WORKED),
    Road("suspend --limit 9000u --reason 等待材料", "suspension_too_long", WORKED),
    Road("grant", "nothing_pending", WORKED),
    Road("refuse --reason 理由不足", "nothing_pending", WORKED),
    Road("resume", "illegal_move"),
    Road("feedback --text 已劝离", "illegal_move", SENT),
    Road("check --result 已清", "illegal_move", WORKED),
    Road("verify", "illegal_move", WORKED),
    Road("rework", "reason_needed", DONE),
    Road("close", "verify_first", DONE),
    Road("force-close", "reason_needed"),
    Road("follow-up --contacted yes", "illegal_move"),
    Road("reopen --reason 再次发生", "illegal_move"),
    Road(
        "appeal --reason 不公",
        "appealed_already",
        (*CLOSED, "appeal --reason 不公", "refuse --reason 理由不足"),
    ),
    Road("escalate", "no_centre_above", report=("--centre", "1301")),
    Road("hand-down --to 130123101", "not_a_child_centre", report=("--centre", "1301")),
    Road("copy --to 行唐县", "copied_already", ("copy --to 行唐县",)),
    Road("urge", "illegal_move", ENDED),
    Road("supervise --card red", "illegal_move", ENDED),
    Road("remind", "illegal_move", ENDED),
    Road("instruct --text 请处理", "illegal_move", ENDED),
    Road("merge --into {number}", "merge_with_itself"),
    Road("unmerge --reason 并非一事", "illegal_move"),
    Road("link --to {number}", "linked_already"),
    Road("attach-report --to {number}", "merge_with_itself"),
    Road("detach-report --reason 并非一事", "not_under_one", ("merge --into {other}",)),
    Road("task-force --member 县值班长", "named_already", ("task-force --member 县值班长",)),
    Road("consult --text 权属不清 --result 待定", "illegal_move", ENDED),
    Road("reveal", "reason_needed"),
    Road("undo --command {last}", "cannot_undo", ("note --text 记一笔",)),
)

# Open to whoever sees the case, at any time: what refuses them is a case that is not there.
ALWAYS = ("note --text 记一笔", "call --text 来电", "attach --file {photo}")
