import { filled } from "./geometry";

export interface Field {
  element: HTMLElement;
  code: string;
  name: string;
}

/** A board as its parts: the fields one can move into, what is said aloud, and the field that is pointed at. */
export class Board {
  readonly fields: readonly Field[];
  private readonly live: HTMLElement | null;
  private over: HTMLElement | null = null;

  constructor(readonly root: HTMLElement) {
    const found = [...root.querySelectorAll<HTMLElement>("[data-field]")];
    this.fields = found
      .filter((element) => element.dataset["field"])
      .map((element) => ({
        element,
        code: element.dataset["field"] ?? "",
        name: element.dataset["name"] ?? "",
      }));
    this.live = root.querySelector("[data-say]");
  }

  get mayMove(): boolean {
    return this.root.dataset["moves"] !== undefined;
  }

  /** The index of the field in which a token stands; −1 where it is in none. */
  fieldOf(token: HTMLElement): number {
    return this.fields.findIndex((field) => field.element.contains(token));
  }

  /** Shows which field a token would come into; changes nothing where it is the same as before. */
  point(index: number): void {
    const next = this.fields[index]?.element ?? null;
    if (next === this.over) return;
    this.over?.classList.remove("is-over");
    next?.classList.add("is-over");
    this.over = next;
  }

  words(name: string, values: Record<string, string | number>): string {
    return filled(this.root.dataset[`words${name}`] ?? "", values);
  }

  say(name: string, values: Record<string, string | number>): void {
    if (this.live) this.live.textContent = this.words(name, values);
  }
}

export function tokenOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[data-token]") : null;
}

export function labelOf(token: HTMLElement): string {
  return token.dataset["label"] ?? "";
}
