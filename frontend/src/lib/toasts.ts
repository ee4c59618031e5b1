const SHOWN_FOR = 8000;

/** Messages leave by themselves unless they offer an Undo or tell of a problem; pointing at one keeps it. */
export function startToasts(root: ParentNode): void {
  for (const toast of root.querySelectorAll<HTMLElement>("[data-toast]")) {
    toast.querySelector("[data-close]")?.addEventListener("click", () => toast.remove());
    if (toast.dataset["stays"] !== undefined || toast.closest(".toasts") === null) continue;
    let timer = window.setTimeout(() => toast.remove(), SHOWN_FOR);
    const keep = () => window.clearTimeout(timer);
    const leave = () => {
      keep();
      timer = window.setTimeout(() => toast.remove(), SHOWN_FOR / 2);
    };
    toast.addEventListener("pointerenter", keep);
    toast.addEventListener("focusin", keep);
    toast.addEventListener("pointerleave", leave);
    toast.addEventListener("focusout", leave);
  }
}

/** Says something from a script; the same sentence is not said twice at once. */
export function say(words: string): void {
  const region = document.getElementById("toasts");
  if (!region || !words || [...region.children].some((each) => each.textContent?.includes(words))) return;
  const toast = document.createElement("div");
  toast.className = "toast-note";
  toast.dataset["toast"] = "";
  const sentence = document.createElement("span");
  sentence.textContent = words;
  const close = document.createElement("button");
  close.type = "button";
  close.dataset["close"] = "";
  close.textContent = document.body.dataset["wordsClose"] ?? "×";
  toast.append(sentence, close);
  region.append(toast);
  startToasts(region);
}
