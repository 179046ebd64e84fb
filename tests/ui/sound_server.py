"""A sound server of one's own, whose loudspeaker can be listened to: PulseAudio with a null sink."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

RATE_HZ = 22_050
_FORM = ("--rate", str(RATE_HZ), "--channels", "1", "--format", "s16le")
SINK = "speaker"


def installed() -> bool:
    """Return whether it can be run here; packaging/system-packages.txt names the packages."""
    return shutil.which("pulseaudio") is not None and shutil.which("parec") is not None


@contextlib.contextmanager
def sound_server(folder: Path) -> Iterator[dict[str, str]]:
    """Run it; yields the environment of whoever is to play there."""
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    socket = folder / "pulse"
    environment = {
        **os.environ,
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(runtime),
        "PULSE_RUNTIME_PATH": str(runtime),
        "PULSE_SERVER": f"unix:{socket}",
    }
    form = f"rate={RATE_HZ} channels=1 format=s16le"
    process = subprocess.Popen(
        [
            *("pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", "--disable-shm=yes"),
            *("-L", f"module-null-sink sink_name={SINK} {form}"),
            *("-L", f"module-native-protocol-unix socket={socket} auth-anonymous=1"),
        ],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        # asks until it answers: the server says nowhere that it is ready
        subprocess.run(
            ["bash", "-c", "until pactl info >/dev/null 2>&1; do read -rt 0.05 <> <(:) || true; done"],
            env=environment,
            timeout=20,
            check=True,
        )
        yield environment
    finally:
        process.terminate()
        process.wait(10)


@contextlib.contextmanager
def recording(environment: dict[str, str], into: Path) -> Iterator[None]:
    """Record what the loudspeaker plays, until the block ends."""
    with into.open("wb") as file:
        process = subprocess.Popen(
            ["parec", "-d", f"{SINK}.monitor", *_FORM, "--latency-msec=20"], env=environment, stdout=file
        )
        try:
            # samples come as soon as it listens, silence too
            while not into.stat().st_size:
                assert process.poll() is None, "nobody listens"
            yield
        finally:
            process.terminate()
            process.wait(10)
