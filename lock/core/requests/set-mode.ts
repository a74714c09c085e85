import type { Operation } from '@mortise/protocol/wire'
import { credentialHolder } from '#core/access/challenges.ts'
import { hearSignedTime } from '#core/clock/owners-time.ts'
import { targetOf } from '#core/bolt/actuation.ts'
import { lockSoon } from '#core/bolt/auto-relock.ts'
import { operate } from '#core/bolt/operate.ts'
import { enterMode } from '#core/mode/operating-mode.ts'
import { decideRemotely } from '#core/requests/permission.ts'
import { refuseSomebody } from '#core/requests/refuse.ts'
import { sendReceipt } from '#core/turn/reply.ts'
import type { Signatory } from '#core/turn/state.ts'
import { momentNow } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

type SetOperatingMode = Extract<Operation, { type: 'setOperatingMode' }>

/** Somebody wants the lock in another mode. */
export function setOperatingMode(
  turn: Turn,
  { operatingMode, untilMs }: SetOperatingMode,
  actor: Signatory,
): void {
  const { reason, verdict } = decideRemotely(turn, actor, { setOperatingMode: operatingMode })
  if (verdict !== 'allowed') return refuseSomebody(turn, actor, 'setOperatingMode', reason)
  if (untilMs !== undefined && untilMs <= momentNow(turn).ms) {
    return refuseSomebody(turn, actor, 'setOperatingMode', 'noLongerValid')
  }
  hearSignedTime(turn, actor)
  const mode = { mode: operatingMode, ...(untilMs === undefined ? {} : { untilMs }) }
  const sequence = enterMode(turn, mode, actor)
  const holder = credentialHolder(actor.credential.id)
  sendReceipt(turn, actor.answer, { outcome: 'done', reason: 'granted', sequence }, holder)
  if (operatingMode === 'lockdown') lockDown(turn, actor)
}

/**
 * Who locks down wants the door locked: at once by a fresh intent of theirs, or as soon as it stands
 * closed and nothing opens it any more. Locking is all it does.
 */
function lockDown(turn: Turn, { source, user, credential }: Signatory): void {
  const { bolt, leaf } = turn.state
  const target = bolt.drive === undefined ? bolt.position : targetOf(bolt.drive.verb)
  if (target === 'extended') return
  if (bolt.drive === undefined && leaf !== 'open')
    operate(turn, 'lock', { source, user, credential })
  else lockSoon(turn)
}
