import { parseLiveEvent } from '@mortise/protocol/rest'
import type { LiveEvent } from '@mortise/protocol/rest'
import type { Browser } from '#hub/testing/browser.ts'
import { eventually } from '#hub/testing/eventually.ts'

type EventOf<Type extends LiveEvent['type']> = Extract<LiveEvent, { readonly type: Type }>

/** Follows the live stream of a signed-in browser. */
export interface StreamReader {
  readonly events: readonly LiveEvent[]
  /** The next event of that type, from the ones that came and were not taken yet. */
  readonly next: <Type extends LiveEvent['type']>(type: Type) => Promise<EventOf<Type>>
  /** Resolves when the hub ends it. */
  readonly ended: () => Promise<true>
  readonly stop: () => void
}

export async function openStream(browser: Browser): Promise<StreamReader> {
  const abort = new AbortController()
  const answer = await browser.request('/api/v1/events', { signal: abort.signal })
  const events: LiveEvent[] = []
  const state = { ended: false }
  void read(answer, events).finally(() => {
    state.ended = true
  })
  const reader: StreamReader = {
    events,
    next: (type) =>
      eventually(() => {
        const index = events.findIndex((event) => event.type === type)
        if (index === -1) return undefined
        return isOfType(events.splice(index, 1)[0], type)
      }, `an event ${type}`),
    ended: () => eventually(() => state.ended, 'the end of the stream'),
    stop: () => {
      abort.abort()
    },
  }
  await reader.next('ready')
  return reader
}

async function read(answer: Response, events: LiveEvent[]): Promise<void> {
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for await (const chunk of answer.body ?? []) {
      const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n\n')
      rest = parts.pop() ?? ''
      for (const part of parts) {
        const event = parseLiveEvent(part.replace(/^data: /, ''))
        if (event !== undefined) events.push(event)
      }
    }
  } catch {
    // Stopped by the test, or cut by the hub: both are an end.
  }
}

function isOfType<Type extends LiveEvent['type']>(
  event: LiveEvent | undefined,
  type: Type,
): EventOf<Type> | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- right behind the check of the tag.
  return event?.type === type ? (event as EventOf<Type>) : undefined
}
