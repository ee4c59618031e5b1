/** Search over everything: `/` goes there from anywhere, arrows walk through what is suggested, Escape closes it. */
export function startSearch(page: Document): void {
  page.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target)) {
      const boxes = page.querySelectorAll<HTMLInputElement>("[data-search] input[type=search]");
      const input = [...boxes].find((each) => each.offsetParent !== null);
      if (!input) return;
      event.preventDefault();
      input.focus();
      input.select();
    }
  });
  for (const form of page.querySelectorAll<HTMLFormElement>("[data-search]")) startBox(form);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}

function startBox(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>("input[type=search]");
  const list = form.querySelector<HTMLElement>("[data-suggestions]");
  if (!input || !list) return;
  const close = () => list.replaceChildren();
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && list.childElementCount > 0) {
      event.preventDefault();
      close();
      input.focus();
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const stops = [input, ...list.querySelectorAll<HTMLElement>("a")];
      const at = stops.indexOf(form.ownerDocument.activeElement as HTMLElement);
      const next = stops[(at + (event.key === "ArrowDown" ? 1 : -1) + stops.length) % stops.length];
      if (stops.length > 1 && next) {
        event.preventDefault();
        next.focus();
      }
    }
  });
  form.addEventListener("focusout", (event) => {
    if (event.relatedTarget instanceof Node && !form.contains(event.relatedTarget)) close();
  });
  form.ownerDocument.addEventListener("click", (event) => {
    if (!form.contains(event.target as Node)) close();
  });
  input.addEventListener("input", () => {
    if (input.value.trim() === "") close();
  });
}
