import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { HubProcess } from './house.ts'

/** What somebody does with the hub's disk while the hub is down. */

/** Loses the whole database; the hub's identity and its secret for enrolment stay. */
export function loseDatabase(hub: HubProcess): void {
  for (const end of ['', '-wal', '-shm']) {
    rmSync(join(hub.data, `hub.sqlite${end}`), { force: true })
  }
}

/** Cuts entries out of the stored history, both ends included. */
export function cutHistory(hub: HubProcess, from: number, to: number): void {
  const database = new DatabaseSync(join(hub.data, 'hub.sqlite'))
  database.prepare('DELETE FROM entry WHERE sequence BETWEEN ? AND ?').run(from, to)
  database.close()
}

/** Flips one bit in the middle of a stored entry. */
export function alterHistory(hub: HubProcess, sequence: number): void {
  const database = new DatabaseSync(join(hub.data, 'hub.sqlite'))
  const row = database.prepare('SELECT bytes FROM entry WHERE sequence = ?').get(sequence)
  const bytes = row?.['bytes']
  if (bytes instanceof Uint8Array) {
    const at = bytes.length >> 1
    bytes[at] = (bytes[at] ?? 0) ^ 1
    database.prepare('UPDATE entry SET bytes = ? WHERE sequence = ?').run(bytes, sequence)
  }
  database.close()
}

/** Lets the time of the setup link be over, while the hub runs. */
export function expireSetupLink(hub: HubProcess): void {
  const database = new DatabaseSync(join(hub.data, 'hub.sqlite'))
  database.prepare('UPDATE setup_token SET expires_ms = ?').run(Date.now() - 1)
  database.close()
}
