import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { STORE_FILE } from '@mortise/lock/testing'
import { cutsBetween } from './cuts.ts'
import { readImage, writeImage } from './image.ts'

/**
 * The controls: what the cuts find in stores that promise too much. A plain table of SQLite stands
 * for the lock's store, so that only its settings are on trial.
 */
const root = mkdtempSync(join(tmpdir(), 'mortise-cuts-'))
after(() => rmSync(root, { recursive: true, force: true }))

interface Settings {
  readonly isPowersafe: boolean
  readonly mode: 'wal' | 'off'
}

function open(folder: string, { isPowersafe, mode }: Settings): DatabaseSync {
  const location = pathToFileURL(join(folder, 'lock', STORE_FILE))
  location.searchParams.set('psow', isPowersafe ? '1' : '0')
  const database = new DatabaseSync(location)
  database.exec(`pragma locking_mode = exclusive; pragma journal_mode = ${mode}`)
  // Every other commit is written back, and the next one begins the log anew.
  database.exec('pragma synchronous = full; pragma wal_autocheckpoint = 5')
  return database
}

/** How many rows there are after a start; undefined when it cannot be read. */
function rowsIn(folder: string, settings: Settings): number | undefined {
  try {
    const database = open(folder, settings)
    const count = database.prepare('select count(*) as rows from facts').get()?.['rows']
    const sound = database.prepare('pragma integrity_check').get()?.['integrity_check']
    database.close()
    return sound === 'ok' && typeof count === 'number' ? count : undefined
  } catch {
    return undefined
  }
}

/** The cuts of some commits that lose a row of an earlier commit, or leave no database. */
function findFaults(name: string, settings: Settings): readonly string[] {
  const [lived, empty, cut] = ['lived', 'empty', 'cut'].map((part) => join(root, name, part))
  assert.ok(lived !== undefined && empty !== undefined && cut !== undefined)
  for (const folder of [lived, empty]) mkdirSync(join(folder, 'lock'), { recursive: true })
  const database = open(lived, settings)
  database.exec('create table facts (fact blob)')
  const insert = database.prepare('insert into facts values (?)')
  const faults: string[] = []
  for (let rows = 0; rows < 4; rows += 1) {
    const before = readImage(lived)
    insert.run(new Uint8Array(900).fill(rows))
    const after = readImage(lived)
    const options = { sectorBytes: 512, seed: rows + 1, orderedMax: 6, shuffled: 1 } as const
    for (const each of cutsBetween(before, after, options)) {
      writeImage(cut, each.image(), empty)
      const found = rowsIn(cut, settings)
      if (found !== rows && found !== rows + 1) faults.push(`${each.name}: ${found} after ${rows}`)
    }
  }
  database.close()
  return faults
}

describe('cuts find out', () => {
  test('nothing about a log that fills its last block before it is called durable', () => {
    assert.deepEqual(findFaults('padded', { isPowersafe: false, mode: 'wal' }), [])
  })
  test('a log that shares its last block with the next commit', () => {
    const faults = findFaults('shared', { isPowersafe: true, mode: 'wal' })
    assert.ok(
      faults.some((fault) => fault.includes('torn')),
      faults.join('\n'),
    )
  })
  test('a database that is written without a log', () => {
    const faults = findFaults('bare', { isPowersafe: false, mode: 'off' })
    assert.ok(faults.length > 0)
  })
})
