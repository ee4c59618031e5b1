/**
 * Makes one stand-alone drawing of a picture whose words stand in HTML and whose marks stand in SVG: every box becomes a
 * rectangle, every line of text a text, every drawing a nested drawing with its styles written out, at the place where
 * the browser has laid it out. Always in light colours, for paper and slides.
 */
import latin from "@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2?url";
import latinExt from "@fontsource-variable/source-sans-3/files/source-sans-3-latin-ext-wght-normal.woff2?url";
import serif from "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2?url";

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 24;
const PARTS = "[data-kicker], [data-title], [data-body], [data-legend], [data-source]";
const STYLES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "paint-order",
  "opacity",
  "vector-effect",
  "stop-color",
  "stop-opacity",
  "font-family",
  "font-size",
  "font-weight",
  "font-variant-numeric",
  "letter-spacing",
  "text-anchor",
  "dominant-baseline",
];
const USUAL: Record<string, string> = {
  "fill-opacity": "1",
  "stroke-opacity": "1",
  "stop-opacity": "1",
  opacity: "1",
  stroke: "none",
  "stroke-dasharray": "none",
  "paint-order": "normal",
  "vector-effect": "none",
  "letter-spacing": "normal",
  "dominant-baseline": "auto",
  "font-variant-numeric": "normal",
};

export interface Flat {
  svg: string;
  width: number;
  height: number;
}

interface Work {
  out: SVGSVGElement;
  defs: SVGDefsElement;
  left: number;
  top: number;
  files: Map<string, Document>;
}

export async function flatten(figure: HTMLElement): Promise<Flat> {
  const files = await outlines(figure);
  const style = await faces(figure.textContent ?? "");
  // Laid out anew for paper and in one go, so that nothing of it is ever painted on the screen.
  figure.classList.add("is-flat");
  try {
    return drawn(figure, files, style);
  } finally {
    figure.classList.remove("is-flat");
  }
}

function drawn(figure: HTMLElement, files: Map<string, Document>, style: SVGStyleElement): Flat {
  const parts = [...figure.querySelectorAll<HTMLElement>(PARTS)];
  const boxes = parts.map((part) => part.getBoundingClientRect());
  const left = Math.min(...boxes.map((box) => box.left)) - MARGIN;
  const top = Math.min(...boxes.map((box) => box.top)) - MARGIN;
  const width = Math.max(...boxes.map((box) => box.right)) - left + MARGIN;
  const height = Math.max(...boxes.map((box) => box.bottom)) - top + MARGIN;
  const out = document.createElementNS(SVG, "svg");
  const defs = document.createElementNS(SVG, "defs");
  const ground = rectangle(0, 0, width, height, 0);
  ground.setAttribute("fill", "#ffffff");
  defs.append(style);
  out.append(defs, ground);
  for (const part of parts) draw(part, { out, defs, left, top, files });
  for (const [name, value] of Object.entries({ width, height })) out.setAttribute(name, String(round(value)));
  out.setAttribute("viewBox", `0 0 ${round(width)} ${round(height)}`);
  return { svg: new XMLSerializer().serializeToString(out), width, height };
}

function draw(element: Element, work: Work): void {
  const style = getComputedStyle(element);
  if (style.display === "none" || style.visibility === "hidden" || style.clipPath === "inset(50%)") return;
  if (element instanceof SVGSVGElement) {
    work.out.append(nested(element, work));
    return;
  }
  if (element instanceof SVGElement) return;
  box(element, style, work);
  for (const child of element.childNodes) {
    if (child instanceof Text) lines(child, style, work);
    else if (child instanceof Element) draw(child, work);
  }
}

