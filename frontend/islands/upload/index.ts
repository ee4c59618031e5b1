/**
 * Files by dropping, with progress. The field stays an ordinary one inside an ordinary form: without this island the
 * form sends it as forms do. With it the form is sent in the background and the page follows where the answer leads.
 */

export function mount(zone: HTMLElement): void {
  const input = zone.querySelector<HTMLInputElement>("input[type=file]");
  const list = zone.querySelector<HTMLElement>("[data-files]");
  if (!input || !list) return;
  const show = () =>
    list.replaceChildren(
      ...[...(input.files ?? [])].map((file) => row(file, zone, () => leaveOut(input, file, show))),
    );
  input.addEventListener("change", show);
  for (const name of ["dragenter", "dragover"] as const) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.add("is-over");
    });
  }
  zone.addEventListener("dragleave", (event) => {
    if (!(event.relatedTarget instanceof Node) || !zone.contains(event.relatedTarget))
      zone.classList.remove("is-over");
  });
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("is-over");
    take(input, [...(event.dataTransfer?.files ?? [])]);
    show();
  });
  input.form?.addEventListener("submit", (event) => {
    if (!input.files?.length || event.defaultPrevented) return;
    event.preventDefault();
    send(input.form as HTMLFormElement, zone, event.submitter);
  });
}

/** Adds to what is chosen already, or replaces it where only one file is wanted; unfit kinds are left out. */
export function take(input: HTMLInputElement, files: File[]): void {
  const fitting = files.filter((file) => fits(file.name, input.accept));
  const all = input.multiple ? [...(input.files ?? []), ...fitting] : fitting.slice(0, 1);
  setFiles(input, all);
}

export function fits(name: string, accept: string): boolean {
  const endings = accept
    .split(",")
    .map((each) => each.trim().toLowerCase())
    .filter((each) => each.startsWith("."));
  return endings.length === 0 || endings.some((ending) => name.toLowerCase().endsWith(ending));
}

function setFiles(input: HTMLInputElement, files: File[]): void {
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  input.files = transfer.files;
}

function leaveOut(input: HTMLInputElement, file: File, show: () => void): void {
  setFiles(
    input,
    [...(input.files ?? [])].filter((each) => each !== file),
  );
  show();
}

function row(file: File, zone: HTMLElement, remove: () => void): HTMLLIElement {
  const item = document.createElement("li");
  const name = document.createElement("span");
  name.textContent = file.name;
  const size = document.createElement("span");
  size.className = "number";
  size.textContent = readable(file.size);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-sm btn-quiet";
  button.textContent = zone.dataset["wordsRemove"] ?? "×";
  button.setAttribute("aria-label", `${button.textContent}: ${file.name}`);
  button.addEventListener("click", remove);
  item.append(name, size, button);
  return item;
}

export function readable(bytes: number): string {
  const [value, unit] =
    bytes < 1e6 ? [Math.max(1, Math.round(bytes / 1e3)), "kilobyte"] : [bytes / 1e6, "megabyte"];
  return new Intl.NumberFormat(document.documentElement.lang || undefined, {
    style: "unit",
    unit: String(unit),
    maximumFractionDigits: bytes < 1e7 ? 1 : 0,
  }).format(Number(value));
}

function send(form: HTMLFormElement, zone: HTMLElement, submitter: HTMLElement | null): void {
  const request = new XMLHttpRequest();
  const frame = zone.querySelector<HTMLElement>("[data-progress]");
  const bar = frame?.querySelector("progress");
  const words = frame?.querySelector<HTMLElement>("[data-progress-words]");
  const buttons = [...form.querySelectorAll<HTMLButtonElement>("button")];
  const say = (sentence: string, isProblem = false) => {
    if (words) words.textContent = sentence;
    words?.classList.toggle("upload-problem", isProblem);
  };
  const fail = () => {
    for (const button of buttons) button.disabled = false;
    say(zone.dataset["wordsProblem"] ?? "", true);
  };
  const body = new FormData(form, submitter);
  for (const button of buttons) button.disabled = true;
  frame?.removeAttribute("hidden");
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable || !bar) return;
    const percent = Math.floor((100 * event.loaded) / event.total);
    bar.value = percent;
    say(
      percent < 100
        ? `${zone.dataset["wordsProgress"] ?? ""} ${percent}%`
        : (zone.dataset["wordsReceived"] ?? ""),
    );
  });
  request.addEventListener("error", fail);
  request.addEventListener("abort", fail);
  request.addEventListener("load", () => {
    if (request.status >= 500) return fail();
    follow(request, form);
  });
  request.open(form.method || "post", form.action);
  request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
  request.send(body);
}

/** Where the answer leads: another page after a redirect, else the page itself with what there is to mend. */
function follow(request: XMLHttpRequest, form: HTMLFormElement): void {
  if (request.responseURL && request.responseURL !== form.action) {
    window.location.assign(request.responseURL);
    return;
  }
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const content = page.getElementById("content");
  const own = document.getElementById("content");
  if (!content || !own) return window.location.reload();
  own.replaceWith(content);
  document.dispatchEvent(new CustomEvent("polyfolio:replaced"));
  content.querySelector<HTMLElement>("[data-focus]")?.focus();
}
