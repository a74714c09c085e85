import { assertInvariant } from '@mortise/protocol/errors'
import type { PinForCredential } from '@mortise/protocol/wire'
import type { Attempt, Policy } from '@mortise/protocol/words'
import { findPinTag } from '#core/access/pin-tags.ts'
import type { PinTag, PinTags } from '#core/access/pin-tags.ts'
import { toHex } from '@mortise/protocol/wire'
import type { JobId } from '#core/inputs.ts'
import { installPolicy } from '#core/requests/install-policy.ts'
import { refuseSomebody } from '#core/requests/refuse.ts'
import type { PendingChange, Signatory } from '#core/turn/state.ts'
import { act, nextJob, update } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/** A change whose hashes never come must not block the next one for ever. */
const hashingMsBase = 30_000
const hashingMsPerPin = 2_000

/** What has been decided and only waits for its codes to be hashed. */
export interface AcceptedChange {
  readonly type: 'claimed' | 'policyChanged'
  readonly policy: Policy
  readonly encoded: Uint8Array
  readonly pins: readonly PinForCredential[]
  readonly actor: Signatory
}

/** True while a change waits for its hashes: a second one would not know what it replaces. */
export function isChangePending(turn: Turn): boolean {
  const { pendingChange } = turn.state
  return pendingChange !== undefined && turn.now.monotonicMs < pendingChange.deadlineMonotonicMs
}

/** Installs an accepted change, at once or as soon as its codes are hashed. */
export function carryOutChange(turn: Turn, accepted: AcceptedChange): void {
  const { pins, type, policy, encoded, actor } = accepted
  const job = nextJob(turn)
  const change: PendingChange = {
    job,
    type,
    policy,
    encoded,
    actor,
    credentialIds: pins.map(({ credentialId }) => credentialId),
    deadlineMonotonicMs: turn.now.monotonicMs + hashingMsBase + hashingMsPerPin * pins.length,
  }
  if (pins.length === 0) {
    installPolicy(turn, change, [])
    return
  }
  update(turn, { pendingChange: change })
  act(turn, { type: 'hashPins', job, pins: pins.map(({ pin }) => pin) })
}

/** The hashes of the codes of a change are ready. */
export function pinsHashed(turn: Turn, job: JobId, hashes: readonly Uint8Array[]): void {
  const change = turn.state.pendingChange
  if (change?.job !== job) return
  if (!isChangePending(turn)) return giveUp(turn, change)
  const tags = change.credentialIds.map((credentialId, index): PinTag => {
    const tag = hashes[index]
    assertInvariant(tag !== undefined, 'one hash per code, in order')
    return { credentialId, tag }
  })
  if (tags.some(({ tag }) => isTaken(turn.state.pinTags, tag, change.policy))) {
    update(turn, { pendingChange: undefined })
    refuseSomebody(turn, change.actor, attemptOf(change), 'pinTaken')
  } else installPolicy(turn, change, tags)
}

/** The hashes of the codes of a change will not come. */
export function changeHashFailed(turn: Turn, job: JobId): void {
  const change = turn.state.pendingChange
  if (change?.job === job) giveUp(turn, change)
}

/** Its hashes failed, or its time is over: what it was checked against may be gone. */
function giveUp(turn: Turn, change: PendingChange): void {
  update(turn, { pendingChange: undefined })
  refuseSomebody(turn, change.actor, attemptOf(change), 'busy')
}

function attemptOf({ type }: PendingChange): Attempt {
  return type === 'claimed' ? 'claim' : 'changePolicy'
}

/** By a code that stays. Whose it is, nobody is told. */
function isTaken(tags: PinTags, tag: Uint8Array, after: Policy): boolean {
  const holder = findPinTag(tags, tag)
  if (holder === undefined) return false
  const id = toHex(holder)
  return after.users.some(({ credentials }) => credentials.some((other) => toHex(other.id) === id))
}
