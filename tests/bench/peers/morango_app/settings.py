"""A Django project with Morango in it and nothing else; its database is where MORANGO_DB says."""

import os

SECRET_KEY = "a bench on this machine alone"
ALLOWED_HOSTS = ["127.0.0.1"]
DEBUG = False
USE_TZ = True
ROOT_URLCONF = "morango.urls"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "rest_framework",
    "morango",
    "tests.bench.peers.morango_app.apps.Visits",
]
# As it comes: a rollback journal, each commit synced (FULL is SQLite's own).
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ["MORANGO_DB"],
        "OPTIONS": {"timeout": 60},
    }
}
