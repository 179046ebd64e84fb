"""What holds for every test."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# An example may take as long as it takes: on a machine with other work to do a clock says nothing about the code.
# A test that hangs is ended by pytest's own limit.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
