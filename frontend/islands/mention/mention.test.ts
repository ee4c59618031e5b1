import { beforeEach, expect, test } from "vitest";
import { mount } from ".";
import { askedAt, fitting, withName } from "./find";

const names = ["Ann Berg", "Bo Ek", "Zoë Ann Ünal"];

test("what is typed behind the sign is found, and mail addresses are not", () => {
  expect(askedAt("ask @an", 7)).toEqual({ start: 4, words: "an" });
  expect(askedAt("ask @ann b", 10)).toEqual({ start: 4, words: "ann b" });
  expect(askedAt("a@b", 3)).toBeNull();
  expect(askedAt("@ann, then", 10)).toBeNull();
  expect(askedAt("nobody", 6)).toBeNull();
});

test("names that begin so come first, accents or not", () => {
  expect(fitting(names, "an")).toEqual(["Ann Berg", "Zoë Ann Ünal"]);
  expect(fitting(names, "zoe")).toEqual(["Zoë Ann Ünal"]);
  expect(fitting(names, "")).toEqual(names);
  expect(fitting(names, "bo ek ")).toEqual([]);
});

test("a chosen name takes the place of what was typed", () => {
  expect(withName("ask @an now", { start: 4, words: "an" }, "Ann Berg", 7)).toEqual({
    text: "ask @Ann Berg now",
    caret: 14,
  });
});

beforeEach(() => document.body.replaceChildren());

test("arrow and enter choose", () => {
  document.body.innerHTML = `<div data-people='["Ann Berg","Anton Ek"]'><textarea></textarea></div>`;
  const element = document.body.firstElementChild as HTMLElement;
  const area = element.querySelector("textarea") as HTMLTextAreaElement;
  mount(element);
  area.value = "@an";
  area.setSelectionRange(3, 3);
  area.dispatchEvent(new Event("input"));
  area.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown" }));
  area.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
  expect(area.value).toBe("@Anton Ek ");
  expect(element.querySelector("ul")?.hidden).toBe(true);
});
