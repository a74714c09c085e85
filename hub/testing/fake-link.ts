import { once } from 'node:events'
import { nodeVerifyCrypto } from '@mortise/crypto/node/verify'
import { verifyLinkSignature } from '@mortise/protocol/verify'
import { decodeHubText, linkFrameMessage } from '@mortise/protocol/wire'
import type { LinkFrame } from '@mortise/protocol/wire'
import { WebSocket } from 'ws'
import type { FakeLock } from '#hub/testing/fake-lock.ts'
import { eventually } from '#hub/testing/eventually.ts'

type FrameOf<Type extends LinkFrame['type']> = Extract<LinkFrame, { readonly type: Type }>

/** A raw connection to the lock endpoint: the test says what is sent. */
export interface FakeLink {
  readonly socket: WebSocket
  readonly send: (frame: LinkFrame) => void
  readonly sendRaw: (bytes: Uint8Array) => void
  /** The next frame of that type, from the ones that came and were not taken yet. */
  readonly next: <Type extends LinkFrame['type']>(type: Type) => Promise<FrameOf<Type>>
  readonly received: readonly LinkFrame[]
  /** From here on every request is answered at once. */
  readonly answerRequests: (sealed: Uint8Array) => void
  /** How the hub closed it. */
  readonly closed: () => Promise<{ readonly code: number; readonly reason: string }>
  readonly close: () => Promise<void>
}

export interface HubAddress {
  readonly hubText: string
  readonly port: number
}

/** Opens a connection and says nothing. */
export async function openLink(
  { port }: Pick<HubAddress, 'port'>,
  headers: Readonly<Record<string, string>> = {},
): Promise<FakeLink> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/link`, { headers })
  const received: LinkFrame[] = []
  let end: { readonly code: number; readonly reason: string } | undefined
  socket.on('message', (data: Buffer) => {
    received.push(linkFrameMessage.decode(new Uint8Array(data)))
  })
  socket.on('close', (code, reason) => {
    end = { code, reason: reason.toString() }
  })
  await once(socket, 'open')
  return {
    socket,
    received,
    send: (frame) => {
      socket.send(linkFrameMessage.encode(frame))
    },
    sendRaw: (bytes) => {
      socket.send(bytes)
    },
    answerRequests: (sealed) => {
      socket.on('message', (data: Buffer) => {
        const frame = linkFrameMessage.decode(new Uint8Array(data))
        if (frame.type !== 'request') return
        socket.send(linkFrameMessage.encode({ type: 'reply', id: frame.id, sealed }))
      })
    },
    next: (type) =>
      eventually(() => {
        const index = received.findIndex((frame) => frame.type === type)
        if (index === -1) return undefined
        return isOfType(received.splice(index, 1)[0], type)
      }, `a frame ${type}`),
    closed: () => eventually(() => end, 'the end of the connection'),
    close: async () => {
      socket.close()
      await eventually(() => end, 'the end of the connection')
    },
  }
}

function isOfType<Type extends LinkFrame['type']>(
  frame: LinkFrame | undefined,
  type: Type,
): FrameOf<Type> | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- right behind the check of the tag.
  return frame?.type === type ? (frame as FrameOf<Type>) : undefined
}

/** Connects as an honest lock does, and checks the hub's proof. */
export async function connectLock(
  hub: HubAddress,
  lock: FakeLock,
): Promise<FakeLink & { readonly lastSequence: number }> {
  const text = decodeHubText((...parts) => nodeVerifyCrypto.sha256(...parts), hub.hubText)
  const link = await openLink(hub)
  const hubHello = await link.next('hubHello')
  const lockHello = lock.hello(hubHello, text.enrolmentSecret)
  link.send(lockHello)
  const { signature, lastSequence } = await link.next('welcome')
  const transcript = {
    hubKey: text.hubKey,
    hubNonce: hubHello.nonce,
    lockKey: lock.lockKey,
    lockNonce: lockHello.nonce,
    sealingKey: lock.sealingKey,
  }
  if (!verifyLinkSignature(nodeVerifyCrypto, 'linkHub', transcript, signature)) {
    throw new TypeError('the hub did not prove its key')
  }
  return { ...link, lastSequence }
}
