import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeMachine } from '#proof/bench/machine.ts'
import type { Measure, Section } from '#proof/bench/section.ts'
import { measureDecide } from '#proof/bench/sections/decide.ts'
import { measureIntake } from '#proof/bench/sections/intake.ts'
import { measureKeypad } from '#proof/bench/sections/keypad.ts'
import { measureMemory } from '#proof/bench/sections/memory.ts'
import { measureSimulator } from '#proof/bench/sections/simulator.ts'
import { measureStartUp } from '#proof/bench/sections/start-up.ts'
import { measureTap } from '#proof/bench/sections/tap.ts'

/** `npm run bench` measures all and writes results.json; `npm run bench -- tap decide` only prints these. */
const measures: Readonly<Record<string, Measure>> = {
  tap: measureTap,
  keypad: measureKeypad,
  decide: measureDecide,
  intake: measureIntake,
  startUp: measureStartUp,
  memory: measureMemory,
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

const chosen = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'mortise-bench-'))
try {
  const machine = describeMachine()
  say(
    `${machine.processor}, ${machine.cores} cores, ${machine.memoryGib} GiB, Node ${machine.node}, load ${machine.load}`,
  )
  const sections: Section[] = []
  for (const [name, measure] of Object.entries(measures)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue
    const section = await measure(folder)
    print(section)
    sections.push(section)
  }
  const path = join(import.meta.dirname, 'results.json')
  const results = { command: 'npm run bench', machine, sections }
  if (chosen.length === 0) {
    writeFileSync(path, `${JSON.stringify(results, undefined, 2)}\n`)
    say(`\nWritten to ${path}`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
