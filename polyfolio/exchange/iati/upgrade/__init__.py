"""Versions 1.01 to 1.05 to the form of 2.03, as well as can be."""

from polyfolio.exchange.iati.upgrade.activity import upgrade_activity

__all__ = ["upgrade_activity"]
