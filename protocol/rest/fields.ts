import * as z from 'zod/mini'
import { limits } from '#protocol/limits.ts'
import { fromBase64Url, fromHex, toBase64Url, toHex } from '#protocol/wire/bytes.ts'
import { text } from '#protocol/wire/codec.ts'
import { WireError } from '#protocol/wire/errors.ts'

/** Schemas of the small things that many requests and answers share. */

/** Base64url spends four characters on three bytes. */
function base64UrlLength(bytes: number): number {
  return Math.ceil((bytes * 4) / 3)
}

/** Bytes of `min` to `max` length; base64url (RFC 4648 section 5, no padding) in JSON. */
export function bytes(max: number, min = 0) {
  const carrier = z
    .string()
    .check(
      z.regex(/^[A-Za-z0-9_-]*$/),
      z.minLength(base64UrlLength(min)),
      z.maxLength(base64UrlLength(max)),
    )
  return z.codec(
    carrier,
    z.custom<Uint8Array>((value) => fitsLength(value, min, max)),
    {
      decode: (value, payload) => {
        const decoded = fromBase64Url(value)
        if (decoded !== undefined) return decoded
        payload.issues.push({ code: 'custom', input: value, message: 'not base64url' })
        return z.NEVER
      },
      encode: (value) => toBase64Url(value),
    },
  )
}

function fitsLength(value: unknown, min: number, max: number): boolean {
  return value instanceof Uint8Array && value.length >= min && value.length <= max
}

/** Bytes of exactly `length`. */
export function exactBytes(length: number) {
  return bytes(length, length)
}

/** An id of `length` bytes, as lower-case hexadecimal in JSON, in addresses and in memory. */
function hexId(length: number) {
  const digits = length * 2
  return z.string().check(z.regex(/^[0-9a-f]+$/), z.minLength(digits), z.maxLength(digits))
}

/** The id of a lock in addresses: `toHex` of its 32 bytes. */
export const lockIdText = hexId(32)
/** Accounts and sessions. */
export const idText = hexId(16)

/** The text form of an id. */
export const idTextOf: typeof toHex = toHex
/** Bytes of an id text that a schema accepted; undefined otherwise. */
export const idBytesOf: typeof fromHex = fromHex

/** Milliseconds since 1970. */
export const instantMs = z.int().check(z.minimum(0))
export const count = z.int().check(z.minimum(0))

/** A name that people read: not blank, no control, reversing or invisible characters. */
export const personName = z.string().check(
  z.minLength(1),
  z.maxLength(limits.nameCharactersMax),
  z.refine((value) => value.trim() === value && fitsName(value)),
)

const nameText = text(limits.nameBytesMax)

function fitsName(value: string): boolean {
  try {
    nameText.decode(value, 'name')
    return true
  } catch (error) {
    if (error instanceof WireError) return false
    throw error
  }
}

/** An unsigned integer of at most `max` in a query. */
export function countText(max: number, min = 0) {
  return z.codec(
    z.string().check(z.regex(/^(0|[1-9][0-9]{0,15})$/)),
    z.int().check(z.minimum(min), z.maximum(max)),
    { decode: Number, encode: String },
  )
}

export const lockKey = exactBytes(32)
export const nonce = exactBytes(32)
export const ed25519Signature = exactBytes(64)
export const deviceKey = exactBytes(32)
export const passkeyId = bytes(limits.passkeyIdBytesMax, 1)
export const signedStatement = bytes(limits.messageBytesMax, 1)
export const sealedMessage = bytes(limits.messageBytesMax, 1)
export const entryBytes = bytes(limits.entryBytesMax, 1)
