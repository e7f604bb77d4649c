// Words and counts as they may stand in a message.

/** How long a piece of somebody's file may be inside a message. */
const LONGEST = 40;

/** `text` as it may stand in a message: in quotes, control characters escaped, cut at 40 characters. */
export function quote(text: string): string {
  return JSON.stringify(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}

/** `1 row`, `2 rows`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
