import { describe, expect, it } from "vitest";
import { Board, middle } from "./board";
import { Line } from "./line";
import { within } from "./table";
import type { Act, Answer, News, Outgoing } from "./types";

const act = (sequence: number, seat: number, kind: string, target = "", payload = {}): Act => [
  sequence,
  seat,
  0,
  kind,
  target,
  payload,
];

const news = (sequence: number, acts: Act[] = []): News => ({
  sequence,
  state: "running",
  step: 0,
  revealed: [],
  timer: { ends: null, seconds: 0 },
  now: 0,
  acted: null,
  acts,
});

describe("the board", () => {
  it("takes each act once and lets the last move win", () => {
    const board = new Board();
    const acts = [act(2, 1, "move", "7", { x: 0, y: 1 }), act(3, 2, "move", "7", { x: 1, y: 0 })];
    expect(acts.map((each) => board.take(each))).toEqual([true, true]);
    expect(board.take(acts[0] as Act)).toBe(false);
    expect(board.position(0, "7")).toEqual({ x: 1, y: 0 });
    expect(board.seen(0, "7")).toBe(3);
  });

  it("stands in the middle of what people placed until it is moved", () => {
    const board = new Board();
    board.take(act(1, 1, "place", "7", { x: 0, y: 0 }));
    board.take(act(2, 2, "place", "7", { x: 0.5, y: 0.5 }));
    expect(board.position(0, "7")).toEqual({ x: 0.25, y: 0.25 });
    expect(middle([{ zone: "a" }, { zone: "b" }, { zone: "b" }])).toEqual({ zone: "b" });
    expect(middle([])).toBeNull();
  });

  it("counts dots, and takes them back", () => {
    const board = new Board();
    board.take(act(1, 1, "vote", "note-9", { on: true }));
    board.take(act(2, 2, "vote", "note-9", { on: true }));
    board.take(act(3, 1, "vote", "note-9", { on: false }));
    expect([board.dots("note-9"), board.spent(0, 1), board.has(0, "note-9", 2)]).toEqual([1, 0, true]);
  });

  it("draws a point that is too far out back onto the diamond", () => {
    expect(within(2, 2)).toEqual({ x: 0.5, y: 0.5 });
  });
});

describe("the line", () => {
  it("keeps acts on the device while offline, and sends each under the same name until it is answered", async () => {
    const store = new Map<string, string>();
    const storage = {
      getItem: (key: string) => store.get(key) ?? null,
      setItem: (key: string, value: string) => void store.set(key, value),
    };
    const sent: Outgoing[][] = [];
    let isOnline = false;
    const ask = (async (_to: unknown, init?: RequestInit) => {
      const told =
        init?.method === "POST" ? (JSON.parse(String(init.body)) as { acts: Outgoing[] }) : { acts: [] };
      if (told.acts.length) sent.push(told.acts);
      if (!isOnline) throw new TypeError("offline");
      const answers: Answer[] = told.acts.map((each, place) => ({
        client_id: each.client_id,
        sequence: place,
        refused: "",
      }));
      return new Response(JSON.stringify({ ...news(1), answers }));
    }) as typeof fetch;
    const waits: [number, boolean][] = [];
    const hears = {
      news: () => {},
      answers: () => {},
      lost: () => {},
      waits: (...each: [number, boolean]) => void waits.push(each),
    };
    const line = new Line("k", { since: "/", acts: "/a", lead: "/l" }, "", hears, storage, ask);
    line.send({ kind: "note", step: 0, target: "", payload: { text: "hello" } });
    await line.turn();
    expect(waits.at(-1)).toEqual([1, false]);
    expect(JSON.parse(store.get("k") ?? "")).toHaveLength(1);
    line.stop();
    isOnline = true;
    const later = new Line("k", { since: "/", acts: "/a", lead: "/l" }, "", hears, storage, ask);
    await later.turn();
    later.stop();
    expect(new Set(sent.flat().map((each) => each.client_id)).size).toBe(1);
    expect(JSON.parse(store.get("k") ?? "")).toEqual([]);
    expect(waits.at(-1)).toEqual([0, true]);
  });
});
