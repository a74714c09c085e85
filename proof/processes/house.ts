import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Browser } from './browser.ts'
import { openBrowser } from './browser.ts'
import { builtApp } from './built-app.ts'
import { createDoorClient } from './door-client.ts'
import type { DoorClient } from './door-client.ts'
import { startProgram } from './program.ts'
import type { Program } from './program.ts'
import { tellStory } from './story.ts'
import type { Step } from './story.ts'

export interface HouseOptions {
  /** More flags for the hub, such as `--app-origin`. */
  readonly hubFlags?: readonly string[]
  /** Runs the lock on a clock that `advance` moves. */
  readonly clock?: 'system' | 'movable'
  /** Neither hub-served app nor browser. */
  readonly withoutApp?: boolean
}

/** A hub, a lock with a virtual door, and people with browsers. */
export interface House {
  readonly folder: string
  readonly step: Step
  readonly hub: HubProcess
  readonly lock: LockProcess
  /** The door of the lock as it runs at the moment. */
  readonly door: DoorClient
  readonly browser: () => Promise<Browser>
}

export interface HubProcess {
  readonly origin: string
  readonly data: string
  /** Printed while nobody is set up. */
  readonly setupLink: string
  readonly start: () => Promise<void>
  /** SIGKILL, as a power cut does it. */
  readonly kill: () => Promise<void>
  readonly stop: () => Promise<void>
  readonly log: () => string
  /** Waits until the hub logs this event, counted from its latest start. */
  readonly logged: (event: string) => Promise<void>
}

export interface LockProcess {
  readonly data: string
  readonly start: () => Promise<void>
  readonly kill: () => Promise<void>
  readonly stop: () => Promise<void>
  readonly log: () => string
  /** Lets the lock live through this much time at once; only on a movable clock. */
  readonly advance: (durationMs: number) => Promise<void>
  /** The next start finds the clock right again, however far `advance` had moved it. */
  readonly rightClock: () => void
  /** Waits until the lock says that it is connected, counted from its latest start. */
  readonly connected: () => Promise<void>
  /** Waits until it has new keys after a factory reset. */
  readonly beganAnew: () => Promise<void>
}

/** Everything runs when this resolves, and is gone when the test has ended, however it ended. */
export async function openHouse(t: TestContext, options: HouseOptions = {}): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'mortise-e2e-'))
  const programs: Program[] = []
  let browser: Promise<Browser> | undefined
  t.after(async () => {
    await (await browser)?.close()
    await Promise.all(programs.map((program) => program.signal('SIGKILL')))
    rmSync(folder, { recursive: true, force: true })
  })
  const run = (program: Program): Program => {
    programs.push(program)
    return program
  }
  const hub = createHub(join(folder, 'data'), options, run)
  await hub.start()
  const lock = createLock(join(folder, 'lock'), hub.textFile, options, run)
  await lock.start()
  const step = tellStory(t, async (name) => {
    for (const program of programs) t.diagnostic(`--- ${program.name}\n${program.log()}`)
    await (await browser)?.photographAll(`failed ${t.name} ${name}`)
  })
  return {
    folder,
    step,
    hub,
    lock,
    get door() {
      return createDoorClient(lock.doorUrl())
    },
    browser: () => (browser ??= openBrowser()),
  }
}

function createHub(data: string, options: HouseOptions, run: (program: Program) => Program) {
  let program: Program | undefined
  let ready: unknown
  let port = '0'
  return {
    data: join(data, 'hub'),
    get origin() {
      return textIn(ready, 'origin')
    },
    get textFile() {
      return textIn(ready, 'hubTextFile')
    },
    get setupLink() {
      return textIn(ready, 'setupLink')
    },
    async start() {
      const app = options.withoutApp === true ? 'none' : builtApp()
      // The first start takes any free port; a restart has to come back to the same.
      const flags = ['--data', data, '--port', port, '--app-dir', app]
      const args = [...flags, ...(options.hubFlags ?? [])]
      program = run(startProgram({ name: 'hub', module: 'hub/main.ts', args }))
      ready = await program.ready()
      ;({ port } = new URL(textIn(ready, 'origin')))
    },
    kill: async () => void (await program?.signal('SIGKILL')),
    stop: async () => void (await program?.signal('SIGTERM')),
    log: () => program?.log() ?? '',
    logged: async (event: string) => {
      await program?.line((line) => line.includes(`"event":"${event}"`))
    },
  }
}

function createLock(
  data: string,
  hubFile: string,
  options: HouseOptions,
  run: (program: Program) => Program,
) {
  const movable = options.clock === 'movable'
  let program: Program | undefined
  let doorUrl: string | undefined
  let leadMs = 0
  return {
    data,
    doorUrl: () => doorUrl ?? '',
    async start() {
      const port = doorUrl === undefined ? '0' : new URL(doorUrl).port
      const args = ['--data', data, '--hub-file', hubFile, '--door-port', port]
      if (movable) args.push('--lead-ms', String(leadMs))
      const module = movable ? 'proof/processes/lock-with-clock.ts' : 'lock/main.ts'
      program = run(startProgram({ name: 'lock', module, args }))
      doorUrl = textIn(await program.ready(), 'doorUrl')
    },
    kill: async () => void (await program?.signal('SIGKILL')),
    stop: async () => void (await program?.signal('SIGTERM')),
    log: () => program?.log() ?? '',
    async advance(durationMs: number) {
      leadMs += durationMs
      await program?.ask({ advanceMs: durationMs })
    },
    rightClock() {
      leadMs = 0
    },
    connected: async () => void (await program?.line((line) => line.includes('hubConnected'))),
    beganAnew: async () => void (await program?.line((line) => line.includes('beganAnew'))),
  }
}

/** A text member of a ready line. */
function textIn(ready: unknown, name: string): string {
  const value: unknown =
    typeof ready === 'object' && ready !== null ? Reflect.get(ready, name) : ready
  assert.equal(typeof value, 'string', `${name} of a ready line`)
  return String(value)
}
