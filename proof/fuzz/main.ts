import { parseArgs } from 'node:util'
import { testSeed } from '@mortise/protocol/testing'
import { fuzz } from './run.ts'
import { allTargets } from './targets/index.ts'

const help = `npm run fuzz -- [--count 1000000] [--only part-of-a-name] [--seed 7]

Feeds every decoder that many inputs and prints what became of them. Ends with the first finding.
`

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000000' },
    only: { type: 'string', default: '' },
    seed: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
})
const count = Number(values.count)
const seed = values.seed === undefined ? testSeed() : Number(values.seed)
const isUsable = Number.isSafeInteger(count) && count > 0 && Number.isSafeInteger(seed)
if (values.help || !isUsable) {
  process.stdout.write(help)
  process.exit(values.help ? 0 : 2)
}

// Refusals are thrown by the million, and nobody reads their stacks.
Error.stackTraceLimit = 0
process.stdout.write(`seed ${seed}, ${count} inputs per decoder\n`)
for (const target of allTargets(seed).filter(({ name }) => name.includes(values.only))) {
  const startMs = performance.now()
  const { verdicts } = fuzz(target, { seed, count })
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1)
  const shown = [...verdicts]
    .toSorted(([, left], [, right]) => right - left)
    .map(([verdict, times]) => `${verdict} ${times}`)
  process.stdout.write(`${target.name}: ${seconds} s; ${shown.join(', ')}\n`)
}
