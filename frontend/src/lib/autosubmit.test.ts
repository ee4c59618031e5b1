import { beforeEach, expect, test, vi } from "vitest";
import { startAutosubmit } from "./autosubmit";

const FORM = `<form data-autosubmit><input type="checkbox" name="zone" value="yellow">
  <input type="checkbox" name="zone" value="green"></form><form id="other"><input type="checkbox" name="x"></form>`;

beforeEach(() => {
  sessionStorage.clear();
  document.body.innerHTML = FORM;
  window.scrollTo = vi.fn() as unknown as typeof window.scrollTo;
});

test("acts at a choice, and the next page takes the focus back to it", () => {
  const submit = vi.fn();
  const form = document.querySelector("form") as HTMLFormElement;
  form.requestSubmit = submit;
  startAutosubmit(document);
  const green = form.elements[1] as HTMLInputElement;
  green.dispatchEvent(new Event("change", { bubbles: true }));
  document.body.innerHTML = FORM;
  startAutosubmit(document);

  expect([submit.mock.calls.length > 0, (document.activeElement as HTMLInputElement).value]).toEqual([
    true,
    "green",
  ]);
});

test("leaves other forms alone", () => {
  const other = document.getElementById("other") as HTMLFormElement;
  other.requestSubmit = vi.fn();
  startAutosubmit(document);
  other.elements[0]?.dispatchEvent(new Event("change", { bubbles: true }));

  expect(other.requestSubmit).not.toHaveBeenCalled();
});
