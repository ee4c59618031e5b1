import { beforeEach, describe, expect, test, vi } from "vitest";
import { csrfToken } from "./csrf";
import { startIslands } from "./islands";
import { startMenus } from "./menus";
import { startSearch } from "./search";
import { setTheme, startThemeSwitch } from "./theme";
import { say, startToasts } from "./toasts";

function press(key: string, target: EventTarget = document): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
  target.dispatchEvent(event);
  return event;
}

beforeEach(() => {
  document.body.innerHTML = "";
});

describe("menus", () => {
  beforeEach(() => {
    document.body.innerHTML =
      '<details data-menu open><summary>Menu</summary><a href="#">One</a></details><button>Elsewhere</button>';
    startMenus(document);
  });

  const menu = () => document.querySelector("details") as HTMLDetailsElement;

  test("close by a click elsewhere", () => {
    document.querySelector("button")?.click();
    expect(menu().open).toBe(false);
  });

  test("stay open by a click inside", () => {
    document.querySelector("a")?.click();
    expect(menu().open).toBe(true);
  });

  test("close by Escape and give the focus back", () => {
    document.querySelector("a")?.focus();
    press("Escape");
    expect([menu().open, document.activeElement?.tagName]).toEqual([false, "SUMMARY"]);
  });
});

describe("search", () => {
  const box = () => document.querySelector("input") as HTMLInputElement;
  const list = () => document.querySelector("[data-suggestions]") as HTMLElement;

  beforeEach(() => {
    document.body.innerHTML = `<form data-search><input type="search"><div data-suggestions>
      <a href="#1">One</a><a href="#2">Two</a></div></form><textarea></textarea>`;
    Object.defineProperty(box(), "offsetParent", { value: document.body });
    startSearch(document);
  });

  test("begins with a slash", () => {
    expect([press("/").defaultPrevented, document.activeElement]).toEqual([true, box()]);
  });

  test("leaves a slash in a text alone", () => {
    expect(press("/", document.querySelector("textarea") as Element).defaultPrevented).toBe(false);
  });

  test("walks down through what is suggested and back to the box", () => {
    box().focus();
    press("ArrowDown", box());
    const first = document.activeElement?.textContent;
    press("ArrowDown", document.activeElement as Element);
    const second = document.activeElement?.textContent;
    press("ArrowDown", document.activeElement as Element);
    expect([first, second, document.activeElement]).toEqual(["One", "Two", box()]);
  });

  test("closes by Escape", () => {
    press("Escape", box());
    expect([list().childElementCount, document.activeElement]).toEqual([0, box()]);
  });

  test("closes when the words are taken away", () => {
    box().value = "";
    box().dispatchEvent(new Event("input"));
    expect(list().childElementCount).toBe(0);
  });
});

describe("theme", () => {
  test("stands on the page and in a cookie", () => {
    setTheme(document, "dark");
    expect([document.documentElement.dataset["bsTheme"], document.cookie]).toEqual(["dark", "theme=dark"]);
  });

  test("follows the device again", () => {
    document.body.innerHTML = `<div data-theme-switch><button value="dark" aria-pressed="true">D</button>
      <button value="auto" aria-pressed="false">A</button></div>`;
    setTheme(document, "dark");
    startThemeSwitch(document);
    document.querySelector<HTMLButtonElement>("[value=auto]")?.click();
    expect([
      document.documentElement.dataset["bsTheme"],
      [...document.querySelectorAll("button")].map((each) => each.getAttribute("aria-pressed")),
    ]).toEqual([undefined, ["false", "true"]]);
  });
});

describe("toasts", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    document.body.innerHTML = '<div id="toasts" class="toasts"></div>';
  });

  const count = () => document.querySelectorAll("[data-toast]").length;

  test("leave by themselves", () => {
    say("Saved");
    vi.advanceTimersByTime(8001);
    expect(count()).toBe(0);
  });

  test("stay while pointed at", () => {
    say("Saved");
    document.querySelector("[data-toast]")?.dispatchEvent(new Event("pointerenter"));
    vi.advanceTimersByTime(20_000);
    expect(count()).toBe(1);
  });

  test("stay where there is something to undo", () => {
    document.getElementById("toasts")!.innerHTML = "<div data-toast data-stays>Deleted</div>";
    startToasts(document);
    vi.advanceTimersByTime(20_000);
    expect(count()).toBe(1);
  });

  test("are not said twice", () => {
    say("Saved");
    say("Saved");
    expect(count()).toBe(1);
  });

  test("close by their button", () => {
    say("Saved");
    document.querySelector<HTMLButtonElement>("[data-close]")?.click();
    expect(count()).toBe(0);
  });
});

test("an island is mounted once, wherever it stands", async () => {
  document.body.innerHTML = '<div data-island="map"></div><div data-island="unknown"></div>';
  const mount = vi.fn();
  const islands = { map: () => Promise.resolve({ mount }) };

  startIslands(document, islands);
  startIslands(document.body.firstElementChild as HTMLElement, islands);
  await Promise.resolve();

  expect(mount).toHaveBeenCalledTimes(1);
});

test("the page's token is found in any form", () => {
  document.body.innerHTML = '<input name="csrfmiddlewaretoken" value="abc">';
  expect([csrfToken(document), csrfToken(document.head)]).toEqual(["abc", ""]);
});
