import assert from 'node:assert/strict'
import { createSecretKey } from 'node:crypto'
import { it } from 'node:test'
import { keyCache } from './key-cache.ts'

/** A cache of two keys that writes down which keys it had to import; the key 00 is refused. */
function recordedCache() {
  const imported: number[] = []
  const cache = keyCache({
    keysMax: 2,
    nameOf: (keyBytes) => String(keyBytes[0]),
    importKey: (keyBytes) => {
      imported.push(keyBytes[0] ?? -1)
      return keyBytes[0] === 0 ? undefined : createSecretKey(keyBytes)
    },
  })
  return { imported, use: (key: number) => cache(Uint8Array.of(key)) }
}

const cases = [
  { name: 'imports a key once', uses: [1, 1, 1], imported: [1] },
  { name: 'keeps as many as its bound', uses: [1, 2, 1, 2], imported: [1, 2] },
  { name: 'lets the oldest go', uses: [1, 2, 3, 1], imported: [1, 2, 3, 1] },
  { name: 'counts use, not import', uses: [1, 2, 1, 3, 1, 2], imported: [1, 2, 3, 2] },
  { name: 'keeps no refusal', uses: [0, 0], imported: [0, 0] },
  { name: 'evicts nothing for a refusal', uses: [1, 2, 0, 1, 2], imported: [1, 2, 0] },
]

for (const { name, uses, imported } of cases) {
  it(name, () => {
    const cache = recordedCache()
    for (const key of uses) {
      const expected = key === 0 ? undefined : Buffer.of(key)
      assert.deepEqual(cache.use(key)?.export(), expected)
    }
    assert.deepEqual(cache.imported, imported)
  })
}
