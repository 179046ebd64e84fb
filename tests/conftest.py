"""What holds for every test."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# An example may take as long as it takes: on a machine with other work to do a clock says nothing about the code.
# A test that hangs is ended by pytest's own limit.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

# Every client of HTTP reads all the world's certificate authorities: 0.1 s each time, some thousand times in a run. No
# test asks anybody outside this machine, those of certificates bring their own, and an empty folder is read in no time.
os.environ.pop("SSL_CERT_FILE", None)
os.environ["SSL_CERT_DIR"] = str(Path(__file__).parent)


@pytest.fixture(scope="session")
def pcsc_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where every test of this process has its pcscd: libpcsclite reads the name of the socket once in a life."""
    folder = tmp_path_factory.mktemp("pcsc")
    os.environ["PCSCLITE_CSOCK_NAME"] = str(folder / "run" / "pcscd.comm")
    return folder
