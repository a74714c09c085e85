import { createDecipheriv } from 'node:crypto'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import type { Link, Store, StoreWrite } from '@mortise/lock'
import { bytesEqual, labels, utf8 } from '@mortise/protocol/wire'
import type { SealCrypto } from '@mortise/protocol/seal'
import type { DiskLockOptions } from '#proof/testing/disk-lock.ts'

/** Ways in which real products were weak, put into ours from outside, for the positive controls. */

/** Any signature is good. */
export const believesEverySignature: SealCrypto = {
  ...nodeSealCrypto,
  verifyEd25519: () => true,
  verifyEs256: () => true,
}

/** The tag of a sealed message is not checked, and neither is any signature. */
export const checksNothing: SealCrypto = {
  ...believesEverySignature,
  chachaOpen(key, nonce, _associated, sealed) {
    const tagLength = 16
    if (sealed.length < tagLength) return undefined
    const decipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: tagLength })
    return new Uint8Array(decipher.update(sealed.subarray(0, -tagLength)))
  },
}

/** Every "random" value is the same one: challenges, nonces and reply keys repeat. */
export const repeatsItself = (length: number): Uint8Array => new Uint8Array(length).fill(7)

/** A phone whose nonces and reply keys repeat. */
export const repeatingPhone: SealCrypto = { ...nodeSealCrypto, randomBytes: repeatsItself }

/** A lock that has the same secrets in every boot. */
export const repeatingLock: Partial<DiskLockOptions> = { random: { bytes: repeatsItself } }

/** No keyed hash is checked, so that any challenge is good. */
export const believesEveryChallenge: SealCrypto = {
  ...believesEverySignature,
  equalConstantTime: () => true,
}

/** Every command has the same name, on both sides. */
export const mistakesCommands: SealCrypto = {
  ...believesEverySignature,
  sha256: (...parts) => {
    const isCommand = parts.some((part) => startsWith(part, labels.command))
    return isCommand ? new Uint8Array(32) : nodeSealCrypto.sha256(...parts)
  },
}

function startsWith(bytes: Uint8Array, label: string): boolean {
  const start = utf8(`${label}\0`)
  return bytes.length > start.length && bytesEqual(bytes.subarray(0, start.length), start)
}

/** A store that throws away whatever a hub claims to have. */
export function forgetfulStore(store: Store): Store {
  return {
    ...store,
    entriesFrom: (sequence, entriesMax) =>
      store.entriesFrom(Math.max(sequence, store.acknowledgedSequence() + 1), entriesMax),
  }
}

/** A link that takes any version which the hub vouches for as the one in force. */
export function believesEveryVersion(link: Link, versionInForce: () => number): Link {
  return {
    ...link,
    start: (lock) =>
      link.start({ ...lock, newestPolicy: () => lock.newestPolicy(versionInForce()) }),
  }
}

/** A store that keeps no count of wrong codes, so that a restart wins new tries. */
export function forgetsTries(store: Store): Store {
  const forgotten = (write: StoreWrite): StoreWrite =>
    write.type === 'registers' ? { ...write, registers: { ...write.registers, tries: {} } } : write
  return { ...store, commit: (writes) => store.commit(writes.map(forgotten)) }
}
