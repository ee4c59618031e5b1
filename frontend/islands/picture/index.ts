import { startDownloads } from "./download";
import { startRoving } from "./roving";
import { startState } from "./state";
import { startTip } from "./tip";

/** Keyboard, pointer, address and downloads for a picture that the server has drawn. */
export function mount(element: HTMLElement): void {
  startTip(element);
  startRoving(element);
  startState(element);
  startDownloads(element);
}
