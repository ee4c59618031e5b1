import { beforeEach, describe, expect, test, vi } from "vitest";
import { type Draft, forget, keepDrafts, putBack, read, valuesOf } from "./drafts";

const FORM = `
  <form data-draft="idea:7" data-draft-words-restore="Take up" data-draft-words-discard="Discard">
    <input type="hidden" name="csrfmiddlewaretoken" value="secret">
    <input name="title" value="Repair counters">
    <textarea name="summary"></textarea>
    <input type="checkbox" name="goal" value="11"><input type="checkbox" name="goal" value="12" checked>
    <select name="zone"><option value="yellow">Y</option><option value="green" selected>G</option></select>
    <input type="password" name="password" value="hidden"><input type="file" name="file">
    <span data-draft-state></span>
  </form>`;

function form(): HTMLFormElement {
  return document.querySelector("form") as HTMLFormElement;
}

function type(name: string, value: string): void {
  const field = form().elements.namedItem(name) as HTMLInputElement;
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function store(draft: Partial<Draft>): void {
  const whole: Draft = { at: Date.now(), isSent: false, values: { title: ["Kept"] }, ...draft };
  localStorage.setItem("draft:idea:7", JSON.stringify(whole));
}

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  document.head.innerHTML = '<meta name="signed-in" content="yes">';
  document.body.innerHTML = FORM;
});

describe("what is kept", () => {
  test("leaves out tokens, passwords and files", () => {
    expect(valuesOf(form())).toEqual({
      title: ["Repair counters"],
      summary: [""],
      goal: ["12"],
      zone: ["green"],
    });
  });

  test("is written a moment after typing", () => {
    keepDrafts(document);
    type("summary", "Twelve libraries");
    vi.runAllTimers();

    expect(read("draft:idea:7")?.values["summary"]).toEqual(["Twelve libraries"]);
  });

  test("is nothing while nothing has changed", () => {
    keepDrafts(document);
    form().dispatchEvent(new Event("input"));
    vi.runAllTimers();

    expect(read("draft:idea:7")).toBeNull();
  });

  test("is marked as sent when the form is", () => {
    keepDrafts(document);
    type("title", "New");
    form().dispatchEvent(new Event("submit"));

    expect(read("draft:idea:7")?.isSent).toBe(true);
  });
});

describe("what is offered", () => {
  test("is put back into every kind of field", () => {
    putBack(form(), { title: ["Kept"], summary: ["Text"], goal: ["11"], zone: ["yellow"] });

    expect(valuesOf(form())).toEqual({ title: ["Kept"], summary: ["Text"], goal: ["11"], zone: ["yellow"] });
  });

  test("comes with a choice, and taking it up restores", () => {
    store({});
    keepDrafts(document);
    document.querySelector<HTMLButtonElement>(".draft-note button")?.click();

    expect(valuesOf(form())["title"]).toEqual(["Kept"]);
    expect(document.querySelector(".draft-note")).toBeNull();
  });

  test("is forgotten when discarded", () => {
    store({});
    keepDrafts(document);
    document.querySelectorAll<HTMLButtonElement>(".draft-note button")[1]?.click();

    expect(read("draft:idea:7")).toBeNull();
  });

  test("is nothing where the page shows the same already", () => {
    store({ values: valuesOf(form()) });
    keepDrafts(document);

    expect(document.querySelector(".draft-note")).toBeNull();
  });
});

describe("what is forgotten", () => {
  test("a sent draft once a signed-in page without its form is shown", () => {
    store({ isSent: true });
    forget(document, new Set());

    expect(read("draft:idea:7")).toBeNull();
  });

  test("not while the session is lost", () => {
    store({ isSent: true });
    document.head.innerHTML = "";
    forget(document, new Set());

    expect(read("draft:idea:7")).not.toBeNull();
  });

  test("a sent draft of the kind that a page without sign-in says has arrived", () => {
    store({ isSent: true });
    localStorage.setItem("draft:other:1", JSON.stringify({ at: Date.now(), isSent: true, values: {} }));
    document.head.innerHTML = '<meta name="drafts-arrived" content="idea:">';
    forget(document, new Set());

    expect([read("draft:idea:7"), read("draft:other:1")?.isSent]).toEqual([null, true]);
  });

  test("not while its form stands on the page again", () => {
    store({ isSent: true });
    forget(document, new Set(["draft:idea:7"]));

    expect(read("draft:idea:7")).not.toBeNull();
  });

  test("what is older than a month, and what cannot be read", () => {
    store({ at: Date.now() - 40 * 24 * 3600 * 1000 });
    localStorage.setItem("draft:broken", "{");
    forget(document, new Set(["draft:idea:7"]));

    expect(localStorage.length).toBe(0);
  });
});
