import { type Board, labelOf, tokenOf } from "./board";
import type { Drop } from "./drag";
import { step } from "./geometry";

const SIDEWAYS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };
const ALONG: Record<string, number> = { ArrowUp: -1, ArrowDown: 1 };

/**
 * One tab stop a field: up, down, Home and End go from token to token. Left and right carry a token over the fields,
 * Enter drops it, Escape (or leaving it) puts it back.
 */
export function startKeys(board: Board, drop: Drop): void {
  let carried: { token: HTMLElement; at: number } | null = null;

  for (const list of board.root.querySelectorAll(".board-tokens")) {
    tokensIn(list).forEach((token, index) => (token.tabIndex = index === 0 ? 0 : -1));
  }

  const put = () => {
    if (!carried) return;
    board.point(-1);
    carried.token.classList.remove("is-carried");
    board.say("Back", { token: labelOf(carried.token) });
    carried = null;
  };

  board.root.addEventListener("keydown", (event) => {
    const token = tokenOf(event.target);
    if (!token || event.altKey || event.ctrlKey || event.metaKey) return;
    const sideways = SIDEWAYS[event.key];
    if (sideways !== undefined && board.mayMove) {
      event.preventDefault();
      const at = step(carried?.at ?? board.fieldOf(token), sideways, board.fields.length);
      carried = { token, at };
      carry(board, token, at);
    } else if (event.key === "Escape" && carried) {
      event.preventDefault();
      put();
    } else if ((event.key === "Enter" || event.key === " ") && carried) {
      event.preventDefault();
      const { at } = carried;
      if (at === board.fieldOf(token)) return put();
      token.classList.remove("is-carried");
      board.point(-1);
      carried = null;
      drop(token, at);
    } else if (!carried) along(event, token);
  });
  board.root.addEventListener("focusout", (event) => {
    if (carried && tokenOf(event.target) === carried.token) put();
  });
}

function carry(board: Board, token: HTMLElement, at: number): void {
  token.classList.add("is-carried");
  board.point(at);
  board.say("Carry", {
    token: labelOf(token),
    zone: board.fields[at]?.name ?? "",
    number: at + 1,
    all: board.fields.length,
  });
}

function along(event: KeyboardEvent, token: HTMLElement): void {
  const list = token.closest(".board-tokens");
  const by = ALONG[event.key];
  if (!list || (by === undefined && event.key !== "Home" && event.key !== "End")) return;
  event.preventDefault();
  const tokens = tokensIn(list);
  const to =
    by === undefined
      ? event.key === "Home"
        ? 0
        : tokens.length - 1
      : step(tokens.indexOf(token), by, tokens.length);
  const next = tokens[to];
  if (!next) return;
  token.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

function tokensIn(list: Element): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>("[data-token]")];
}
