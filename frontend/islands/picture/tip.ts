/** Names the item under the pointer or the focus; Escape puts the name away, and the pointer may rest upon it. */

let tip: HTMLElement | null = null;
let timer = 0;

function tipElement(): HTMLElement {
  if (!tip) {
    tip = document.createElement("div");
    tip.className = "picture-tip";
    tip.setAttribute("aria-hidden", "true"); // the item itself carries the same words
    tip.popover = "manual";
    tip.addEventListener("pointerenter", () => window.clearTimeout(timer));
    tip.addEventListener("pointerleave", hideSoon);
    document.body.append(tip);
  }
  return tip;
}

export function startTip(figure: HTMLElement): void {
  const item = (event: Event) => (event.target as Element).closest<Element>("[data-item]");
  figure.addEventListener("pointerover", (event) => {
    const over = item(event);
    if (over) show(over);
    else hideSoon();
  });
  figure.addEventListener("pointerleave", hideSoon);
  figure.addEventListener("focusin", (event) => {
    const over = item(event);
    if (over) show(over);
  });
  figure.addEventListener("focusout", hideSoon);
  figure.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
}

function show(item: Element): void {
  const words = item.getAttribute("data-tip") ?? item.getAttribute("aria-label");
  if (!words) return;
  window.clearTimeout(timer);
  const element = tipElement();
  element.textContent = words;
  element.showPopover();
  const box = item.getBoundingClientRect();
  const own = element.getBoundingClientRect();
  const left = Math.min(
    Math.max(8, box.x + box.width / 2 - own.width / 2),
    window.innerWidth - own.width - 8,
  );
  const above = box.y - own.height - 6;
  element.style.left = `${left}px`;
  element.style.top = `${above > 4 ? above : box.bottom + 6}px`;
}

function hide(): void {
  if (tip?.matches(":popover-open")) tip.hidePopover();
}

function hideSoon(): void {
  window.clearTimeout(timer);
  timer = window.setTimeout(hide, 120);
}
