import { type Board, tokenOf } from "./board";
import { type Box, boxAt, boxOf } from "./geometry";

const SLACK = 5;

interface Drag {
  token: HTMLElement;
  pointer: number;
  x: number;
  y: number;
  boxes: Box[];
  from: number;
  at: number;
  isMoving: boolean;
  image: HTMLElement | null;
}

export type Drop = (token: HTMLElement, field: number) => void;

const images = new WeakMap<HTMLElement, HTMLElement>();

/**
 * Tokens follow the pointer as an image of themselves that lies over everything else. Only its transform changes: the
 * fields were measured as the drag began, and nothing is laid out or painted anew.
 */
export function startDrag(board: Board, drop: Drop): void {
  let drag: Drag | null = null;
  let wasDragged = false;

  const end = () => {
    if (!drag) return;
    board.point(-1);
    board.root.classList.remove("is-dragging");
    drag = null;
  };

  board.root.addEventListener("pointerdown", (event) => {
    const token = tokenOf(event.target);
    if (!token || event.button !== 0 || !event.isPrimary) return;
    wasDragged = false;
    drag = {
      token,
      pointer: event.pointerId,
      x: event.pageX,
      y: event.pageY,
      boxes: [],
      from: board.fieldOf(token),
      at: -1,
      isMoving: false,
      image: null,
    };
  });

  board.root.addEventListener("pointermove", (event) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    const dx = event.pageX - drag.x;
    const dy = event.pageY - drag.y;
    if (!drag.isMoving) {
      if (Math.hypot(dx, dy) < SLACK) return;
      begin(board, drag);
    }
    if (drag.image) drag.image.style.transform = `translate3d(${dx}px, ${dy}px, 0)`;
    drag.at = boxAt(drag.boxes, event.pageX, event.pageY);
    board.point(drag.at === drag.from ? -1 : drag.at);
  });

  board.root.addEventListener("pointerup", (event) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    const { token, at, from, isMoving } = drag;
    wasDragged = isMoving;
    end();
    if (!isMoving) return;
    if (at < 0 || at === from) putBack(token);
    else drop(token, at);
  });

  board.root.addEventListener("pointercancel", () => {
    if (drag) putBack(drag.token);
    end();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drag?.isMoving) return;
    putBack(drag.token);
    wasDragged = true;
    end();
  });
  board.root.addEventListener("dragstart", (event) => {
    if (tokenOf(event.target)) event.preventDefault();
  });
  board.root.addEventListener(
    "click",
    (event) => {
      if (!wasDragged || !tokenOf(event.target)) return;
      wasDragged = false;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );
}

function begin(board: Board, drag: Drag): void {
  drag.isMoving = true;
  drag.boxes = board.fields.map((field) => boxOf(field.element));
  drag.image = lift(drag.token);
  drag.token.setPointerCapture(drag.pointer);
  board.root.classList.add("is-dragging");
}

function lift(token: HTMLElement): HTMLElement {
  putBack(token);
  const image = document.createElement("div");
  image.className = `board-image ${token.className}`;
  image.setAttribute("aria-hidden", "true");
  const mark = token.querySelector("svg");
  if (mark) image.append(mark.cloneNode(true));
  const box = boxOf(token);
  image.style.left = `${box.left}px`;
  image.style.top = `${box.top}px`;
  document.body.append(image);
  token.classList.add("is-lifted");
  images.set(token, image);
  return image;
}

/** A token is again where it stood. */
export function putBack(token: HTMLElement): void {
  token.classList.remove("is-lifted");
  images.get(token)?.remove();
  images.delete(token);
}
