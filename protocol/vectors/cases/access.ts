import { WireError } from '#protocol/wire/errors.ts'
import { toHex } from '#protocol/wire/bytes.ts'
import { decodeCbor, encodeCbor } from '#protocol/wire/cbor.ts'
import type { CborValue } from '#protocol/wire/cbor.ts'
import {
  commandMessage,
  entryMessage,
  linkFrameMessage,
  policyMessage,
  replyMessage,
  stateMessage,
} from '#protocol/wire/index.ts'
import {
  accessCommands,
  accessEntries,
  accessFrames,
  accessPolicies,
  accessStates,
  enrolmentCommands,
  enrolmentEntries,
  enrolmentStates,
  resetCommands,
  resetEntries,
  resetStates,
  pruningEntries,
  voiceCommands,
  voiceEntries,
} from '#protocol/vectors/access-samples.ts'
import { sampleOwnHours } from '#protocol/vectors/samples.ts'
import { casesOf, named } from '#protocol/vectors/cases/messages.ts'
import type { MessageCase, Sample } from '#protocol/vectors/cases/messages.ts'

const samples: readonly Sample[] = [
  ...named('policy', accessPolicies, policyMessage.encode),
  ...named('command', accessCommands, commandMessage.encode),
  ...named('state', accessStates, stateMessage.encode),
  ...named('entry', accessEntries, entryMessage.encode),
  ...named('linkFrame', accessFrames, linkFrameMessage.encode),
]

/** Where a value stands in a message: integer keys of records, and places in lists. */
type Path = readonly number[]

interface Fault {
  readonly sample: string
  readonly at: Path
  readonly value: CborValue
  readonly verdict: string
}

const people = 'a policy with every rule about people'
const door = 'a policy with every rule about the door'
/** The third and the fourth of the users there: somebody with a delegation, and with schedules. */
const manager: Path = [8, 2]
const scheduled: Path = [8, 3]
const expiring: Path = [8, 4]

/** Each is one step over an edge of docs/protocol.md "Messages", below the encoder, which refuses it too. */
const faults: Readonly<Record<string, Fault>> = {
  'an unknown user type': fault(people, [...scheduled, 7], 'visitor', 'unknownVariant'),
  'an unknown credential rule': fault(people, [...scheduled, 8], 'quad', 'unknownVariant'),
  'no day in a schedule': fault(people, [...scheduled, 9, 0, 0], 0, 'outOfRange'),
  'an eighth day in a schedule': fault(people, [...scheduled, 9, 0, 0], 128, 'outOfRange'),
  'a start at minute 1440': fault(people, [...scheduled, 9, 0, 1], 1440, 'outOfRange'),
  'an end at minute 1440': fault(people, [...scheduled, 9, 0, 2], 1440, 'outOfRange'),
  'no week-day schedule in the list': fault(people, [...scheduled, 9], [], 'wrongLength'),
  'no year-day schedule in the list': fault(people, [...scheduled, 10], [], 'wrongLength'),
  'a year after 9999': fault(people, [...scheduled, 10, 0, 1], 4_223_371_680, 'outOfRange'),
  'an unknown holiday rule': fault(people, [...scheduled, 11], 'never', 'unknownVariant'),
  'a use limit of none': fault(people, [...scheduled, 12], 0, 'outOfRange'),
  'an offline limit over a year': fault(people, [...scheduled, 14], 8785, 'outOfRange'),
  'a mark that says no': fault(people, [...scheduled, 15], false, 'outOfRange'),
  'no minute until the end': fault(people, [...expiring, 13], 0, 'outOfRange'),
  'more than two days until the end': fault(people, [...expiring, 13], 2881, 'outOfRange'),
  'guests for no hour': fault(people, [...manager, 16, 1], 0, 'outOfRange'),
  'an unknown verb': fault(people, [...manager, 4, 0], 'open', 'unknownVariant'),
  'a verb twice': fault(people, [...manager, 4, 1], 'lock', 'duplicateItem'),
  'a finger that is not under duress': fault(people, [...manager, 6, 3, 1, 3], false, 'outOfRange'),
  'quiet hours for nobody': fault(door, [6, 3, 1], [], 'wrongLength'),
  'an unknown face rule': fault(door, [6, 5], 'always', 'unknownVariant'),
  'a latch pulled for no time': fault(door, [6, 6], 0, 'outOfRange'),
  'a latch pulled for over a minute': fault(door, [6, 6], 61, 'outOfRange'),
  'an unknown Matter channel': fault(door, [10], 'open', 'unknownVariant'),
  'a holiday in an unknown mode': fault(door, [11, 0, 3], 'party', 'unknownVariant'),
  'no passage schedule in the list': fault(door, [12], [], 'wrongLength'),
  'unlock for no time': fault('unlock for a while', [2, 1, 0], 0, 'outOfRange'),
  'unlock for over a day': fault('unlock for a while', [2, 1, 0], 86_401, 'outOfRange'),
  'an unknown mode': fault('set a mode for an hour', [2, 1, 0], 'party', 'unknownVariant'),
  'a short nonce': fault('askNewest', [1, 0], new Uint8Array(31), 'wrongLength'),
}

