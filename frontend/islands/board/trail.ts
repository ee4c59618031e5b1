import { type Board, tokenOf } from "./board";

/** Draws the way of a token through earlier fields while one points at it or it has the focus. */
export function startTrail(board: Board): void {
  const svg = board.root.querySelector<SVGSVGElement>("[data-trail-line]");
  const line = svg?.querySelector("polyline");
  if (!svg || !line) return;
  const draw = (event: Event) => {
    const token = tokenOf(event.target);
    if (token && !board.root.classList.contains("is-dragging")) {
      line.setAttribute("points", points(board, svg, token));
    }
  };
  const clear = () => line.setAttribute("points", "");
  board.root.addEventListener("pointerover", draw);
  board.root.addEventListener("focusin", draw);
  board.root.addEventListener("pointerout", clear);
  board.root.addEventListener("pointerdown", clear);
  board.root.addEventListener("focusout", clear);
}

function points(board: Board, svg: SVGSVGElement, token: HTMLElement): string {
  const codes = (token.dataset["trail"] ?? "").split(" ").filter(Boolean);
  if (codes.length === 0) return "";
  const origin = svg.getBoundingClientRect();
  const stops = codes.flatMap((code) => {
    const field = board.fields.find((each) => each.code === code);
    const list = field?.element.querySelector(".board-tokens") ?? field?.element;
    return list ? [middle(list, 12)] : [];
  });
  return [...stops, middle(token)]
    .map((at) => `${Math.round(at.x - origin.x)},${Math.round(at.y - origin.y)}`)
    .join(" ");
}

function middle(element: Element, below?: number): { x: number; y: number } {
  const box = element.getBoundingClientRect();
  return { x: box.x + box.width / 2, y: box.y + (below ?? box.height / 2) };
}
