import type { PolicyView } from '@mortise/access'
import { bytesEqual, toHex } from '@mortise/protocol/wire'
import type { BiometricType, Credential, Policy, Reason, User } from '@mortise/protocol/words'
import type { Enrolling } from '#core/turn/state.ts'
import { act } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

type Biometric = Extract<Credential, { type: BiometricType }>

export function isBiometric(credential: Credential): credential is Biometric {
  return credential.type === 'fingerprint' || credential.type === 'face'
}

/**
 * Tells the reader which templates it may keep: those that the policy lists, and the one that is
 * being learned. Said again at every start, so that a power cut between the policy and the reader
 * leaves nothing behind.
 */
export function keepTemplates(turn: Turn): void {
  const { readerTypes, policy, enrolling } = turn.state
  if (readerTypes.length === 0) return
  const users = policy?.view.policy.users ?? []
  const listed = users.flatMap(({ credentials }) => credentials.filter(isBiometric))
  const pending = enrolling === undefined || enrolling.stage === 'failed' ? [] : [enrolling]
  const credentialIds = [
    ...listed.map(({ id }) => id),
    ...pending.map(({ credentialId }) => credentialId),
  ]
  act(turn, { type: 'keepTemplates', credentialIds })
}

/**
 * A policy may list a finger or a face anew only while the reader has just learned it, for that
 * person: an id that nobody has stood at the door for means nothing, or something else.
 */
export function unenrolledFault(
  turn: Turn,
  before: PolicyView,
  after: Policy,
): Extract<Reason, 'notEnrolled'> | undefined {
  const { enrolling } = turn.state
  const isUnknown = (user: User, credential: Credential): boolean =>
    isBiometric(credential) &&
    !before.holders.has(toHex(credential.id)) &&
    !isEnrolled(turn, enrolling, user, credential)
  const isBad = after.users.some((user) => user.credentials.some((one) => isUnknown(user, one)))
  return isBad ? 'notEnrolled' : undefined
}

function isEnrolled(
  turn: Turn,
  enrolling: Enrolling | undefined,
  user: User,
  { id, type }: Biometric,
): boolean {
  return (
    enrolling?.stage === 'enrolled' &&
    turn.now.monotonicMs < enrolling.untilMonotonicMs &&
    enrolling.credentialType === type &&
    bytesEqual(enrolling.credentialId, id) &&
    bytesEqual(enrolling.user.id, user.id)
  )
}
