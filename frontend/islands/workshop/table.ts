import type { Board } from "./board";
import { el, say, svg } from "./dom";
import type { Setup, Spot, Step } from "./types";

const REACH = 100;
const NUDGE = 0.1;

export interface Placing {
  setup: Setup;
  board: Board;
  step: number;
  /** Whether what is shown is one's own alone. */
  isHidden(): boolean;
  put(target: string, spot: Spot): void;
}

/** The diamond or the zones with a token for each initiative; placed by tap, drag or arrow keys. */
export class Table {
  readonly element: HTMLElement;
  private chosen = "";
  private dragged: { id: string; pointer: number } | null = null;
  private readonly drawing: SVGElement;
  private readonly layer: SVGElement;
  private readonly tray = el("ul", { class: "room-tray" });
  private readonly hint = el("p", { class: "quiet", role: "status" });
  private readonly definition: Step;

  constructor(private readonly at: Placing) {
    this.definition = at.setup.steps[at.step] as Step;
    this.layer = svg("g");
    this.drawing = svg(
      "svg",
      {
        class: `room-board is-${this.definition.board}`,
        viewBox: this.definition.board === "zones" ? "-150 -75 300 150" : "-135 -125 270 250",
        tabindex: "0",
        role: "application",
        "aria-label": at.setup.words["board"] ?? "",
        onpointerdown: (event) => this.down(event as PointerEvent),
        onpointermove: (event) => this.drag(event as PointerEvent),
        onpointerup: (event) => this.up(event as PointerEvent),
        onkeydown: (event) => this.key(event as KeyboardEvent),
      },
      ...(this.definition.board === "zones" ? this.field() : this.diamond()),
      this.layer,
    );
    this.element = el(
      "div",
      { class: "room-table" },
      el("div", {}, this.hint, this.drawing as unknown as Node),
      el("div", {}, el("h2", { class: "h3" }, at.setup.words["tokens"] ?? ""), this.tray),
    );
    this.fillTray();
    this.refresh();
  }

  refresh(): void {
    if (this.dragged) return;
    const dots: SVGElement[] = [];
    const tokens: SVGElement[] = [];
    const crowd = new Map<string, number>();
    this.at.setup.tokens.forEach((token, index) => {
      const spot = this.spot(token.id);
      const row = this.tray.children[index];
      row?.classList.toggle("is-placed", spot !== null);
      row?.querySelector("button")?.setAttribute("aria-pressed", String(token.id === this.chosen));
      const select = row?.querySelector("select");
      if (select && document.activeElement !== select) select.value = spot && "zone" in spot ? spot.zone : "";
      if (!this.at.isHidden()) dots.push(...this.everybodys(token.id));
      if (!spot) return;
      const [x, y] = this.onPaper(spot, crowd);
      tokens.push(this.token(token.id, index + 1, token.title, x, y));
    });
    this.layer.replaceChildren(...dots, ...tokens);
    const chosen = this.at.setup.tokens.find((each) => each.id === this.chosen);
    const words = this.at.setup.words;
    this.hint.textContent = chosen ? say(words["chosen"], { title: chosen.title }) : (words["how"] ?? "");
  }

  private spot(id: string): Spot | null {
    const { board, step, setup } = this.at;
    if (!this.at.isHidden()) return board.position(step, id);
    return board.places.get(`${step} ${id}`)?.get(setup.seat) ?? null;
  }

  private everybodys(id: string): SVGElement[] {
    const given = this.at.board.places.get(`${this.at.step} ${id}`);
    if (!given || given.size < 2) return [];
    return [...given.values()].flatMap((spot) =>
      "x" in spot
        ? [
            svg("circle", {
              class: "room-dot",
              cx: String(spot.x * REACH),
              cy: String(-spot.y * REACH),
              r: "2.2",
            }),
          ]
        : [],
    );
  }

  private token(id: string, number: number, title: string, x: number, y: number): SVGElement {
    return svg(
      "g",
      {
        class: `room-token${id === this.chosen ? " is-chosen" : ""}`,
        "data-token": id,
        transform: `translate(${x} ${y})`,
      },
      svg("title", {}, title),
      svg("circle", { r: "7.5" }),
      svg("text", { "text-anchor": "middle", dy: "2.8" }, String(number)),
    );
  }

  /** Where a spot is drawn; tokens in one zone stand in rows, so that each can be reached. */
  private onPaper(spot: Spot, crowd: Map<string, number>): [number, number] {
    if ("x" in spot) return [spot.x * REACH, -spot.y * REACH];
    const zones = this.at.setup.zones;
    const place = Math.max(
      0,
      zones.findIndex((zone) => zone.code === spot.zone),
    );
    const width = 300 / Math.max(1, zones.length);
    const number = crowd.get(spot.zone) ?? 0;
    crowd.set(spot.zone, number + 1);
    const across = Math.max(1, Math.floor((width - 8) / 18));
    return [-150 + place * width + 13 + (number % across) * 18, -42 + Math.floor(number / across) * 18];
  }

  private fillTray(): void {
    const { setup } = this.at;
    setup.tokens.forEach((token, index) => {
      const button = el(
        "button",
        {
          type: "button",
          class: "room-choice",
          "aria-pressed": "false",
          onclick: () => this.choose(token.id),
        },
        el("span", { class: "number room-number" }, String(index + 1)),
        el("span", {}, el("strong", {}, token.title), el("span", { class: "quiet" }, token.text)),
      );
      this.tray.append(
        el("li", {}, button, this.definition.board === "zones" && this.zoneSelect(token.id, token.title)),
      );
    });
  }

