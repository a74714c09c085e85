import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { live } from './killed-life.ts'
import { scenarios } from './scenarios.ts'
import { readDisk } from './kept.ts'
import { judge } from './verdict.ts'
import type { Kept } from './kept.ts'

const root = mkdtempSync(join(tmpdir(), 'mortise-proof-crash-'))
after(() => rmSync(root, { recursive: true, force: true }))

/** Lives are short, and most of each would be spent on reading the same source. */
const compileCache = join(root, 'compile-cache')

/** Nobody has written here before the first start. */
const nothing: Kept = { pinTags: [], bindings: [], usages: [], entries: [] }

for (const [name, { prepare, darkMs = 0 }] of Object.entries(scenarios)) {
  describe(`killed during: ${name}`, () => {
    const place = (life: string): string => join(root, name, life)
    const isNew = prepare === undefined
    if (!isNew) live('prepare', name, place('prepared'), { compileCache })
    const before = isNew ? nothing : readDisk(place('prepared'))
    /** One copy of the lock as the scenario finds it. */
    const begin = (life: string): string => {
      if (!isNew) cpSync(place('prepared'), place(life), { recursive: true })
      return place(life)
    }
    const whole = begin('whole')
    const undisturbed = live('deed', name, whole, { compileCache })
    const after = readDisk(whole)

    test('the deed is done when nobody interferes', async (context) => {
      const { killed, reached } = undisturbed
      context.diagnostic(`${reached} write points`)
      assert.equal(killed, false)
      assert.ok(reached > 0)
      await judge(whole, before, after, undisturbed, { aheadMs: darkMs })
    })
    for (let crashAt = 1; crashAt <= undisturbed.reached; crashAt += 1) {
      test(`write point ${crashAt} of ${undisturbed.reached}`, async () => {
        const folder = begin(String(crashAt))
        const life = live('deed', name, folder, { crashAt, compileCache })
        assert.ok(life.killed)
        await judge(folder, before, after, life, { aheadMs: darkMs })
        rmSync(folder, { recursive: true })
      })
    }
  })
}

describe('a store that only claims to be durable is found out', () => {
  for (const [name, why] of [
    ['unlock by phone', 'a movement without an intent to unlock'],
    ['wrong code', 'a code was compared and not counted'],
    ['wrong voice PIN', 'a code was compared and not counted'],
  ] as const) {
    test(`${name}: ${why}`, async () => {
      const folder = (life: string): string => join(root, `late ${name}`, life)
      live('prepare', name, folder('prepared'), { compileCache })
      const before = readDisk(folder('prepared'))
      const found = new Set<string>()
      for (let crashAt = 1, killed = true; killed; crashAt += 1) {
        const place = folder(String(crashAt))
        cpSync(folder('prepared'), place, { recursive: true })
        const life = live('deed', name, place, { crashAt, compileCache, lateStore: true })
        killed = life.killed && !found.has(why)
        if (killed)
          await judge(place, before, before, life).catch((e: Error) => found.add(e.message))
      }
      assert.ok(found.has(why), [...found].join())
    })
  }
})
