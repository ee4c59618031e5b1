/**
 * Nothing typed is lost: a form with `data-draft="<name>"` keeps what is typed on this device until a page shows that it
 * arrived. A draft that was sent is forgotten once a signed-in page without its form is shown; a lost session shows the
 * sign-in page instead, so the draft waits and is offered again. Where nobody needs to sign in, a page says by its
 * `drafts-arrived` which drafts did: those whose name begins so.
 */

export interface Draft {
  at: number;
  isSent: boolean;
  values: Record<string, string[]>;
}

const PREFIX = "draft:";
const WAIT = 400;
const OLDEST = 30 * 24 * 3600 * 1000;
const NEVER = new Set(["csrfmiddlewaretoken"]);

const started = new WeakSet<HTMLFormElement>();

export function keepDrafts(root: ParentNode): void {
  const forms = [...root.querySelectorAll<HTMLFormElement>("form[data-draft]")];
  if (root === document) forget(document, new Set(forms.map(keyOf)));
  for (const form of forms) {
    if (started.has(form)) continue;
    started.add(form);
    keep(form);
  }
}

function keyOf(form: HTMLFormElement): string {
  return `${PREFIX}${form.dataset["draft"] ?? ""}`;
}

/** What the form holds now, without files, passwords and tokens. */
export function valuesOf(form: HTMLFormElement): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  for (const field of form.elements) {
    if (!isTyped(field) || !field.name || NEVER.has(field.name)) continue;
    const list = (values[field.name] ??= []);
    if (field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio")) {
      if (field.checked) list.push(field.value);
    } else if (field instanceof HTMLSelectElement) {
      list.push(...[...field.selectedOptions].map((option) => option.value));
    } else list.push(field.value);
  }
  return values;
}

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function isTyped(element: Element): element is Field {
  if (element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement) return true;
  return (
    element instanceof HTMLInputElement &&
    !["file", "password", "hidden", "submit", "button"].includes(element.type)
  );
}

export function putBack(form: HTMLFormElement, values: Record<string, string[]>): void {
  const left = structuredClone(values);
  for (const field of form.elements) {
    if (!isTyped(field) || !left[field.name]) continue;
    const list = left[field.name] ?? [];
    if (field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio")) {
      field.checked = list.includes(field.value);
    } else if (field instanceof HTMLSelectElement) {
      for (const option of field.options) option.selected = list.includes(option.value);
    } else field.value = list.shift() ?? "";
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

export function read(key: string): Draft | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null") as Draft | null;
  } catch {
    return null;
  }
}

function write(key: string, draft: Draft): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
    return true;
  } catch {
    return false; // no room or not allowed: the form works as any other
  }
}

function keep(form: HTMLFormElement): void {
  const key = keyOf(form);
  const first = valuesOf(form);
  const draft = read(key);
  if (draft && JSON.stringify(draft.values) !== JSON.stringify(first)) offer(form, key, draft);
  let timer = 0;
  const save = (isSent = false) => {
    window.clearTimeout(timer);
    const values = valuesOf(form);
    if (JSON.stringify(values) === JSON.stringify(first) && !isSent) return;
    const at = Date.now();
    const state = form.querySelector<HTMLElement>("[data-draft-state]");
    if (write(key, { at, isSent, values }) && state) {
      state.textContent = `${form.dataset["draftWordsKept"] ?? ""} ${time(at)}`;
    }
  };
  form.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(save, WAIT);
  });
  form.addEventListener("submit", () => save(true));
  window.addEventListener("pagehide", () => {
    if (timer && !read(key)?.isSent) save();
  });
}

function offer(form: HTMLFormElement, key: string, draft: Draft): void {
  const note = document.createElement("div");
  note.className = "draft-note";
  note.setAttribute("role", "status");
  const words = document.createElement("p");
  words.textContent = `${form.dataset["draftWordsFound"] ?? ""} ${time(draft.at)}.`;
  const restore = button(form.dataset["draftWordsRestore"] ?? "", "btn btn-sm");
  const discard = button(form.dataset["draftWordsDiscard"] ?? "", "btn btn-sm btn-quiet");
  restore.addEventListener("click", () => {
    putBack(form, draft.values);
    note.remove();
    form.querySelector<HTMLElement>("input:not([type=hidden]), textarea, select")?.focus();
  });
  discard.addEventListener("click", () => {
    localStorage.removeItem(key);
    note.remove();
  });
  note.append(words, restore, discard);
  form.prepend(note);
}

function button(words: string, className: string): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = className;
  made.textContent = words;
  return made;
}

function time(at: number): string {
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  const options: Intl.DateTimeFormatOptions = isToday
    ? { timeStyle: "short" }
    : { dateStyle: "medium", timeStyle: "short" };
  return new Intl.DateTimeFormat(document.documentElement.lang || undefined, options).format(at);
}

/** Drops drafts that arrived, and those too old to be missed. */
export function forget(page: Document, onPage: Set<string>): void {
  const isSignedIn = page.querySelector('meta[name="signed-in"]') !== null;
  const arrived = page.querySelector<HTMLMetaElement>('meta[name="drafts-arrived"]')?.content;
  let keys: string[] = [];
  try {
    keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return;
  }
  for (const key of keys) {
    const draft = read(key);
    const isAnswered = isSignedIn || (arrived !== undefined && key.startsWith(`${PREFIX}${arrived}`));
    const hasArrived = draft?.isSent === true && isAnswered && !onPage.has(key);
    if (!draft || hasArrived || Date.now() - draft.at > OLDEST) localStorage.removeItem(key);
  }
}
