import { MortiseError } from '@mortise/protocol/errors'
import type { VerifyCrypto } from '@mortise/protocol/verify'
import { WireError, decodeHubText } from '@mortise/protocol/wire'
import type { HubText } from '@mortise/protocol/wire'

/**
 * The hub that this lock belongs to, from the content of its hub file.
 * @param content undefined: there is no such file
 * @throws MortiseError `noHubFile` or `badHubFile` (caller)
 */
export function readHubFile(
  crypto: VerifyCrypto,
  path: string,
  content: Uint8Array | undefined,
): HubText {
  if (content === undefined) throw unusable('noHubFile', `there is no hub file ${path}`)
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content)
    return decodeHubText((...parts) => crypto.sha256(...parts), text)
  } catch (cause) {
    if (!(cause instanceof WireError) && !(cause instanceof TypeError)) throw cause
    throw unusable('badHubFile', `${path} does not hold the text that a hub prints for its locks`)
  }
}

function unusable(code: string, message: string): MortiseError {
  return new MortiseError('caller', code, message, {
    nextStep: 'Put the text that the hub prints for its locks (mortise-hub1...) into the file.',
  })
}
