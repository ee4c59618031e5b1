import { csrfToken } from "../../src/lib/csrf";
import { say as toast } from "../../src/lib/toasts";
import { Board } from "./board";
import { el, say } from "./dom";
import { Line } from "./line";
import { Sheet } from "./sheet";
import { Table } from "./table";
import type { Act, Answer, News, Outgoing, Setup, Spot } from "./types";

/** The room of a workshop: what everybody does appears for all, step by step. */
export function mount(element: HTMLElement): void {
  const setup = JSON.parse(element.dataset["setup"] ?? "{}") as Setup;
  new Room(element, setup).start();
}

class Room {
  private readonly board = new Board();
  private readonly line: Line;
  private news: News | null = null;
  private skew = 0;
  private table: Table | null = null;
  private sheet: Sheet | null = null;
  private drawn = "";
  private waiting = { count: 0, isOnline: true };

  constructor(
    private readonly element: HTMLElement,
    private readonly setup: Setup,
  ) {
    this.line = new Line(`workshop-${setup.code}-${setup.seat}`, setup.addresses, csrfToken(element), {
      news: (news) => this.hear(news),
      answers: (answers) => this.answered(answers),
      waits: (count, isOnline) => {
        this.waiting = { count, isOnline };
        this.status();
      },
      lost: () => this.tell(this.word("lost")),
    });
  }

  start(): void {
    this.line.start();
    window.setInterval(() => this.clock(), 250);
    window.addEventListener("online", () => void this.line.turn());
  }

  private word(name: string, given: Record<string, string | number> = {}): string {
    return say(this.setup.words[name], given);
  }

  private part(name: string): HTMLElement | null {
    return this.element.querySelector(`[data-room="${name}"]`);
  }

  private write(name: string, text: string): void {
    const part = this.part(name);
    if (part && part.textContent !== text) part.textContent = text;
  }

  private hear(news: News): void {
    const isFirst = this.news === null;
    this.news = news;
    this.skew = news.now - Date.now();
    const fresh = news.acts.filter((act) => this.board.take(act));
    if (!isFirst) for (const act of fresh) this.notice(act);
    this.draw();
  }

  /** What both of two people are told who moved the same token, and when to read everything anew. */
  private notice(act: Act): void {
    const [, seat, , kind, target, payload] = act;
    if (kind === "reveal") this.line.again();
    const crossed = Number(payload["crossed"] ?? 0);
    if (!crossed) return;
    const title = this.setup.tokens.find((each) => each.id === target)?.title ?? "";
    if (seat === this.setup.seat) toast(this.word("crossed_mine", { title, name: this.name(crossed) }));
    else if (crossed === this.setup.seat)
      toast(this.word("crossed_theirs", { title, name: this.name(seat) }));
  }

  private name(seat: number): string {
    return this.board.names.get(seat) ?? "";
  }

  private answered(answers: Answer[]): void {
    for (const answer of answers) {
      if (!answer.refused) continue;
      toast(answer.refused);
      this.line.again();
    }
  }

  private do(act: Omit<Outgoing, "client_id" | "step">): void {
    this.line.send({ step: this.news?.step ?? 0, ...act });
  }

  private isHidden(step: number): boolean {
    return Boolean(this.setup.steps[step]?.is_private) && !this.news?.revealed.includes(step);
  }

  private put(step: number, target: string, spot: Spot): void {
    const where = `${step} ${target}`;
    if (this.isHidden(step)) {
      const mine = this.board.places.get(where) ?? new Map<number, Spot>();
      mine.set(this.setup.seat, spot);
      this.board.places.set(where, mine);
      this.do({ kind: "place", target, payload: { ...spot } });
    } else {
      const seen = this.board.seen(step, target);
      this.board.moves.set(where, { spot, sequence: seen });
      this.do({ kind: "move", target, payload: { ...spot, seen } });
    }
    this.table?.refresh();
  }

  private draw(): void {
    const news = this.news;
    if (!news) return;
    const step = this.setup.steps[news.step];
    const isRunning = news.state === "running" && step !== undefined;
    if (isRunning) {
      this.write("step", this.word("step", { number: news.step + 1, count: this.setup.steps.length }));
      this.write("title", step.title);
      this.write("question", step.question);
    }
    this.write("people", this.word("people", { count: this.board.names.size }));
    const key = `${news.state} ${news.step}`;
    if (key !== this.drawn) {
      this.drawn = key;
      this.build(isRunning);
    }
    this.table?.refresh();
    this.sheet?.refresh();
    this.lead();
    this.status();
  }

