import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import { appendEntry, genesisHead } from '@mortise/protocol/chain'
import { signStatement } from '@mortise/protocol/seal'
import { lockIdOf, policyHash } from '@mortise/protocol/verify'
import { headMessage, linkFrameMessage, stateMessage, toHex } from '@mortise/protocol/wire'
import { visitEntry } from '#proof/bench/visit-entry.ts'

const startMs = 1_800_000_000_000

/** The keys of a lock at which people open all the time, and what it sends to its hub about that. */
export interface WritingLock {
  readonly id: string
  readonly lockKey: Uint8Array
  readonly sealingKey: Uint8Array
  /** The next entries under a signed head, as a frame. */
  readonly nextUpload: (entries: number) => WrittenUpload
  /** A newer state, signed. */
  readonly nextState: () => Uint8Array
}

export interface WrittenUpload {
  readonly entries: readonly Uint8Array[]
  readonly frame: Uint8Array
  readonly lastSequence: number
}

export function createWritingLock(): WritingLock {
  const seed = crypto.randomBytes(32)
  const lockKey = crypto.ed25519PublicKey(seed)
  const lockId = lockIdOf(crypto, lockKey)
  const person = {
    userId: crypto.randomBytes(16),
    userName: 'Somebody who comes',
    credentialId: crypto.randomBytes(16),
    credentialType: 'passkey',
  } as const
  let head = genesisHead(crypto, lockId)
  let counter = 0
  const next = (): Uint8Array => {
    const timeMs = startMs + head.sequence * 1_000
    const appended = appendEntry(crypto, head, visitEntry(head, { boot: 1, timeMs, ...person }))
    ;({ head } = appended)
    return appended.bytes
  }
  return {
    id: toHex(lockId),
    lockKey,
    sealingKey: crypto.x25519PublicKey(crypto.randomBytes(32)),
    nextUpload(count) {
      const entries = Array.from({ length: count }, next)
      const body = headMessage.encode({ v: 1, lockId, ...head, timeMs: startMs })
      const signedHead = signStatement(crypto, 'head', seed, body)
      const frame = linkFrameMessage.encode({ type: 'events', entries, signedHead })
      return { entries, frame, lastSequence: head.sequence }
    },
    nextState() {
      counter += 1
      const body = stateMessage.encode({
        v: 1,
        lockId,
        boot: 1,
        counter,
        timeMs: startMs + counter,
        timeCertain: true,
        claimed: true,
        policyVersion: 1,
        policyHash: policyHash(crypto, new Uint8Array()),
        sequence: head.sequence,
        lockState: 'unlocked',
        doorState: 'doorClosed',
        moving: false,
        alarms: [],
        softwareVersion: 'bench',
      })
      return linkFrameMessage.encode({
        type: 'state',
        signed: signStatement(crypto, 'state', seed, body),
      })
    },
  }
}
