"""The class of a report is guessed from its words; what cannot be told apart is not guessed."""

import csv
from dataclasses import dataclass

import pytest

import resources
from console.catalogue import classes
from console.routing.guess import Guess, Guesser


@dataclass(frozen=True)
class Kind:
    """A class as the catalogue's rows have it."""

    code: str
    name: str
    priority: int
    words: list[str]


GUESSER = Guesser(
    Kind(row["code"], row["name"], row["priority"], [*row["aliases"], *row["keywords"]]) for row in classes()
)
# As callers put it: not read when the words were chosen.
CALLS = """
公共安全/火情,我家对面三楼窗户里往外冒火苗，快来人
公共安全/燃气泄漏,楼道里一股煤气味，不敢开灯
突发事件/积水,立交桥底下水很深，有车熄火在里面
突发事件/管线破裂,路中间水管爆了，水喷得老高
突发事件/交通事故,路口两辆车撞了，人躺在地上
突发事件/线缆脱落,大风把电线刮下来了，垂在路当中
突发事件/路面塌陷,马路上塌了个坑，骑车的掉进去了
街面秩序/游商,学校门口一堆小贩推车堵着路
街面秩序/非机动车,共享单车把人行道都占满了
街面秩序/小广告,楼道墙上贴满了开锁的小广告
市容环境/暴露垃圾,垃圾桶好几天没人收，臭得不行
市容环境/私搭乱建,顶楼那家在楼顶加盖了一间房
市容环境/油烟,楼下饭店油烟直往我家灌
公用设施/井盖缺失,路边有个井没有井盖，差点掉下去
公用设施/路灯,我们村口的路灯一个多星期不亮了
公用设施/下水,下水道堵了，脏水都返到屋里
公用设施/护栏,大桥上的栏杆被撞断了一截
生态环境/噪音,楼下跳广场舞的音响太吵，孩子没法睡
生态环境/违规饲养,邻居养鸡，天不亮就打鸣
生态环境/污水乱排,洗车店把污水往大街上排
施工管理/扰民,工地半夜施工，震得睡不着
施工管理/扬尘,工地上的土没盖，风一刮满天尘土
矛盾纠纷/劳资,老板拖欠我们三个月工资不给
矛盾纠纷/邻里,楼上漏水把我家天花板泡了
矛盾纠纷/物业,物业费年年涨，电梯坏了也不修
矛盾纠纷/婚姻家庭,我女儿被丈夫家暴，要离婚
治安隐患/诈骗,我妈被人冒充银行骗走两万块
治安隐患/盗窃,昨晚电动车在楼下被偷了
诉求咨询/寻人,老父亲早上出门到现在没回家，手机也联系不上
诉求咨询/寻物,手提包落在出租车上了，想找回来
民生服务/医疗,异地看病的票据怎么报销
民生服务/教育,外地孩子今年在这儿上学怎么报名
公共安全/保供,我们小区从中午停水到现在
公共安全/占用消防通道,私家车把消防通道堵死了
""".strip()


def shares(pairs: list[tuple[str, str]]) -> tuple[float, float, float]:
    """Return how many are right at once, among the first three, and by group."""
    found = [(code, [one.code for one in GUESSER.ranked(text)[:3]]) for code, text in pairs]
    first = sum(codes[:1] == [code] for code, codes in found)
    three = sum(code in codes for code, codes in found)
    group = sum(codes[:1] != [] and codes[0].split("/")[0] == code.split("/")[0] for code, codes in found)
    return first / len(pairs), three / len(pairs), group / len(pairs)


def test_callers_are_understood() -> None:
    first, three, group = shares([(row[0], row[1]) for row in csv.reader(CALLS.splitlines())])
    assert first >= 0.8
    assert three >= 0.9
    assert group >= 0.85


def test_the_sample_countys_reports_are_understood() -> None:
    usual = resources.table("sample/incidents.toml")["classes"]
    first, three, _ = shares([(code, title) for code, facts in usual.items() for title in facts["titles"]])
    assert first >= 0.85
    assert three >= 0.95


def test_real_cases_are_understood_by_their_headlines() -> None:
    first, three, group = shares(
        [(case["class"], case["title"]) for case in resources.table("sample/real_cases.toml")["case"]]
    )
    assert first >= 0.6
    assert three >= 0.7
    assert group >= 0.75


def test_a_guess_says_which_words_spoke_for_it() -> None:
    (best, *_) = GUESSER.guess("建设路口积水很深，车都熄火了")
    assert (best.code, best.words) == ("突发事件/积水", ("积水", "水很深", "熄火"))
    assert 0.8 < best.score <= 1


def test_a_longer_word_covers_the_shorter_one_in_it() -> None:
    assert GUESSER.guess("楼后一堆建筑垃圾")[0].code == "市容环境/积存渣土"
    assert GUESSER.guess("消防通道被挡住了")[0].words == ("消防通道",)


@pytest.mark.parametrize("text", ["", "您好", "   ", "\x00" * 9, "两句话，没有一个词有用", "x" * 1_000_000])
def test_nothing_heard_is_nothing_guessed(text: str) -> None:
    assert GUESSER.guess(text) == []


def test_what_may_be_two_things_is_ranked_and_not_guessed() -> None:
    text = "村道上挖沙"
    assert GUESSER.guess(text) == []
    assert {one.code for one in GUESSER.ranked(text)} == {"公用设施/道路破损", "生态环境/采砂"}


def test_danger_to_life_is_heard_before_the_rest() -> None:
    assert GUESSER.guess("饭店后厨起火，油烟很大")[0].code == "公共安全/火情"
    assert GUESSER.guess("河边有小孩落水")[0].code == "诉求咨询/寻人"


def test_a_countys_own_class_is_known_by_its_name() -> None:
    own = Guesser([Kind("文旅/景区拥挤", "景区拥挤", 3, []), Kind("文旅/导游", "导游", 3, ["宰客", ""])])
    assert own.guess("导游宰客还骂人") == [Guess("文旅/导游", 1.0, ("导游", "宰客"))]
    assert Guesser([]).guess("积水") == []
