import assert from 'node:assert/strict'
import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import { newestPolicySigningInput } from '@mortise/protocol/verify'
import type { LinkFrame } from '@mortise/protocol/wire'
import type { LockAttack } from './attack.ts'
import type { LockConnection } from './hostile-hub.ts'
import { roundTrip } from './house.ts'
import type { House } from './house.ts'
import { believesEverySignature, believesEveryVersion, repeatingLock } from './weaknesses.ts'

/**
 * Attacks on the word that keeps offline guests in: "version N is the newest". Harm is a lease that
 * was renewed. The link hangs up on a bad word, and the journal tells of it.
 */

type Word = Extract<LinkFrame, { readonly type: 'newest' }>

interface Question {
  readonly house: House
  readonly lockId: Uint8Array
  /** The version in force, which an honest hub would name. */
  readonly version: number
  readonly nonce: Uint8Array
}

/** As of when the lock counts its policy as confirmed; the offline hours of guests begin there. */
function confirmedAtMs({ disk }: House): number | undefined {
  return disk().lock.state().policyConfirmedAtMs
}

/** The question that the lock has open on its living connection. */
async function questionOf(house: House): Promise<Question> {
  await roundTrip(house)
  const { heard } = await house.connection()
  const asked = heard.findLast((frame) => frame.type === 'askNewest')
  assert.ok(asked)
  const { lock } = house.disk()
  return { house, lockId: lock.lockId, version: lock.state().policyVersion, nonce: asked.nonce }
}

function word(
  { house, lockId, version, nonce }: Question,
  hubSeed: Uint8Array = house.hub.hubSeed,
): Word {
  const signature = crypto.signEd25519(
    hubSeed,
    newestPolicySigningInput({ lockId, version, nonce }),
  )
  return { type: 'newest', nonce, version, signature }
}

/** Comes back when the lock has dealt with it: by hanging up, or by going on to the next question. */
async function say(house: House, connection: LockConnection, newest: Word): Promise<void> {
  const question = house.hub.passed.at(-1)
  assert.ok(question)
  connection.send(newest)
  await Promise.race([connection.ended, connection.request(question)])
  await roundTrip(house)
}

/** Says it in place of the honest answer, and tells whether the lease was renewed. */
async function isRenewedBy(house: House, forge: (question: Question) => Word): Promise<boolean> {
  const question = await questionOf(house)
  const before = confirmedAtMs(house)
  await say(house, await house.connection(), forge(question))
  return confirmedAtMs(house) !== before
}

function forged(
  name: string,
  weakness: LockAttack['weakness'],
  forge: (question: Question) => Word,
  level: LockAttack['level'] = 'network',
): LockAttack {
  return {
    name: `the word that renews offline guests ${name}`,
    level,
    properties: ['P5', 'P6'],
    rows: [1, 4, 7],
    weakness,
    strike(house, mark) {
      mark()
      return isRenewedBy(house, forge)
    },
  }
}

const credulous = { weakLock: { crypto: believesEverySignature } }
const anyVersion = { weakLock: { linkAround: believesEveryVersion } }
const farFuture = Number.MAX_SAFE_INTEGER

export const leases: readonly LockAttack[] = [
  forged('is signed with another key', credulous, (question) =>
    word(question, crypto.randomBytes(32)),
  ),
  forged('is the hub’s own for another lock', credulous, (question) =>
    word({ ...question, lockId: crypto.randomBytes(32) }),
  ),
  forged(
    'is the hub’s own for an older version, altered to the one in force',
    credulous,
    (question) => ({
      ...word({ ...question, version: question.version - 1 }),
      version: question.version,
    }),
  ),
  forged('is the hub’s own with the answered question altered', credulous, (question) => ({
    ...word({ ...question, nonce: crypto.randomBytes(32) }),
    nonce: question.nonce,
  })),
  forged(
    'names a lower version',
    anyVersion,
    (question) => word({ ...question, version: question.version - 1 }),
    'hub root',
  ),
  forged(
    'names a version of the far future',
    anyVersion,
    (question) => word({ ...question, version: farFuture }),
    'hub root',
  ),
  {
    name: 'the word that renews offline guests is yesterday’s, repeated on the next connection',
    level: 'network',
    properties: ['P2', 'P5', 'P6'],
    rows: [1, 4],
    weakness: { weakLock: repeatingLock },
    async strike(house, mark) {
      const old = word(await questionOf(house))
      // What was once honest does renew: the refusals of this table are not a lock that is deaf.
      assert.ok(await isRenewedBy(house, () => old))
      const next = house.hub.nextConnection()
      const living = await house.connection()
      living.drop()
      await next
      mark()
      return isRenewedBy(house, () => old)
    },
  },
]
