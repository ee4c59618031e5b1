/** Keeps in the address whether the table is open, so that a copied link shows the same view. */
export function startState(figure: HTMLElement): void {
  const twin = figure.querySelector<HTMLDetailsElement>("details[data-twin]");
  twin?.addEventListener("toggle", () => {
    const address = addressWith(window.location.href, figure.id, twin.open);
    if (address !== window.location.href) window.history.replaceState(window.history.state, "", address);
  });
}

export function addressWith(href: string, id: string, isTable: boolean): string {
  const address = new URL(href);
  if (isTable) address.searchParams.set(`picture-${id}`, "table");
  else address.searchParams.delete(`picture-${id}`);
  return address.href;
}
