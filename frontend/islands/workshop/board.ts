import type { Act, Spot } from "./types";

/** A note or proposal with the dots it holds. */
export interface Said {
  sequence: number;
  seat: number;
  step: number;
  text: string;
  layer: string;
  kind: string;
  target: string;
}

export interface Moved {
  spot: Spot;
  sequence: number;
}

/** What all acts come to; the same folding as on the server, act by act. */
export class Board {
  names = new Map<number, string>();
  places = new Map<string, Map<number, Spot>>();
  moves = new Map<string, Moved>();
  votes = new Map<string, Set<number>>();
  notes: Said[] = [];
  proposals: Said[] = [];
  pitching = "";
  private known = new Set<number>();

  /** Takes an act in, each once; false where it was known. Acts may come in several answers, in their order. */
  take(act: Act): boolean {
    const [sequence, seat, step, kind, target, payload] = act;
    if (this.known.has(sequence)) return false;
    this.known.add(sequence);
    const where = `${step} ${target}`;
    if (kind === "join") this.names.set(seat, String(payload["name"] ?? ""));
    else if (kind === "place") this.placed(where).set(seat, payload as unknown as Spot);
    else if (kind === "move") this.move(where, payload as unknown as Spot, sequence);
    else if (kind === "vote") this.vote(where, seat, Boolean(payload["on"]));
    else if (kind === "note" || kind === "propose") this.say(kind, act);
    else if (kind === "pitch") this.pitching = target;
    else if (kind === "step") this.pitching = "";
    return true;
  }

  private placed(where: string): Map<number, Spot> {
    const found = this.places.get(where) ?? new Map<number, Spot>();
    this.places.set(where, found);
    return found;
  }

  private move(where: string, spot: Spot, sequence: number): void {
    const before = this.moves.get(where);
    if (!before || before.sequence < sequence) this.moves.set(where, { spot, sequence });
  }

  private vote(where: string, seat: number, on: boolean): void {
    const seats = this.votes.get(where) ?? new Set<number>();
    if (on) seats.add(seat);
    else seats.delete(seat);
    this.votes.set(where, seats);
  }

  private say(kind: string, [sequence, seat, step, , target, payload]: Act): void {
    const word = (name: string) => String(payload[name] ?? "");
    const said = {
      sequence,
      seat,
      step,
      target,
      text: word("text"),
      layer: word("layer"),
      kind: word("kind"),
    };
    const list = kind === "note" ? this.notes : this.proposals;
    list.push(said);
    list.sort((one, other) => one.sequence - other.sequence);
  }

  /** Where a token stands: where it was moved last, else the middle of where people placed it. */
  position(step: number, target: string): Spot | null {
    const where = `${step} ${target}`;
    return this.moves.get(where)?.spot ?? middle([...(this.places.get(where)?.values() ?? [])]);
  }

  /** The sequence of the last move that was seen of a token, to be sent with the next one. */
  seen(step: number, target: string): number {
    return this.moves.get(`${step} ${target}`)?.sequence ?? 0;
  }

  dots(target: string): number {
    let count = 0;
    for (const [where, seats] of this.votes) if (where.endsWith(` ${target}`)) count += seats.size;
    return count;
  }

  has(step: number, target: string, seat: number): boolean {
    return this.votes.get(`${step} ${target}`)?.has(seat) ?? false;
  }

  spent(step: number, seat: number): number {
    let count = 0;
    for (const [where, seats] of this.votes) if (where.startsWith(`${step} `) && seats.has(seat)) count += 1;
    return count;
  }
}

/** The median point, or the zone that most chose; a tie goes to the one chosen first. */
export function middle(spots: Spot[]): Spot | null {
  const zones = spots.flatMap((spot) => ("zone" in spot ? [spot.zone] : []));
  if (zones.length) {
    const counts = new Map<string, number>();
    for (const zone of zones) counts.set(zone, (counts.get(zone) ?? 0) + 1);
    return { zone: [...counts].reduce((best, each) => (each[1] > best[1] ? each : best))[0] };
  }
  const points = spots.flatMap((spot) => ("x" in spot ? [spot] : []));
  if (!points.length) return null;
  return { x: median(points.map((each) => each.x)), y: median(points.map((each) => each.y)) };
}

function median(values: number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 ? upper : (upper + (sorted[half - 1] ?? 0)) / 2;
}
