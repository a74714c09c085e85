import { heartbeatSeconds, routes } from '@mortise/protocol/rest'
import type { LiveEvent } from '@mortise/protocol/rest'
import type { Hub } from '#hub/shell/hub.ts'
import type { Who } from '#hub/shell/sessions.ts'
import { encodeAnswer } from '#hub/api/rest/dispatch.ts'

/** Events that may wait for a slow reader; beyond it the stream ends and the reader fetches anew. */
const waitingEventsMax = 256

const utf8 = new TextEncoder()

/**
 * The live stream of one session (HTML Living Standard section 9.2, server-sent events). It holds
 * no history: whoever reconnects fetches what is shown, and follows from there.
 */
export function liveStream(hub: Hub, who: Who): ReadableStream<Uint8Array> {
  let leave = (): void => {}
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        leave = follow(hub, who, controller)
      },
      cancel: () => {
        leave()
      },
    },
    { highWaterMark: waitingEventsMax },
  )
}

function follow(
  hub: Hub,
  who: Who,
  controller: ReadableStreamDefaultController<Uint8Array>,
): () => void {
  let cancelBeat = (): void => {}
  let stopFollowing = (): void => {}
  let isOver = false
  const stop = (): void => {
    isOver = true
    cancelBeat()
    stopFollowing()
  }
  const end = (): void => {
    if (isOver) return
    stop()
    controller.close()
  }
  const deliver = (event: LiveEvent): void => {
    if (isOver) return
    if ((controller.desiredSize ?? 0) <= 0) return end()
    controller.enqueue(encodeEvent(event))
  }
  const beat = async (): Promise<void> => {
    if (!(await hub.sessions.stands(who))) return end()
    deliver({ type: 'heartbeat' })
    if (!isOver) scheduleBeat()
  }
  const scheduleBeat = (): void => {
    cancelBeat = hub.clock.after(heartbeatSeconds * 1_000, () => {
      beat().catch((error: unknown) => {
        hub.log.write('error', 'streamFailed', { message: String(error) })
        end()
      })
    })
  }
  stopFollowing = hub.live.follow({
    accountId: who.account.id,
    sessionId: who.session.id,
    deliver,
    end,
  })
  deliver({ type: 'ready' })
  scheduleBeat()
  return stop
}

function encodeEvent(event: LiveEvent): Uint8Array {
  const json = JSON.stringify(encodeAnswer(routes.followEvents, event))
  return utf8.encode(`data: ${json}\n\n`)
}
