import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openFloor } from '#proof/bench/floor/floor.ts'
import { openKeypadHouse } from '#proof/bench/keypad.ts'
import { describeMachine } from '#proof/bench/machine.ts'
import { bareNode, lockStart, lockStopped } from '#proof/bench/start-up.ts'
import { alternate, rounded } from '#proof/bench/statistics.ts'
import type { Summary } from '#proof/bench/statistics.ts'
import { openTapHouse } from '#proof/bench/tap.ts'

/** A ratio against its budget in docs/bench.md. */
interface Budget {
  readonly what: string
  readonly ratio: number
  readonly budget: number
  readonly met: boolean
}

interface Section {
  readonly title: string
  readonly settings: Readonly<Record<string, number>>
  readonly cases: Readonly<Record<string, Summary>>
  readonly budgets: readonly Budget[]
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

function budget(what: string, value: number, floor: number, limit: number): Budget {
  const ratio = rounded(value / floor)
  return { what, ratio, budget: limit, met: ratio <= limit }
}

async function measureTap(folder: string): Promise<Section> {
  const floor = await openFloor(folder)
  const house = await openTapHouse(folder)
  const settings = { rounds: 20, samplesPerRound: 20, pauseMs: 50 }
  // A thumb comes alone: what the tap before left to do (uploads, acknowledgements) is done by then.
  const before = (): Promise<void> => wait(settings.pauseMs)
  const cases = await alternate(
    { floor: { ...floor.roundTrip, before }, tap: { ...house.tap, before } },
    settings.rounds,
    settings.samplesPerRound,
  )
  await house.close()
  await floor.close()
  const { floor: bare, tap } = cases
  if (bare === undefined || tap === undefined) throw new Error('a case is missing')
  return {
    title: 'Tap to signed receipt: phone, hub and lock as processes',
    settings,
    cases,
    budgets: [
      budget('p50 against the floor', tap.p50Ms, bare.p50Ms, 1.5),
      budget('p99 against the floor', tap.p99Ms, bare.p99Ms, 3),
    ],
  }
}

const codeCounts = [10, 1_000, 10_000] as const

async function measureKeypad(folder: string): Promise<Section> {
  const houses = await Promise.all(codeCounts.map((count) => openKeypadHouse(folder, count)))
  const settings = { rounds: 10, samplesPerRound: 5 }
  const entries = houses.map(
    (house, index) => [`${codeCounts[index]} codes`, house.enterCode] as const,
  )
  const [first] = houses
  if (first === undefined) throw new Error('a house is missing')
  const cases = await alternate(
    { 'one argon2id': first.hashOnce, ...Object.fromEntries(entries) },
    settings.rounds,
    settings.samplesPerRound,
  )
  await Promise.all(houses.map((house) => house.close()))
  const hash = cases['one argon2id']
  const budgets = entries.map(([name]) =>
    budget(
      `${name} against one hash`,
      cases[name]?.p50Ms ?? Number.NaN,
      hash?.p50Ms ?? Number.NaN,
      1.2,
    ),
  )
  return { title: 'Code at the keypad to bolt command', settings, cases, budgets }
}

async function measureStartUp(folder: string): Promise<Section> {
  const settings = { rounds: 10, samplesPerRound: 2 }
  const cases = await alternate(
    { 'bare node': bareNode, lock: lockStart(folder) },
    settings.rounds,
    settings.samplesPerRound,
  )
  await lockStopped()
  const { 'bare node': bare, lock } = cases
  const ratio = budget(
    'p50 against bare node',
    lock?.p50Ms ?? Number.NaN,
    bare?.p50Ms ?? Number.NaN,
    2,
  )
  return { title: 'Power-on to answering the keypad', settings, cases, budgets: [ratio] }
}

function print({ title, cases, budgets }: Section): void {
  say(`\n${title}`)
  for (const [name, { samples, p50Ms, p99Ms, minMs, maxMs }] of Object.entries(cases)) {
    say(
      `  ${name.padEnd(14)} p50 ${p50Ms} ms, p99 ${p99Ms} ms, ${minMs} to ${maxMs} ms, ${samples} samples`,
    )
  }
  for (const { what, ratio, budget: limit, met } of budgets) {
    say(`  ${met ? 'met   ' : 'MISSED'} ${what}: ${ratio} (budget ${limit})`)
  }
}

const folder = mkdtempSync(join(tmpdir(), 'mortise-bench-'))
try {
  const machine = describeMachine()
  say(
    `${machine.processor}, ${machine.cores} cores, ${machine.memoryGib} GiB, Node ${machine.node}`,
  )
  const sections: Section[] = []
  for (const measure of [measureTap, measureKeypad, measureStartUp]) {
    const section = await measure(folder)
    print(section)
    sections.push(section)
  }
  const path = join(import.meta.dirname, 'results.json')
  writeFileSync(
    path,
    `${JSON.stringify({ command: 'npm run bench', machine, sections }, undefined, 2)}\n`,
  )
  say(`\nWritten to ${path}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
