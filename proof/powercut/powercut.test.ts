import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { seededRandom, testSeed } from '@mortise/protocol/testing'
import { deeds } from './deeds.ts'
import type { Moment } from './recorded-life.ts'
import { judgeCutPoint, openEveryCut, survey } from './survey.ts'

const root = mkdtempSync(join(tmpdir(), 'mortise-powercut-'))
after(() => rmSync(root, { recursive: true, force: true }))
const seed = testSeed()
const random = seededRandom(seed)
/** A sample in each run, another one in the next; `npm run powercut` opens all of them. */
const momentsMax = 3
const sample = { seed, orderedMax: 3, shuffled: 1 } as const

function some(moments: readonly Moment[]): readonly Moment[] {
  const left = [...moments]
  while (left.length > momentsMax) left.splice(random.next(left.length), 1)
  return left
}

for (const [name, deed] of Object.entries(deeds)) {
  if (deed.isLikeAnother === true) continue
  describe(`the power is cut during: ${name} (MORTISE_SEED=${seed})`, async () => {
    const surveyed = await survey(join(root, name), deed)
    const scratch = join(root, name, 'scratch')

    test('no commit is ever half there', (context) => {
      const chosen = some(surveyed.moments)
      const cuts = chosen.map((moment) => {
        const sectorBytes = random.next(2) === 0 ? 512 : 4096
        return openEveryCut(scratch, moment, surveyed.before, { ...sample, sectorBytes })
      })
      assert.ok(cuts.every((count) => count > 0))
      context.diagnostic(`${cuts.join(' + ')} cuts in ${surveyed.moments.length} commits`)
    })

    test('at each cut point the lock is right after the restart', async () => {
      for (const moment of some(surveyed.moments)) {
        await judgeCutPoint(scratch, surveyed, moment, deed)
      }
    })
  })
}
