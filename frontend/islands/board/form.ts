import { say } from "../../src/lib/toasts";
import { type Board, labelOf } from "./board";
import { putBack } from "./drag";

const AS_PART = { "HX-Request": "true" };

/** Opens the form of a move where the token was dropped; what the server refuses stays in it, and closing it puts the token back. */
export function startForm(board: Board): (token: HTMLElement, field: number | null) => Promise<void> {
  const dialog = board.root.querySelector<HTMLDialogElement>("[data-dialog]");
  const place = dialog?.querySelector<HTMLElement>("[data-form]");
  if (!dialog || !place) return () => Promise.resolve();
  let moved: HTMLElement | null = null;

  dialog.querySelector("[data-close]")?.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    if (!moved) return;
    putBack(moved);
    moved.focus();
    board.say("Back", { token: labelOf(moved) });
    moved = null;
  });
  place.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("a.btn-quiet")) return;
    event.preventDefault();
    dialog.close();
  });
  place.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.target instanceof HTMLFormElement) void send(event.target, place);
  });

  return async (token, field) => {
    const address = new URL(token.getAttribute("href") ?? "", window.location.href);
    const zone = field === null ? undefined : board.fields[field];
    if (zone) address.searchParams.set("zone", zone.code);
    const answer = await part(address.href);
    if (answer === null) {
      putBack(token);
      say(board.root.dataset["wordsProblem"] ?? "");
      return;
    }
    moved = token;
    show(dialog, place, board, token, answer);
    if (zone) board.say("Drop", { token: labelOf(token), zone: zone.name });
  };
}

function show(
  dialog: HTMLDialogElement,
  place: HTMLElement,
  board: Board,
  token: HTMLElement,
  html: string,
): void {
  const title = dialog.querySelector("[data-title]");
  if (title) title.textContent = board.words("Title", { token: labelOf(token) });
  const page = dialog.querySelector<HTMLAnchorElement>("[data-page]");
  if (page) page.href = `/initiatives/${token.dataset["token"] ?? ""}/`;
  fill(place, html);
  dialog.showModal();
  focusFirst(place);
}

function fill(place: HTMLElement, html: string): void {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  place.replaceChildren(...parsed.body.childNodes);
}

function focusFirst(place: HTMLElement): void {
  const chosen = place.querySelector<HTMLElement>("[name=zone]:checked");
  const next = chosen ? place.querySelector<HTMLElement>("select[name=driver]") : null;
  (
    place.querySelector<HTMLElement>(".is-invalid") ??
    next ??
    place.querySelector<HTMLElement>(chosen ? "[name=since_on]" : "[name=zone]")
  )?.focus();
}

async function part(address: string): Promise<string | null> {
  try {
    const answer = await fetch(address, { headers: AS_PART });
    return answer.ok && !answer.redirected ? await answer.text() : null;
  } catch {
    return null;
  }
}

async function send(form: HTMLFormElement, place: HTMLElement): Promise<void> {
  const button = form.querySelector<HTMLButtonElement>("[type=submit]");
  if (button) button.disabled = true;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: AS_PART,
      body: new FormData(form),
    });
    const to = answer.headers.get("HX-Redirect");
    if (to) return window.location.assign(to);
    fill(place, await answer.text());
    focusFirst(place);
  } catch {
    if (button) button.disabled = false;
    say(document.body.dataset["wordsProblem"] ?? "");
  }
}
