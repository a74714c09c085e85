import { after } from 'node:test'
import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import { utf8 } from '@mortise/protocol/wire'
import type { LinkFrame } from '@mortise/protocol/wire'
import { createSystemRandom } from '#lock/adapters/system/random.ts'
import { createSystemTimers } from '#lock/adapters/system/timers.ts'
import { linkContract } from '#lock/ports/link.contract.ts'
import type { FarEnd } from '#lock/ports/link.contract.ts'
import { silentLog } from '#lock/ports/log.ts'
import { createHubLink } from './index.ts'
import { startFakeHub } from './testing/fake-hub.ts'
import type { FakeHub, Session } from './testing/fake-hub.ts'

const hubs: FakeHub[] = []
after(() => Promise.all(hubs.map((hub) => hub.stop())))

type FrameType = LinkFrame['type']
type FrameOf<Type extends FrameType> = Extract<LinkFrame, { type: Type }>

/** Frames by kind, in the order in which they came, for whoever waits for one of them. */
function sortFrames(session: Session) {
  const come: LinkFrame[] = []
  let told = (): void => {}
  const read = async (): Promise<void> => {
    for (;;) {
      come.push(await session.frames.take())
      told()
    }
  }
  void read()
  return async <Type extends FrameType>(...types: readonly Type[]): Promise<FrameOf<Type>> => {
    for (;;) {
      const index = come.findIndex(({ type }) => types.some((wanted) => wanted === type))
      const [frame] = index < 0 ? [] : come.splice(index, 1)
      if (frame !== undefined && isOneOf(frame, types)) return frame
      await new Promise<void>((resolve) => (told = resolve))
    }
  }
}

function isOneOf<Type extends FrameType>(
  frame: LinkFrame,
  types: readonly Type[],
): frame is FrameOf<Type> {
  return types.some((type) => type === frame.type)
}

async function farEnd(hub: FakeHub, lastSequence: number): Promise<FarEnd> {
  const session = await hub.accept()
  session.welcome(await session.greet(), { lastSequence })
  const next = sortFrames(session)
  return {
    state: async () => (await next('state')).signed,
    policyReport: async () => (await next('policy')).signed,
    upload: () => next('events'),
    async request(sealed) {
      session.send({ type: 'request', id: crypto.randomBytes(16), sealed })
      const frame = await next('reply', 'undeliverable')
      return frame.type === 'reply'
        ? { type: 'reply', sealed: frame.sealed }
        : { type: 'undeliverable', reason: frame.reason }
    },
    acknowledge: (sequence) => session.send({ type: 'acknowledge', sequence }),
    async cut() {
      session.socket.terminate()
      await session.closed
    },
  }
}

linkContract('the hub link', async () => {
  const hub = await startFakeHub()
  hubs.push(hub)
  const link = createHubLink({
    hub: hub.text,
    identity: {
      identitySeed: crypto.sha256(utf8('identity')),
      sealingPrivateKey: crypto.sha256(utf8('sealing')),
    },
    crypto,
    random: createSystemRandom(),
    timers: createSystemTimers(),
    log: silentLog,
    backoff: { minMs: 1, maxMs: 5 },
  })
  return { link, accept: (lastSequence) => farEnd(hub, lastSequence) }
})
