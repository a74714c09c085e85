import { toHex } from '@mortise/protocol/wire'

/** Somebody's credential, or whoever comes over Matter. */
export type Doer = Uint8Array | 'matter'

/** Something that somebody did just now that may move a bolt. */
export interface Deed {
  /** Seconds for which they asked the door to stay unlocked. */
  readonly timeoutSeconds: number | undefined
}

export interface Deeds {
  readonly did: (who: Doer, source: string, timeoutSeconds?: number) => void
  /** @returns all such deeds that this may be, of which one is spent; undefined: there was none */
  readonly spend: (who: Doer, source: string) => readonly Deed[] | undefined
}

/**
 * A phone sends nothing that has waited for thirty seconds, a challenge lives for thirty, and a phone
 * may ask for another one, once.
 */
const freshMs = 120_000

export function createDeeds(nowMs: () => number): Deeds {
  let open: (Deed & { readonly key: string; readonly atMs: number })[] = []
  return {
    did(who, source, timeoutSeconds) {
      open.push({ key: keyOf(who, source), atMs: nowMs(), timeoutSeconds })
    },
    spend(who, source) {
      open = open.filter(({ atMs }) => nowMs() - atMs <= freshMs)
      const key = keyOf(who, source)
      const candidates = open.filter((deed) => deed.key === key)
      const [oldest] = candidates
      if (oldest === undefined) return undefined
      open.splice(open.indexOf(oldest), 1)
      return candidates
    },
  }
}

function keyOf(who: Doer, source: string): string {
  return `${source} ${typeof who === 'string' ? who : toHex(who)}`
}
