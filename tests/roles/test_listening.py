"""Addresses are bound before servers start, kept between starts, and refused in one sentence."""

import random
import socket
from unittest.mock import Mock

import pytest

from core.roles import listening
from core.roles.errors import PortRefused
from core.roles.listening import bind, url_of

HOST = "127.0.0.1"


def test_a_first_start_draws_a_port_and_can_be_connected_to_at_once() -> None:
    with bind(HOST, None, None) as listener:
        assert listener.getsockname()[1] in listening.PORTS
        socket.create_connection(listener.getsockname()).close()


def test_a_drawn_port_that_is_taken_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with bind(HOST, None, None) as first, bind(HOST, None, None) as second:
        taken, free = first.getsockname()[1], second.getsockname()[1]
        second.close()
        draws = iter([taken, taken, free])
        monkeypatch.setattr(random, "choice", lambda _: next(draws))
        with bind(HOST, None, None) as third:
            assert third.getsockname()[1] == free


def test_a_port_asked_for_is_used_and_wins_over_the_last_one() -> None:
    with bind(HOST, None, None) as probe:
        port = probe.getsockname()[1]
    with bind(HOST, port, 1) as listener:
        assert url_of(listener) == f"http://{HOST}:{port}"


def test_a_taken_port_is_refused_with_what_to_do() -> None:
    with bind(HOST, None, None) as first:
        port = first.getsockname()[1]
        with pytest.raises(PortRefused, match=rf"{HOST}:{port} is taken by another program\. Choose another"):
            bind(HOST, port, None)
        with pytest.raises(PortRefused, match="stop the other program"):
            bind(HOST, None, port)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(PortRefused, match="no address of this machine"):
        bind("192.0.2.1", 8080, None)


def test_an_address_with_colons_is_written_in_brackets() -> None:
    listener = Mock(socket.socket, getsockname=lambda: ("::1", 23456, 0, 0))
    assert url_of(listener) == "http://[::1]:23456"
