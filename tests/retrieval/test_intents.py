from __future__ import annotations

import pytest

from qa.retrieval.intents import asked_aim, asked_office, wanted, without_courtesies


@pytest.mark.parametrize(
    ("asked", "wants"),
    [
        ("工作要点的索引号", "metadata"),
        ("是哪个部门发的", "metadata"),
        ("服务站如何发挥优势", "statement"),
        ("甲县和乙县哪个多", "comparison"),
        ("两个项目哪个投资总额更大?", "comparison"),
        ("今年和去年相差多少", "comparison"),
        ("高企目标完成了吗", "comparison"),
        ("研发投入目标完成情况如何", "comparison"),
        ("失业率是否达标", "comparison"),
        ("哪座城市办第33届世界大学生运动会", "place"),
        ("工作计划分哪几个方面", "section"),
        ("这份文件有哪些章节", "section"),
        ("重点工作分几部分", "section"),
        ("通知的主要内容是什么", "section"),
        ("主要目标有哪些", "section"),
        ("工行支持哪七大重点领域", "list"),
        ("靠哪两家机构做科技合作", "list"),
        ("新增多少家", "amount"),
        ("补贴几个月", "amount"),
        ("独角兽岛 面积", "amount"),
        ("技工贸总收入目标?", "amount"),
        ("宁波2024年高新技术企业数", "amount"),
        ("新建幼儿园数", "amount"),
        ("规模以上企业怎么认定", "statement"),
        ("医院哪天完工", "date"),
        ("到哪一年建成", "date"),
        ("末班车是几点", "date"),
        ("申报期延长到什么时候", "date"),
        ("放在哪家医院建的", "name"),
        ("由谁牵头", "name"),
        ("搞的是什么计划", "name"),
        ("跟哪个街道合作", "place"),
        ("在哪里查询", "place"),
        ("在哪些业务现场设立", "list"),
        ("举报信息如何处理", "statement"),
        ("试验设备怎么共享", "statement"),
        ("管理规定是市政府第几号令?", "metadata"),
        ("决议是哪一天通过的?", "metadata"),
        ("条例是哪一天由省人大常委会通过的?", "metadata"),
        ("信息采集是几号到几号?", "date"),
        ("报名是哪两天", "date"),
        ("把九项重点任务列一下", "list"),
        ("申请公租房要准备什么资料", "list"),
        ("实际搞了好多万人", "amount"),
        ("某某办法的发文字号是什么", "metadata"),
        ("某某办法是建设部第几号令发布的", "metadata"),
        ("某局2017年工作要点发给哪些单位", "metadata"),
        ("稳岗补贴发给哪些人", "list"),
        ("认定通知书由谁发出", "name"),
        ("通知是谁发出的", "metadata"),
        ("甲县2024 vs 2025投资增速", "comparison"),
        ("新办法一出来，废掉了哪个文号的旧文件", "name"),
        ("哪一天发布的旧条例作废了", "date"),
    ],
)
def test_wants(asked: str, wants: str) -> None:
    assert wanted(asked) == wants


@pytest.mark.parametrize(
    ("asked", "wants"),
    [
        ("甲县和乙县新增多少家", "comparison"),
        ("2023年和2024年的增速", "comparison"),
        ("2023年和2024年的政策有什么变化", "comparison"),
        ("2024年的目标比2023年降了吗", "comparison"),
        ("甲县和乙县怎么共享设备", "statement"),
    ],
)
def test_amounts_of_several_places_or_years_are_set_side_by_side(asked: str, wants: str) -> None:
    assert wanted(asked, several=True) == wants


@pytest.mark.parametrize(
    ("asked", "aim"),
    [
        ("2024年要新增多少家", "target"),
        ("新认定了多少家", "result"),
        ("指标定了多少家", "target"),
        ("研发投入占比重要达到多少", "target"),
        ("主要有哪些功能", None),
        ("重要的平台有哪些", None),
        ("目标是100家，实际新增多少家", "result"),
        ("占比有多高", None),
        ("物价涨了多少", "result"),
        ("对产量的要求是多少", "target"),
        ("今年需要完成多少投资", "target"),
        ("准备新建几所学校", "target"),
        ("返岗人员需要怎么做", "target"),
        ("投入强度要提升到多少", "target"),
        ("申请居住证需要什么材料", None),
        ("申请居住证要什么材料", None),
        ("办证要带哪些证件、要多久", None),
        ("要交多少押金", None),
        ("申请人要符合哪些条件", None),
        ("做了哪些准备", None),
        ("要准备什么材料", None),
        ("2024年实际使用外资目标是多少", "target"),
        ("2024年实际用了多少外资", "result"),
        ("成交额完成了年度目标的百分之多少", "result"),
    ],
)
def test_aim(asked: str, aim: str | None) -> None:
    assert asked_aim(asked) == aim


@pytest.mark.parametrize(
    ("asked", "office"),
    [("由谁牵头", True), ("哪个部门负责", True), ("责任单位是哪个", True), ("住建局负责哪些工作", False)],
)
def test_an_office_is_asked_for(asked: str, office: bool) -> None:
    assert (asked_office(asked) is not None) is office


def test_since_when_a_document_holds_only_names_it() -> None:
    told = without_courtesies("2005年起施行的土地规划调整办法，规定了哪些原则")
    assert told == "土地规划调整办法，规定了哪些原则"
    assert without_courtesies("2024年起实施的项目有哪些") == "2024年起实施的项目有哪些"
