import type { BiometricDraft, KeyholderErrorCode } from '@mortise/keyholder'
import {
  adviceFor,
  ask,
  beginEnrolment,
  enrolmentIn,
  KeyholderError,
  LockRefusal,
} from '@mortise/keyholder'
import type { Receipt } from '@mortise/protocol/wire'
import type { BiometricType, Enrolment, State } from '@mortise/protocol/words'
import type { Context } from './context.ts'
import type { Door } from './door.ts'
import { CliError } from './errors.ts'
import { formatInstant } from './texts/times.ts'

/** Often enough to see every touch, and half of what a hub relays for one account. */
const pollMs = 1_000

/** The reader goes on learning while nobody hears of it. */
const passing: ReadonlySet<string> = new Set<KeyholderErrorCode>([
  'hubUnreachable',
  'lockOffline',
  'lockBusy',
  'noAnswer',
  'tooManyRequests',
])
/** How long after the reader's time: for a link to come back with what was learned at the very end. */
const patienceMs = 60_000

const invitations: Readonly<Record<BiometricType, string>> = {
  fingerprint: 'Put the finger on the reader',
  face: 'Look into the reader',
}

/**
 * Has the reader at the door learn what a draft names, and tells how far it is, until it has it.
 * A link that drops meanwhile ends nothing: it is waited for as long as the reader waits.
 * @throws CliError `readerBusy`, `enrolmentOver`, `enrolmentFailed`; and as `beginEnrolment` and `ask`
 */
export async function learnAtDoor(
  context: Context,
  door: Door,
  draft: BiometricDraft,
): Promise<void> {
  let { state } = await begin(door, draft)
  let enrolment = requireAwaited(door, draft, state)
  const until = formatInstant(enrolment.untilMs, door.timeZone)
  const invitation = invitations[draft.order.credentialType]
  context.progress(`${invitation} at ${door.name} a few times, until ${until} at the latest.`)
  let told = 0
  while (enrolment.stage === 'capturing') {
    const { captured, needed } = enrolment
    if (captured > told) context.progress(`Taken ${captured} of ${needed} times.`)
    told = captured
    state = await nextState(context, door, enrolment.untilMs - state.timeMs + patienceMs)
    enrolment = requireAwaited(door, draft, state)
  }
  context.progress('The reader has it.')
}

/** What the lock says next, waited for at most so long where the way to it is interrupted. */
async function nextState(context: Context, door: Door, leftMs: number): Promise<State> {
  const { environment } = context
  const giveUpMs = environment.nowMs() + leftMs
  let isTold = false
  for (;;) {
    await environment.wait(pollMs)
    try {
      return (await ask(door.contact)).state
    } catch (cause) {
      if (!passes(cause) || environment.nowMs() >= giveUpMs) throw cause
      if (!isTold) context.progress('The lock cannot be asked right now; the reader goes on.')
      isTold = true
    }
  }
}

function passes(cause: unknown): boolean {
  return cause instanceof KeyholderError && passing.has(cause.code)
}

async function begin(door: Door, { order }: BiometricDraft): Promise<Receipt> {
  try {
    return await beginEnrolment(door.contact, order)
  } catch (cause) {
    if (!(cause instanceof LockRefusal) || cause.reason !== 'busy') throw cause
    const message = `The reader at ${door.name} learns for somebody else, or the list is being changed`
    const nextStep = 'Try again in a minute; what nobody signs for is over within twelve.'
    throw new CliError('readerBusy', message, nextStep, cause)
  }
}

/** What the reader still learns or has learned for us. */
function requireAwaited(door: Door, { credentialId }: BiometricDraft, state: State): Enrolment {
  const enrolment = enrolmentIn(state, credentialId)
  if (enrolment === undefined) {
    const message = `The reader at ${door.name} does not wait for it any more`
    const nextStep =
      'The time was over, the lock was started anew, or an owner began another. Try again, and be at the door.'
    throw new CliError('enrolmentOver', message, nextStep)
  }
  if (enrolment.stage !== 'failed') return enrolment
  const { because, nextStep } = adviceFor(enrolment.reason ?? 'captureFailed')
  throw new CliError('enrolmentFailed', `Nothing was registered: ${because}`, nextStep)
}
