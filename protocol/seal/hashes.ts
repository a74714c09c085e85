import type { VerifyCrypto } from '#protocol/seal/port.ts'
import { labelled } from '#protocol/wire/labels.ts'

/** A lock's id: the hash of its Ed25519 identity key. */
export function lockIdOf(crypto: VerifyCrypto, lockKey: Uint8Array): Uint8Array {
  return crypto.sha256(labelled('lockId', lockKey))
}

/** Names a command in receipts, and is what device keys and tickets sign. */
export function commandHash(crypto: VerifyCrypto, command: Uint8Array): Uint8Array {
  return crypto.sha256(labelled('command', command))
}

/**
 * The WebAuthn challenge of a command. The app computes it itself, so a passkey never signs bytes
 * that a server chose.
 */
export const commandChallenge: typeof commandHash = commandHash

/** The challenge of a claim. Only who has seen the setup code can know it. */
export function setupChallenge(crypto: VerifyCrypto, setupCode: Uint8Array): Uint8Array {
  return crypto.sha256(labelled('setupCode', setupCode))
}

/** Names a policy version: the `previous` of the next one. */
export function policyHash(crypto: VerifyCrypto, policy: Uint8Array): Uint8Array {
  return crypto.sha256(labelled('policy', policy))
}

/** The WebAuthn challenge of a sign-in at the hub, from the hub's nonce. Never a command. */
export function signInChallenge(crypto: VerifyCrypto, nonce: Uint8Array): Uint8Array {
  return crypto.sha256(labelled('signIn', nonce))
}

/** The WebAuthn challenge of making a passkey, from the hub's nonce. Never a command. */
export function registrationChallenge(crypto: VerifyCrypto, nonce: Uint8Array): Uint8Array {
  return crypto.sha256(labelled('registration', nonce))
}

/**
 * What a ticket's key signs to be let in at the hub. Under a label of its own, so that a hub can
 * never have an acceptance signed in its place.
 */
export function ticketEntryInput(
  nonce: Uint8Array,
  lockId: Uint8Array,
  invitationId: Uint8Array,
): Uint8Array {
  return labelled('ticketEntry', nonce, lockId, invitationId)
}
