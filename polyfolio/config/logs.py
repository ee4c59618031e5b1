"""Logs without personal data: what happened, where, how long; never who by name, never what was typed."""

from __future__ import annotations

from typing import Any


def logging_settings(*, level: str, is_json: bool) -> dict[str, Any]:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"format": "{asctime} {levelname:<7} {name}: {message}", "style": "{"},
            "json": {
                "()": "pythonjsonlogger.json.JsonFormatter",
                "format": "{asctime}{levelname}{name}{message}",
                "style": "{",
            },
        },
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "json" if is_json else "line"},
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # A refused request is the visitor's business, already logged as a request.
            "django.request": {"level": "ERROR"},
            "django.security.DisallowedHost": {"level": "ERROR"},
            "httpx": {"level": "WARNING"},
            "huey": {"level": "WARNING"},
        },
    }
