import { issueNonce, nonceRandomBytes, openNonce } from '@mortise/hub-core'
import type { NoncePurpose } from '@mortise/hub-core'
import { toHex } from '@mortise/protocol/wire'
import type { HubDependencies } from '#hub/shell/dependencies.ts'
import { refusal } from '#hub/shell/refusal.ts'

export interface Nonces {
  readonly issue: (purpose: NoncePurpose) => {
    readonly nonce: Uint8Array
    readonly expiresAtMs: number
  }
  /** Burns a nonce: it serves once, whatever comes of it. @throws RestError `nonceUnusable`. */
  readonly use: (purpose: NoncePurpose, nonce: Uint8Array) => void
}

/**
 * Nonces of this process. Used ones are remembered until they end, in memory: after a restart the
 * key that made them is gone, and with it every nonce.
 */
export function createNonces({
  clock,
  random,
  identity,
  crypto,
}: Pick<HubDependencies, 'clock' | 'random' | 'identity' | 'crypto'>): Nonces {
  const used = new Map<string, number>()
  const mac = (message: Uint8Array): Uint8Array => identity.macNonce(message)
  const equal = (left: Uint8Array, right: Uint8Array): boolean =>
    crypto.equalConstantTime(left, right)

  const forgetEnded = (nowMs: number): void => {
    // Every nonce lives equally long, so the map is in order of use and nearly of ending.
    for (const [name, expiresAtMs] of used) {
      if (expiresAtMs > nowMs) break
      used.delete(name)
    }
  }

  return {
    issue: (purpose) => issueNonce(mac, purpose, random.bytes(nonceRandomBytes), clock.nowMs()),
    use: (purpose, nonce) => {
      const nowMs = clock.nowMs()
      forgetEnded(nowMs)
      const expiresAtMs = openNonce(mac, equal, purpose, nonce, nowMs)
      const name = toHex(nonce)
      if (expiresAtMs === undefined || used.has(name)) throw refusal('nonceUnusable')
      used.set(name, expiresAtMs)
    },
  }
}
