import { limits } from '#protocol/limits.ts'
import { WireError } from '#protocol/wire/errors.ts'

const lengthBytes = 4

/**
 * Puts the length in front (four bytes, big endian) and zeros behind, up to a multiple of
 * `limits.sealPaddingBytes`, so that the size of a sealed message does not tell a code's length.
 */
export function pad(plain: Uint8Array): Uint8Array {
  const step = limits.sealPaddingBytes
  const padded = new Uint8Array(Math.ceil((lengthBytes + plain.length) / step) * step)
  new DataView(padded.buffer).setUint32(0, plain.length)
  padded.set(plain, lengthBytes)
  return padded
}

/** Strict inverse of `pad`. Throws WireError `badPadding` for every other form. */
export function unpad(padded: Uint8Array): Uint8Array {
  const step = limits.sealPaddingBytes
  if (padded.length === 0 || padded.length % step !== 0) throw new WireError('badPadding')
  const view = new DataView(padded.buffer, padded.byteOffset, padded.byteLength)
  const end = lengthBytes + view.getUint32(0)
  if (Math.ceil(end / step) * step !== padded.length) throw new WireError('badPadding')
  if (padded.subarray(end).some((byte) => byte !== 0)) throw new WireError('badPadding')
  return padded.subarray(lengthBytes, end)
}
