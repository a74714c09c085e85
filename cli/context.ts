import type { Device, HubPort } from '@mortise/keyholder'
import { deviceKeyProver } from '@mortise/keyholder'
import type { Given } from './arguments/spec.ts'
import type { Environment } from './environment.ts'
import { defaultHub, hubOrigin } from './hub/address.ts'
import type { HubConnection } from './hub/connect.ts'
import { connect } from './hub/connect.ts'
import type { Note } from './output/result.ts'
import type { Speaker } from './output/speaker.ts'
import type { DeviceKey } from './storage/device-key.ts'
import { obtainDeviceKey } from './storage/device-key.ts'
import type { KnownLocks } from './storage/known-locks.ts'
import { openKnownLocks } from './storage/known-locks.ts'
import type { Places } from './storage/places.ts'
import { placesOf } from './storage/places.ts'
import { loadSettings, saveHub } from './storage/settings.ts'

/** What a command may use; everything is opened when it is first wanted. */
export interface Context {
  readonly environment: Environment
  readonly given: Given
  readonly places: Places
  /** Says something beside the result. */
  note(note: Note): void
  /** Tells people who wait how far it is; no part of any answer. */
  progress(text: string): void
  /** The hub's origin: `--hub`, MORTISE_HUB, the one used last, or this machine. */
  hubAddress(): Promise<string>
  deviceKey(): Promise<DeviceKey>
  memory(): KnownLocks
  connect(): Promise<HubConnection>
  /** This device as the keyholder sees it, at the hub. */
  device(): Promise<Device>
  /** The same, by another way than its own sign-in. */
  deviceAt(hub: HubPort): Promise<Device>
  close(): void
}

export function createContext(
  environment: Environment,
  given: Given,
  { note, progress }: Pick<Speaker, 'note' | 'progress'>,
): Context {
  const { variables, homeFolder, crypto, fetch, hostName } = environment
  const places = placesOf(given.text('home'), variables, homeFolder)
  let memory: KnownLocks | undefined
  const context: Context = {
    environment,
    given,
    places,
    note,
    progress,
    hubAddress: once(() => hubAddressOf(environment, given, places)),
    deviceKey: once(() => obtainDeviceKey(crypto, places, hostName)),
    memory: () => {
      memory ??= openKnownLocks(places)
      return memory
    },
    connect: once(async () => {
      const hub = await context.hubAddress()
      const deviceKey = await context.deviceKey()
      const connection = await connect({ crypto, fetch, places, hub, deviceKey })
      await saveHub(places, hub)
      return connection
    }),
    device: once(async () => context.deviceAt((await context.connect()).port)),
    deviceAt: async (hub) => {
      const { seed } = await context.deviceKey()
      const prover = deviceKeyProver(crypto, seed)
      const clock = { nowMs: () => environment.nowMs() }
      return { crypto, hub, prover, memory: context.memory(), clock }
    },
    close: () => memory?.close(),
  }
  return context
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined
  return () => {
    made ??= make()
    return made
  }
}

async function hubAddressOf(
  environment: Environment,
  given: Given,
  places: Places,
): Promise<string> {
  const address =
    given.text('hub') ??
    environment.variables['MORTISE_HUB'] ??
    (await loadSettings(places)).hub ??
    defaultHub
  return hubOrigin(address, given.flag('plain-http'))
}
