"""What every test of this project shares."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# A time limit an example would make the suite depend on what else the machine is doing.
settings.register_profile("project", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("project")