  private build(isRunning: boolean): void {
    const number = this.news?.step ?? 0;
    const step = this.setup.steps[number];
    this.table = this.sheet = null;
    const body = this.part("body");
    if (!body || !step || !isRunning) return body?.replaceChildren();
    const parts: HTMLElement[] = [];
    if (step.board && step.does.includes("place")) {
      this.table = new Table({
        setup: this.setup,
        board: this.board,
        step: number,
        isHidden: () => this.isHidden(number),
        put: (target, spot) => this.put(number, target, spot),
      });
      parts.push(this.table.element);
    }
    this.sheet = new Sheet({
      setup: this.setup,
      board: this.board,
      step: number,
      act: (act) => this.do(act),
      pitch: this.setup.leads ? (target) => void this.line.lead({ kind: "pitch", target }) : null,
    });
    parts.push(this.sheet.element);
    body.replaceChildren(...parts);
  }

  private status(): void {
    const { count, isOnline } = this.waiting;
    const news = this.news;
    if (!isOnline) return this.tell(this.word("offline", { count }));
    if (!news) return;
    if (news.state === "planned") return this.tell(this.word("waiting"));
    if (news.state === "ended") return this.tell(this.word("ended"));
    const words: string[] = [];
    if (this.setup.steps[news.step]?.is_private)
      words.push(this.word(this.isHidden(news.step) ? "private" : "revealed"));
    if (news.acted !== null) words.push(this.word("acted", { count: news.acted }));
    const pitching = this.board.proposals.find((each) => `propose-${each.sequence}` === this.board.pitching);
    if (pitching) words.push(this.word("pitching", { title: pitching.text }));
    this.tell(words.join(" "));
  }

  private tell(sentence: string): void {
    this.write("status", sentence);
    this.part("status")?.classList.toggle("is-offline", !this.waiting.isOnline);
  }

  private clock(): void {
    const timer = this.news?.timer;
    if (!timer || this.news?.state !== "running") return this.write("time", "");
    const left =
      timer.ends === null ? timer.seconds : Math.round((timer.ends - Date.now() - this.skew) / 1000);
    const clock = this.part("time");
    clock?.classList.toggle("is-over", left <= 0);
    clock?.classList.toggle("is-held", timer.ends === null);
    this.write(
      "time",
      left > 0 ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : this.word("over"),
    );
  }

  private lead(): void {
    const news = this.news;
    const part = this.part("lead");
    if (!part || !news || !this.setup.leads) return;
    const last = this.setup.steps.length - 1;
    const state = `${news.state} ${news.step} ${news.timer.ends === null} ${this.isHidden(news.step)}`;
    if (part.dataset["state"] === state) return;
    part.dataset["state"] = state;
    const button = (name: string, given: Record<string, string>, isMain = false) =>
      el(
        "button",
        { type: "button", class: `btn${isMain ? " btn-primary" : ""}`, onclick: () => void this.led(given) },
        this.word(name),
      );
    if (news.state === "ended") return part.replaceChildren();
    if (news.state === "planned") return part.replaceChildren(button("start", { kind: "start" }, true));
    const left = () => Math.max(0, Math.round(((news.timer.ends ?? 0) - Date.now() - this.skew) / 1000));
    const buttons = [
      news.step < last && button("next", { kind: "step", step: String(news.step + 1) }, true),
      this.isHidden(news.step) && button("reveal", { kind: "reveal", step: String(news.step) }, true),
      button(news.timer.ends === null ? "go" : "stop", { kind: "timer" }),
      el(
        "button",
        {
          type: "button",
          class: "btn",
          onclick: () =>
            void this.led({
              kind: "timer",
              seconds: String(300 + (news.timer.ends === null ? news.timer.seconds : left())),
            }),
        },
        this.word("more"),
      ),
      news.step > 0 && button("back", { kind: "step", step: String(news.step - 1) }),
      el("a", { class: "btn", href: this.setup.addresses.end }, this.word("end")),
    ];
    part.replaceChildren(
      ...buttons.filter((each): each is HTMLButtonElement | HTMLAnchorElement => each !== false),
    );
  }

  private async led(given: Record<string, string>): Promise<void> {
    if (!(await this.line.lead(given))) toast(document.body.dataset["wordsProblem"] ?? "");
  }
}
