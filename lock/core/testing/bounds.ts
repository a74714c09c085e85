import assert from 'node:assert/strict'
import { limits } from '@mortise/protocol/limits'
import { alarmCodes, biometricTypes } from '@mortise/protocol/words'
import { spentMax } from '#core/access/challenges.ts'
import { samplesMax } from '#core/battery/memory.ts'
import type { CoreState } from '#core/index.ts'
import { matterLimits } from '#core/matter/database.ts'
import { presentedMax } from '#core/visits/presented.ts'

type Bound = (state: CoreState) => number

const people: Bound = ({ policy }) => policy?.view.users.size ?? 0
const credentials: Bound = ({ policy }) => policy?.view.holders.size ?? 0
const always =
  (count: number): Bound =>
  () =>
    count

/** Every list, map and long run of bytes of the state, and the most that it may hold. */
const bounds: Readonly<Record<string, Bound>> = {
  bindings: ({ policy }) => policy?.view.policy.invitations.length ?? 0,
  'pinTags.credentialIds': credentials,
  'pinTags.words': (state) => 8 * credentials(state),
  usages: people,
  presented: always(presentedMax),
  'challenges.spent': always(spentMax),
  'registers.standingAlarms': always(Math.min(limits.alarmsMax, alarmCodes.length)),
  'registers.battery': always(2 + 3 * samplesMax),
  'credentialRefusals.counts': credentials,
  // One more for all who are nobody in the policy.
  'personRefusals.counts': (state) => people(state) + 1,
  'pendingChange.credentialIds': always(limits.usersMax * limits.credentialsPerUserMax),
  'pendingChange.encoded': always(limits.policyBytesMax),
  readerTypes: always(biometricTypes.length),
  'matter.users': always(matterLimits.usersMax),
  'matter.users.credentials': always(matterLimits.credentialsPerUserMax),
  'matter.users.weekDaySchedules': always(matterLimits.schedulesPerUserMax),
  'matter.users.yearDaySchedules': always(matterLimits.schedulesPerUserMax),
  'matter.holidaySchedules': always(matterLimits.holidaySchedulesMax),
  'keypad.digits': always(limits.keypadEntryKeysMax),
}

/** Bounded by the limits of a policy, or one person of it; they have no lists of their own. */
const fromPolicy = ['policy', 'pendingChange.policy', 'actor'] as const

/** Ids, hashes, names, versions: what is of one size by its schema. */
const plainMax = limits.nameBytesMax

/** Nothing that the lock remembers may grow with what happens to it. */
export function assertBounded(state: CoreState): void {
  for (const [path, size] of sizesOf('', state)) {
    const bound = bounds[path]
    if (bound !== undefined) {
      assert.ok(size <= bound(state), `${path} holds ${size}, which is more than ${bound(state)}`)
    } else assert.ok(size <= plainMax, `${path} holds ${size}: give it a bound, and name it here`)
  }
}

/** A list or a map without a bound of its own counts as endless, so that no new one is overlooked. */
function* sizesOf(path: string, value: unknown): Generator<readonly [path: string, size: number]> {
  if (fromPolicy.some((name) => path === name || path.endsWith(`.${name}`))) return
  if (typeof value === 'string') yield [path, value.length]
  if (typeof value !== 'object' || value === null) return
  if (value instanceof Uint8Array || value instanceof Int32Array) yield [path, value.length]
  else if (value instanceof Map) yield* itemsOf(path, value.size, value.values())
  else if (Array.isArray(value)) yield* itemsOf(path, value.length, value)
  else {
    for (const [key, member] of Object.entries(value)) {
      yield* sizesOf(path === '' ? key : `${path}.${key}`, member)
    }
  }
}

function* itemsOf(
  path: string,
  size: number,
  items: Iterable<unknown>,
): Generator<readonly [path: string, size: number]> {
  yield [path, path in bounds ? size : Infinity]
  for (const item of items) {
    // The items of a list are judged one by one, under the list's name.
    if (typeof item === 'object') yield* sizesOf(`${path}.`, item).map(named)
  }
}

function named([path, size]: readonly [string, number]): readonly [string, number] {
  return [path.replaceAll('..', '.').replace(/\.$/, ' each'), size]
}
