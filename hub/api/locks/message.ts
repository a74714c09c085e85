import { concatBytes } from '@mortise/protocol/wire'
import type { RawData } from 'ws'

/** The bytes of a message, whichever shape `ws` hands them over in. */
export function bytesOf(data: RawData): Uint8Array {
  if (data instanceof ArrayBuffer) return new Uint8Array(data)
  if (Array.isArray(data)) return concatBytes(...data)
  // Without the methods of Buffer, which decoders do not expect of a Uint8Array.
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}
