import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openHub } from '@mortise/hub'
import type { OpenHub } from '@mortise/hub'
import { MortiseError } from '@mortise/protocol/errors'
import { linkFrameMessage } from '@mortise/protocol/wire'
import type { Case } from '#proof/bench/statistics.ts'
import { createWritingLock } from '#proof/bench/writing-lock.ts'
import type { WritingLock, WrittenUpload } from '#proof/bench/writing-lock.ts'

/** A hub with locks that upload, and beside it SQLite alone, which stores the same bytes as durably. */
export interface IntakeHouse {
  /** From the bytes of one frame of each lock to the last acknowledgement. */
  readonly uploads: (entries: number) => Case
  /** The same entries inserted in one transaction. */
  readonly raw: (entries: number) => Case
  /** What one tap leaves: two entries and a state. */
  readonly tap: Case
  readonly rawTap: Case
  readonly close: () => Promise<void>
}

export async function openIntakeHouse(folder: string, locks: number): Promise<IntakeHouse> {
  const hub = await openHub({ data: join(folder, 'intake') })
  const writing = Array.from({ length: locks }, createWritingLock)
  for (const { id, lockKey, sealingKey } of writing) {
    await hub.services.store.saveLock({ lockId: id, lockKey, sealingKey, sinceMs: 0 })
  }
  const [first] = writing
  if (first === undefined) throw new RangeError('no lock')
  const sqlite = openRaw(join(folder, 'intake-raw.db'))
  return {
    uploads: (entries) => uploadsOf(hub, writing, entries),
    raw: (entries) => rawOf(sqlite, locks, entries),
    tap: tapOf(hub, first),
    rawTap: rawTapOf(sqlite),
    async close() {
      sqlite.database.close()
      await hub.close()
    },
  }
}

function uploadsOf(hub: OpenHub, locks: readonly WritingLock[], entries: number): Case {
  let sent: readonly WrittenUpload[] = []
  return {
    before() {
      sent = locks.map((lock) => lock.nextUpload(entries))
      return Promise.resolve()
    },
    async run() {
      await Promise.all(
        locks.map(async (lock, index) => {
          const upload = sent[index]
          if (upload !== undefined) await takeUpload(hub, lock, upload)
        }),
      )
    },
  }
}

async function takeUpload(hub: OpenHub, lock: WritingLock, upload: WrittenUpload): Promise<void> {
  const frame = linkFrameMessage.decode(upload.frame)
  if (frame.type !== 'events') throw new RangeError('no upload')
  const durable = await hub.services.intake.events(lock.id, { entries: [] }, frame)
  if (durable === upload.lastSequence) return
  throw new MortiseError('bug', 'benchWrong', 'the hub did not take an upload')
}

function tapOf(hub: OpenHub, lock: WritingLock): Case {
  let left: { readonly upload: WrittenUpload; readonly state: Uint8Array } | undefined
  return {
    before() {
      left = { upload: lock.nextUpload(2), state: lock.nextState() }
      return Promise.resolve()
    },
    async run() {
      if (left === undefined) return
      const frame = linkFrameMessage.decode(left.state)
      if (frame.type !== 'state') throw new RangeError('no state')
      const state = hub.services.intake.state(lock.id, frame.signed)
      await takeUpload(hub, lock, left.upload)
      await state
    },
  }
}

/** The hub's settings of SQLite and its table of entries, and nothing else of it. */
function openRaw(path: string) {
  const database = new DatabaseSync(path)
  database.exec('pragma journal_mode = wal; pragma synchronous = full')
  database.exec(`
    create table entry (lock_id text not null, sequence integer not null, bytes blob not null,
      primary key (lock_id, sequence)) strict, without rowid;
    create table lock (id text primary key, state blob) strict`)
  return {
    database,
    begin: database.prepare('begin immediate'),
    commit: database.prepare('commit'),
    insert: database.prepare('insert into entry (lock_id, sequence, bytes) values (?, ?, ?)'),
    putState: database.prepare('replace into lock (id, state) values (?, ?)'),
  }
}

type Raw = ReturnType<typeof openRaw>

function rawOf({ begin, insert, commit }: Raw, locks: number, entries: number): Case {
  const writing = Array.from({ length: locks }, createWritingLock)
  let sent: readonly (readonly [id: string, upload: WrittenUpload])[] = []
  return {
    before() {
      sent = writing.map((lock) => [lock.id, lock.nextUpload(entries)] as const)
      return Promise.resolve()
    },
    run() {
      begin.run()
      for (const [id, upload] of sent) {
        let sequence = upload.lastSequence - upload.entries.length
        for (const bytes of upload.entries) insert.run(id, (sequence += 1), bytes)
      }
      commit.run()
      return Promise.resolve()
    },
  }
}

function rawTapOf({ begin, insert, putState, commit }: Raw): Case {
  const lock = createWritingLock()
  let left: { readonly upload: WrittenUpload; readonly state: Uint8Array } | undefined
  return {
    before() {
      left = { upload: lock.nextUpload(2), state: lock.nextState() }
      return Promise.resolve()
    },
    run() {
      if (left === undefined) return Promise.resolve()
      const { entries, lastSequence } = left.upload
      begin.run()
      let sequence = lastSequence - entries.length
      for (const bytes of entries) insert.run(lock.id, (sequence += 1), bytes)
      putState.run(lock.id, left.state)
      commit.run()
      return Promise.resolve()
    },
  }
}
