// @vitest-environment happy-dom
import { beforeEach, describe, expect, test, vi } from "vitest";
import { Board } from "./board";
import { boxAt, filled, step } from "./geometry";
import { startKeys } from "./keys";

const PAGE = `
<div id="board" data-moves data-words-carry="{token} over {zone}, {number} of {all}" data-words-back="{token} back">
  <section data-field="a" data-name="Alder"><ul class="board-tokens">
    <li><a data-token="one" data-label="One" href="#1"></a></li><li><a data-token="two" data-label="Two" href="#2"></a></li>
  </ul></section>
  <section data-field="b" data-name="Birch"><ul class="board-tokens"></ul></section>
  <section data-field="" data-name="Nowhere"><ul class="board-tokens"></ul></section>
  <p data-say></p>
</div>`;

function press(key: string): void {
  document.activeElement?.dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }),
  );
}

describe("geometry", () => {
  const boxes = [
    { left: 0, top: 0, right: 10, bottom: 10 },
    { left: 20, top: 0, right: 30, bottom: 10 },
  ];
  test("a point lies in a box or in none", () => {
    expect([boxAt(boxes, 5, 5), boxAt(boxes, 30, 10), boxAt(boxes, 15, 5)]).toEqual([0, 1, -1]);
  });
  test("steps stay within", () => {
    expect([step(0, -1, 3), step(1, 1, 3), step(2, 1, 3), step(-1, 1, 3)]).toEqual([0, 2, 2, 0]);
  });
  test("names that have no value stay as they are", () => {
    expect(filled("{a} and {b}", { a: "A" })).toBe("A and {b}");
  });
});

describe("keys", () => {
  const drop = vi.fn();
  let said: () => string | null | undefined;

  beforeEach(() => {
    document.body.innerHTML = PAGE;
    drop.mockReset();
    const root = document.getElementById("board") as HTMLElement;
    startKeys(new Board(root), drop);
    said = () => root.querySelector("[data-say]")?.textContent;
    root.querySelector<HTMLElement>("[data-token=one]")?.focus();
  });

  test("right carries over the next field and Enter drops there", () => {
    press("ArrowRight");
    expect(said()).toBe("One over Birch, 2 of 2");
    press("Enter");
    expect(drop).toHaveBeenCalledWith(document.querySelector("[data-token=one]"), 1);
  });

  test("Escape puts it back", () => {
    press("ArrowRight");
    press("Escape");
    press("Enter");
    expect([said(), drop.mock.calls.length, document.querySelectorAll(".is-over").length]).toEqual([
      "One back",
      0,
      0,
    ]);
  });

  test("dropping where it stands moves nothing", () => {
    press("ArrowLeft");
    press("Enter");
    expect(drop).not.toHaveBeenCalled();
  });

  test("up and down go along the field, one tab stop in each", () => {
    press("ArrowDown");
    expect((document.activeElement as HTMLElement).dataset["token"]).toBe("two");
    expect(document.querySelectorAll('[data-token][tabindex="0"]').length).toBe(1);
  });
});
