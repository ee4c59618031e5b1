"""One person's browser window, which notices everything that a page must never do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

from polyfolio.people.models import User

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
BLOCKED = """
document.addEventListener("securitypolicyviolation", (event) =>
  window.tellProblem(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample} ${event.lineNumber}`));
"""
RUN_AXE = """
async () => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  return found.violations
    .filter((each) => ["serious", "critical"].includes(each.impact))
    .map((each) => `${each.id}: ` + each.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} (${
      [...node.any, ...node.all, ...node.none].map((check) => check.message).slice(0, 2).join("; ")})`).join(" | "));
}
"""
WIDEST = """
() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((each) => each.getBoundingClientRect().right > room + 1);
  return wide.slice(0, 4).map((each) => `<${each.tagName.toLowerCase()} class="${each.className}">`);
}
"""


@dataclass
class Tab:
    """A page, and what went wrong in it so far; whoever opened it asserts that nothing did."""

    page: Page
    site: str
    axe: str
    problems: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)
    status: int = 0
    under_way: int = 0

    # Moving about ---------------------------------------------------------------------------------

    def open(self, path: str, status: int = 200) -> Tab:
        """Go to an address of the site, which must answer with `status`."""
        with self.expecting(status):
            answer = self.page.goto(f"{self.site}{path}")
            self.settle()
        assert answer is not None
        assert (path, answer.status) == (path, status)
        return self

    @contextmanager
    def expecting(self, *statuses: int) -> Iterator[None]:
        """Answers that a browser reports as errors, and that are right here."""
        before, self.expected = self.expected, self.expected | set(statuses)
        try:
            yield
        finally:
            self.expected = before

    def click(self, name: str, role: str = "link", *, exact: bool = True) -> Tab:
        self.page.get_by_role(role, name=name, exact=exact).first.click()  # type: ignore[arg-type]
        return self.settle()

    def press(self, name: str, *, exact: bool = True) -> Tab:
        return self.click(name, "button", exact=exact)

    def settle(self) -> Tab:
        """Wait until the page and every fragment it asked for have arrived."""
        self.page.wait_for_load_state("load")
        quiet = 0
        while quiet < 2:
            self.page.wait_for_timeout(25)
            quiet = quiet + 1 if self.under_way <= 0 else 0
        return self

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    @property
    def heading(self) -> str:
        return self.page.locator("h1").first.inner_text()

    def sees(self, *words: str) -> Tab:
        shown = self.page.locator("body").inner_text()
        missing = [each for each in words if each not in shown]
        assert missing == [], f"{self.path} does not show {missing}:\n{shown[:2000]}"
        return self

    def as_person(self, user: User) -> Tab:
        """Signed in, without walking through the sign-in page each time."""
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        name = settings.SESSION_COOKIE_NAME
        cookie: Any = {"name": name, "value": client.cookies[name].value, "url": self.site}
        self.page.context.add_cookies([cookie])
        return self

    # Looking closely ------------------------------------------------------------------------------

    def look(self) -> Tab:
        """Hold the page, wide and on a phone, to what axe finds serious and to the width of the screen."""
        for size in (PHONE, WIDE):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            self.look_here()
        return self

    def look_here(self) -> Tab:
        width = (self.page.viewport_size or WIDE)["width"]
        self.page.evaluate(f"() => {{ if (!window.axe) {{ {self.axe} }} }}")
        found = self.page.evaluate(RUN_AXE) + [f"wider than the screen: {each}" for each in self.page.evaluate(WIDEST)]
        self.problems += [f"{self.path} at {width} px: {each}" for each in found]
        return self

    # Listening ------------------------------------------------------------------------------------

    def listen(self) -> Tab:
        page = self.page
        page.expose_function("tellProblem", self.note)
        page.add_init_script(BLOCKED)
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.note(f"script: {error}"))
        page.on("request", self._on_request)
        page.on("requestfinished", lambda _request: self._on_end())
        page.on("requestfailed", lambda _request: self._on_end())
        page.on("response", self._on_response)
        return self

    def note(self, problem: str) -> None:
        self.problems.append(f"{self.path}: {problem}")

    def _on_console(self, message: ConsoleMessage) -> None:
        is_expected = any(f"status of {status}" in message.text for status in self.expected)
        if message.type == "error" and not is_expected:
            self.note(f"console: {message.text} ({message.location.get('url', '')})")

    def _on_request(self, request: Request) -> None:
        self.under_way += 1
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.note(f"asks somebody else: {request.url}")

    def _on_end(self) -> None:
        self.under_way -= 1

    def _on_response(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self.status = response.status


def new_tab(context: BrowserContext, site: str, axe: str) -> Tab:
    context.set_default_timeout(8000)
    return Tab(context.new_page(), site, axe).listen()