function box(element: Element, style: CSSStyleDeclaration, work: Work): void {
  const place = element.getBoundingClientRect();
  const [x, y] = [place.left - work.left, place.top - work.top];
  const edge = parseFloat(style.borderTopWidth);
  const isFramed =
    edge > 0 && style.borderTopStyle !== "none" && style.borderLeftStyle === style.borderTopStyle;
  if (!isClear(style.backgroundColor) || isFramed) {
    const inset = isFramed ? edge / 2 : 0;
    const shape = rectangle(
      x + inset,
      y + inset,
      place.width - 2 * inset,
      place.height - 2 * inset,
      parseFloat(style.borderTopLeftRadius) || 0,
    );
    shape.setAttribute("fill", isClear(style.backgroundColor) ? "none" : style.backgroundColor);
    if (isFramed) {
      shape.setAttribute("stroke", style.borderTopColor);
      shape.setAttribute("stroke-width", String(edge));
      if (style.borderTopStyle === "dashed")
        shape.setAttribute("stroke-dasharray", `${2 * edge} ${2 * edge}`);
    }
    work.out.append(shape);
  }
  if (!isFramed) {
    for (const [side, at] of [
      ["Top", y],
      ["Bottom", y + place.height],
    ] as const) {
      const thick = parseFloat(style[`border${side}Width`]);
      if (!thick || style[`border${side}Style`] === "none") continue;
      const rule = rectangle(x, side === "Top" ? at : at - thick, place.width, thick, 0);
      rule.setAttribute("fill", style[`border${side}Color`]);
      work.out.append(rule);
    }
  }
}

/** The lines of a text as the browser broke them: pieces whose tops agree belong together. */
function lines(node: Text, style: CSSStyleDeclaration, work: Work): void {
  let words = "";
  let place: DOMRect | null = null;
  const flush = () => {
    if (place && words.trim()) work.out.append(text(words.trimEnd(), place, style, work));
  };
  for (const piece of pieces(node)) {
    if (place && Math.abs(place.top - piece.place.top) < 2) words += piece.words;
    else {
      flush();
      words = piece.words.trimStart();
      place = piece.place;
    }
  }
  flush();
}

/** The words of a text with their places; a word that is broken at a hyphen comes letter by letter. */
function* pieces(node: Text): Generator<{ words: string; place: DOMRect }> {
  const range = document.createRange();
  const at = (from: number, to: number) => {
    range.setStart(node, from);
    range.setEnd(node, to);
    return range;
  };
  for (const match of node.data.matchAll(/\S+/g)) {
    const end = match.index + match[0].length;
    const gap = match.index > 0 ? " " : "";
    if (at(match.index, end).getBoundingClientRect().width === 0) continue;
    if (range.getClientRects().length === 1) {
      yield { words: gap + match[0], place: range.getBoundingClientRect() };
      continue;
    }
    for (let index = match.index; index < end; index += 1) {
      const letter = node.data[index] ?? "";
      yield {
        words: (index === match.index ? gap : "") + letter,
        place: at(index, index + 1).getBoundingClientRect(),
      };
    }
  }
}

function text(words: string, place: DOMRect, style: CSSStyleDeclaration, work: Work): SVGTextElement {
  const made = document.createElementNS(SVG, "text");
  const size = parseFloat(style.fontSize);
  made.setAttribute("x", String(round(place.left - work.left)));
  made.setAttribute("y", String(round(place.top - work.top + place.height * ascent(style))));
  made.setAttribute("fill", style.color);
  made.setAttribute("font-family", style.fontFamily.replaceAll('"', "'"));
  made.setAttribute("font-size", String(size));
  made.setAttribute("font-weight", style.fontWeight);
  if (style.letterSpacing !== "normal") made.setAttribute("letter-spacing", style.letterSpacing);
  made.textContent = words;
  return made;
}

/** How much of a line's height stands above its base line; each face splits it differently. */
function ascent(style: CSSStyleDeclaration): number {
  const pen = document.createElement("canvas").getContext("2d");
  if (!pen) return 0.75;
  pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const { fontBoundingBoxAscent: above, fontBoundingBoxDescent: below } = pen.measureText("x");
  return above / (above + below);
}

function nested(drawing: SVGSVGElement, work: Work): SVGSVGElement {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  writeOut(drawing, copy, work);
  const place = drawing.getBoundingClientRect();
  for (const name of ["class", "role", "aria-label", "aria-hidden"]) copy.removeAttribute(name);
  copy.setAttribute("x", String(round(place.left - work.left)));
  copy.setAttribute("y", String(round(place.top - work.top)));
  copy.setAttribute("width", String(round(place.width)));
  copy.setAttribute("height", String(round(place.height)));
  copy.setAttribute("overflow", getComputedStyle(drawing).overflowX === "hidden" ? "hidden" : "visible");
  const colour = getComputedStyle(drawing).backgroundColor;
  if (!isClear(colour)) {
    const view = drawing.viewBox.baseVal;
    const ground = rectangle(view.x, view.y, view.width, view.height, 0);
    ground.setAttribute("fill", colour);
    copy.prepend(ground);
  }
  return copy;
}

