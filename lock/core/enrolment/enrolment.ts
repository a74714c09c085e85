import type { PolicyView } from '@mortise/access'
import { unreachable } from '@mortise/protocol/errors'
import { bytesEqual, toHex } from '@mortise/protocol/wire'
import type { Reason } from '@mortise/protocol/words'
import { isBiometric, keepTemplates } from '#core/enrolment/templates.ts'
import type { Input } from '#core/inputs.ts'
import { record } from '#core/journal/record.ts'
import type { Enrolling } from '#core/turn/state.ts'
import { act, cancelTimer, setTimer, update } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/** Time to walk to the door and touch it a few times; short, because the reader opens for nobody meanwhile. */
export const captureMs = 120_000
/** Time to come back, look and sign. */
export const confirmMs = 600_000

type News = Extract<Input, { type: 'enrolment' }>

/** Whoever stands at the reader from here on is taken. */
export function beginEnrolment(
  turn: Turn,
  order: Pick<Enrolling, 'credentialId' | 'credentialType' | 'user' | 'begunBy'>,
): void {
  const untilMonotonicMs = turn.now.monotonicMs + captureMs
  // One that was learned before and that nobody has signed for goes.
  update(turn, { enrolling: undefined })
  keepTemplates(turn)
  const enrolling = {
    ...order,
    stage: 'capturing',
    captured: 0,
    needed: 0,
    untilMonotonicMs,
  } as const
  update(turn, { enrolling })
  const { credentialId, credentialType } = order
  act(turn, { type: 'enrol', credentialId, credentialType })
  setTimer(turn, 'enrolment', untilMonotonicMs)
}

/** The reader tells how far it is. What nobody waits for any more, it shall not keep. */
export function enrolmentTold(turn: Turn, news: News): void {
  const { enrolling } = turn.state
  const isAwaited =
    enrolling?.stage === 'capturing' && bytesEqual(enrolling.credentialId, news.credentialId)
  if (!isAwaited) return keepTemplates(turn)
  switch (news.step) {
    case 'captured': {
      const { captured, needed } = news
      return update(turn, { enrolling: { ...enrolling, captured, needed } })
    }
    case 'enrolled':
      return awaitPolicy(turn, enrolling)
    case 'failed':
      update(turn, { enrolling: { ...enrolling, stage: 'failed', reason: news.reason } })
      return recordEnd(turn, enrolling, news.reason)
    default:
      return unreachable(news)
  }
}

function awaitPolicy(turn: Turn, enrolling: Enrolling): void {
  const untilMonotonicMs = turn.now.monotonicMs + confirmMs
  update(turn, { enrolling: { ...enrolling, stage: 'enrolled', untilMonotonicMs } })
  setTimer(turn, 'enrolment', untilMonotonicMs)
  recordEnd(turn, enrolling, 'granted')
}

/** Its time may be over: what nobody has signed for disappears. */
export function enrolmentDue(turn: Turn): void {
  const { enrolling, pendingChange } = turn.state
  if (enrolling === undefined) return
  // A change that lists it was accepted in time, and only its codes are still being hashed.
  const endsMonotonicMs = Math.max(
    enrolling.untilMonotonicMs,
    pendingChange?.deadlineMonotonicMs ?? 0,
  )
  if (turn.now.monotonicMs < endsMonotonicMs) return setTimer(turn, 'enrolment', endsMonotonicMs)
  if (enrolling.stage !== 'failed') recordEnd(turn, enrolling, 'enrolmentExpired')
  forget(turn)
}

/**
 * After another policy: what it lists is confirmed. What was begun by somebody who is gone, or for
 * somebody who is, ends; and the templates of those who lost their place go.
 */
export function settleEnrolment(turn: Turn, before: PolicyView | undefined): void {
  const { enrolling, policy } = turn.state
  const after = policy?.view
  if (after === undefined || before === undefined) return
  const lost = [...before.holders].some(
    ([id, { credential }]) => isBiometric(credential) && !after.holders.has(id),
  )
  if (enrolling !== undefined && isOver(enrolling, after)) forget(turn)
  else if (lost) keepTemplates(turn)
}

function isOver(
  { credentialId, user, begunBy }: Enrolling,
  { holders, users }: PolicyView,
): boolean {
  return (
    holders.has(toHex(credentialId)) || !users.has(toHex(user.id)) || !users.has(toHex(begunBy))
  )
}

function forget(turn: Turn): void {
  update(turn, { enrolling: undefined })
  cancelTimer(turn, 'enrolment')
  keepTemplates(turn)
}

function recordEnd(turn: Turn, enrolling: Enrolling, reason: Reason): void {
  const { user, credentialId, credentialType } = enrolling
  record(turn, {
    type: 'enrolmentEnded',
    source: 'biometric',
    userId: user.id,
    userName: user.name,
    credentialId,
    credentialType,
    outcome: reason === 'granted' ? 'done' : 'failed',
    reason,
  })
}
