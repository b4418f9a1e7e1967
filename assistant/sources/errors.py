"""What can be wrong with a source of sound.

Every text is an English sentence for a person; a device says it in its own language, by code and values.

SourceError
├── FileMissing, FileUnreadable, FileTooLong, FileEmpty
├── NoSpeech
└── NoMicrophone
"""


class SourceError(Exception):
    """There is no sound to hear."""

    code = "no_sound"

    def __init__(self, sentence: str, **values: str):
        super().__init__(sentence)
        self.sentence = sentence
        self.values = values


class FileMissing(SourceError):
    """The file is not there."""

    code = "file_missing"


class FileUnreadable(SourceError):
    """The file may not be read, or is no audio in a format that is known."""

    code = "file_unreadable"


class FileTooLong(SourceError):
    """The recording is longer than one may be."""

    code = "file_too_long"


class FileEmpty(SourceError):
    """The recording has no samples."""

    code = "file_empty"


class NoSpeech(SourceError):
    """There is sound or silence, but nobody speaks."""

    code = "no_speech"


class NoMicrophone(SourceError):
    """No way to a microphone on this machine."""

    code = "no_microphone"
