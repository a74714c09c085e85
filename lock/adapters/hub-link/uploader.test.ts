import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Upload } from '#lock/ports/link.ts'
import { createUploader } from './uploader.ts'

/** An uploader over so many entries, whose hub has the first; three go into an upload. */
function begin(entries: number, prunedThrough = 0) {
  const sent: Upload[] = []
  const acknowledged: number[] = []
  const waits = new Set<() => void>()
  const journal = { newest: entries, prunedThrough }
  const uploader = createUploader(
    {
      lock: {
        lockId: new Uint8Array(32),
        newestPolicy: () => {},
        refused: () => {},
        reached: () => {},
        newestSequence: () => journal.newest,
        signedState: () => new Uint8Array(),
        signedPolicyReport: () => undefined,
        uploadAfter: (sequence) => {
          const after = Math.max(sequence, journal.prunedThrough)
          const length = Math.min(3, journal.newest - after)
          const upload = {
            entries: Array.from({ length }, (_, index) => Uint8Array.of(after + 1 + index)),
            signedHead: new Uint8Array(),
            lastSequence: after + length,
          }
          return length > 0 ? upload : undefined
        },
        acknowledged: (sequence) => void acknowledged.push(sequence),
        request: () => assert.fail('no request'),
      },
      send: (upload) => void sent.push(upload),
      timers: {
        set: (_delayMs, run) => {
          waits.add(run)
          return () => void waits.delete(run)
        },
      },
      acknowledgeMs: 1,
      stalled: () => {},
    },
    1,
  )
  uploader.pump()
  return { uploader, sent, acknowledged, waits, journal }
}

test('a hub that takes none of an upload is not waited for, and not sent more', () => {
  const { uploader, sent, acknowledged, waits, journal } = begin(3)
  assert.deepEqual([sent.length, waits.size], [1, 1])
  uploader.acknowledge(1)
  assert.equal(waits.size, 0)
  journal.newest += 1
  uploader.pump()
  assert.equal(sent.length, 1)
  assert.deepEqual(acknowledged, [1])
})

test('a hub that takes a part is waited for until it has the rest', () => {
  const { uploader, sent, acknowledged, waits } = begin(5)
  uploader.acknowledge(2)
  assert.deepEqual([sent.length, waits.size], [1, 1])
  uploader.acknowledge(4)
  assert.deepEqual([sent.length, waits.size], [2, 1])
  uploader.acknowledge(0)
  assert.equal(waits.size, 1)
  assert.deepEqual(acknowledged, [1, 2, 4])
})

test('what the lock has removed is left out, and the rest follows', () => {
  const { uploader, sent, acknowledged, waits } = begin(9, 4)
  assert.deepEqual(sent[0]?.entries, [Uint8Array.of(5), Uint8Array.of(6), Uint8Array.of(7)])
  uploader.acknowledge(7)
  assert.deepEqual(sent[1]?.entries, [Uint8Array.of(8), Uint8Array.of(9)])
  uploader.acknowledge(9)
  assert.deepEqual([acknowledged, waits.size], [[1, 7, 9], 0])
})

test('a hub that takes nothing above a gap is not waited for', () => {
  const { uploader, acknowledged, waits } = begin(9, 4)
  uploader.acknowledge(4)
  assert.deepEqual([acknowledged, waits.size], [[1], 0])
})
