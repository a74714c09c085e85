import type { ServerResponse } from 'node:http'
import type { CancelTimer, Timers } from '#lock/ports/index.ts'
import type { VirtualDoor } from '../door.ts'
import { Refusal } from './refusal.ts'

/** A few pages and tests; more would be a mistake or an attack. */
const STREAMS_MAX = 32
/** Shorter than the minute after which browsers and proxies give a silent stream up. */
const HEARTBEAT_MS = 20_000
/** A reader that has stopped reading is dropped rather than kept in memory. */
const UNSENT_BYTES_MAX = 262_144

export interface Stream {
  /** @throws Refusal `tooManyStreams` */
  readonly add: (response: ServerResponse) => void
  readonly close: () => void
}

/**
 * Server-sent events (HTML Living Standard, section 9.2): the whole door at the start and after
 * each change, event name `door`.
 */
export function createStream(door: VirtualDoor, timers: Timers): Stream {
  const readers = new Set<ServerResponse>()
  let isDue = false
  let cancelHeartbeat: CancelTimer | undefined

  const send = (text: string) => {
    for (const reader of readers) {
      if (reader.writableLength > UNSENT_BYTES_MAX) reader.destroy()
      else reader.write(text)
    }
  }
  const stopListening = door.onChange(() => {
    if (isDue || readers.size === 0) return
    isDue = true
    // One act changes several things; the reader gets them together.
    queueMicrotask(() => {
      isDue = false
      send(doorEvent(door))
    })
  })
  const beat = () => {
    send(': still here\n\n')
    cancelHeartbeat = readers.size > 0 ? timers.set(HEARTBEAT_MS, beat) : undefined
  }
  return {
    add(response) {
      if (readers.size >= STREAMS_MAX) throw new Refusal('tooManyStreams')
      readers.add(response)
      response.on('close', () => readers.delete(response))
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(`retry: 1000\n\n${doorEvent(door)}`)
      cancelHeartbeat ??= timers.set(HEARTBEAT_MS, beat)
    },
    close() {
      stopListening()
      cancelHeartbeat?.()
      for (const reader of readers) reader.end()
    },
  }
}

function doorEvent(door: VirtualDoor): string {
  return `event: door\ndata: ${JSON.stringify(door.snapshot())}\n\n`
}
