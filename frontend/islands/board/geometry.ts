/** Where things lie on the page, measured once when a drag begins, so that moving needs no measuring. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The index of the box that holds the point, or −1. */
export function boxAt(boxes: readonly Box[], x: number, y: number): number {
  return boxes.findIndex((box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom);
}

/** The next index in a direction, staying within `count`. */
export function step(from: number, by: number, count: number): number {
  return Math.min(count - 1, Math.max(0, from + by));
}

/** `{name}` in a sentence becomes what `values` says. */
export function filled(words: string, values: Record<string, string | number>): string {
  return words.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The box of an element on the page, whatever is scrolled. */
export function boxOf(element: Element): Box {
  const box = element.getBoundingClientRect();
  return {
    left: box.left + window.scrollX,
    top: box.top + window.scrollY,
    right: box.right + window.scrollX,
    bottom: box.bottom + window.scrollY,
  };
}