const cleaner = 'an answer to a cleaner'
const expiringGuest = 'an answer to somebody whose time counts from the first use'
const ownHoursFaults: Readonly<Record<string, Fault>> = {
  'no hours in the list': fault(cleaner, [1, 4, 8], [], 'wrongLength'),
  'hours on no day': fault(cleaner, [1, 4, 8, 0, 0], 0, 'outOfRange'),
  'no stretch in the list': fault(cleaner, [1, 4, 9], [], 'wrongLength'),
  'an unknown rule for holidays': fault(cleaner, [1, 4, 10], 'never', 'unknownVariant'),
  'no holiday in the list': fault(cleaner, [1, 4, 11], [], 'wrongLength'),
  'no quiet hours in the list': fault(cleaner, [1, 4, 12], [], 'wrongLength'),
  'a use limit of none': fault(cleaner, [1, 4, 13], 0, 'outOfRange'),
  'a count of uses in no number': fault(cleaner, [1, 4, 14], 'two', 'wrongType'),
  'after the household: no': fault(cleaner, [1, 4, 17], false, 'outOfRange'),
  'no minute from the first use': fault(expiringGuest, [1, 4, 15], 0, 'outOfRange'),
  'a first use in no number': fault(expiringGuest, [1, 4, 16], 'today', 'wrongType'),
}

function fault(sample: string, at: Path, value: CborValue, verdict: string): Fault {
  return { sample, at, value, verdict }
}

/** Who may when, on the wire. */
export function accessCases(): readonly MessageCase[] {
  return casesWithFaults(samples, faults)
}

/** What the lock tells people of their own hours. */
export function ownHoursCases(): readonly MessageCase[] {
  return casesWithFaults(named('reply', sampleOwnHours, replyMessage.encode), ownHoursFaults)
}

/** Good messages, each spoilt as a whole, then one field at a time. */
function casesWithFaults(
  good: readonly Sample[],
  wrong: Readonly<Record<string, Fault>>,
): readonly MessageCase[] {
  const byName = new Map(good.map((sample) => [sample.name, sample]))
  const fields = Object.entries(wrong).map(([name, { sample, at, value, verdict }]) => {
    const { message, bytes } = byName.get(sample) ?? absent()
    return { name, message, bytes: toHex(encodeCbor(put(decodeCbor(bytes), at, value))), verdict }
  })
  return [...casesOf(good), ...fields]
}

/** Entries that tell which others the lock has removed. */
export function pruningCases(): readonly MessageCase[] {
  return casesOf(named('entry', pruningEntries, entryMessage.encode))
}

const enrolmentSamples: readonly Sample[] = [
  ...named('command', enrolmentCommands, commandMessage.encode),
  ...named('state', enrolmentStates, stateMessage.encode),
  ...named('entry', enrolmentEntries, entryMessage.encode),
]

const enrolmentFaults: Readonly<Record<string, Fault>> = {
  'a code for the reader to learn': fault('learn a finger', [2, 1, 1], 'pin', 'unknownVariant'),
  'a finger of nobody': fault('learn a finger', [2, 1, 2], new Uint8Array(15), 'wrongLength'),
  'an unknown stage': fault('a finger that is being learned', [26, 2], 'lost', 'unknownVariant'),
  'more touches than any finger takes': fault(
    'a finger that is being learned',
    [26, 4],
    33,
    'outOfRange',
  ),
}

const resetSamples: readonly Sample[] = [
  ...named('command', resetCommands, commandMessage.encode),
  ...named('state', resetStates, stateMessage.encode),
  ...named('entry', resetEntries, entryMessage.encode),
]

/** How a lock is set back, and how that is stopped. */
export function resetCases(): readonly MessageCase[] {
  return casesWithFaults(resetSamples, {
    'a reset at a time of nobody': fault('a reset that waits', [27], 'soon', 'wrongType'),
    'a reset of another kind': fault('set the lock back', [2, 0], 'resetIt', 'unknownVariant'),
  })
}

/** How the reader at the door learns a finger or a face. */
export function enrolmentCases(): readonly MessageCase[] {
  return casesWithFaults(enrolmentSamples, enrolmentFaults)
}

const voiceSamples: readonly Sample[] = [
  ...named('command', voiceCommands, commandMessage.encode),
  ...named('entry', voiceEntries, entryMessage.encode),
]

const voiceFaults: Readonly<Record<string, Fault>> = {
  'a voice PIN of eleven digits': fault(
    'unlock with a voice PIN',
    [2, 1, 1],
    '73918405621',
    'wrongLength',
  ),
  'a voice PIN in no text': fault('unlatch with a voice PIN', [2, 1, 0], 739_184, 'wrongType'),
  'no voice PIN in its place': fault('unlock with a voice PIN', [2, 1, 1], '', 'wrongLength'),
}

/** How an assistant opens: with a PIN that it was told. */
export function voiceCases(): readonly MessageCase[] {
  return casesWithFaults(voiceSamples, voiceFaults)
}

/** The same value with one inside it replaced; what is not there cannot be. */
function put(whole: CborValue, [key, ...rest]: Path, value: CborValue): CborValue {
  if (key === undefined) return value
  if (whole instanceof Map && whole.has(key)) {
    return new Map(
      [...whole].map(([each, old]) => [each, each === key ? put(old, rest, value) : old] as const),
    )
  }
  if (Array.isArray(whole) && key < whole.length) {
    return whole.map((old: CborValue, index) => (index === key ? put(old, rest, value) : old))
  }
  return absent()
}

function absent(): never {
  throw new WireError('missingField')
}
