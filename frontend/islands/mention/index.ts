import { type Asked, askedAt, fitting, withName } from "./find";

let counted = 0;

/** Suggests names behind an `@` in a text area; without it, names are typed as they are listed below the field. */
export function mount(element: HTMLElement): void {
  const area = element.querySelector("textarea");
  const names = JSON.parse(element.dataset["people"] || "[]") as string[];
  if (!area || names.length === 0) return;
  new Suggestions(element, area, names);
}

class Suggestions {
  private readonly list = document.createElement("ul");
  private asked: Asked | null = null;
  private found: string[] = [];
  private place = 0;

  constructor(
    element: HTMLElement,
    private readonly area: HTMLTextAreaElement,
    private readonly names: readonly string[],
  ) {
    counted += 1;
    this.list.id = `mention-${counted}`;
    this.list.className = "mention-list";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", element.dataset["wordsList"] ?? "");
    this.list.hidden = true;
    area.after(this.list);
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-controls", this.list.id);
    area.addEventListener("input", () => this.look());
    area.addEventListener("click", () => this.look());
    area.addEventListener("keydown", (event) => this.key(event));
    area.addEventListener("blur", () => window.setTimeout(() => this.close(), 150));
  }

  private look(): void {
    this.asked = askedAt(this.area.value, this.area.selectionStart);
    this.found = this.asked ? fitting(this.names, this.asked.words) : [];
    this.place = 0;
    this.draw();
  }

  private draw(): void {
    this.list.hidden = this.found.length === 0;
    this.list.replaceChildren(...this.found.map((name, place) => this.option(name, place)));
    if (this.list.hidden) this.area.removeAttribute("aria-activedescendant");
    else this.area.setAttribute("aria-activedescendant", `${this.list.id}-${this.place}`);
  }

  private option(name: string, place: number): HTMLLIElement {
    const item = document.createElement("li");
    item.id = `${this.list.id}-${place}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", String(place === this.place));
    item.textContent = name;
    item.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.choose(name);
    });
    return item;
  }

  private key(event: KeyboardEvent): void {
    if (this.list.hidden) return;
    const many = this.found.length;
    if (event.key === "ArrowDown") this.place = (this.place + 1) % many;
    else if (event.key === "ArrowUp") this.place = (this.place + many - 1) % many;
    else if (event.key === "Escape") this.found = [];
    else if (event.key === "Enter" || event.key === "Tab") {
      event.preventDefault();
      this.choose(this.found[this.place] ?? "");
      return;
    } else return;
    event.preventDefault();
    this.draw();
  }

  private choose(name: string): void {
    if (!this.asked || !name) return;
    const put = withName(this.area.value, this.asked, name, this.area.selectionStart);
    this.area.value = put.text;
    this.area.setSelectionRange(put.caret, put.caret);
    this.area.focus();
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
    this.close();
  }

  private close(): void {
    this.found = [];
    this.draw();
  }
}
