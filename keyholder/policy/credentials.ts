import type { Credential } from '@mortise/protocol/words'
import type { Device } from '#keyholder/ports.ts'
import type { OwnCredential } from '#keyholder/known-lock.ts'

type Passkey = Extract<Credential, { readonly type: 'passkey' }>
type DeviceKey = Extract<Credential, { readonly type: 'deviceKey' }>
type PinCredential = Extract<Credential, { readonly type: 'pin' }>
type Fingerprint = Extract<Credential, { readonly type: 'fingerprint' }>
type Face = Extract<Credential, { readonly type: 'face' }>
type Fresh = Pick<Device, 'crypto' | 'clock'>

/** What is new about every credential: an id that is never used again, and the date for reminders. */
function stamp({ crypto, clock }: Fresh): {
  readonly id: Uint8Array
  readonly createdAtMs: number
} {
  return { id: newId({ crypto }), createdAtMs: clock.nowMs() }
}

/** 16 random bytes, as users, credentials and invitations are named. */
export function newId({ crypto }: Pick<Device, 'crypto'>): Uint8Array {
  return crypto.randomBytes(16)
}

export function newPasskeyCredential(
  device: Fresh,
  passkey: Pick<Passkey, 'name' | 'passkeyId' | 'publicKey' | 'relyingPartyId'>,
): OwnCredential {
  return { type: 'passkey', ...stamp(device), ...passkey }
}

export function newDeviceKeyCredential(
  device: Fresh,
  deviceKey: Pick<DeviceKey, 'name' | 'publicKey'>,
): OwnCredential {
  return { type: 'deviceKey', ...stamp(device), ...deviceKey }
}

export function newPinCredential(device: Fresh): PinCredential {
  return { type: 'pin', ...stamp(device) }
}

/** A finger or a face that somebody wants to open with. */
export type BiometricWish =
  | Pick<Fingerprint, 'type' | 'name' | 'duress'>
  | Pick<Face, 'type' | 'name'>

export function newBiometricCredential(device: Fresh, wish: BiometricWish): Fingerprint | Face {
  return { ...stamp(device), ...wish }
}
