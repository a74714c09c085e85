import { bytesEqual } from '@mortise/protocol/wire'
import type { Operation } from '@mortise/protocol/wire'
import type { Policy, Reason } from '@mortise/protocol/words'
import { bindingFault } from '#core/access/bindings.ts'
import { authorizeChange, policyFault } from '@mortise/access'
import { hearSignedTime } from '#core/clock/owners-time.ts'
import { unenrolledFault } from '#core/enrolment/templates.ts'
import { pinsFault } from '#core/access/pins.ts'
import type { Holder } from '@mortise/access'
import { isSomebodyInside } from '#core/inside/button.ts'
import { decodePolicy } from '#core/requests/decode.ts'
import { newCodesFault } from '#core/lockout/new-codes.ts'
import { carryOutChange, isChangePending } from '#core/requests/pending-change.ts'
import { policyInForce } from '#core/requests/permission.ts'
import { refuseSomebody } from '#core/requests/refuse.ts'
import type { PolicyInForce, Signatory } from '#core/turn/state.ts'
import type { Turn } from '#core/turn/turn.ts'

type Change = Extract<Operation, { type: 'changePolicy' }>

/** Somebody who may act wants another policy. */
export function changePolicy(turn: Turn, change: Change, actor: Signatory): void {
  const policy = decodePolicy(change.policy)
  if (policy === undefined) return refuseSomebody(turn, actor, 'changePolicy', 'policyInvalid')
  const reason = changeFault(turn, change, policy, actor)
  if (reason !== undefined) return refuseSomebody(turn, actor, 'changePolicy', reason)
  hearSignedTime(turn, actor)
  const { policy: encoded, pins } = change
  carryOutChange(turn, { type: 'policyChanged', policy, encoded, pins, actor })
}

function changeFault(turn: Turn, change: Change, after: Policy, actor: Holder): Reason | undefined {
  const before = policyInForce(turn)
  if (isChangePending(turn)) return 'busy'
  return (
    succession(turn, before, after) ??
    policyFault(after) ??
    bindingFault(turn.state.bindings, after) ??
    authorizeChange(before.view.policy, after, actor.user, isSomebodyInside(turn)) ??
    unenrolledFault(turn, before.view, after) ??
    pinsFault(before.view.policy, after, change.pins) ??
    newCodesFault(turn, actor.user, change.pins.length)
  )
}

/** Compare and set: of two people who edit the same version, the second is told to look again. */
function succession(turn: Turn, before: PolicyInForce, after: Policy): Reason | undefined {
  if (!bytesEqual(after.lockId, turn.state.lockId)) return 'wrongLock'
  const follows =
    after.version === before.view.policy.version + 1 && bytesEqual(after.previous, before.hash)
  return follows ? undefined : 'policyConflict'
}
