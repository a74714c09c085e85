import type { Clock, Timers } from '#lock/ports/index.ts'
import type { DoorPorts, DoorSnapshot } from './door.ts'
import { createVirtualDoor } from './door.ts'
import type { DoorServer } from './http/server.ts'
import { createFileStore } from './record-file.ts'

export interface OpenVirtualDoorOptions {
  /** The file in which the physical door lives; made at the first change. */
  readonly statePath: string
  /** Of the door's page and HTTP interface on 127.0.0.1; 0: any free one. */
  readonly port: number
  readonly timers: Timers
  readonly clock: Clock
  /** How long the bolt takes from end to end. */
  readonly travelMs?: number
}

export interface OpenedVirtualDoor extends DoorPorts {
  /**
   * Brings up the page and the HTTP interface and resolves to their URL, without a slash at the
   * end; called again, it resolves to the same. Nothing of them is loaded before, so call it when
   * the lock answers its keypad already.
   * @throws MortiseError `doorPortTaken` (world)
   */
  readonly servePage: () => Promise<string>
  readonly snapshot: () => DoorSnapshot
  /** Stops the motor where it is and closes the page; the bolt stays as it is. */
  readonly close: () => Promise<void>
}

/**
 * The virtual door as a lock process plugs it in. Moves nothing.
 * @throws MortiseError `doorStateUnreadable` (world) when the state file is not one
 */
export function openVirtualDoor(options: OpenVirtualDoorOptions): OpenedVirtualDoor {
  const { statePath, port, timers } = options
  const door = createVirtualDoor({ ...options, store: createFileStore(statePath) })
  let serving: Promise<DoorServer> | undefined
  const serve = async (): Promise<DoorServer> => {
    const { serveDoor } = await import('./http/server.ts')
    return serveDoor({ door, timers, port })
  }
  return {
    ...door.ports,
    snapshot: door.snapshot,
    async servePage() {
      serving ??= serve()
      return (await serving).url
    },
    async close() {
      door.close()
      const [server] = await Promise.allSettled([serving])
      if (server.status === 'fulfilled') await server.value?.close()
    },
  }
}
