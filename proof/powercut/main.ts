import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { testSeed } from '@mortise/protocol/testing'
import { deeds } from './deeds.ts'
import { judgeCutPoint, openEveryCut, survey } from './survey.ts'

const help = `npm run powercut -- [--deed TEXT] [--seed N] [--shuffled 20]

Cuts the power in every commit of each deed, after each sector of 512 and of 4096 bytes, whole and
torn, and so often with sectors written in an order of their own; opens the store on each, and judges
the lock at each cut point. --deed keeps the deeds whose name contains the text.
`

const say = (text: string): void => void process.stdout.write(`${text}\n`)

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      deed: { type: 'string', default: '' },
      seed: { type: 'string', default: String(testSeed()) },
      shuffled: { type: 'string', default: '20' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return say(help)
  const options = { seed: Number(values.seed), shuffled: Number(values.shuffled) }
  const root = mkdtempSync(join(tmpdir(), 'mortise-powercut-'))
  const scratch = join(root, 'scratch')
  let [commits, cuts] = [0, 0]
  const startMs = performance.now()
  try {
    for (const [name, deed] of Object.entries(deeds)) {
      if (!name.includes(values.deed)) continue
      const surveyed = await survey(join(root, name), deed)
      let opened = 0
      for (const moment of surveyed.moments) {
        for (const sectorBytes of [512, 4096] as const) {
          opened += openEveryCut(scratch, moment, surveyed.before, {
            ...options,
            sectorBytes,
          })
        }
        await judgeCutPoint(scratch, surveyed, moment, deed)
      }
      say(`${name}: ${surveyed.moments.length} commits, ${opened} cuts, all right`)
      commits += surveyed.moments.length
      cuts += opened
    }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
  const seconds = Math.round((performance.now() - startMs) / 1000)
  say(JSON.stringify({ seed: options.seed, commits, cuts, seconds }))
}

await main()
