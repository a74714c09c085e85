import { hubLimits } from '@mortise/hub-core'
import { lockIdOf, verifyLinkSignature } from '@mortise/protocol/verify'
import { toHex } from '@mortise/protocol/wire'
import type { LinkFrame, LinkTranscript } from '@mortise/protocol/wire'
import type { HubDependencies } from '#hub/shell/dependencies.ts'

type LockHello = Extract<LinkFrame, { readonly type: 'lockHello' }>
type HubHello = Extract<LinkFrame, { readonly type: 'hubHello' }>
type Farewell = Extract<LinkFrame, { readonly type: 'farewell' }>
type Welcome = Extract<LinkFrame, { readonly type: 'welcome' }>

export type HandshakeVerdict =
  | { readonly lockId: string; readonly answer: Welcome }
  | { readonly lockId?: undefined; readonly answer: Farewell }

/** Both sides prove their keys in-band, so a proxy that ends TLS changes nothing. */
export interface Handshakes {
  /** A fresh nonce for each connection: a recorded answer fits no other. */
  readonly hello: () => HubHello
  readonly judge: (hello: HubHello, answer: LockHello) => Promise<HandshakeVerdict>
}

const nonceBytes = 32

export function createHandshakes({
  store,
  identity,
  crypto,
  clock,
  random,
  log,
}: HubDependencies): Handshakes {
  const refuse = (reason: Farewell['reason'], lockId?: string): HandshakeVerdict => {
    log.write('warn', 'linkRefused', { reason, lockId: lockId?.slice(0, 8) })
    return { answer: { type: 'farewell', reason } }
  }

  return {
    hello: () => ({
      type: 'hubHello',
      v: 1,
      hubKey: identity.publicKey,
      nonce: random.bytes(nonceBytes),
    }),

    judge: async (hello, answer) => {
      const transcript: LinkTranscript = {
        hubKey: hello.hubKey,
        hubNonce: hello.nonce,
        lockKey: answer.lockKey,
        lockNonce: answer.nonce,
        sealingKey: answer.sealingKey,
      }
      if (!verifyLinkSignature(crypto, 'linkLock', transcript, answer.signature)) {
        return refuse('badSignature')
      }
      const lockId = toHex(lockIdOf(crypto, answer.lockKey))
      const known = await store.findLock(lockId)
      if (known === undefined) {
        const { enrolment } = answer
        const enrolled = enrolment !== undefined && identity.enrolmentMatches(transcript, enrolment)
        if (!enrolled) return refuse('unknownLock', lockId)
        if ((await store.countLocks()) >= hubLimits.locksMax) return refuse('tooManyLocks', lockId)
      }
      const { lockKey, sealingKey } = answer
      await store.saveLock({ lockId, lockKey, sealingKey, sinceMs: clock.nowMs() })
      const signature = identity.signLink(transcript)
      const lastSequence = known?.journal?.lastSequence ?? 0
      return { lockId, answer: { type: 'welcome', signature, lastSequence } }
    },
  }
}
