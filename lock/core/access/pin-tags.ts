import { assertInvariant } from '@mortise/protocol/errors'
import { toHex } from '@mortise/protocol/wire'

/** Length of the slow hash of a code. */
export const pinTagBytes = 32
const wordsPerTag = pinTagBytes / 4

/** The slow hash of the code of one PIN credential. */
export interface PinTag {
  readonly credentialId: Uint8Array
  readonly tag: Uint8Array
}

/** All of a lock's tags, packed side by side so that comparing with ten thousand is one short loop. */
export interface PinTags {
  readonly credentialIds: readonly Uint8Array[]
  /** Eight words per tag, in the order of the ids. */
  readonly words: Int32Array
}

export function packPinTags(tags: readonly PinTag[]): PinTags {
  const bytes = new Uint8Array(tags.length * pinTagBytes)
  tags.forEach(({ tag }, index) => {
    assertTag(tag)
    bytes.set(tag, index * pinTagBytes)
  })
  return {
    credentialIds: tags.map(({ credentialId }) => credentialId),
    words: new Int32Array(bytes.buffer),
  }
}

/**
 * Looks for a tag among all. The work depends on their number only: no early exit, no branch on a
 * comparison, so that time tells nothing about how near a guess came (Sargent & Greenleaf Titan,
 * DEF CON 24).
 */
export function findPinTag(tags: PinTags, tag: Uint8Array): Uint8Array | undefined {
  assertTag(tag)
  const wanted = new Int32Array(Uint8Array.from(tag).buffer)
  let found = 0
  for (let index = 0; index < tags.credentialIds.length; index += 1) {
    let difference = 0
    for (let word = 0; word < wordsPerTag; word += 1) {
      difference |= (tags.words[index * wordsPerTag + word] ?? 0) ^ (wanted[word] ?? 0)
    }
    // All ones when the tags are equal, zero otherwise: -1 or 0 without a branch.
    const equal = ((difference | -difference) >>> 31) - 1
    found |= equal & (index + 1)
  }
  return found === 0 ? undefined : tags.credentialIds[found - 1]
}

/** The tags without those of some credentials and with new ones. */
export function changePinTags(
  tags: PinTags,
  removed: readonly Uint8Array[],
  added: readonly PinTag[],
): PinTags {
  const gone = new Set(removed.map(toHex))
  const bytes = new Uint8Array(tags.words.buffer)
  const kept = tags.credentialIds
    .map((credentialId, index) => ({
      credentialId,
      tag: bytes.subarray(index * pinTagBytes, (index + 1) * pinTagBytes),
    }))
    .filter(({ credentialId }) => !gone.has(toHex(credentialId)))
  return packPinTags([...kept, ...added])
}

function assertTag(tag: Uint8Array): void {
  assertInvariant(tag.length === pinTagBytes, 'a PIN tag has 32 bytes')
}
