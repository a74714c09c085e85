import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { MortiseError } from '@mortise/protocol/errors'
import type { RecordStore } from './record.ts'
import { decodeRecord, encodeRecord } from './record.ts'

/**
 * Keeps the record in one file, replaced as a whole by rename, so that kill -9 leaves the old or
 * the new one. It is not synced to the disk: a real bolt would not forget at a power cut, but the
 * lock must not wait for its model, and a test that cuts the power of the machine has no bolt.
 * @throws MortiseError `doorStateUnreadable` (world) from `load` and `doorStateUnwritable` (world)
 * from `save`.
 */
export function createFileStore(path: string): RecordStore {
  const temporaryPath = `${path}.new`
  let folderMade = false
  return {
    load() {
      const text = readIfThere(path)
      return text === undefined ? undefined : decodeRecord(text)
    },
    save(record) {
      try {
        if (!folderMade) mkdirSync(dirname(path), { recursive: true })
        folderMade = true
        writeFileSync(temporaryPath, encodeRecord(record), { mode: 0o600 })
        renameSync(temporaryPath, path)
      } catch (cause) {
        throw new MortiseError('world', 'doorStateUnwritable', 'virtual door state: not saved', {
          cause,
        })
      }
    },
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
    throw new MortiseError('world', 'doorStateUnreadable', 'virtual door state: not readable', {
      nextStep: 'Check who may read the file.',
      cause,
    })
  }
}
