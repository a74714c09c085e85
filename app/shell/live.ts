import type { Contact } from '@mortise/keyholder'
import { followState, KeyholderError } from '@mortise/keyholder'
import { eventsUrl, heartbeatSeconds, parseLiveEvent } from '@mortise/protocol/rest'
import type { LiveEvent } from '@mortise/protocol/rest'
import type { Dispatch } from '#app/state/app/action.ts'
import type { LivePort } from '#app/state/app/ports.ts'

export interface LiveParts {
  readonly hubOrigin: string
  readonly contactOf: (lockId: string) => Contact | undefined
}

const reconnectFirstMs = 2_000
const reconnectMaxMs = 30_000
/** Two heartbeats that did not come (see `heartbeatSeconds`). */
const silenceMs = heartbeatSeconds * 2_000 + 5_000

/**
 * Follows the hub's stream. The browser reconnects by itself after a broken line; after a refusal,
 * or when heartbeats stay away, this does.
 */
export function hubLive({ hubOrigin, contactOf }: LiveParts): LivePort {
  let source: EventSource | undefined
  let again: ReturnType<typeof setTimeout> | undefined
  let silence: ReturnType<typeof setTimeout> | undefined
  let wasOpen = false
  let failures = 0

  const stop = (): void => {
    clearTimeout(again)
    again = undefined
    clearTimeout(silence)
    source?.close()
    source = undefined
  }

  const start = (dispatch: Dispatch): void => {
    stop()
    const stream = new EventSource(eventsUrl(hubOrigin), { withCredentials: true })
    source = stream
    const lose = (): void => {
      stop()
      const waitMs = Math.min(reconnectMaxMs, reconnectFirstMs * 2 ** failures)
      failures += 1
      again = setTimeout(() => start(dispatch), waitMs)
      dispatch({ type: 'liveLost' })
    }
    const heard = (): void => {
      clearTimeout(silence)
      silence = setTimeout(lose, silenceMs)
    }
    stream.addEventListener('message', ({ data }) => {
      heard()
      const event = typeof data === 'string' ? parseLiveEvent(data) : undefined
      if (event === undefined) return
      if (event.type === 'ready') {
        failures = 0
        dispatch({ type: 'liveOpened' })
        // What happened between two connections was told to nobody.
        if (wasOpen) dispatch({ type: 'doorsChanged' })
        wasOpen = true
      } else tell(event, dispatch, contactOf)
    })
    stream.addEventListener('error', () => {
      if (source === stream) lose()
    })
    heard()
  }

  return {
    open: (dispatch) => {
      const isUnderWay = source !== undefined || again !== undefined
      if (!isUnderWay) start(dispatch)
    },
    close: () => {
      wasOpen = false
      stop()
    },
  }
}

function tell(
  event: Exclude<LiveEvent, { readonly type: 'ready' }>,
  dispatch: Dispatch,
  contactOf: LiveParts['contactOf'],
): void {
  switch (event.type) {
    case 'heartbeat':
      return
    case 'state':
      tellState(event.lockId, event.signed, dispatch, contactOf)
      return
    case 'presence':
      dispatch({ type: 'presenceArrived', lockId: event.lockId, linked: event.online })
      return
    case 'journal':
      dispatch({ type: 'journalGrew', lockId: event.lockId })
      return
    case 'policy':
      dispatch({ type: 'listChanged', lockId: event.lockId })
      return
    case 'locks':
      dispatch({ type: 'doorsChanged' })
  }
}

/** A state counts only when the lock signed it; one that it did not sign is told loudly. */
function tellState(
  lockId: string,
  signed: Uint8Array,
  dispatch: Dispatch,
  contactOf: LiveParts['contactOf'],
): void {
  const contact = contactOf(lockId)
  if (contact === undefined) return
  try {
    const sighting = followState(contact, signed)
    if (sighting !== undefined) dispatch({ type: 'stateArrived', lockId, sighting })
  } catch (error) {
    if (!(error instanceof KeyholderError)) throw error
    dispatch({ type: 'askFailed', lockId, trouble: 'notTheLock' })
  }
}
