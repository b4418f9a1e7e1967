"""Lines break where a reader of Japanese would break them."""

import itertools

import pytest
from pytestqt.qtbot import QtBot

from core.presentation.breaks import JOINER, OPENING, breakable
from core.texts.catalog import Texts
from gui.parts.text import Text

UNPAIR = "台所のスピーカーのペアリングを解除しますか。もう一度ペアリングするまで依頼は来ません。"


SEEN_BROKEN = """
もらっ|て 同|じ 試|します 決|めます コピーし|た 返事があ|りません 届|きません 試|し続けます 頼ん|でも
買|いません 領収|書 オープンソー|ス ドメ|イン 呼び|ます かから|ない ティーバッグ20|袋 合|計 足|りません
つな|がらず こ|の 支払わ|れた 結果|は 話|すか 履|歴 書|き出した 入|力 管理|者 あ|りません 始|まります
よろし|いですか 買っ|ていません 60秒以|内 取り|消し つながり|次第 お|店 ご|確認 もう|一度 「はい」|か
"""


def _lines(shown: str) -> list[str]:
    return [part.replace(JOINER, "") for part in shown.split(OPENING)]


def _whole(phrase: str) -> str:
    """With a joiner wherever Qt could break it, which is never between Latin letters or digits."""
    pairs = itertools.pairwise(phrase)
    joined = (one if (one + after).isascii() else one + JOINER for one, after in pairs)
    return "".join(joined) + phrase[-1]


@pytest.mark.parametrize("seen", SEEN_BROKEN.split())
@pytest.mark.parametrize("lead", ["", "机の", "それを", "何も"])
def test_no_line_ends_inside_a_phrase(seen: str, lead: str) -> None:
    whole = seen.replace("|", "")
    assert _whole(whole) in breakable(f"{lead}{whole}。{lead}")


@pytest.mark.parametrize(
    "sentence",
    [
        "答えるには、|この|ウィンドウを|クリックするか、|この|ウィンドウに|切り替えてください。",
        "つながり次第、|承認できるように|なります。",
        "必要なら|モモに|もう一度|頼み、|新しい|番号を|入力してください。",
        "しばらくしてから|もう一度|お試しください。",
        "お使いの|端末の|「プロフィール」で|コードを|作るか、|管理者からもらって|ください。",
        "サーバーに|つながりません。",
    ],
)
def test_a_sentence_is_broken_between_its_phrases_and_nowhere_else(sentence: str) -> None:
    phrases = sentence.split("|")
    shown = breakable("".join(phrases))
    assert shown.replace(OPENING, "") == "".join(_whole(phrase) for phrase in phrases)


@pytest.mark.parametrize("word", ["ペアリング", "スピーカー", "コンピューター"])
def test_no_line_ends_inside_a_katakana_word(word: str) -> None:
    kept = JOINER.join(word)
    for lead in range(40):
        shown = breakable("あ" * lead + word + "する")
        assert kept in shown


@pytest.mark.parametrize("end", ["ください。", "ません。", "ます。", "しますか。"])
def test_a_last_line_is_never_one_syllable(end: str) -> None:
    assert breakable("もう一度頼んで" + end).endswith(JOINER.join(end[-5:]))


@pytest.mark.parametrize(
    ("heading", "end"),
    [
        ("台所のスピーカーからの購入の依頼", "依頼"),
        ("何も買わない手続の取消", "取消"),
        ("東京都千代田区", "田区"),
    ],
)
def test_a_heading_never_ends_in_one_lone_kanji(heading: str, end: str) -> None:
    assert breakable(heading).endswith(JOINER.join(end))


def test_an_option_that_is_to_be_typed_stays_in_one_piece_with_its_value() -> None:
    shown = breakable("管理者からもらったコードを付けて起動してください：--enrol\u00a0コード")
    assert shown.endswith(f"：--{JOINER}enrol\u00a0{JOINER.join('コード')}")


def test_what_no_rule_breaks_can_be_broken() -> None:
    for hostile in ("x" * 120, "ー" * 120, "ペ" * 120, "山" * 120, "ー." * 60, "お" * 120):
        assert max(map(len, _lines(breakable(hostile)))) <= 18


def test_nothing_but_the_breaks_changes_and_a_screen_reader_hears_none_of_them(qtbot: QtBot) -> None:
    label = Text(UNPAIR)
    qtbot.addWidget(label)
    assert label.text().replace(JOINER, "").replace(OPENING, "") == UNPAIR
    assert label.accessibleName() == UNPAIR


def test_a_pairing_word_goes_to_the_next_line_as_a_whole(qtbot: QtBot) -> None:
    """Measured with the font: the narrowest width is that of the longest kept word."""
    kept, loose = Text("ペアリング"), Text("ペあリんグ")
    qtbot.addWidget(kept)
    qtbot.addWidget(loose)
    whole = kept.fontMetrics().horizontalAdvance("ペアリング")
    assert kept.minimumSizeHint().width() >= whole
    assert loose.minimumSizeHint().width() < whole


@pytest.mark.parametrize(
    ("key", "end"),
    [
        ("desktop-motto", "until you nod."),
        ("desktop-requests-empty-more", "its own."),
        ("desktop-pairing-never", "you like."),
        ("prompt-over-declined-plain", "was taken."),
    ],
)
def test_an_english_sentence_that_is_often_wrapped_leaves_no_word_alone(key: str, end: str) -> None:
    assert Texts("en").say(key).endswith(end.replace(" ", "\u00a0"))
