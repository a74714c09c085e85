import { operate } from '@mortise/keyholder'
import { startProgram } from '#proof/processes/program.ts'
import { keepAliveFetch } from '#proof/bench/keep-alive-fetch.ts'
import { moveIn, register } from '#proof/bench/move-in.ts'
import type { Case } from '#proof/bench/statistics.ts'
import { z } from 'zod'

const hubReady = z.object({ origin: z.string(), hubTextFile: z.string(), setupLink: z.string() })
const lockReady = z.object({ claimText: z.string() })

/** Phone (this process), hub and lock, each a process of its own, with an owner whose key is a passkey. */
export interface TapHouse {
  /** One tap: signed with the passkey, sealed, relayed, decided, durable, driven, durable, receipt checked. */
  readonly tap: Case
  readonly close: () => Promise<void>
}

export async function openTapHouse(folder: string): Promise<TapHouse> {
  const hub = startProgram({ name: 'hub', module: 'proof/bench/hub-process.ts', args: [folder] })
  const { origin, hubTextFile, setupLink } = hubReady.parse(await hub.ready())
  const { fetch, close } = keepAliveFetch()
  const phone = await register(origin, setupLink, fetch)
  const lockArgs = [folder, hubTextFile]
  const lock = startProgram({ name: 'lock', module: 'proof/bench/lock-process.ts', args: lockArgs })
  const { claimText } = lockReady.parse(await lock.ready())
  const contact = await moveIn(phone, claimText)
  let verb: 'lock' | 'unlock' = 'lock'
  return {
    tap: {
      async run() {
        const receipt = await operate(contact, verb)
        if (receipt.outcome !== 'done') throw new Error(`${verb} was ${receipt.reason}`)
        verb = verb === 'lock' ? 'unlock' : 'lock'
      },
    },
    async close() {
      close()
      await Promise.all([lock.signal('SIGTERM'), hub.signal('SIGTERM')])
    },
  }
}
