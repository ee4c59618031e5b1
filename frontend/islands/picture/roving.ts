/** One tab stop a drawing: arrows move to the nearest item in their direction, Home and End to the first and last. */

export interface Place {
  x: number;
  y: number;
}

const WAYS: Record<string, Place> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};
const FEW = 6;

/** The index of the nearest place in a direction; straight ahead counts for more than aside. Null where there is none. */
export function nearest(places: readonly Place[], from: number, way: Place): number | null {
  const here = places[from];
  if (!here) return null;
  let best: number | null = null;
  let least = Infinity;
  places.forEach((place, index) => {
    const dx = place.x - here.x;
    const dy = place.y - here.y;
    const ahead = dx * way.x + dy * way.y;
    const aside = Math.abs(dx * way.y) + Math.abs(dy * way.x);
    if (index === from || ahead <= 0.5) return;
    const far = ahead + 2.5 * aside;
    if (far < least) [best, least] = [index, far];
  });
  return best;
}

export function startRoving(figure: HTMLElement): void {
  for (const group of figure.querySelectorAll<SVGElement | HTMLElement>("svg[role=group], .holes, .sdgs")) {
    const items = [...group.querySelectorAll<SVGElement | HTMLElement>("[data-item]")];
    if (items.length > FEW) rove(group, items);
  }
}

function rove(group: Element, items: (SVGElement | HTMLElement)[]): void {
  items.forEach((item, index) => item.setAttribute("tabindex", index === 0 ? "0" : "-1"));
  const go = (to: number | null) => {
    const next = to === null ? undefined : items[to];
    if (!next) return;
    for (const item of items) item.setAttribute("tabindex", item === next ? "0" : "-1");
    next.focus();
  };
  group.addEventListener("keydown", (event) => {
    const { key, target } = event as KeyboardEvent;
    const from = items.indexOf(target as HTMLElement);
    const way = WAYS[key];
    if (from < 0 || (!way && key !== "Home" && key !== "End")) return;
    event.preventDefault();
    if (!way) go(key === "Home" ? 0 : items.length - 1);
    else go(nearest(items.map(middle), from, way));
  });
}

function middle(item: Element): Place {
  const box = item.getBoundingClientRect();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
