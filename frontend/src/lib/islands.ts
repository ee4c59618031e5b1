/** An island brings one element to life; it is loaded only where a page has such an element. */
export interface Island {
  mount(element: HTMLElement): void;
}

export type Islands = Record<string, () => Promise<Island>>;

const mounted = new WeakSet<HTMLElement>();

/** Loads and mounts the island of every `[data-island]` within, each element once. */
export function startIslands(root: ParentNode, islands: Islands): void {
  const own = root instanceof HTMLElement && root.dataset["island"] ? [root] : [];
  for (const element of [...own, ...root.querySelectorAll<HTMLElement>("[data-island]")]) {
    const load = islands[element.dataset["island"] ?? ""];
    if (!load || mounted.has(element)) continue;
    mounted.add(element);
    void load().then((island) => island.mount(element));
  }
}
