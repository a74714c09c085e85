import { limits } from '#protocol/limits.ts'
import { bytes, fixedBytes, text, uint, word } from '#protocol/wire/codec.ts'
import { reasons } from '#protocol/words/reasons.ts'

/** Codecs of the small things that many messages share. */

export const id16 = fixedBytes(16)
export const hash32 = fixedBytes(32)
export const lockId = fixedBytes(32)
export const challenge32 = fixedBytes(32)
export const nonce32 = fixedBytes(32)
export const ed25519PublicKey = fixedBytes(32)
/** A private key: only in texts that one person hands to another. */
export const ed25519Seed = fixedBytes(32)
export const ed25519Signature = fixedBytes(64)
export const x25519PublicKey = fixedBytes(32)
export const p256PublicKey = fixedBytes(65)
/** Milliseconds since 1970, up to the year 9999. */
export const instantMs = uint(253_402_300_799_999)
export const count = uint()
export const name = text(limits.nameBytesMax)
export const reason = word(reasons)
export const wholeMessage = bytes(limits.messageBytesMax)
