import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const folder = mkdtempSync(join(tmpdir(), 'mortise-full-disk-'))
after(() => rmSync(folder, { recursive: true, force: true }))
mkdirSync(join(folder, 'lock'))

const child = fileURLToPath(new URL('full-disk-child.ts', import.meta.url))
const mounts = `mount -t tmpfs -o size=3m,mode=0700 tmpfs "$1/lock"`

/** Runs a command with a small disk of its own in `folder`, which is gone with it. */
function onSmallDisk(command: string, ...more: readonly string[]) {
  const script = `${mounts} && exec ${command}`
  const all = ['-rm', 'sh', '-c', script, 'sh', folder, ...more]
  return spawnSync('unshare', all, { encoding: 'utf8' })
}

/** Linux lets an ordinary user mount a disk in memory where user namespaces are not switched off. */
const canMount = onSmallDisk('true').status === 0

const count = z.number()
const shape = {
  asked: count,
  freeBytes: count,
  opened: count,
  reserve: z.string(),
  openedAgain: count,
  journalFrom: count,
}

/** Real `ENOSPC` of a real file system; the store's own bound is tried beside the store. */
test(
  'on a disk that is full to the last byte every code and every phone still moves the bolt, also after a restart',
  { skip: canMount ? false : 'this system lets nobody mount a small disk' },
  () => {
    const { status, stdout, stderr } = onSmallDisk('"$2" "$3" "$1"', process.execPath, child)
    assert.equal(status, 0, stderr)
    const told = z.object(shape).parse(JSON.parse(stdout))
    const { freeBytes, asked, opened, openedAgain, reserve, journalFrom } = told
    assert.deepEqual([freeBytes, opened, openedAgain], [0, asked, asked])
    assert.notEqual(reserve, 'whole')
    assert.ok(journalFrom > 1, 'old entries made room')
  },
)
