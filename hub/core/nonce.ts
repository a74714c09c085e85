import { concatBytes, utf8 } from '@mortise/protocol/wire'
import { hubLimits } from '#core/limits.ts'

/** What a nonce is good for: one cannot serve as the other. */
export type NoncePurpose = 'signIn' | 'registration' | 'ticket'

/** Keyed hash with a key that only this hub process knows. Returns 32 bytes. */
export type Mac = (message: Uint8Array) => Uint8Array

const randomBytes = 10
const expiryBytes = 6
const macBytes = 16

/** How many random bytes `issueNonce` wants. */
export const nonceRandomBytes: number = randomBytes

/**
 * Makes a nonce of 32 bytes that carries its own end and a keyed hash, so that a flood of "begin"
 * requests leaves nothing in memory and cannot push out the nonce of somebody else. OWASP ASVS 5.0
 * section 6.7.2 asks for 64 unpredictable bits; these are 80 and the hash.
 */
export function issueNonce(
  mac: Mac,
  purpose: NoncePurpose,
  random: Uint8Array,
  nowMs: number,
): { readonly nonce: Uint8Array; readonly expiresAtMs: number } {
  const expiresAtMs = nowMs + hubLimits.nonceLifeMs
  const body = concatBytes(encodeInstant(expiresAtMs), random.subarray(0, randomBytes))
  return { nonce: concatBytes(body, tagOf(mac, purpose, body)), expiresAtMs }
}

/**
 * When a nonce ends, or undefined when it is not one of ours for this purpose or is over. That it
 * was not used before, the caller must check and record in one step.
 */
export function openNonce(
  mac: Mac,
  equalConstantTime: (left: Uint8Array, right: Uint8Array) => boolean,
  purpose: NoncePurpose,
  nonce: Uint8Array,
  nowMs: number,
): number | undefined {
  const body = nonce.subarray(0, expiryBytes + randomBytes)
  const tag = nonce.subarray(expiryBytes + randomBytes)
  if (!equalConstantTime(tag, tagOf(mac, purpose, body))) return undefined
  const expiresAtMs = decodeInstant(body.subarray(0, expiryBytes))
  return nowMs < expiresAtMs ? expiresAtMs : undefined
}

function tagOf(mac: Mac, purpose: NoncePurpose, body: Uint8Array): Uint8Array {
  return mac(concatBytes(utf8(`${purpose}\0`), body)).subarray(0, macBytes)
}

function encodeInstant(instantMs: number): Uint8Array {
  const bytes = new Uint8Array(expiryBytes)
  let rest = instantMs
  for (let index = expiryBytes - 1; index >= 0; index -= 1) {
    bytes[index] = rest % 256
    rest = Math.floor(rest / 256)
  }
  return bytes
}

function decodeInstant(bytes: Uint8Array): number {
  return bytes.reduce((value, byte) => value * 256 + byte, 0)
}
