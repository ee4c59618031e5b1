/** The name that is being typed before the caret: where its `@` stands and what stands behind it so far. */
export interface Asked {
  start: number;
  words: string;
}

const LONGEST = 40;

export function askedAt(text: string, caret: number): Asked | null {
  const before = text.slice(Math.max(0, caret - LONGEST), caret);
  const at = before.lastIndexOf("@");
  if (at < 0) return null;
  const words = before.slice(at + 1);
  if (words.includes("\n") || /[.,;:!?()]/.test(words)) return null;
  const start = caret - words.length - 1;
  if (start > 0 && /[\p{L}\p{N}_.@]/u.test(text[start - 1] ?? "")) return null;
  return { start, words };
}

/** Names in which some word begins with what is typed, those that begin with it first; nothing once one is complete. */
export function fitting(names: readonly string[], words: string, most = 6): string[] {
  const typed = fold(words);
  const begins = names.filter((name) => fold(name).startsWith(typed));
  const inside = names.filter(
    (name) => !begins.includes(name) && fold(name).includes(` ${typed}`) && typed.trim() !== "",
  );
  const found = [...begins, ...inside];
  return found.some((name) => `${fold(name)} ` === typed) ? [] : found.slice(0, most);
}

export function withName(
  text: string,
  asked: Asked,
  name: string,
  caret: number,
): { text: string; caret: number } {
  const put = `@${name} `;
  return {
    text: text.slice(0, asked.start) + put + text.slice(caret).replace(/^ /, ""),
    caret: asked.start + put.length,
  };
}

function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