/** Walks two equal trees: what the page's styles say of the one is written upon the other. */
function writeOut(from: Element, to: Element, work: Work): void {
  const style = getComputedStyle(from);
  const pairs = [...from.children].map((child, index) => [child, to.children[index]] as const);
  if (style.display === "none" && !(from instanceof SVGDefsElement) && !from.closest("defs")) {
    to.remove();
    return;
  }
  for (const name of STYLES) {
    const value = style.getPropertyValue(name);
    if (!value || USUAL[name] === value) continue;
    to.setAttribute(name, value.replaceAll('"', "'"));
    const reference = /url\(['"]?#([^'")]+)/.exec(value)?.[1];
    if (reference) bring(reference, work);
  }
  for (const name of ["class", "href", "data-item", "role", "aria-label", "tabindex"])
    if (from.tagName !== "use") to.removeAttribute(name);
  for (const [child, twin] of pairs) if (twin) writeOut(child, twin, work);
  if (from.tagName === "use") replaceUse(from, to, work);
  if (from.tagName === "a") asGroup(to);
  if (from.classList.contains("hit") || from.classList.contains("focus-ring")) to.remove();
}

/** Brings a pattern or gradient that stands elsewhere on the page. */
function bring(id: string, work: Work): void {
  const found = document.getElementById(id);
  if (!found || work.defs.querySelector(`[id="${id}"]`)) return;
  const copy = found.cloneNode(true) as Element;
  work.defs.append(copy);
  writeOut(found, copy, work);
}

function replaceUse(from: Element, to: Element, work: Work): void {
  const [file = "", id = ""] = (from.getAttribute("href") ?? "").split("#");
  const found = (file ? work.files.get(file) : document)?.getElementById(id);
  if (!found) return to.remove();
  const group = document.createElementNS(SVG, "g");
  for (const { name, value } of to.attributes)
    if (name !== "href" && name !== "class") group.setAttribute(name, value);
  const copy = document.importNode(found, true);
  for (const each of [copy, ...copy.querySelectorAll("[id]")]) each.removeAttribute("id");
  group.append(copy);
  to.replaceWith(group);
}

function asGroup(link: Element): void {
  const group = document.createElementNS(SVG, "g");
  group.append(...link.childNodes);
  link.replaceWith(group);
}

async function outlines(figure: HTMLElement): Promise<Map<string, Document>> {
  const files = new Set<string>();
  for (const use of figure.querySelectorAll("[data-body] use")) {
    const file = (use.getAttribute("href") ?? "").split("#")[0];
    if (file) files.add(file);
  }
  const read = [...files].map(async (file) => {
    const answer = await fetch(file);
    return [file, new DOMParser().parseFromString(await answer.text(), "image/svg+xml")] as const;
  });
  return new Map(await Promise.all(read));
}

/** The faces, inside the file: a drawing shown as an image may fetch nothing. */
async function faces(words: string): Promise<SVGStyleElement> {
  const wanted: [string, string][] = [
    ["Source Sans 3 Variable", latin],
    ["Source Serif 4 Variable", serif],
  ];
  if (/[\u0100-\u02ff\u1e00-\u1eff]/.test(words)) wanted.push(["Source Sans 3 Variable", latinExt]);
  const rules = await Promise.all(
    wanted.map(async ([family, file]) => {
      const range = file === latinExt ? "unicode-range:U+0100-02FF,U+1E00-1EFF;" : "";
      return `@font-face{font-family:'${family}';font-weight:200 900;${range}src:url(${await asData(file)}) format('woff2')}`;
    }),
  );
  const style = document.createElementNS(SVG, "style");
  style.textContent = rules.join("");
  return style;
}

async function asData(file: string): Promise<string> {
  const bytes = new Uint8Array(await (await fetch(file)).arrayBuffer());
  let binary = "";
  for (let at = 0; at < bytes.length; at += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return `data:font/woff2;base64,${btoa(binary)}`;
}

function rectangle(x: number, y: number, width: number, height: number, radius: number): SVGRectElement {
  const made = document.createElementNS(SVG, "rect");
  const values = { x, y, width, height, ...(radius ? { rx: radius } : {}) };
  for (const [name, value] of Object.entries(values)) made.setAttribute(name, String(round(value)));
  return made;
}

function isClear(colour: string): boolean {
  return colour === "transparent" || /^rgba\(.*, 0\)$/.test(colour);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
