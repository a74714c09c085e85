import { MortiseError } from '@mortise/protocol/errors'
import { seededRandom } from '@mortise/protocol/testing'
import { toHex, WireError } from '@mortise/protocol/wire'
import type { Target } from './target.ts'

export interface FuzzOptions {
  readonly seed: number
  readonly count: number
}

/** What became of the inputs: each verdict with how often it was given. */
export interface FuzzReport {
  readonly name: string
  readonly count: number
  readonly verdicts: ReadonlyMap<string, number>
}

/** Long inputs are named by their beginning; the seed and the number reproduce them. */
const shownBytesMax = 2000

/**
 * Feeds a target.
 * @throws MortiseError `fuzzFinding` (bug) naming seed, number and bytes of the first input that was
 *   answered with anything but a verdict or a WireError
 */
export function fuzz(target: Target, { seed, count }: FuzzOptions): FuzzReport {
  const random = seededRandom(seed ^ hashOf(target.name))
  const verdicts = new Map<string, number>()
  for (let number = 0; number < count; number += 1) {
    const input = target.next(random)
    const verdict = judge(target, input, `seed ${seed}, input ${number}`)
    verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1)
  }
  return { name: target.name, count, verdicts }
}

function judge(target: Target, input: Uint8Array, where: string): string {
  try {
    return target.feed(input)
  } catch (cause) {
    if (cause instanceof WireError) return cause.code
    const hex = toHex(input.subarray(0, shownBytesMax))
    const what = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
    throw new MortiseError('bug', 'fuzzFinding', `${target.name}, ${where}: ${what}\n${hex}`, {
      cause,
    })
  }
}

/** Spreads one seed over the targets, so that each has inputs of its own (FNV-1a, 32 bits). */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  }
  return hash >>> 0
}
