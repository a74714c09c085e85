import { unreachable } from '@mortise/protocol/errors'
import { commandChallenge, commandHash, verifyAssertion } from '@mortise/protocol/verify'
import type { AssertionFault, VerifyCrypto } from '@mortise/protocol/verify'
import type { Proof } from '@mortise/protocol/wire'
import type { Credential, Invitation, Reason, RelyingParty } from '@mortise/protocol/words'

type PasskeyProof = Extract<Proof, { type: 'passkey' }>
type Passkey = Extract<Credential, { type: 'passkey' }>

/**
 * Checks that a credential signed these command bytes.
 * @returns undefined when it did, otherwise why not
 */
export function credentialProofFault(
  crypto: VerifyCrypto,
  command: Uint8Array,
  proof: Proof,
  credential: Credential,
  relyingParties: readonly RelyingParty[],
): Reason | undefined {
  if (proof.type === 'passkey' && credential.type === 'passkey') {
    return passkeyFault(crypto, command, proof, credential, relyingParties)
  }
  if (proof.type === 'deviceKey' && credential.type === 'deviceKey') {
    const hash = commandHash(crypto, command)
    return crypto.verifyEd25519(credential.publicKey, hash, proof.signature)
      ? undefined
      : 'badProof'
  }
  return 'badProof'
}

/** Checks that the bearer of an invitation's ticket signed these command bytes. */
export function ticketProofFault(
  crypto: VerifyCrypto,
  command: Uint8Array,
  proof: Extract<Proof, { type: 'ticket' }>,
  invitation: Invitation,
): Reason | undefined {
  const hash = commandHash(crypto, command)
  const good = crypto.verifyEd25519(invitation.ticketPublicKey, hash, proof.signature)
  return good ? undefined : 'badProof'
}

function passkeyFault(
  crypto: VerifyCrypto,
  command: Uint8Array,
  proof: PasskeyProof,
  passkey: Passkey,
  relyingParties: readonly RelyingParty[],
): Reason | undefined {
  const relyingParty = relyingParties.find((party) => party.id === passkey.relyingPartyId)
  if (relyingParty === undefined) return 'wrongOrigin'
  const fault = verifyAssertion(crypto, proof, {
    publicKey: passkey.publicKey,
    challenge: commandChallenge(crypto, command),
    relyingParty,
  })
  return fault === undefined ? undefined : reasonOf(fault)
}

function reasonOf(fault: AssertionFault): Reason {
  switch (fault) {
    case 'wrongOrigin':
    case 'wrongRelyingParty':
      return 'wrongOrigin'
    case 'noUserPresence':
    case 'noUserVerification':
      return 'noUserVerification'
    case 'malformed':
    case 'wrongType':
    case 'wrongChallenge':
    case 'badFlags':
    case 'badSignature':
      return 'badProof'
    default:
      return unreachable(fault)
  }
}
