import { describe, expect, test } from "vitest";
import { fileName } from "./download";
import { nearest } from "./roving";
import { addressWith } from "./state";

describe("arrows", () => {
  const grid = [0, 10, 20].flatMap((y) => [0, 10, 20].map((x) => ({ x, y })));

  test("go to the neighbour in their direction", () => {
    expect([
      nearest(grid, 4, { x: -1, y: 0 }),
      nearest(grid, 4, { x: 1, y: 0 }),
      nearest(grid, 4, { x: 0, y: -1 }),
      nearest(grid, 4, { x: 0, y: 1 }),
    ]).toEqual([3, 5, 1, 7]);
  });

  test("stop at the edge", () => {
    expect(nearest(grid, 0, { x: -1, y: 0 })).toBeNull();
  });

  test("prefer straight ahead to a nearer one aside", () => {
    const places = [
      { x: 0, y: 0 },
      { x: 5, y: 9 },
      { x: 14, y: 0 },
    ];
    expect(nearest(places, 0, { x: 1, y: 0 })).toBe(2);
  });

  test("know of no place that is not there", () => {
    expect(nearest([], 0, { x: 1, y: 0 })).toBeNull();
  });
});

describe("the address", () => {
  test("says that the table is open, beside what it says already", () => {
    expect(addressWith("https://example.org/p/?theme=food#mix", "mix", true)).toBe(
      "https://example.org/p/?theme=food&picture-mix=table#mix",
    );
  });

  test("forgets it when the table is closed", () => {
    expect(addressWith("https://example.org/p/?picture-mix=table&theme=food", "mix", false)).toBe(
      "https://example.org/p/?theme=food",
    );
  });
});

test("a file is named after the finding, in plain letters", () => {
  expect([fileName("  42% of Đà Nẵng’s work: “repair” "), fileName("?!")]).toEqual([
    "42-of-đa-nang-s-work-repair",
    "picture",
  ]);
});
