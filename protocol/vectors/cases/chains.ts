import { nodeVerifyCrypto as crypto } from '@mortise/crypto/node/verify'
import { appendEntry, genesisHead } from '#protocol/chain/index.ts'
import { verifyForward } from '#protocol/chain/index.ts'
import { toHex } from '#protocol/wire/bytes.ts'

interface ChainCase {
  readonly name: string
  readonly lockId: string
  readonly entries: readonly string[]
  readonly verdict: string
  readonly good: number
  readonly head: string
}

const lockId = new Uint8Array(32).fill(0x11)

function story(length: number, boot: number): Uint8Array[] {
  const entries: Uint8Array[] = []
  let head = genesisHead(crypto, lockId)
  for (let index = 0; index < length; index += 1) {
    const appended = appendEntry(crypto, head, { boot, timeMs: index * 1000, type: 'started' })
    entries.push(appended.bytes)
    head = appended.head
  }
  return entries
}

/** Journals from their genesis: whole, with a hole, in another order, with a foreign entry. */
export function chainCases(): readonly ChainCase[] {
  const whole = story(4, 1)
  const other = story(4, 2)
  const picked = (story: readonly Uint8Array[], ...indices: readonly number[]): Uint8Array[] =>
    indices.flatMap((index) => story[index] ?? [])
  const rows: readonly (readonly [name: string, entries: readonly Uint8Array[]])[] = [
    ['empty', []],
    ['whole', whole],
    ['an entry left out', picked(whole, 0, 2, 3)],
    ['an entry twice', picked(whole, 0, 0)],
    ['two swapped', picked(whole, 1, 0)],
    ['an entry of another story', [...picked(whole, 0), ...picked(other, 1)]],
    ['garbage', [...picked(whole, 0), Uint8Array.of(0xff)]],
  ]
  return rows.map(([name, entries]) => {
    const segment = verifyForward(crypto, genesisHead(crypto, lockId), entries)
    return {
      name,
      lockId: toHex(lockId),
      entries: entries.map(toHex),
      verdict: segment.fault?.code ?? 'accepted',
      good: segment.entries.length,
      head: toHex(segment.head.hash),
    }
  })
}
