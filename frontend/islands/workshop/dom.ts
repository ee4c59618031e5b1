type Child = Node | string | null | false;

/** An element with attributes (`onclick` and the like are listeners) and children. */
export function el<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string | boolean | ((event: Event) => void)> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  dress(element, attributes, children);
  return element;
}

export function svg(
  name: string,
  attributes: Record<string, string | boolean | ((event: Event) => void)> = {},
  ...children: Child[]
): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name) as SVGElement;
  dress(element, attributes, children);
  return element;
}

function dress(
  element: Element,
  attributes: Record<string, string | boolean | ((event: Event) => void)>,
  children: Child[],
): void {
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key.replace(/^on/, ""), value);
    else if (value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((each): each is Node | string => each !== null && each !== false));
}

/** Fills `{name}` in a sentence. */
export function say(sentence: string | undefined, given: Record<string, string | number> = {}): string {
  return (sentence ?? "").replace(/\{(\w+)\}/g, (whole, key: string) => String(given[key] ?? whole));
}
