"""A gold list of pairs: what is one name in two spellings, what differs by its legal form alone, what is another name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.applicants.names import cut, same_but_form, same_spelled

SAME = [
    ("华为技术有限公司", "华为技术有限公司"),
    ("华为技术有限公司", "华为技术有限责任公司"),
    ("比亚迪股份有限公司", "比亚迪股份公司"),
    ("比亚迪股份有限公司", "比亞迪股份有限公司"),
    ("中兴通讯 股份有限公司", "中兴通讯股份有限公司"),
    ("上海微电子（集团）有限公司", "上海微电子(集团)有限公司"),
    ("ＴＣＬ科技集团股份有限公司", "TCL科技集团股份有限公司"),
    ("Huawei Technologies Co., Ltd.", "HUAWEI TECHNOLOGIES CO LTD"),
    ("Huawei Technologies Co., Ltd.", "Huawei Technologies Company Limited"),
    ("Apple Inc.", "APPLE INCORPORATED"),
    ("Intel Corp", "Intel Corporation"),
    ("Robert Bosch GmbH", "ROBERT BOSCH G.M.B.H."),
    ("Robert Bosch GmbH", "Robert Bosch Gesellschaft mit beschränkter Haftung"),
    ("BASF SE", "basf se"),
    ("Sony Kabushiki Kaisha", "Kabushiki Kaisha Sony"),
    ("株式会社日立製作所", "日立製作所株式会社"),
    ("Acme L.L.C.", "ACME LLC"),
    ("Koninklijke Philips N.V.", "Koninklijke Philips NV"),
]
FORM_ALONE = [
    ("甲股份有限公司", "甲有限公司"),
    ("甲股份公司", "甲有限责任公司"),
    ("甲有限公司", "甲公司"),
    ("甲有限公司", "甲"),
    ("株式会社甲", "甲有限公司"),
    ("Acme Inc.", "Acme Corp."),
    ("Acme Ltd.", "Acme Co., Ltd."),
    ("Acme GmbH", "Acme AG"),
    ("Acme GmbH", "Acme GmbH & Co. KG"),
    ("Acme LLC", "Acme"),
    ("Acme S.A.", "Acme S.A.S."),
]
OTHERS = [
    ("华为技术有限公司", "华为终端有限公司"),
    ("甲（上海）有限公司", "甲有限公司"),
    ("甲（上海）有限公司", "甲（北京）有限公司"),
    ("甲集团有限公司", "甲有限公司"),
    ("甲有限公司上海分公司", "甲有限公司"),
    ("甲大学", "甲学院"),
    ("中国石油化工股份有限公司", "中国石油天然气股份有限公司"),
    ("有限公司", "股份有限公司"),
    ("Acme Ltd.", "Acme Power Ltd."),
    ("Co., Ltd.", "Inc."),
    ("Limited Brands Inc.", "Brands Inc."),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_spellings_are_one_name(one: str, other: str) -> None:
    assert same_spelled(one, other)
    assert not same_but_form(one, other)


@pytest.mark.parametrize(("one", "other"), FORM_ALONE)
def test_two_forms_are_not_one_spelling(one: str, other: str) -> None:
    assert same_but_form(one, other)
    assert not same_spelled(one, other)


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_other_names_are_neither(one: str, other: str) -> None:
    assert not same_spelled(one, other)
    assert not same_but_form(one, other)


@given(st.text(max_size=30))
def test_a_name_is_itself(name: str) -> None:
    assert same_spelled(name, name)
    assert cut(name).core or not name
