import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Link, LinkedLock, RequestOutcome, Upload } from './link.ts'

/** The other end of one connection, as a hub has it. */
export interface FarEnd {
  /** What comes next of that kind; other kinds may come between. */
  readonly state: () => Promise<Uint8Array>
  readonly policyReport: () => Promise<Uint8Array>
  readonly upload: () => Promise<Omit<Upload, 'lastSequence'>>
  /** Hands a sealed request over; resolves with what comes back for it. */
  readonly request: (sealed: Uint8Array) => Promise<RequestOutcome>
  /** Says that everything up to `sequence` is durable. */
  readonly acknowledge: (sequence: number) => void
  /** Cuts the connection without a goodbye. */
  readonly cut: () => Promise<void>
}

export interface LinkSubject {
  readonly link: Link
  /** Lets the next connection in, with a copy of the journal up to that sequence. */
  readonly accept: (lastSequence: number) => Promise<FarEnd>
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** A lock with a journal of one-byte entries, which answers a request when the test says so. */
function createLock(entryCount: number) {
  const entries = Array.from({ length: entryCount }, (_, index) => Uint8Array.of(index + 1))
  const acknowledged: number[] = []
  const reached: boolean[] = []
  const waiting: { readonly respond: (outcome: RequestOutcome) => void }[] = []
  let arrived = (): void => {}
  const lock: LinkedLock = {
    lockId: new Uint8Array(32),
    newestPolicy: () => {},
    refused: () => {},
    reached: (up) => void reached.push(up),
    newestSequence: () => entries.length,
    signedState: () => bytes(`state after ${entries.length}`),
    signedPolicyReport: () => bytes('policy'),
    uploadAfter(sequence) {
      const part = entries.slice(sequence)
      const lastSequence = sequence + part.length
      return part.length === 0
        ? undefined
        : { entries: part, signedHead: bytes('head'), lastSequence }
    },
    acknowledged: (sequence) => void acknowledged.push(sequence),
    request(sealed, respond) {
      if (sealed.length === 1) respond({ type: 'reply', sealed: Uint8Array.of(...sealed, 0) })
      else {
        waiting.push({ respond })
        arrived()
      }
    },
  }
  return {
    lock,
    acknowledged,
    reached,
    append: () => void entries.push(Uint8Array.of(entries.length + 1)),
    /** The next request that waits for its answer. */
    held: async () => {
      const next = waiting.shift()
      if (next !== undefined) return next
      await new Promise<void>((resolve) => (arrived = resolve))
      const late = waiting.shift()
      assert.ok(late)
      return late
    },
  }
}

/** The contract of `Link`; see the comment on the interface. */
export function linkContract(name: string, makeSubject: () => Promise<LinkSubject>): void {
  const opened = async (entryCount = 0, lastSequence = 0) => {
    const subject = await makeSubject()
    const fake = createLock(entryCount)
    subject.link.start(fake.lock)
    return { ...subject, ...fake, far: await subject.accept(lastSequence) }
  }

  describe(`${name} keeps the link contract`, () => {
    test('state and policy report come by themselves after connecting', async () => {
      const { far, link } = await opened()
      assert.deepEqual(await far.state(), bytes('state after 0'))
      assert.deepEqual(await far.policyReport(), bytes('policy'))
      await link.close()
    })

    test('the journal is uploaded from where the other copy ends', async () => {
      const { far, link } = await opened(4, 2)
      const { entries } = await far.upload()
      assert.deepEqual(entries, [Uint8Array.of(3), Uint8Array.of(4)])
      await link.close()
    })

    test('a grown journal and a new state are told, with the newest content', async () => {
      const { far, link, append } = await opened()
      await far.state()
      append()
      append()
      link.journalGrew()
      link.stateChanged()
      assert.deepEqual(await far.state(), bytes('state after 2'))
      assert.equal((await far.upload()).entries.length, 2)
      await link.close()
    })

    test('a request is handed over, and its reply comes back', async () => {
      const { far, link } = await opened()
      assert.deepEqual(await far.request(Uint8Array.of(7)), {
        type: 'reply',
        sealed: Uint8Array.of(7, 0),
      })
      await link.close()
    })

    test('an acknowledgement is believed up to what was sent', async () => {
      const { far, link, acknowledged } = await opened(2)
      await far.upload()
      far.acknowledge(1_000)
      // What is answered after it shows that it has arrived.
      await far.request(Uint8Array.of(1))
      assert.equal(acknowledged.at(-1), 2)
      await link.close()
    })

    test('a claim of more entries than there are moves nothing beyond the newest', async () => {
      const { far, link, acknowledged } = await opened(2, 1_000)
      await far.request(Uint8Array.of(1))
      assert.ok(acknowledged.every((sequence) => sequence <= 2))
      await link.close()
    })

    test('it comes back by itself, and a reply of the cut connection goes nowhere', async () => {
      const { far, link, accept, held } = await opened()
      void far.request(Uint8Array.of(1, 2))
      const late = await held()
      await far.cut()
      const next = await accept(0)
      late.respond({ type: 'reply', sealed: Uint8Array.of(9) })
      assert.deepEqual(await next.request(Uint8Array.of(7)), {
        type: 'reply',
        sealed: Uint8Array.of(7, 0),
      })
      await link.close()
    })

    test('the lock is told whether the other side is there, and that it is not yet', async () => {
      const { far, link, accept, reached } = await opened()
      await far.request(Uint8Array.of(7))
      assert.deepEqual(reached, [false, true])
      await far.cut()
      await (await accept(0)).request(Uint8Array.of(7))
      assert.deepEqual(new Set(reached.slice(2)), new Set([false, true]))
      assert.equal(reached.at(-1), true)
      await link.close()
    })

    test('notices before the connection stands are harmless', async () => {
      const subject = await makeSubject()
      const { lock } = createLock(1)
      subject.link.start(lock)
      subject.link.stateChanged()
      subject.link.policyChanged()
      subject.link.journalGrew()
      const far = await subject.accept(0)
      assert.equal((await far.upload()).entries.length, 1)
      await subject.link.close()
    })
  })
}
