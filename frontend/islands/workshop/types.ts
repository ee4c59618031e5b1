/** An act as the server tells it: sequence, seat, step, kind, target, payload. */
export type Act = [number, number, number, string, string, Record<string, unknown>];

export interface Step {
  title: string;
  question: string;
  minutes: number;
  does: string[];
  board: "" | "diamond" | "zones";
  is_private: boolean;
}

export interface Token {
  id: string;
  title: string;
  text: string;
}

export interface Zone {
  code: string;
  title: string;
  look: string;
}

export interface Setup {
  code: string;
  seat: number;
  leads: boolean;
  dots: number;
  steps: Step[];
  tokens: Token[];
  zones: Zone[];
  facets: Record<string, string>;
  kinds: [string, string][];
  layers: [string, string][];
  addresses: { since: string; acts: string; lead: string; end: string };
  words: Record<string, string>;
}

export interface News {
  sequence: number;
  state: "planned" | "running" | "ended";
  step: number;
  revealed: number[];
  timer: { ends: number | null; seconds: number };
  now: number;
  acted: number | null;
  acts: Act[];
}

export interface Answer {
  client_id: string;
  sequence: number | null;
  refused: string;
}

/** An act on its way: kept on the device until the server has answered it. */
export interface Outgoing {
  client_id: string;
  kind: string;
  step: number;
  target: string;
  payload: Record<string, unknown>;
}

export type Spot = { x: number; y: number } | { zone: string };
