import { isAnother } from '#core/battery/charge.ts'
import type { Charge } from '#core/battery/charge.ts'

const dayMs = 24 * 60 * 60 * 1000

export interface Sample {
  readonly atMs: number
  readonly percent: number
  /** The coldest that was measured since the sample before; absent: nothing measures it. */
  readonly celsius?: number
}

/** What the lock remembers of its battery. Bounded, and worth no more than a guess: losing it costs days of learning. */
export interface BatteryMemory {
  /** What this household used per day, in thousandths of a percent, over batteries before. */
  readonly usualDrain: number
  /** Oldest first. */
  readonly samples: readonly Sample[]
  /** The last warning that this battery gave. */
  readonly warnedDays?: number
}

/** A year per battery: what the makers of such locks promise, and soon corrected by what is measured. */
export const presumedDrain = 274
/** No door drains a battery so slowly that it outlasts four years, or so fast that a day empties it. */
export const drainMin = 68
export const drainMax = 100_000

/** Three days apart and sixteen: what happened in seven weeks, in a few hundred bytes. */
export const sampleEveryMs: number = 3 * dayMs
export const samplesMax = 16

/** In percent: what was usual weighs as much as this fall, which a gauge may be off by. */
const usualWeighsPercent = 1

export const freshMemory: BatteryMemory = { usualDrain: presumedDrain, samples: [] }

/** Days from the oldest sample on, and what was used up in them. */
export function observed(memory: BatteryMemory, nowMs: number, percent: number) {
  const [first] = memory.samples
  if (first === undefined) return { days: 0, fall: 0 }
  return {
    days: Math.max(0, nowMs - first.atMs) / dayMs,
    fall: Math.max(0, first.percent - percent),
  }
}

/** Thousandths of a percent per day: what was measured, beside what was usual before. */
export function drainOf(memory: BatteryMemory, nowMs: number, percent: number): number {
  const { days, fall } = observed(memory, nowMs, percent)
  const usualDays = (usualWeighsPercent * 1000) / memory.usualDrain
  const drain = ((usualWeighsPercent + fall) * 1000) / (usualDays + days)
  return Math.min(drainMax, Math.max(drainMin, Math.round(drain)))
}

/**
 * The memory after a measurement. Another battery, or mains that take over its work, begin the
 * samples anew and keep what is usual in this household.
 */
export function remember(
  memory: BatteryMemory,
  nowMs: number,
  charge: Charge,
  facts: { readonly celsius: number | undefined; readonly mains: boolean },
): BatteryMemory {
  const last = memory.samples.at(-1)
  if (facts.mains) return last === undefined ? memory : startAgain(memory, last)
  if (last !== undefined && isAnother(last.percent, charge)) {
    return remember(startAgain(memory, last), nowMs, charge, facts)
  }
  const { celsius } = facts
  if (last === undefined || nowMs - last.atMs >= sampleEveryMs) {
    const sample = {
      atMs: nowMs,
      percent: charge.percent,
      ...(celsius === undefined ? {} : { celsius }),
    }
    return { ...memory, samples: [...memory.samples, sample].slice(-samplesMax) }
  }
  if (celsius === undefined || celsius >= (last.celsius ?? Infinity)) return memory
  return { ...memory, samples: [...memory.samples.slice(0, -1), { ...last, celsius }] }
}

function startAgain(memory: BatteryMemory, last: Sample): BatteryMemory {
  return { usualDrain: drainOf(memory, last.atMs, last.percent), samples: [] }
}

/** The coldest of the last weeks: the next night may be as cold as the last, at noon too. */
export function coldest(memory: BatteryMemory, celsius: number | undefined): number | undefined {
  const known = [...memory.samples.map((sample) => sample.celsius), celsius]
  const measured = known.filter((value) => value !== undefined)
  return measured.length === 0 ? undefined : Math.min(...measured)
}

/** Without a temperature. */
const unmeasured = 128

/** Whole numbers for the store, which need not understand them. */
export function encodeMemory({
  usualDrain,
  warnedDays,
  samples,
}: BatteryMemory): readonly number[] {
  const values = samples.flatMap(({ atMs, percent, celsius }) => [
    atMs,
    percent,
    celsius ?? unmeasured,
  ])
  return [usualDrain, warnedDays ?? 0, ...values]
}

/** What cannot be understood is forgotten: it is no authority, only a habit. */
export function decodeMemory(values: readonly number[] | undefined): BatteryMemory {
  if (values === undefined) return freshMemory
  const [usualDrain = 0, warnedDays = 0, ...rest] = values
  const isReadable =
    usualDrain >= drainMin &&
    usualDrain <= drainMax &&
    rest.length % 3 === 0 &&
    rest.length <= samplesMax * 3
  if (!isReadable) return freshMemory
  const samples: Sample[] = []
  for (let at = 0; at < rest.length; at += 3) {
    const [atMs = 0, percent = 0, celsius = unmeasured] = rest.slice(at, at + 3)
    if (percent < 0 || percent > 100) return freshMemory
    samples.push({ atMs, percent, ...(celsius === unmeasured ? {} : { celsius }) })
  }
  return { usualDrain, samples, ...(warnedDays === 0 ? {} : { warnedDays }) }
}
