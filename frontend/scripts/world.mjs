// Draws the world once, in the Equal Earth projection (Šavrič, Patterson and Jenny, 2018), into one file with an
// id per ISO 3166-1 alpha-2 code; pages reach each country by <use>. Countries too small to be seen carry a dot.
// With `--anchors` it also writes where each country's mark stands, which the server-side geometry reads.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { geoEqualEarth, geoPath } from "d3-geo";
import countries from "i18n-iso-countries";
import { feature } from "topojson-client";

const here = dirname(fileURLToPath(import.meta.url));
const drawing = join(here, "..", "src", "generated", "world.svg");
const anchors = join(here, "..", "..", "polyfolio", "lib", "pictures", "world_anchors.json");

const WIDTH = 4000;
const DOT_BELOW = 12; // √area in units of the drawing
const DOT_RADIUS = 10;
const SOUTH = -57; // below it there is no one to report
const SPECK = 8; // islands of less area than this are left out of countries that have a larger part
const WITHOUT_NUMBER = { Kosovo: "XK" };
// Where a mark belongs when the middle of the largest part is not where people live or look.
const MOVED = {
  NO: [10, 61.5],
  CA: [-101, 54],
  RU: [60, 57],
  CL: [-70.8, -33.5],
  MY: [102, 4],
  ID: [111, -2.5],
  US: [-98, 39],
};

function codeOf(shape) {
  const byNumber = shape.id && countries.numericToAlpha2(String(shape.id).padStart(3, "0"));
  return byNumber || WITHOUT_NUMBER[shape.properties.name];
}

/** Rings of whole numbers; neighbours round alike, so shared borders stay shared. */
function ringsOf(shape, projection) {
  const rings = [];
  let ring = [];
  const put = (x, y) => {
    const point = [Math.round(x), Math.round(y)];
    const last = ring.at(-1);
    if (!last || last[0] !== point[0] || last[1] !== point[1]) ring.push(point);
  };
  const close = () => {
    if (ring.length > 2) rings.push(withoutStraights(ring));
    ring = [];
  };
  geoPath(projection, {
    beginPath() {},
    moveTo: (x, y) => (close(), put(x, y)),
    lineTo: put,
    closePath: close,
    arc() {},
  })(shape);
  close();
  return rings.filter((each) => each.length > 2);
}

function withoutStraights(ring) {
  return ring.filter((point, i) => {
    const before = ring[(i + ring.length - 1) % ring.length];
    const after = ring[(i + 1) % ring.length];
    return (point[0] - before[0]) * (after[1] - point[1]) !== (point[1] - before[1]) * (after[0] - point[0]);
  });
}

function area(ring) {
  let sum = 0;
  ring.forEach(([x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length];
    sum += x * nextY - nextX * y;
  });
  return sum / 2;
}

function middle(ring) {
  let x = 0;
  let y = 0;
  const double = 6 * area(ring);
  ring.forEach(([ax, ay], i) => {
    const [bx, by] = ring[(i + 1) % ring.length];
    const cross = ax * by - bx * ay;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  });
  return [x / double, y / double];
}

function pathOf(rings) {
  return rings
    .map((ring) => {
      let [x, y] = ring[0];
      let d = `M${x} ${y}l`;
      ring.slice(1).forEach(([nextX, nextY], i) => {
        const dx = nextX - x;
        const dy = nextY - y;
        d += `${i > 0 && dx >= 0 ? " " : ""}${dx}${dy >= 0 ? " " : ""}${dy}`;
        [x, y] = [nextX, nextY];
      });
      return `${d}z`;
    })
    .join("");
}

const topology = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve("world-atlas/countries-50m.json"), "utf8"),
);
const shapes = feature(topology, topology.objects.countries).features.filter((each) => codeOf(each) !== "AQ");
const everything = { type: "FeatureCollection", features: shapes };
const projection = geoEqualEarth().rotate([-11, 0]).precision(0.2).fitWidth(WIDTH, everything);
const height = Math.ceil(projection([0, SOUTH])[1]);

const places = {};
const parts = shapes.map((shape) => {
  const code = codeOf(shape);
  const byArea = ringsOf(shape, projection).toSorted((a, b) => Math.abs(area(b)) - Math.abs(area(a)));
  const rings = byArea.filter((ring, i) => i === 0 || Math.abs(area(ring)) >= SPECK);
  const isSmall = Math.sqrt(rings.reduce((sum, ring) => sum + Math.abs(area(ring)), 0)) < DOT_BELOW;
  const where = MOVED[code]
    ? projection(MOVED[code])
    : isSmall || rings.length === 0
      ? geoPath(projection).centroid(shape)
      : middle(rings[0]);
  const [x, y] = where.map((value) => Math.round(value));
  if (code) places[code] = [x, y];
  const dot = `M${x - DOT_RADIUS} ${y}a${DOT_RADIUS} ${DOT_RADIUS} 0 1 1 ${2 * DOT_RADIUS} 0a${DOT_RADIUS} ${DOT_RADIUS} 0 1 1 ${-2 * DOT_RADIUS} 0z`;
  return `<path${code ? ` id="${code}"` : ""} d="${pathOf(rings)}${isSmall ? dot : ""}"/>`;
});

mkdirSync(dirname(drawing), { recursive: true });
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}"><g id="land">${parts.join("")}</g></svg>\n`;
writeFileSync(drawing, svg);
console.log(`world.svg: ${parts.length} countries and territories, ${Math.round(svg.length / 1024)} kB`);

if (process.argv.includes("--anchors")) {
  const lines = Object.keys(places)
    .sort()
    .map((code) => `  "${code}": ${JSON.stringify(places[code])}`);
  writeFileSync(
    anchors,
    `{\n "width": ${WIDTH},\n "height": ${height},\n "countries": {\n${lines.join(",\n")}\n }\n}\n`,
  );
  console.log(`world_anchors.json: ${lines.length} places`);
}
