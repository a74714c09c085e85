import { assertInvariant } from '@mortise/protocol/errors'

/** Lengths in bytes that RFC 8439 section 2.8, RFC 8032 section 5.1 and RFC 7748 section 5 fix. */
export const lengths = {
  chachaKey: 32,
  chachaNonce: 12,
  chachaTag: 16,
  privateKey: 32,
} as const

/**
 * Checks lengths that our own code chooses, never a stranger.
 * @throws MortiseError `invariant` (bug). The message names the lengths, never the bytes.
 */
export function requireLength(what: string, bytes: Uint8Array, length: number): void {
  assertInvariant(bytes.length === length, `${what} has ${bytes.length} bytes, not ${length}`)
}

/** SEC 1 section 2.3.3: 0x04, then both coordinates. Compressed and hybrid forms are no points here. */
export function isP256Point(publicKey: Uint8Array): boolean {
  return publicKey.length === 65 && publicKey[0] === 0x04
}

/**
 * A DER `SEQUENCE { r INTEGER, s INTEGER }` over P-256 (RFC 3279 section 2.2.3) has 8 to 72 bytes,
 * so anything else is refused before a parser sees it.
 */
export function isDerSignatureLength(signature: Uint8Array): boolean {
  return signature.length >= 8 && signature.length <= 72
}

/**
 * Checks a request for random bytes.
 * @throws MortiseError `invariant` (bug) unless it is a whole number from 0 to 1 MiB.
 */
export function requireRandomLength(length: number): void {
  // 1 MiB: no key, nonce or padding of ours comes near, so more is a unit mistake.
  const fits = Number.isInteger(length) && length >= 0 && length <= 1_048_576
  assertInvariant(fits, `cannot draw ${length} random bytes`)
}
