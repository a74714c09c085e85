import { openKeypadHouse } from '#proof/bench/keypad.ts'
import { caseOf, ratio } from '#proof/bench/section.ts'
import type { Section } from '#proof/bench/section.ts'
import { alternate } from '#proof/bench/statistics.ts'

const codeCounts = [10, 1_000, 10_000] as const
const settings = { rounds: 10, samplesPerRound: 2 }

export async function measureKeypad(folder: string): Promise<Section> {
  const houses = await Promise.all(codeCounts.map((count) => openKeypadHouse(folder, count)))
  const [first] = houses
  if (first === undefined) throw new RangeError('no house')
  const entries = houses.map(
    (house, index) => [`${codeCounts[index]} codes`, house.enterCode] as const,
  )
  const cases = await alternate(
    { 'one argon2id': first.hashOnce, ...Object.fromEntries(entries) },
    settings.rounds,
    settings.samplesPerRound,
  )
  await Promise.all(houses.map((house) => house.close()))
  const hash = caseOf(cases, 'one argon2id')
  return {
    title: 'Code at the keypad to bolt command',
    settings,
    cases,
    findings: entries.map(([name]) =>
      ratio(`${name} against one hash`, caseOf(cases, name).p50Ms, hash.p50Ms, 1.2),
    ),
  }
}
