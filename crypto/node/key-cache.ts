import type { KeyObject } from 'node:crypto'

/** How a cache finds, makes and bounds its keys. */
export interface KeyCacheOptions {
  /** How many imported keys are kept; the least recently used one makes room. */
  readonly keysMax: number
  /** The name a key is kept under. Must differ for different key bytes. */
  readonly nameOf: (keyBytes: Uint8Array) => string
  /** Imports the key, or returns undefined when the bytes are no key. Refusals are not kept. */
  readonly importKey: (keyBytes: Uint8Array) => KeyObject | undefined
}

/**
 * Keeps imported keys, because importing costs from 7 microseconds (Ed25519 public key) to more
 * than the signature itself (a private key: OpenSSL computes the public half at import).
 */
export function keyCache(
  options: KeyCacheOptions,
): (keyBytes: Uint8Array) => KeyObject | undefined {
  // A Map iterates in insertion order, so re-inserting on use keeps the oldest first.
  const kept = new Map<string, KeyObject>()
  return (keyBytes) => {
    const name = options.nameOf(keyBytes)
    const known = kept.get(name)
    if (known !== undefined) {
      kept.delete(name)
      kept.set(name, known)
      return known
    }
    const imported = options.importKey(keyBytes)
    if (imported === undefined) return undefined
    kept.set(name, imported)
    if (kept.size > options.keysMax) {
      for (const oldest of kept.keys()) {
        kept.delete(oldest)
        break
      }
    }
    return imported
  }
}
