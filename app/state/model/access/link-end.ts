/**
 * How long a link can be accepted. A message is read within days; a link that lies about for longer
 * is a key under the mat.
 */
const linkLifeMs = 3 * 86_400_000

/** Until when a link works: for guests never longer than their own time. */
export function linkEndMs(nowMs: number, untilMs: number | null): number {
  return Math.min(nowMs + linkLifeMs, untilMs ?? Infinity)
}
