"""Asks espeak-ng how words sound; run as a child process: words on standard input, one IPA line for each.

A process of its own, because espeak-ng keeps global state that speech output uses, and because it is GPL-3:
it stays optional, loaded only here and at run time.
"""

import ctypes
import sys


def main() -> int:
    """Returns 1 where espeak-ng is not installed."""
    try:
        import espeakng_loader

        library = ctypes.CDLL(espeakng_loader.get_library_path())
        data = espeakng_loader.get_data_path().encode()
    except (ImportError, OSError):
        return 1
    if library.espeak_Initialize(2, 0, data, 0) < 0 or library.espeak_SetVoiceByName(b"en-us") != 0:
        return 1
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    for line in sys.stdin:
        text = ctypes.c_char_p(line.strip().encode())
        spoken = library.espeak_TextToPhonemes(ctypes.byref(text), 1, 2)
        sys.stdout.write((spoken or b"").decode() + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
