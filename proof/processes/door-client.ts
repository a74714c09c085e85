import assert from 'node:assert/strict'
import type { DoorSnapshot } from '@mortise/lock/testing'
import { MortiseError } from '@mortise/protocol/errors'

type BoltEnd = 'extended' | 'retracted'

/** The virtual door's HTTP interface, as scripts use it. */
export interface DoorClient {
  readonly url: string
  readonly look: () => Promise<DoorSnapshot>
  /** Types a whole entry; the door confirms it. Resolves to the answer of the lights. */
  readonly type: (keys: string) => Promise<NonNullable<DoorSnapshot['lastAnswer']>['signal']>
  readonly pressInsideButton: () => Promise<DoorSnapshot>
  /** The text beside the inside button, once it stands there. */
  readonly setupText: () => Promise<string>
  readonly moveLeaf: (open: boolean) => Promise<DoorSnapshot>
  readonly turnThumb: (to: BoltEnd) => Promise<DoorSnapshot>
  /** Any other act: `tamper`, `power`, `fault` ... */
  readonly act: (path: string, body?: object) => Promise<DoorSnapshot>
  /** The first snapshot for which it is true, from this moment on. */
  readonly until: (what: string, is: (door: DoorSnapshot) => boolean) => Promise<DoorSnapshot>
}

/** Long enough for the slowest machine; a door that does not get there is a failure. */
const patienceMs = 20_000

export function createDoorClient(url: string): DoorClient {
  const act = async (path: string, body: object = {}): Promise<DoorSnapshot> => {
    const response = await fetch(`${url}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const text = await response.text()
    assert.equal(response.status, 200, `${path}: ${text}`)
    return readSnapshot(text)
  }
  const look = async (): Promise<DoorSnapshot> => {
    const response = await fetch(`${url}/door`)
    return readSnapshot(await response.text())
  }
  const until: DoorClient['until'] = (what, is) => follow(url, what, is)
  return {
    url,
    look,
    act,
    until,
    async type(keys) {
      const before = (await look()).lastAnswer?.number ?? 0
      await act('keypad', { keys })
      const { lastAnswer } = await until(
        `an answer to what was typed`,
        (door) => (door.lastAnswer?.number ?? 0) > before,
      )
      assert.ok(lastAnswer)
      return lastAnswer.signal
    },
    pressInsideButton: () => act('inside-button'),
    async setupText() {
      const { setupCode } = await until('a setup code', (door) => door.setupCode !== null)
      assert.ok(setupCode)
      return setupCode.text
    },
    moveLeaf: (open) => act('leaf', { open }),
    turnThumb: (to) => act('thumbturn', { to }),
  }
}

async function follow(
  url: string,
  what: string,
  is: (door: DoorSnapshot) => boolean,
): Promise<DoorSnapshot> {
  const stop = new AbortController()
  let last: DoorSnapshot | undefined
  try {
    const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(patienceMs)])
    const response = await fetch(`${url}/events`, { signal })
    assert.ok(response.body)
    for await (const data of dataLines(response.body)) {
      last = readSnapshot(data)
      if (is(last)) return last
    }
  } catch (cause) {
    const seen = JSON.stringify(last)
    throw new MortiseError('world', 'doorNotThere', `waited for ${what}; the door is ${seen}`, {
      cause,
    })
  } finally {
    stop.abort()
  }
  throw new MortiseError('world', 'doorGone', `waited for ${what}; the stream ended`)
}

/** HTML Living Standard section 9.2.6, as far as this door uses it: one `data` line per event. */
async function* dataLines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.startsWith('data: ')) yield line.slice('data: '.length)
  }
}

function readSnapshot(text: string): DoorSnapshot {
  const value: unknown = JSON.parse(text)
  assert.ok(isSnapshot(value), `not a door: ${text}`)
  return value
}

/** The door is our own program; that it is one is all that is worth checking here. */
function isSnapshot(value: unknown): value is DoorSnapshot {
  return typeof value === 'object' && value !== null && 'simulation' in value && 'bolt' in value
}
