import { randomFillSync } from 'node:crypto'
import type { Random } from '#hub/ports/random.ts'

export const systemRandom: Random = {
  bytes: (length) => randomFillSync(new Uint8Array(length)),
}
