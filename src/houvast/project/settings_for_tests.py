"""The settings that tests run with: a folder of their own and known keys, never those of the installation.

pytest-django reads the settings before any conftest, so this cannot be done there. Processes of pytest-xdist
inherit the folder of the first one.
"""

import os
import tempfile

OWN_FOLDER = "" if "HOUVAST_DATA" in os.environ else tempfile.mkdtemp(prefix="houvast-test-")
os.environ.setdefault("HOUVAST_DATA", OWN_FOLDER)
os.environ.setdefault("HOUVAST_SIGNING_KEY", "test")
os.environ.setdefault("HOUVAST_SECRET_KEY", "test")

from houvast.project.settings import *  # noqa: E402, F403  after the environment, and all of it
