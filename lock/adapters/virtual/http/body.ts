import type { IncomingMessage } from 'node:http'
import { Refusal } from './refusal.ts'

/** The largest body is 64 keys; a kilobyte leaves room for spaces and names. */
export const BODY_BYTES_MAX = 1_024

/**
 * Reads a small JSON body; none at all is the empty object.
 * @throws Refusal `notJson`, `badJson` or `tooLarge`
 */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const bytes = await readBytes(request)
  if (bytes.length === 0) return {}
  const type = request.headers['content-type'] ?? ''
  if (!/^application\/json(?:\s*;|$)/i.test(type)) throw new Refusal('notJson')
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new Refusal('badJson')
  }
}

async function readBytes(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) throw new Refusal('internal')
    length += chunk.length
    if (length > BODY_BYTES_MAX) throw new Refusal('tooLarge')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