  private zoneSelect(id: string, title: string): HTMLSelectElement {
    const { zones, words } = this.at.setup;
    const select = el(
      "select",
      {
        class: "form-select form-select-sm",
        "aria-label": say(words["place"], { title }),
        onchange: () => select.value && this.at.put(id, { zone: select.value }),
      },
      el("option", { value: "" }, words["nowhere"] ?? ""),
      ...zones.map((zone) => el("option", { value: zone.code }, zone.title)),
    );
    return select;
  }

  private choose(id: string): void {
    this.chosen = this.chosen === id ? "" : id;
    this.refresh();
    if (this.chosen) this.drawing.focus({ preventScroll: true });
  }

  private down(event: PointerEvent): void {
    const id = (event.target as Element).closest<SVGElement>("[data-token]")?.dataset["token"];
    if (!id) return;
    event.preventDefault();
    this.chosen = id;
    this.refresh();
    this.dragged = { id, pointer: event.pointerId };
    this.drawing.setPointerCapture(event.pointerId);
  }

  private drag(event: PointerEvent): void {
    if (this.dragged?.pointer !== event.pointerId) return;
    const { x, y } = this.point(event);
    const token = this.layer.querySelector(`[data-token="${this.dragged.id}"]`);
    token?.setAttribute("transform", `translate(${x} ${y})`);
  }

  private up(event: PointerEvent): void {
    const id = this.dragged?.pointer === event.pointerId ? this.dragged.id : this.chosen;
    const wasDragged = this.dragged !== null;
    this.dragged = null;
    if (!id) return;
    const point = this.point(event);
    const spot =
      this.definition.board === "zones" ? this.zoneAt(point.x) : within(point.x / REACH, -point.y / REACH);
    const before = this.spot(id);
    if (wasDragged && before && near(before, spot)) return this.refresh();
    this.at.put(id, spot);
    this.chosen = "";
    this.refresh();
  }

  private key(event: KeyboardEvent): void {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!step || !this.chosen) return;
    event.preventDefault();
    const now = this.spot(this.chosen);
    const [right, up] = step as [number, number];
    if (this.definition.board === "zones") {
      const zones = this.at.setup.zones;
      const place = now && "zone" in now ? zones.findIndex((zone) => zone.code === now.zone) : -1;
      const next = zones[Math.min(zones.length - 1, Math.max(0, place + (right || -up)))];
      if (next) this.at.put(this.chosen, { zone: next.code });
    } else {
      const [x, y] = now && "x" in now ? [now.x, now.y] : [0, 0];
      this.at.put(this.chosen, within(x + right * NUDGE, y + up * NUDGE));
    }
    this.refresh();
  }

  private point(event: PointerEvent): { x: number; y: number } {
    const matrix = (this.drawing as SVGSVGElement).getScreenCTM();
    const point = new DOMPoint(event.clientX, event.clientY);
    const { x, y } = matrix ? point.matrixTransform(matrix.inverse()) : point;
    return { x, y };
  }

  private zoneAt(x: number): Spot {
    const zones = this.at.setup.zones;
    const place = Math.floor(((x + 150) / 300) * zones.length);
    return { zone: zones[Math.min(zones.length - 1, Math.max(0, place))]?.code ?? "" };
  }

  private diamond(): SVGElement[] {
    const { facets } = this.at.setup;
    const corners: [string, number, number, string][] = [
      ["mis", 0, -REACH - 10, "middle"],
      ["ant", REACH + 2, -12, "end"],
      ["ada", 0, REACH + 17, "middle"],
      ["enh", -REACH - 2, -12, "start"],
    ];
    return [
      svg("path", { class: "room-field", d: `M0 ${-REACH}L${REACH} 0 0 ${REACH} ${-REACH} 0Z` }),
      svg("path", { class: "room-axis", d: `M0 ${-REACH}V${REACH}M${-REACH} 0H${REACH}` }),
      ...corners.map(([facet, x, y, anchor]) =>
        svg(
          "text",
          { class: `room-tip facet-${facet}`, x: String(x), y: String(y), "text-anchor": anchor },
          facets[facet] ?? "",
        ),
      ),
    ];
  }

  private field(): SVGElement[] {
    const { zones } = this.at.setup;
    const width = 300 / Math.max(1, zones.length);
    return zones.flatMap((zone, place) => {
      const x = -150 + place * width;
      return [
        svg("rect", {
          class: `room-zone zone-${zone.look}`,
          x: String(x),
          y: "-75",
          width: String(width - 2),
          height: "150",
          rx: "4",
        }),
        svg(
          "text",
          { class: "room-tip", x: String(x + width / 2), y: "-60", "text-anchor": "middle" },
          zone.title,
        ),
      ];
    });
  }
}

/** A point drawn back onto the diamond, rounded as it is kept. */
export function within(x: number, y: number): { x: number; y: number } {
  const reach = Math.max(1, Math.abs(x) + Math.abs(y));
  return { x: Math.round((x / reach) * 1e4) / 1e4, y: Math.round((y / reach) * 1e4) / 1e4 };
}

function near(one: Spot, other: Spot): boolean {
  if ("zone" in one || "zone" in other) return "zone" in one && "zone" in other && one.zone === other.zone;
  return Math.hypot(one.x - other.x, one.y - other.y) < 0.02;
}
