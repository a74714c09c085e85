import { toHex } from '@mortise/protocol/wire'

/** What people did just now that may move a bolt. */
export interface Deeds {
  readonly did: (credentialId: Uint8Array, source: 'remote' | 'keypad') => void
  /** @returns whether there was such a deed; each counts once. */
  readonly spend: (credentialId: Uint8Array, source: string) => boolean
}

/** A challenge lives for thirty seconds; a phone may then ask for another one. */
const freshMs = 70_000

export function createDeeds(nowMs: () => number): Deeds {
  let open: { readonly key: string; readonly atMs: number }[] = []
  return {
    did(credentialId, source) {
      open.push({ key: `${source} ${toHex(credentialId)}`, atMs: nowMs() })
    },
    spend(credentialId, source) {
      open = open.filter(({ atMs }) => nowMs() - atMs <= freshMs)
      const found = open.findIndex(({ key }) => key === `${source} ${toHex(credentialId)}`)
      if (found < 0) return false
      open.splice(found, 1)
      return true
    },
  }
}
