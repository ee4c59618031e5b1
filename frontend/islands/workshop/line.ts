import type { Answer, News, Outgoing } from "./types";

const POLL = 1000;
const RETRY = 2000;

export interface Addresses {
  since: string;
  acts: string;
  lead: string;
}

export interface Hears {
  news(news: News): void;
  answers(answers: Answer[]): void;
  /** How many acts wait on this device, and whether the server can be reached. */
  waits(count: number, isOnline: boolean): void;
  lost(): void;
}

/**
 * The line to the server: asks once a second, sends acts with names of their own and keeps them on this device until
 * they are answered, so that what is done without a connection arrives later, once.
 */
export class Line {
  private sequence = 0;
  private tag = "";
  private isBusy = false;
  private isToRestart = false;
  private isOnline = true;
  private timer = 0;
  private queue: Outgoing[];

  constructor(
    private readonly key: string,
    private readonly addresses: Addresses,
    private readonly token: string,
    private readonly hears: Hears,
    private readonly storage: Pick<Storage, "getItem" | "setItem"> = localStorage,
    private readonly ask: typeof fetch = (input, init) => fetch(input, init),
  ) {
    this.queue = kept(storage, key);
  }

  start(): void {
    this.hears.waits(this.queue.length, true);
    void this.turn();
  }

  stop(): void {
    window.clearTimeout(this.timer);
  }

  /** Everything from the beginning once more, because more of it may be seen now. */
  again(): void {
    this.isToRestart = true;
    this.soon(0);
  }

  send(act: Omit<Outgoing, "client_id">): void {
    this.queue.push({ client_id: name(), ...act });
    this.keep();
    this.soon(0);
  }

  /** What only the facilitator does; refused or unreachable, it is told and not kept. */
  async lead(given: Record<string, string>): Promise<boolean> {
    const body = new URLSearchParams({ ...given, since: String(this.sequence) });
    const answer = await this.ask(this.addresses.lead, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": this.token },
    }).catch(() => null);
    if (!answer?.ok) return false;
    this.hear((await answer.json()) as News);
    return true;
  }

  private soon(after: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.turn(), after);
  }

  /** One exchange: sends what waits, else asks what is new; then once more after a second. */
  async turn(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    this.restart();
    let next = POLL;
    const sent = this.queue.slice(0, 100);
    try {
      const answer = sent.length ? await this.post(sent) : await this.poll(this.tag);
      if (answer.status === 404 || answer.status === 403) return this.hears.lost();
      if (answer.status !== 304) {
        if (!answer.ok) throw new Error(String(answer.status));
        this.tag = sent.length ? "" : (answer.headers.get("ETag") ?? "");
        this.hear((await answer.json()) as News & { answers?: Answer[] });
      }
      this.isOnline = true;
      if (this.queue.length || this.isToRestart) next = 0;
    } catch {
      this.isOnline = false;
      next = RETRY;
    } finally {
      this.isBusy = false;
    }
    this.hears.waits(this.queue.length, this.isOnline);
    this.soon(next);
  }

  private restart(): void {
    if (!this.isToRestart) return;
    this.isToRestart = false;
    this.sequence = 0;
    this.tag = "";
  }

  private post(acts: Outgoing[]): Promise<Response> {
    return this.ask(this.addresses.acts, {
      method: "POST",
      body: JSON.stringify({ acts, since: this.sequence }),
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
    });
  }

  private poll(tag: string): Promise<Response> {
    const headers: Record<string, string> = tag ? { "If-None-Match": tag } : {};
    return this.ask(`${this.addresses.since}${this.sequence}/`, { headers, cache: "no-store" });
  }

  private hear(news: News & { answers?: Answer[] }): void {
    if (news.answers) {
      const answered = new Set(news.answers.map((each) => each.client_id));
      this.queue = this.queue.filter((each) => !answered.has(each.client_id));
      this.keep();
      this.hears.answers(news.answers);
    }
    this.sequence = Math.max(this.sequence, news.sequence);
    this.hears.news(news);
  }

  private keep(): void {
    try {
      this.storage.setItem(this.key, JSON.stringify(this.queue));
    } catch {
      // A full or closed store: the acts are still in memory.
    }
    this.hears.waits(this.queue.length, this.isOnline);
  }
}

function kept(storage: Pick<Storage, "getItem">, key: string): Outgoing[] {
  try {
    const found: unknown = JSON.parse(storage.getItem(key) ?? "[]");
    return Array.isArray(found) ? (found as Outgoing[]) : [];
  } catch {
    return [];
  }
}

function name(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((each) => each.toString(16).padStart(2, "0")).join("");
}
