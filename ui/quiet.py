"""What Qt says that nobody can act on, each with its reason: kept out of the log, and no failure of a test."""

from __future__ import annotations

from typing import Final

RULES: Final = ("qt.qml.propertyCache.append=false", "qt.virtualkeyboard.pinyin=false")
"""Categories (``QT_LOGGING_RULES``) in which Qt's own keyboard speaks of itself at every start."""

EXCEPTIONS: Final = (
    r"Couldn't load pipewire-0\.3",  # Qt Multimedia looks for it on a machine without a sound server
    r"Using Qt multimedia with FFmpeg",  # its version, when somebody is first spoken to
    r"PulseAudioService: pa_context_connect\(\) failed",  # likewise, when a test of the loudspeaker looks for one
    r"Object or context destroyed during incubation",  # who leaves at once leaves before the keyboard has come
    r"propagateSizeHints\(\)",  # the offscreen platform says that it has no window manager
)
"""Messages, as regular expressions."""
