import { limits } from '#protocol/limits.ts'
import type { Codec } from '#protocol/wire/codec.ts'
import {
  bytes,
  field,
  list,
  message,
  only,
  optional,
  record,
  text,
  uint,
  variant,
  word,
} from '#protocol/wire/codec.ts'
import {
  challenge32,
  ed25519Signature,
  id16,
  instantMs,
  lockId,
  nonce32,
  wholeMessage,
  x25519PublicKey,
} from '#protocol/wire/fields.ts'
import { credential } from '#protocol/wire/policy.ts'
import { biometricTypes, operatingModes } from '#protocol/words/matter.ts'
import type { BiometricType, OperatingMode } from '#protocol/words/matter.ts'
import type { Credential } from '#protocol/words/policy.ts'

/** The digits of a new code, for the PIN credential of that id in the policy beside it. */
export interface PinForCredential {
  readonly credentialId: Uint8Array
  readonly pin: string
}

/** What a person asks the lock to do. One gesture signs one of these. */
export type Operation =
  | { readonly type: 'lock' }
  | {
      readonly type: 'unlock'
      /** Seconds until the lock locks itself again, whatever its settings say. Matter UnlockWithTimeout. */
      readonly timeoutSeconds?: number
      /** What an assistant was told. Travels sealed; the lock checks and counts it. */
      readonly pin?: string
    }
  | {
      /** Unlocks, and pulls the latch, which opens the door. */
      readonly type: 'unlatch'
      readonly pin?: string
    }
  | {
      readonly type: 'setOperatingMode'
      readonly operatingMode: OperatingMode
      /** Lock time at which the mode ends by itself. */
      readonly untilMs?: number
    }
  | {
      readonly type: 'changePolicy'
      /** The whole new policy, encoded; names the version and hash that it replaces. */
      readonly policy: Uint8Array
      readonly pins: readonly PinForCredential[]
    }
  | {
      /** Takes a lock that has no owner. The challenge is the hash of the setup code. */
      readonly type: 'claim'
      readonly policy: Uint8Array
      readonly pins: readonly PinForCredential[]
    }
  | { readonly type: 'acceptInvitation'; readonly credential: Credential }
  | {
      /** Has the reader at the door learn a finger or a face, for a policy to list. */
      readonly type: 'enrolCredential'
      /** New; the policy will list it under this id. */
      readonly credentialId: Uint8Array
      readonly credentialType: BiometricType
      /** Whose it will be. */
      readonly userId: Uint8Array
    }
  /** Sets the lock back at once. An owner's, with the inside button. */
  | { readonly type: 'factoryReset' }
  /** Ends the wait of a reset that was asked for on the inside. An owner's. */
  | { readonly type: 'stopFactoryReset' }

export type OperationType = Operation['type']

/** The exact encoded bytes of this are what a proof signs. */
export interface Command {
  readonly v: 1
  readonly lockId: Uint8Array
  readonly operation: Operation
  /** From the lock, good once, for one credential; for a claim, the hash of the setup code. */
  readonly challenge: Uint8Array
  /** X25519 key that the receipt is sealed to. */
  readonly replyTo: Uint8Array
  /** What the person's device takes the time to be. Only an owner's is believed, and never back. Milliseconds since 1970. */
  readonly timeMs?: number
}

const pinDigits = text(limits.pinDigitsMax)
const pins = list(record({ credentialId: field(0, id16), pin: field(1, pinDigits) }), {
  max: limits.usersMax,
})
const policyChange = record({ policy: field(0, wholeMessage), pins: field(1, pins) })

const operation: Codec<Operation> = variant({
  lock: record({}),
  unlock: record({
    timeoutSeconds: optional(0, uint(limits.unlockSecondsMax, 1)),
    pin: optional(1, pinDigits),
  }),
  unlatch: record({ pin: optional(0, pinDigits) }),
  setOperatingMode: record({
    operatingMode: field(0, word(operatingModes)),
    untilMs: optional(1, instantMs),
  }),
  changePolicy: policyChange,
  claim: policyChange,
  acceptInvitation: record({ credential: field(0, credential) }),
  enrolCredential: record({
    credentialId: field(0, id16),
    credentialType: field(1, word(biometricTypes)),
    userId: field(2, id16),
  }),
  factoryReset: record({}),
  stopFactoryReset: record({}),
})

export const commandMessage = message<Command>(
  record({
    v: field(0, only(1)),
    lockId: field(1, lockId),
    operation: field(2, operation),
    challenge: field(3, challenge32),
    replyTo: field(4, x25519PublicKey),
    timeMs: optional(5, instantMs),
  }),
  limits.messageBytesMax,
)

/** A WebAuthn assertion (Web Authentication Level 3 section 7.2), as the browser returned it. */
export interface Assertion {
  readonly authenticatorData: Uint8Array
  readonly clientDataJson: Uint8Array
  /** DER. */
  readonly signature: Uint8Array
}

/** Shows who asks. */
export type Proof =
  | ({
      readonly type: 'passkey'
      /** Id of the credential in the policy. */
      readonly credentialId: Uint8Array
    } & Assertion)
  | {
      readonly type: 'deviceKey'
      readonly credentialId: Uint8Array
      /** Ed25519 over the labelled command hash. */
      readonly signature: Uint8Array
    }
  | {
      readonly type: 'ticket'
      readonly invitationId: Uint8Array
      readonly signature: Uint8Array
    }

const proof: Codec<Proof> = variant({
  passkey: record({
    credentialId: field(0, id16),
    authenticatorData: field(1, bytes(limits.authenticatorDataBytesMax)),
    clientDataJson: field(2, bytes(limits.clientDataBytesMax)),
    signature: field(3, bytes(limits.es256SignatureBytesMax)),
  }),
  deviceKey: record({ credentialId: field(0, id16), signature: field(1, ed25519Signature) }),
  ticket: record({ invitationId: field(0, id16), signature: field(1, ed25519Signature) }),
})

/** What is sealed to the lock: a question that needs no right, or a signed command. */
export type Request =
  | {
      readonly type: 'ask'
      /** Comes back inside the signed state: shows that the answer is fresh. */
      readonly nonce: Uint8Array
      readonly replyTo: Uint8Array
      /** Asks for a challenge for this credential as well. */
      readonly credentialId?: Uint8Array
      /** Or for this invitation. */
      readonly invitationId?: Uint8Array
    }
  | {
      readonly type: 'signed'
      /** Encoded `Command`: exactly the bytes that were signed. */
      readonly command: Uint8Array
      readonly proof: Proof
    }

const request: Codec<Request> = variant({
  ask: record({
    nonce: field(0, nonce32),
    replyTo: field(1, x25519PublicKey),
    credentialId: optional(2, id16),
    invitationId: optional(3, id16),
  }),
  signed: record({ command: field(0, wholeMessage), proof: field(1, proof) }),
})

export const requestMessage = message<Request>(request, limits.messageBytesMax)
