"""Signing in, with a second step, and making a token that is shown once."""

from __future__ import annotations

import hashlib
import hmac
import re
import struct
import time
from base64 import b32decode

from polyfolio.people.models import User
from tests.factories.people import PASSWORD
from tests.journeys.conftest import OpenTab
from tests.journeys.tab import Tab
from tests.journeys.world import World


def code_of(secret: str) -> str:
    """The six digits that an authenticator app shows now (RFC 6238)."""
    digest = hmac.new(b32decode(secret), struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def sign_in(tab: Tab, user: User) -> Tab:
    tab.open("/").click("Sign in").look()
    tab.page.get_by_label("Email").first.fill(user.email)
    tab.page.get_by_label("Password").first.fill(PASSWORD)
    return tab.press("Sign in")


def sign_out(tab: Tab) -> Tab:
    tab.page.locator("summary", has_text="Account").click()
    return tab.press("Sign out")


def test_signing_in_asks_for_the_second_step_once_there_is_one(world: World, open_tab: OpenTab) -> None:
    tab = sign_in(open_tab(), world.steward)
    assert tab.path == "/next-steps/"

    tab.open("/account/2fa/totp/activate/").look()
    if tab.path == "/account/reauthenticate/":
        tab.page.get_by_label("Password").first.fill(PASSWORD)
        tab.press("Confirm").look()
    secret = tab.page.locator("#authenticator_secret").input_value()
    tab.page.locator("[name=code]").fill(code_of(secret))
    tab.page.locator("[name=code]").press("Enter")
    tab.settle().look()
    sign_out(tab)
    sign_in(tab, world.steward)
    tab.look()
    with tab.expecting(400, 422):
        tab.page.locator("[name=code]").fill("000000")
        tab.page.locator("[name=code]").press("Enter")
        tab.settle()
    assert tab.page.locator("[name=code]").count() == 1
    time.sleep(max(0.0, 30 - time.time() % 30) + 0.2 if time.time() % 30 > 25 else 0)
    tab.page.locator("[name=code]").fill(code_of(secret))
    tab.page.locator("[name=code]").press("Enter")

    assert tab.settle().path == "/next-steps/"


def test_token_is_shown_once_and_opens_the_api(world: World, open_tab: OpenTab) -> None:
    tab = open_tab(world.steward).open("/account/tokens/").look()
    tab.page.get_by_label("What uses it", exact=False).fill("Nightly figures")
    tab.press("Make a token").look()
    token = tab.page.locator(".callout code, main code").first.inner_text()

    answer = tab.page.context.request.get(
        f"{tab.site}/api/v1/networks/everyday", headers={"Authorization": f"Bearer {token}", "Cookie": ""}
    )

    assert answer.status == 200
    assert token not in tab.open("/account/tokens/").page.content()
    tab.sees("Nightly figures")
    tab.page.get_by_role("button", name=re.compile("Take back")).click()
    tab.settle().sees("opens nothing any more")
