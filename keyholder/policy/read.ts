import type { OwnCredential } from '#keyholder/known-lock.ts'
import { policyHash, verifyStatement } from '@mortise/protocol/verify'
import { bytesEqual, policyMessage, policyReportMessage, WireError } from '@mortise/protocol/wire'
import type { PolicyReport } from '@mortise/protocol/wire'
import type { Binding, Credential, Policy, State, User } from '@mortise/protocol/words'
import type { Contact } from '#keyholder/contact/contact.ts'
import { rememberPolicy } from '#keyholder/contact/sighting.ts'
import { KeyholderError } from '#keyholder/errors.ts'

/**
 * How a policy stands to the lock. `inForce`: the lock has just said that this is the one.
 * `unconfirmed`: it was in force when the lock signed it, and the lock was not asked since.
 * `outdated`: the lock has signed a newer version, which the hub does not have.
 */
export type PolicyStanding = 'inForce' | 'unconfirmed' | 'outdated'

export interface PolicyReading {
  readonly policy: Policy
  /** As the lock has it; the next version names its hash. */
  readonly encoded: Uint8Array
  readonly hash: Uint8Array
  /** Credentials that the lock attached itself. */
  readonly bindings: readonly Binding[]
  /** Lock time of the report. */
  readonly reportedAtMs: number
  readonly standing: PolicyStanding
}

/**
 * Fetches the lock's policy report, checks that this lock signed it, and compares it with a state
 * that is known to be fresh.
 * @param state from `ask` or a receipt; without it nothing is `inForce`.
 * @throws KeyholderError `policyForged`, `policyForked`, `wrongLock`, or of the hub port
 */
export async function readPolicy(contact: Contact, state?: State): Promise<PolicyReading> {
  const signed = await contact.device.hub.policyReport(contact.lockId)
  const { report, policy } = openReport(contact, signed)
  const hash = policyHash(contact.device.crypto, report.policy)
  const standing = standingOf(contact, { version: policy.version, hash }, state)
  await rememberPolicy(contact, { version: policy.version, hash })
  const { bindings, timeMs: reportedAtMs } = report
  return { policy, encoded: report.policy, hash, bindings, reportedAtMs, standing }
}

function openReport(
  contact: Contact,
  signed: Uint8Array,
): { readonly report: PolicyReport; readonly policy: Policy } {
  const { crypto } = contact.device
  try {
    const body = verifyStatement(crypto, 'policyReport', contact.known.lockKey, signed)
    if (body === undefined) throw new KeyholderError('policyForged')
    const report = policyReportMessage.decode(body)
    const policy = policyMessage.decode(report.policy)
    const bothOfThisLock =
      bytesEqual(report.lockId, contact.lockId) && bytesEqual(policy.lockId, contact.lockId)
    if (!bothOfThisLock) throw new KeyholderError('wrongLock')
    if (report.version !== policy.version) throw new KeyholderError('policyForged')
    return { report, policy }
  } catch (cause) {
    if (cause instanceof WireError) throw new KeyholderError('policyForged', { cause })
    throw cause
  }
}

interface PolicyName {
  readonly version: number
  readonly hash: Uint8Array
}

function standingOf(
  contact: Contact,
  reported: PolicyName,
  state: State | undefined,
): PolicyStanding {
  const remembered = contact.known.policy
  if (remembered !== undefined) refuseFork(reported, remembered)
  if (state === undefined) {
    const older = remembered !== undefined && reported.version < remembered.version
    return older ? 'outdated' : 'unconfirmed'
  }
  const said = { version: state.policyVersion, hash: state.policyHash }
  refuseFork(reported, said)
  if (reported.version < said.version) return 'outdated'
  return reported.version === said.version ? 'inForce' : 'unconfirmed'
}

function refuseFork(left: PolicyName, right: PolicyName): void {
  const forked = left.version === right.version && !bytesEqual(left.hash, right.hash)
  if (forked) throw new KeyholderError('policyForked')
}

/** A credential of this device in a policy, with whose it is. */
export interface FoundCredential {
  readonly user: User
  readonly credential: OwnCredential
}

/** Which user a device is at a lock, by the public keys or passkey ids that it has. */
export function findOwnCredential(
  reading: Pick<PolicyReading, 'policy' | 'bindings'>,
  isMine: (credential: OwnCredential) => boolean,
): FoundCredential | undefined {
  for (const user of reading.policy.users) {
    const bound = reading.bindings.filter((one) => bytesEqual(one.userId, user.id))
    const all = [...user.credentials, ...bound.map(({ credential }) => credential)]
    for (const credential of all) {
      if (isSigning(credential) && isMine(credential)) return { user, credential }
    }
  }
  return undefined
}

function isSigning(credential: Credential): credential is OwnCredential {
  return credential.type === 'passkey' || credential.type === 'deviceKey'
}
