"""A user ID is proposed for a Japanese nickname, in letters that a person would write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.nickname import is_user_id
from core.domain.romaji import romaji
from gui.checks import suggested_user_id


@pytest.mark.parametrize(
    ("kana", "latin"),
    [
        ("モモ", "momo"),
        ("けんいち", "kenichi"),
        ("ジュン", "jun"),
        ("しょうた", "shouta"),
        ("マッチ", "matchi"),
        ("ラッパ", "rappa"),
        ("ファミ", "fami"),
        ("ｷｬｼｰ", "kyashi"),
        ("百々", ""),
    ],
)
def test_kana_are_written_as_they_are_said(kana: str, latin: str) -> None:
    assert romaji(kana) == latin


@pytest.mark.parametrize(
    ("nickname", "proposed"),
    [("Zoë K", "zoe-k"), ("モモ", "momo"), ("モモ2", "momo2"), ("百々", ""), ("あ", "")],
)
def test_a_user_id_is_proposed_from_the_nickname(nickname: str, proposed: str) -> None:
    assert suggested_user_id(nickname) == proposed


@given(st.text(max_size=70))
def test_whatever_is_proposed_can_be_a_user_id(nickname: str) -> None:
    proposed = suggested_user_id(nickname)
    assert proposed == "" or is_user_id(proposed)
