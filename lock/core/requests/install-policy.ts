import { policyHash } from '@mortise/protocol/verify'
import { toHex } from '@mortise/protocol/wire'
import { bindingsThatStay } from '#core/access/bindings.ts'
import { credentialHolder, invitationHolder, voidChallenges } from '#core/access/challenges.ts'
import type { ChallengeHolder } from '#core/access/challenges.ts'
import { changePinTags } from '#core/access/pin-tags.ts'
import type { PinTag } from '#core/access/pin-tags.ts'
import { matterChannelOf, viewPolicy } from '@mortise/access'
import { emptyMatterDatabase, hasAnything } from '#core/matter/database.ts'
import { othersOf, writeMatterDatabase } from '#core/matter-channel/install.ts'
import type { PolicyView } from '@mortise/access'
import { settleEnrolment } from '#core/enrolment/enrolment.ts'
import { restartAutoRelock } from '#core/bolt/auto-relock.ts'
import { endSetupWindow } from '#core/inside/button.ts'
import { actorFields, record } from '#core/journal/record.ts'
import { sendReceipt } from '#core/turn/reply.ts'
import type { PendingChange } from '#core/turn/state.ts'
import { update, updateRegisters } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'
import { confirmPolicy } from '#core/visits/lease.ts'
import { forgetGone } from '#core/visits/gone.ts'

/**
 * Puts an authorized policy in force: tags, bindings, challenges and floors of those who lost
 * their place go in the same write.
 */
export function installPolicy(turn: Turn, change: PendingChange, tags: readonly PinTag[]): void {
  const { policy, encoded } = change
  const before = turn.state.policy?.view
  const bindings = bindingsThatStay(turn.state.bindings, policy)
  const isMatterClosed = matterChannelOf(policy) === 'closed'
  const matter = isMatterClosed ? emptyMatterDatabase : turn.state.matter
  const view = viewPolicy(policy, bindings, othersOf(policy, matter))
  const hash = policyHash(turn.context.crypto, encoded)
  const removed = turn.state.pinTags.credentialIds.filter((id) => !view.holders.has(toHex(id)))
  writePolicy(turn, encoded, removed, tags)
  if (bindings.length !== turn.state.bindings.length)
    turn.writes.push({ type: 'bindings', bindings })
  update(turn, {
    policy: { view, encoded, hash },
    bindings,
    pinTags: changePinTags(turn.state.pinTags, removed, tags),
    challenges: voidChallenges(turn.state.challenges, gone(before, view), turn.now.monotonicMs),
    pendingChange: undefined,
    matter,
  })
  if (isMatterClosed && hasAnything(turn.before.matter)) writeMatterDatabase(turn, matter)
  forgetGone(turn, view)
  settleEnrolment(turn, before)
  confirmPolicy(turn)
  updateRegisters(turn, { policyVersionFloor: policy.version })
  if (autoRelockTime(before) !== autoRelockTime(view)) restartAutoRelock(turn)
  // The button was pressed once more while the codes of the claim were being hashed.
  if (turn.state.setup !== undefined) endSetupWindow(turn)
  turn.publishesPolicy = true
  announce(turn, change, view, hash)
}

function writePolicy(
  turn: Turn,
  policy: Uint8Array,
  removed: readonly Uint8Array[],
  tags: readonly PinTag[],
): void {
  turn.writes.push({ type: 'policy', policy })
  for (const credentialId of removed) turn.writes.push({ type: 'pinTagRemoved', credentialId })
  for (const tag of tags) turn.writes.push({ type: 'pinTag', ...tag })
}

/** Who could have been given a challenge and has lost their place. */
function gone(before: PolicyView | undefined, after: PolicyView): readonly ChallengeHolder[] {
  if (before === undefined) return []
  const stays = new Set(challengeHolders(after))
  return challengeHolders(before).filter((holder) => !stays.has(holder))
}

function challengeHolders({ holders, policy }: PolicyView): readonly ChallengeHolder[] {
  const credentials = [...holders.values()].map(({ credential }) => credentialHolder(credential.id))
  return [...credentials, ...policy.invitations.map(({ id }) => invitationHolder(id))]
}

function autoRelockTime(view: PolicyView | undefined): number | undefined {
  return view?.policy.settings.autoRelockTime
}

function announce(
  turn: Turn,
  { type, policy, actor }: PendingChange,
  { holders }: PolicyView,
  hash: Uint8Array,
): void {
  const sequence = record(turn, {
    type,
    ...actorFields(actor),
    outcome: 'done',
    reason: 'granted',
    policyVersion: policy.version,
    policyHash: hash,
  })
  const { id } = actor.credential
  // Who has taken themselves out of the policy has nothing more to sign.
  const next = holders.has(toHex(id)) ? credentialHolder(id) : undefined
  sendReceipt(turn, actor.answer, { outcome: 'done', reason: 'granted', sequence }, next)
}
