"""Speaks an order into a WAV file: how the demo says something that the real recogniser then hears.

The voice is the device's own (`assistant.synthesis`: espeak-ng, loaded at run time from the optional package
`espeakng-loader` or from the system), somewhat slower, as a person would talk to a speaker.
"""

from pathlib import Path

from core.roles.errors import RoleError

WORDS_A_MINUTE = 150


class NoVoice(RoleError):
    """No speech engine works on this machine."""

    code = "no_voice"


def speak_to_file(text: str, target: Path, locale: str = "en") -> None:
    """Speak `text` into the WAV file `target`.

    Raises:
        NoVoice: there is no speech engine, or it made no sound.
    """
    from assistant.synthesis import own_voice, render
    from assistant.tone import NoVoiceHere, Tone

    try:
        render(text, Tone(own_voice(locale), WORDS_A_MINUTE), target)
    except NoVoiceHere as error:
        raise NoVoice(
            "The order cannot be spoken: no speech engine works here. Install espeak-ng, "
            "or give the order with --say TEXT or --listen FILE."
        ) from error
