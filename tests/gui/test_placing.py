"""The first windows come up whole on every screen, and beside each other where there is room for both."""

import pytest
from PySide6.QtCore import QPoint, QRect, QSize

from assistant.face.placing import at_the_right
from gui.main_window import SIZE as MAIN
from gui.parts.placing import ASIDE, COMFORTABLE, FRAME, first_place, within
from gui.prompt.fitting import WIDTH as PROMPT
from gui.wizard.window import SIZE as WIZARD

DEVICE, CODE = QSize(400, 600), 60
SCREENS = [
    QSize(400, 700),
    QSize(800, 600),
    QSize(1024, 768),
    QSize(1280, 800),
    QSize(1366, 768),
    QSize(1920, 1080),
]


@pytest.mark.parametrize("screen", SCREENS, ids=str)
@pytest.mark.parametrize("wanted", [MAIN, WIZARD], ids=str)
@pytest.mark.parametrize("aside", [0, ASIDE])
def test_no_part_of_a_window_is_off_the_screen(screen: QSize, wanted: tuple[int, int], aside: int) -> None:
    room = QRect(0, 24, screen.width(), screen.height() - 24)
    for inner in (first_place(QSize(*wanted), room, aside), at_the_right(DEVICE, room)):
        assert room.contains(QRect(inner.topLeft(), inner.size() + FRAME))


@pytest.mark.parametrize("screen", [one for one in SCREENS if one.width() >= COMFORTABLE + ASIDE], ids=str)
@pytest.mark.parametrize("wanted", [MAIN, WIZARD], ids=str)
def test_the_assistant_covers_nothing_where_there_is_room(screen: QSize, wanted: tuple[int, int]) -> None:
    room = QRect(0, 0, screen.width(), screen.height())
    inner = first_place(QSize(*wanted), room, ASIDE)
    assert not inner.intersects(at_the_right(DEVICE, room))


@pytest.mark.parametrize("screen", [one for one in SCREENS if one.width() >= 800], ids=str)
def test_a_request_does_not_cover_the_code_that_the_assistant_shows(screen: QSize) -> None:
    room = QRect(0, 0, screen.width(), screen.height())
    request = first_place(QSize(PROMPT, 600), room, ASIDE)
    assert at_the_right(DEVICE, room).center().x() - CODE // 2 > request.right()


def test_alone_it_stands_in_the_middle() -> None:
    inner = first_place(QSize(1000, 680), QRect(0, 0, 1920, 1080), 0)
    assert inner == QRect(458, 180, 1000, 680)


@pytest.mark.parametrize("height", [300, 532, 560])
@pytest.mark.parametrize("corner", [QPoint(0, 0), QPoint(-30, -30), QPoint(700, 500)], ids=str)
def test_the_title_of_a_request_is_on_the_screen_however_the_desktop_lays_its_frame(
    corner: QPoint, height: int
) -> None:
    room, size, title = QRect(0, 24, 800, 600), QSize(PROMPT, height), 20
    bare = within(corner, size, room, is_framed=False)
    assert bare.y() - title >= room.top()  # laid around it, outwards
    assert room.contains(QRect(bare, size))
    framed = within(corner, size, room, is_framed=True)
    assert room.contains(QRect(framed, size + FRAME))
