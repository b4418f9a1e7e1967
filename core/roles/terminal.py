"""`main.py terminal`: the first terminal as text, for a person or, with `--json`, for a program."""

from pathlib import Path

from core.roles.data_folder import open_data_folder


def terminal(data: Path | None, server: str | None, enrol: str, *, as_json: bool) -> int:
    """Run the text terminal on standard input and output until it ends.

    Args:
        data: the folder of `--data`.
        server: the user-management server's address; None for the data folder's own.
        enrol: a one-time code to enrol with first; empty for none.
        as_json: one event a line.

    Returns:
        The exit status (DESIGN.md section 6).

    Raises:
        FolderRefused: the data folder is no good.
    """
    from core.terminal.wiring import TextTerminalOptions, run_text_terminal

    folder = open_data_folder(data)
    return run_text_terminal(TextTerminalOptions(folder, server, enrol, as_json))
