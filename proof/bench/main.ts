import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeMachine } from '#proof/bench/machine.ts'
import type { Measure, Section } from '#proof/bench/section.ts'
import { measureDecide } from '#proof/bench/sections/decide.ts'
import { measureIntake } from '#proof/bench/sections/intake.ts'
import { measureKeypad } from '#proof/bench/sections/keypad.ts'
import { measureLongLife } from '#proof/bench/sections/long-life.ts'
import { measureMemory } from '#proof/bench/sections/memory.ts'
import { measureSimulator } from '#proof/bench/sections/simulator.ts'
import { measureStartUp } from '#proof/bench/sections/start-up.ts'
import { measureTap } from '#proof/bench/sections/tap.ts'
import { z } from 'zod'

/** `npm run bench` measures all of them, `npm run bench -- tap decide` these two. */
const measures: Readonly<Record<string, Measure>> = {
  tap: measureTap,
  keypad: measureKeypad,
  decide: measureDecide,
  intake: measureIntake,
  startUp: measureStartUp,
  memory: measureMemory,
  longLife: measureLongLife,
  simulator: measureSimulator,
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

function print({ title, cases, findings }: Section): void {
  say(`\n${title}`)
  for (const [name, { samples, p50Ms, p99Ms, minMs, maxMs }] of Object.entries(cases)) {
    say(
      `  ${name.padEnd(20)} p50 ${p50Ms} ms, p99 ${p99Ms} ms, ${minMs} to ${maxMs} ms, ${samples} samples`,
    )
  }
  for (const { what, value, budget, met } of findings) {
    if (budget === undefined) say(`         ${what}: ${value}`)
    else say(`  ${met === true ? 'met   ' : 'MISSED'} ${what}: ${value} (budget ${budget})`)
  }
}

const path = join(import.meta.dirname, 'results.json')
const kept = z.object({
  command: z.string(),
  // A file of an older form counts as empty.
  topics: z.record(z.string(), z.unknown()).default({}),
})

/** Each topic with the commit and the machine of its own run; the others stay as they are. */
function keep(name: string, section: Section): void {
  const before = existsSync(path)
    ? kept.parse(JSON.parse(readFileSync(path, 'utf8')))
    : { command: 'npm run bench', topics: {} }
  const topics = { ...before.topics, [name]: { machine: describeMachine(), ...section } }
  writeFileSync(path, `${JSON.stringify({ ...before, topics }, undefined, 2)}\n`)
}

const chosen = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'mortise-bench-'))
try {
  const { processor, cores, memoryGib, node, load } = describeMachine()
  say(`${processor}, ${cores} cores, ${memoryGib} GiB, Node ${node}, load ${load}`)
  for (const [name, measure] of Object.entries(measures)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue
    const section = await measure(folder)
    print(section)
    keep(name, section)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
