import { startTip } from "../picture/tip";
import { Board, tokenOf } from "./board";
import { startDrag } from "./drag";
import { startForm } from "./form";
import { startKeys } from "./keys";
import { startTrail } from "./trail";

/** Tokens that move by pointer, by keyboard and by a form, on a board that the server has drawn. */
export function mount(element: HTMLElement): void {
  const board = new Board(element);
  startTip(element);
  startTrail(board);
  if (!board.mayMove) {
    startKeys(board, () => undefined);
    return;
  }
  const open = startForm(board);
  const drop = (token: HTMLElement, field: number) => void open(token, field);
  startDrag(board, drop);
  startKeys(board, drop);
  element.addEventListener("click", (event) => {
    const token = tokenOf(event.target);
    if (!token || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void open(token, null);
  });
}
