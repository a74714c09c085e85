import { noUsage, ownAccessOf } from '@mortise/access'
import { limits } from '@mortise/protocol/limits'
import { unreachable } from '@mortise/protocol/errors'
import { policyHash, setupChallenge } from '@mortise/protocol/verify'
import type { Command, Operation, PinForCredential, Proof } from '@mortise/protocol/wire'
import { bytesEqual, policyMessage, toHex } from '@mortise/protocol/wire'
import type { Credential, Outcome, OwnAccess, Policy, Reason, User } from '@mortise/protocol/words'

import type { Parts } from './fake-parts.ts'
export type Verdict = readonly [Outcome, Reason]

export function proverId(proof: Proof): Uint8Array {
  return proof.type === 'ticket' ? proof.invitationId : proof.credentialId
}

export function decide(parts: Parts, command: Command, proof: Proof, hash: Uint8Array): Verdict {
  if (!bytesEqual(command.lockId, parts.lockId)) return ['refused', 'wrongLock']
  if (command.operation.type === 'claim') return claimIt(parts, command, proof, hash)
  if (parts.taken.has(toHex(hash))) return ['refused', 'commandRepeated']
  const stale = challengeFault(parts, proverId(proof), command.challenge)
  if (stale !== undefined) return ['refused', stale]
  const key = publicKeyOf(parts, proof)
  if (key === undefined) return ['refused', 'unknownCredential']
  if (proof.type === 'passkey' || !parts.crypto.verifyEd25519(key, hash, proof.signature)) {
    return ['refused', 'badProof']
  }
  parts.taken.add(toHex(hash))
  return perform(parts, command.operation, proof)
}

/** Several challenges of one asker can be open, as two open windows need. */
function challengeFault(
  parts: Parts,
  asker: Uint8Array,
  challenge: Uint8Array,
): Reason | undefined {
  const name = toHex(challenge)
  const issued = parts.challenges.get(name)
  parts.challenges.delete(name)
  if (issued?.asker !== toHex(asker)) return 'challengeUnknown'
  return parts.nowMs() - issued.atMs >= limits.challengeLifeMs ? 'challengeExpired' : undefined
}

function claimIt(parts: Parts, command: Command, proof: Proof, hash: Uint8Array): Verdict {
  if (parts.policy !== undefined) return ['refused', 'alreadyClaimed']
  const expected = setupChallenge(parts.crypto, parts.setupCode)
  if (!bytesEqual(command.challenge, expected)) return ['refused', 'wrongSetupCode']
  if (command.operation.type !== 'claim' || proof.type !== 'deviceKey')
    return ['refused', 'badProof']
  const value = policyMessage.decode(command.operation.policy)
  const owner = value.users[0]?.credentials[0]
  if (owner?.type !== 'deviceKey') return ['refused', 'policyInvalid']
  if (!parts.crypto.verifyEd25519(owner.publicKey, hash, proof.signature))
    return ['refused', 'badProof']
  parts.policy = { value, encoded: command.operation.policy }
  return ['done', 'granted']
}

function perform(parts: Parts, operation: Operation, proof: Proof): Verdict {
  switch (operation.type) {
    case 'lock':
      parts.autoRelock = {}
      return drive(parts, 'lock')
    case 'unlock':
      return unlock(parts, operation, proof)
    case 'changePolicy':
      return replacePolicy(parts, operation.policy, operation.pins)
    case 'acceptInvitation':
      return bind(parts, operation.credential, proof)
    case 'claim':
      return ['refused', 'alreadyClaimed']
    case 'setOperatingMode':
      return enterMode(parts, operation)
    case 'unlatch':
      return ['refused', 'verbNotAllowed']
    case 'enrolCredential':
      return enrol(parts, operation)
    case 'factoryReset':
      parts.policy = undefined
      return ['done', 'granted']
    case 'stopFactoryReset':
      return ['refused', 'noFactoryReset']
    default:
      return unreachable(operation)
  }
}

function unlock(
  parts: Parts,
  { timeoutSeconds, pin }: Extract<Operation, { type: 'unlock' }>,
  proof: Proof,
): Verdict {
  if (accessOf(parts, proverId(proof))?.role === 'agent') {
    if (pin === undefined) return ['refused', 'voicePinNeeded']
    if (!parts.pins.some((one) => one.pin === pin)) return ['refused', 'unknownCode']
  }
  const verdict = drive(parts, 'unlock')
  const [outcome] = verdict
  if (outcome !== 'done' || timeoutSeconds === undefined) return verdict
  parts.autoRelock = { autoRelockAtMs: parts.nowMs() + timeoutSeconds * 1000 }
  return verdict
}

function enrol(
  parts: Parts,
  { credentialId, credentialType }: Extract<Operation, { type: 'enrolCredential' }>,
): Verdict {
  const { failure } = parts
  parts.failure = undefined
  if (failure !== undefined) return ['refused', failure]
  const untilMs = parts.nowMs() + 120_000
  const progress = { stage: 'capturing', captured: 0, needed: 0 } as const
  parts.enrolment = { enrolment: { credentialId, credentialType, ...progress, untilMs } }
  return ['done', 'granted']
}

