const KEY = "refocus";

interface Spot {
  path: string;
  name: string;
  value: string;
  top: number;
}

/**
 * A form with `data-autosubmit` acts as soon as a choice in it changes. The next page takes the focus back to the same
 * choice at the same height, so that several may be ticked one after the other, by keyboard too.
 */
export function startAutosubmit(page: Document): void {
  page.addEventListener("change", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) return;
    const form = field.form;
    if (form?.dataset["autosubmit"] === undefined) return;
    const spot: Spot = { path: location.pathname, name: field.name, value: field.value, top: window.scrollY };
    sessionStorage.setItem(KEY, JSON.stringify(spot));
    form.requestSubmit();
  });
  goBack(page);
}

function goBack(page: Document): void {
  const kept = sessionStorage.getItem(KEY);
  if (!kept) return;
  sessionStorage.removeItem(KEY);
  const spot = JSON.parse(kept) as Spot;
  if (spot.path !== location.pathname) return;
  const field = [...page.querySelectorAll<HTMLInputElement>("[data-autosubmit] :is(input, select)")].find(
    (each) => each.name === spot.name && (each.type === "select-one" || each.value === spot.value),
  );
  field?.focus({ preventScroll: true });
  window.scrollTo({ top: spot.top, behavior: "instant" });
}
