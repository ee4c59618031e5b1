// Gathers the icons that templates and scripts name into one sprite, so that a page loads only those in use.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const icons = join(here, "..", "node_modules", "@tabler", "icons", "icons", "outline");
const target = join(here, "..", "src", "generated", "icons.svg");

const PLACES = ["polyfolio", join("frontend", "src"), join("frontend", "islands")];
const NAMED = [
  /<c-icon\b[^>]*?\bname="([a-z0-9-]+)"/gs,
  /\bicon="([a-z0-9-]+)"/g,
  /\bicon=['"]([a-z0-9-]+)['"]/g,
  /\{%\s*icon\s+"([a-z0-9-]+)"/g,
  /\bicon\("([a-z0-9-]+)"\)/g,
];

function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!["node_modules", "assets", "generated", "__pycache__"].includes(entry.name)) yield* files(path);
    } else if (/\.(html|ts|py)$/.test(entry.name)) yield path;
  }
}

const always = readFileSync(join(here, "icons.txt"), "utf8")
  .split("\n")
  .map((line) => line.replace(/#.*/, "").trim())
  .filter(Boolean);
const names = new Set(always);
for (const place of PLACES) {
  for (const file of files(join(root, place))) {
    const text = readFileSync(file, "utf8");
    for (const pattern of NAMED) for (const [, name] of text.matchAll(pattern)) names.add(name);
  }
}

const missing = [];
const symbols = [...names].sort().flatMap((name) => {
  try {
    const svg = readFileSync(join(icons, `${name}.svg`), "utf8");
    const inner = svg
      .replace(/<!--[\s\S]*?-->/g, "")
      .replace(/^[\s\S]*?<svg[^>]*>/, "")
      .replace(/<\/svg>[\s\S]*$/, "")
      .replace(/\s*\n\s*/g, "");
    return [`<symbol id="${name}" viewBox="0 0 24 24">${inner}</symbol>`];
  } catch {
    missing.push(name);
    return [];
  }
});
if (missing.length > 0) {
  console.error(`No such icon: ${missing.join(", ")}. See node_modules/@tabler/icons/icons/outline.`);
  process.exitCode = 1;
}
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
console.log(`icons.svg: ${symbols.length} icons`);