function enterMode(
  parts: Parts,
  { operatingMode, untilMs }: Extract<Operation, { type: 'setOperatingMode' }>,
): Verdict {
  if (untilMs !== undefined && untilMs <= parts.nowMs()) return ['refused', 'noLongerValid']
  const until = untilMs === undefined ? {} : { operatingModeUntilMs: untilMs }
  parts.mode = operatingMode === 'normal' ? {} : { operatingMode, ...until }
  return ['done', 'granted']
}

function drive(parts: Parts, verb: 'lock' | 'unlock'): Verdict {
  const { failure } = parts
  parts.failure = undefined
  if (failure !== undefined) return ['failed', failure]
  const wanted = verb === 'lock' ? 'locked' : 'unlocked'
  if (parts.bolt === wanted) return ['done', 'alreadyThere']
  parts.bolt = wanted
  parts.drives += 1
  return ['done', 'granted']
}

function replacePolicy(
  parts: Parts,
  encoded: Uint8Array,
  pins: readonly PinForCredential[],
): Verdict {
  const value = policyMessage.decode(encoded)
  const before = parts.policy
  if (before === undefined) return ['refused', 'notClaimed']
  if (!bytesEqual(value.previous, policyHash(parts.crypto, before.encoded))) {
    return ['refused', 'policyConflict']
  }
  if (listsUnlearned(parts, before.value, value)) return ['refused', 'notEnrolled']
  parts.policy = { value, encoded }
  parts.bindings = parts.bindings.filter(
    ({ invitationId, credential }) =>
      value.invitations.some(({ id }) => bytesEqual(id, invitationId)) &&
      !value.users.some(({ credentials }) =>
        credentials.some(({ id }) => bytesEqual(id, credential.id)),
      ),
  )
  parts.pins = [...parts.pins, ...pins]
  return ['done', 'granted']
}

function listsUnlearned(
  { enrolment: { enrolment } }: Parts,
  before: Policy,
  after: Policy,
): boolean {
  const known = new Set(before.users.flatMap(idsOf))
  const learned = enrolment?.stage === 'enrolled' ? toHex(enrolment.credentialId) : undefined
  return after.users.some(({ credentials }) =>
    credentials.some(({ type, id }) => {
      const isBiometric = type === 'fingerprint' || type === 'face'
      return isBiometric && !known.has(toHex(id)) && toHex(id) !== learned
    }),
  )
}

function idsOf({ credentials }: User): readonly string[] {
  return credentials.map(({ id }) => toHex(id))
}

function bind(parts: Parts, credential: Credential, proof: Proof): Verdict {
  const invitation = parts.policy?.value.invitations.find((one) =>
    bytesEqual(one.id, proverId(proof)),
  )
  if (invitation === undefined) return ['refused', 'unknownInvitation']
  const { id: invitationId, userId } = invitation
  if (parts.bindings.some((one) => bytesEqual(one.invitationId, invitationId))) {
    return ['refused', 'unknownInvitation']
  }
  parts.bindings = [...parts.bindings, { userId, invitationId, credential }]
  return ['done', 'granted']
}

function credentialsOf(parts: Parts): readonly Credential[] {
  const users: readonly User[] = parts.policy?.value.users ?? []
  return [
    ...users.flatMap(({ credentials }) => credentials),
    ...parts.bindings.map(({ credential }) => credential),
  ]
}

export function knowsAsker(parts: Parts, asker: Uint8Array): boolean {
  const invitations = parts.policy?.value.invitations ?? []
  return [...credentialsOf(parts), ...invitations].some(({ id }) => bytesEqual(id, asker))
}

/** What the lock tells an asker, by a credential or an invitation, of their own access. */
export function accessOf(parts: Parts, asker: Uint8Array): OwnAccess | undefined {
  const policy = parts.policy?.value
  const invitation = policy?.invitations.find(({ id }) => bytesEqual(id, asker))
  const bound = parts.bindings.find(({ credential }) => bytesEqual(credential.id, asker))
  const user = policy?.users.find(
    ({ id, credentials }) =>
      credentials.some((credential) => bytesEqual(credential.id, asker)) ||
      [invitation?.userId, bound?.userId].some(
        (userId) => userId !== undefined && bytesEqual(userId, id),
      ),
  )
  if (policy === undefined || user === undefined) return undefined
  const access = ownAccessOf(policy, user, noUsage)
  if (invitation === undefined) return access
  return { ...access, invitationNotAfterMs: invitation.notAfterMs }
}

function publicKeyOf(parts: Parts, proof: Proof): Uint8Array | undefined {
  if (proof.type === 'ticket') {
    const invitations = parts.policy?.value.invitations ?? []
    return invitations.find(({ id }) => bytesEqual(id, proof.invitationId))?.ticketPublicKey
  }
  const credential = credentialsOf(parts).find(({ id }) => bytesEqual(id, proof.credentialId))
  return credential?.type === 'deviceKey' ? credential.publicKey : undefined
}
