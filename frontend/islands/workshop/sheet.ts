import type { Board, Said } from "./board";
import { el, say } from "./dom";
import type { Outgoing, Setup, Step } from "./types";

export interface Sharing {
  setup: Setup;
  board: Board;
  step: number;
  act(act: Omit<Outgoing, "client_id" | "step">): void;
  /** Gives three minutes to a proposal; only the facilitator can. */
  pitch: ((target: string) => void) | null;
}

/** Notes, proposals and dots of a step. The forms stay as they are while the lists below them change. */
export class Sheet {
  readonly element = el("div", { class: "room-sheet" });
  private readonly notes = el("ul", { class: "room-notes" });
  private readonly proposals = el("ul", { class: "room-notes" });
  private readonly left = el("p", { class: "quiet" });
  private readonly votable = el("ul", { class: "room-notes" });
  private readonly definition: Step;

  constructor(private readonly at: Sharing) {
    this.definition = at.setup.steps[at.step] as Step;
    const does = this.definition.does;
    if (does.includes("note")) this.element.append(this.noteForm());
    if (does.includes("propose")) this.element.append(this.proposalForm());
    if (does.includes("vote")) this.element.append(this.left);
    if (does.includes("propose") || does.includes("pitch")) this.element.append(this.proposals);
    if (does.includes("note") || does.includes("vote")) this.element.append(this.notes);
    if (does.includes("vote")) this.element.append(this.votable);
    this.refresh();
  }

  refresh(): void {
    const { board, step, setup } = this.at;
    const votes = this.definition.does.includes("vote");
    const own = (each: Said) => each.step === step;
    const notes = votes
      ? [...board.notes.filter((each) => !own(each)), ...board.notes.filter(own)]
      : board.notes.filter(own);
    this.fill(this.notes, notes, "note", votes && !this.definition.does.includes("propose"));
    const proposals = [...board.proposals].sort(
      (one, other) =>
        board.dots(`propose-${other.sequence}`) - board.dots(`propose-${one.sequence}`) ||
        one.sequence - other.sequence,
    );
    this.fill(this.proposals, proposals, "propose", votes);
    if (votes) {
      const left = setup.dots - board.spent(step, setup.seat);
      this.left.textContent = say(setup.words["dots"], { count: left });
      if (!this.definition.does.includes("propose")) this.fillTokens();
    }
  }

  private fill(list: HTMLElement, rows: Said[], kind: "note" | "propose", votes: boolean): void {
    const { setup, board } = this.at;
    const labels = new Map(kind === "note" ? setup.layers : setup.kinds);
    list.replaceChildren(
      ...rows.map((row) => {
        const target = `${kind}-${row.sequence}`;
        const label = labels.get(kind === "note" ? row.layer : row.kind);
        const about = setup.tokens.find((each) => each.id === row.target)?.title;
        return el(
          "li",
          {},
          el(
            "div",
            {},
            label ? el("span", { class: "kicker" }, label) : null,
            el("p", {}, row.text),
            el("p", { class: "quiet" }, [board.names.get(row.seat), about].filter(Boolean).join(" · ")),
          ),
          el("div", { class: "room-acts" }, ...this.buttons(target, row.text, votes, kind)),
        );
      }),
    );
  }

  private fillTokens(): void {
    const { setup } = this.at;
    this.votable.replaceChildren(
      ...setup.tokens.map((token) =>
        el(
          "li",
          {},
          el("p", {}, token.title),
          el("div", { class: "room-acts" }, ...this.buttons(token.id, token.title, true, "token")),
        ),
      ),
    );
  }

  private buttons(target: string, name: string, votes: boolean, kind: string): HTMLElement[] {
    const { setup, board, step, pitch } = this.at;
    const made: HTMLElement[] = [];
    const dots = board.dots(target);
    if (dots || votes)
      made.push(el("span", { class: "room-dots" }, say(setup.words["votes"], { count: dots })));
    if (votes) {
      const has = board.has(step, target, setup.seat);
      const words = setup.words[has ? "take" : "give"] ?? "";
      made.push(
        el(
          "button",
          {
            type: "button",
            class: "btn btn-sm",
            "aria-label": `${words}: ${name}`,
            onclick: () => this.vote(target, !has),
          },
          words,
        ),
      );
    }
    if (kind === "propose" && pitch && this.definition.does.includes("pitch")) {
      const words = setup.words["pitch"] ?? "";
      made.push(
        el(
          "button",
          {
            type: "button",
            class: "btn btn-sm",
            "aria-label": `${words}: ${name}`,
            onclick: () => pitch(target),
          },
          words,
        ),
      );
    }
    return made;
  }

  private vote(target: string, on: boolean): void {
    const { board, step, setup } = this.at;
    if (on && board.spent(step, setup.seat) >= setup.dots)
      return this.left.scrollIntoView({ block: "center" });
    const where = `${step} ${target}`;
    const seats = board.votes.get(where) ?? new Set<number>();
    if (on) seats.add(setup.seat);
    else seats.delete(setup.seat);
    board.votes.set(where, seats);
    this.at.act({ kind: "vote", target, payload: { on } });
    this.refresh();
  }

  private noteForm(): HTMLElement {
    const { setup } = this.at;
    const text = field("note", setup.words["note"] ?? "");
    const layer = choice("layer", setup.words["layer"] ?? "", [
      ["", setup.words["no_layer"] ?? ""],
      ...setup.layers,
    ]);
    return form(setup.words["add"] ?? "", [text, layer], () => {
      const written = text.input.value.trim();
      if (!written) return text.input.focus();
      this.at.act({ kind: "note", target: "", payload: { text: written, layer: layer.input.value } });
      text.input.value = "";
    });
  }

  private proposalForm(): HTMLElement {
    const { setup } = this.at;
    const text = field("proposal", setup.words["proposal"] ?? "");
    const kind = choice("kind", setup.words["kind"] ?? "", setup.kinds);
    const about = choice("about", setup.words["about"] ?? "", [
      ["", setup.words["no_token"] ?? ""],
      ...setup.tokens.map((each): [string, string] => [each.id, each.title]),
    ]);
    return form(setup.words["propose"] ?? "", [text, kind, about], () => {
      const written = text.input.value.trim();
      if (!written) return text.input.focus();
      this.at.act({
        kind: "propose",
        target: about.input.value,
        payload: { text: written, kind: kind.input.value },
      });
      text.input.value = "";
    });
  }
}

interface Field<Input extends HTMLElement> {
  input: Input;
  element: HTMLElement;
}

function field(name: string, label: string): Field<HTMLTextAreaElement> {
  const input = el("textarea", { class: "form-control", id: `room-${name}`, rows: "2", maxlength: "1000" });
  return { input, element: labelled(name, label, input) };
}

function choice(name: string, label: string, choices: [string, string][]): Field<HTMLSelectElement> {
  const input = el(
    "select",
    { class: "form-select", id: `room-${name}` },
    ...choices.map(([value, words]) => el("option", { value }, words)),
  );
  return { input, element: labelled(name, label, input) };
}

function labelled(name: string, label: string, input: HTMLElement): HTMLElement {
  return el(
    "div",
    { class: "field" },
    el("label", { class: "form-label", for: `room-${name}` }, label),
    input,
  );
}

function form(submit: string, fields: Field<HTMLElement>[], done: () => void): HTMLElement {
  return el(
    "form",
    {
      class: "form room-form",
      onsubmit: (event) => {
        event.preventDefault();
        done();
      },
    },
    ...fields.map((each) => each.element),
    el("button", { class: "btn btn-primary", type: "submit" }, submit),
  );
}
