import htmx from "htmx.org";
import "./styles/base.css";
import "./styles/tabler.scss";
import "./tokens.css";
import "./styles/frame/topbar.css";
import "./styles/frame/page.css";
import "./styles/components/buttons.css";
import "./styles/components/badges.css";
import "./styles/components/sheets.css";
import "./styles/components/records.css";
import "./styles/components/search.css";
import "./styles/components/notes.css";
import "./styles/components/public.css";
import "./styles/components/talk.css";
import "./styles/components/workshop.css";
import "./styles/forms/fields.css";
import "./styles/forms/choices.css";
import "./styles/forms/explorations.css";
import "./styles/forms/uploads.css";
import "./styles/forms/filters.css";
import "./styles/tables.css";
import "./styles/pictures/frame.css";
import "./styles/pictures/diamond.css";
import "./styles/pictures/profile.css";
import "./styles/pictures/zones.css";
import "./styles/pictures/holes.css";
import "./styles/pictures/sdgs.css";
import "./styles/pictures/money.css";
import "./styles/pictures/world.css";
import "./styles/pictures/bars.css";
import "./styles/pictures/board.css";
import "./styles/print.css";
import "./generated/icons.svg?url";
import "./generated/world.svg?url";
import "./images/favicon.svg?url";
import { startAutosubmit } from "./lib/autosubmit";
import { csrfToken } from "./lib/csrf";
import { keepDrafts } from "./lib/drafts";
import { type Islands, startIslands } from "./lib/islands";
import { startMenus } from "./lib/menus";
import { startSearch } from "./lib/search";
import { startThemeSwitch } from "./lib/theme";
import { say, startToasts } from "./lib/toasts";

const islands: Islands = {
  mention: () => import("../islands/mention"),
  board: () => import("../islands/board"),
  picture: () => import("../islands/picture"),
  upload: () => import("../islands/upload"),
  workshop: () => import("../islands/workshop"),
};

function start(root: ParentNode): void {
  startIslands(root, islands);
  keepDrafts(root);
  startToasts(root);
}

document.documentElement.classList.add("has-script");
startMenus(document);
startSearch(document);
startAutosubmit(document);
startThemeSwitch(document);
start(document);
document.querySelector<HTMLElement>("[data-focus]")?.focus();

htmx.on("htmx:after:swap", (event: Event) => {
  start(event.target instanceof Element ? event.target : document);
});
document.addEventListener("polyfolio:replaced", () => {
  htmx.process(document.body);
  start(document);
});
htmx.on("htmx:config:request", (event: Event) => {
  const { request } = (
    event as CustomEvent<{ ctx: { request: { method: string; headers: Record<string, string> } } }>
  ).detail.ctx;
  const token = csrfToken(document);
  if (token && request.method.toUpperCase() !== "GET") request.headers["X-CSRFToken"] = token;
});
htmx.on("htmx:error", () => say(document.body.dataset["wordsProblem"] ?? ""));
