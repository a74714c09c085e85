import { fromBase64Url, toBase64Url } from '@mortise/protocol/wire'
import { z } from 'zod'

/** Bytes of one length, base64url in a file. */
export function bytesText(length?: number) {
  return z.codec(
    z.string(),
    z.custom<Uint8Array>((value) => value instanceof Uint8Array),
    {
      decode: (text, context) => {
        const bytes = fromBase64Url(text)
        if (bytes !== undefined && (length === undefined || bytes.length === length)) return bytes
        context.issues.push({ code: 'custom', input: text, message: 'not the bytes expected' })
        return z.NEVER
      },
      encode: (bytes) => toBase64Url(bytes),
    },
  )
}
