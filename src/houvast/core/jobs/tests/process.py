"""A worker as a process of its own on the database of the tests, which can be killed for real."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection

SOURCE = Path(__file__).parents[4]


def database_url() -> str:
    """The database of the tests, as a process of its own is told."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    who = quote(str(given["USER"])) + (f":{quote(str(given['PASSWORD']))}" if given["PASSWORD"] else "")
    query = urlencode({"host": given["HOST"], "port": given["PORT"]} | given["OPTIONS"])
    return f"postgresql://{who}@/{given['NAME']}?{query}"


def run(program: str, *arguments: str, **more: str) -> int:
    """Run a program with Django's settings in the environment; 0, or -9 where it was killed."""
    environment = os.environ | {
        "PYTHONPATH": str(SOURCE),
        "DJANGO_SETTINGS_MODULE": "houvast.project.settings",
        "HOUVAST_DATA": str(settings.DATA),
        "HOUVAST_DATABASE_URL": database_url(),
        "HOUVAST_SECRET_KEY": "test",
        "HOUVAST_SIGNING_KEY": "test",
    }
    ended = subprocess.run(
        [sys.executable, "-P", "-c", program, *arguments],
        env=environment | more,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode in (0, -signal.SIGKILL), ended.stderr
    return ended.returncode
