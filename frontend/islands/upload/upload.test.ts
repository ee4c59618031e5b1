import { beforeEach, expect, test } from "vitest";
import { fits, mount, readable, take } from ".";

beforeEach(() => {
  document.documentElement.lang = "en-gb";
  document.body.innerHTML = `<form><div id="zone"><input type="file" name="file" accept=".xml, .json" multiple>
    <ul data-files></ul></div></form>`;
});

const input = () => document.querySelector("input") as HTMLInputElement;
const names = () => [...(input().files ?? [])].map((file) => file.name);

test("endings decide what fits, whatever their case", () => {
  expect([fits("a.XML", ".xml,.json"), fits("a.xlsx", ".xml,.json"), fits("a.anything", "")]).toEqual([
    true,
    false,
    true,
  ]);
});

test("dropped files are added to those chosen already", () => {
  take(input(), [new File(["a"], "a.xml")]);
  take(input(), [new File(["b"], "b.xml"), new File(["c"], "c.png")]);

  expect(names()).toEqual(["a.xml", "b.xml"]);
});

test("a single field keeps one file", () => {
  input().multiple = false;
  take(input(), [new File(["a"], "a.xml"), new File(["b"], "b.xml")]);

  expect(names()).toEqual(["a.xml"]);
});

test("each chosen file is listed and can be left out", () => {
  mount(document.getElementById("zone") as HTMLElement);
  take(input(), [new File(["a"], "a.xml"), new File(["b"], "b.xml")]);
  input().dispatchEvent(new Event("change"));
  document.querySelector<HTMLButtonElement>("[data-files] button")?.click();

  expect([names(), document.querySelectorAll("[data-files] li").length]).toEqual([["b.xml"], 1]);
});

test("sizes are readable", () => {
  expect([readable(12), readable(2_400_000), readable(230_000_000)]).toEqual(["1 kB", "2.4 MB", "230 MB"]);
});
