import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { ask, changePolicy, changeUser, operate, readHistory, readPolicy } from '@mortise/keyholder'
import type { Contact } from '@mortise/keyholder'
import { MortiseError } from '@mortise/protocol/errors'
import { createDoorClient } from '#proof/processes/door-client.ts'
import { startProgram } from '#proof/processes/program.ts'
import type { Program } from '#proof/processes/program.ts'
import { keepAliveFetch } from '#proof/bench/keep-alive-fetch.ts'
import { lastResidentsCode, liveThrough } from '#proof/bench/long-life.ts'
import type { LongLife } from '#proof/bench/long-life.ts'
import { moveIn, register } from '#proof/bench/move-in.ts'
import { residentMemory } from '#proof/bench/resident-memory.ts'
import type { ResidentMemory } from '#proof/bench/resident-memory.ts'
import type { Case } from '#proof/bench/statistics.ts'
import { z } from 'zod'

const hubReady = z.object({ origin: z.string(), hubTextFile: z.string(), setupLink: z.string() })
const lockReady = z.object({ doorUrl: z.string() })

/** Long enough for what a start has left to do; nobody is at the door. */
const settleMs = 3_000
const tapPauseMs = 150
/**
 * The shipped lock takes half a megabyte of large requests a second, and the largest policy that is
 * measured weighs three times that.
 */
const largeRequestPauseMs = 4_000

/** A lock as shipped with its hub and its owner's phone, after years with many people. */
export interface Household {
  /** What it took to write the years into the store, past the lock. */
  readonly setUpMs: number
  /** From the lock's start until the hub had the whole journal. */
  readonly handOverMs: number
  /** The lock by itself, a moment after its start. */
  readonly memoryAtStart: ResidentMemory
  readonly memory: () => ResidentMemory
  readonly tap: Case
  /** From the first key until the bolt is drawn, as the door's page shows it. */
  readonly code: Case
  /** Another name for one person: read, edited, signed, sent, put in force. */
  readonly changeOne: Case
  /** The newest page of the history, verified. */
  readonly historyPage: Case
  readonly lockData: string
  /** Everything stops; the data stays. */
  readonly close: () => Promise<void>
}

export async function openHousehold(folder: string, life: LongLife): Promise<Household> {
  const lockData = join(folder, 'lock')
  const hub = startProgram({ name: 'hub', module: 'proof/bench/hub-process.ts', args: [folder] })
  const { origin, hubTextFile, setupLink } = hubReady.parse(await hub.ready())
  const { fetch, close: hangUp } = keepAliveFetch()
  const phone = await register(origin, setupLink, fetch)
  const young = startLock(lockData, hubTextFile)
  const youngDoor = createDoorClient(lockReady.parse(await young.ready()).doorUrl)
  await linked(young)
  await youngDoor.pressInsideButton()
  const contact = await moveIn(phone, await youngDoor.setupText())
  await young.signal('SIGTERM')

  const begun = performance.now()
  await liveThrough(lockData, life)
  const setUpMs = performance.now() - begun

  const alone = startLock(lockData)
  await alone.ready()
  await wait(settleMs)
  const memoryAtStart = residentMemory(alone)
  await alone.signal('SIGTERM')

  const started = performance.now()
  const lock = startLock(lockData, hubTextFile)
  const { doorUrl } = lockReady.parse(await lock.ready())
  await untilHubHas(contact, life.entries)
  const handOverMs = performance.now() - started
  await wait(settleMs)
  return {
    setUpMs,
    handOverMs,
    memoryAtStart,
    memory: () => residentMemory(lock),
    ...casesOf(contact, createDoorClient(doorUrl)),
    lockData,
    async close() {
      hangUp()
      await Promise.all([lock.signal('SIGTERM'), hub.signal('SIGTERM')])
    },
  }
}

/** `lock/main.ts` with the virtual door, whose bolt needs no time: that of a motor is not ours. */
function startLock(data: string, hubFile?: string): Program {
  const door = ['--data', data, '--door-port', '0', '--door-travel-ms', '0']
  const args = hubFile === undefined ? door : [...door, '--hub-file', hubFile]
  return startProgram({ name: 'lock', module: 'lock/main.ts', args })
}

async function linked(lock: Program): Promise<void> {
  await lock.line((line) => line.includes('hubConnected'))
}

async function untilHubHas(contact: Contact, sequence: number): Promise<void> {
  const looksMax = 1_200
  for (let look = 0; look < looksMax; look += 1) {
    const { entries } = await readHistory(contact).next()
    if ((entries[0]?.entry.sequence ?? 0) >= sequence) return
    await wait(100)
  }
  throw new MortiseError('bug', 'benchWrong', 'the hub never had the whole journal')
}

function casesOf(
  contact: Contact,
  door: ReturnType<typeof createDoorClient>,
): Pick<Household, 'tap' | 'code' | 'changeOne' | 'historyPage'> {
  let verb: 'lock' | 'unlock' = 'lock'
  let names = 0
  return {
    tap: {
      before: () => wait(tapPauseMs),
      async run() {
        const { outcome, reason } = await operate(contact, verb)
        if (outcome !== 'done') throw new MortiseError('bug', 'benchWrong', `${verb}: ${reason}`)
        verb = verb === 'lock' ? 'unlock' : 'lock'
      },
    },
    code: {
      async before() {
        await door.turnThumb('extended')
        await wait(tapPauseMs)
      },
      async run() {
        const drawn = door.until('a drawn bolt', ({ bolt }) => bolt === 'retracted')
        await door.act('keypad', { keys: lastResidentsCode })
        await drawn
      },
    },
    changeOne: {
      before: () => wait(largeRequestPauseMs),
      async run() {
        const { state } = await ask(contact)
        const somebody = (await readPolicy(contact, state)).policy.users.at(-1)
        if (somebody === undefined) throw new MortiseError('bug', 'benchWrong', 'nobody there')
        names += 1
        const edit = changeUser(somebody.id, { name: `Another name ${names}` })
        await changePolicy(contact, { edit, pins: [] })
      },
    },
    historyPage: {
      async run() {
        const { entries, report } = await readHistory(contact).next()
        if (entries.length > 0 && report.fault === undefined) return
        throw new MortiseError('bug', 'benchWrong', `history: ${report.fault?.code ?? 'empty'}`)
      },
    },
  }
}
