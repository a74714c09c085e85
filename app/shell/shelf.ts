import type { Sighting } from '@mortise/keyholder'
import type { DoorFound } from '#app/state/app/action.ts'
import type { Taste } from '#app/state/app/app-state.ts'
import { paints } from '#app/state/model/door/paint.ts'
import type { Paint } from '#app/state/model/door/paint.ts'
import type { ShelfPort } from '#app/state/app/ports.ts'
import type { WizardProgress } from '#app/state/model/wizard/wizard-state.ts'
import type { Database } from '#app/shell/database.ts'

const tasteKey = 'mortise.taste'
const progressKey = 'mortise.progress'

/** What the app finds of itself when it starts, and how it writes it. */
export interface Shelf extends ShelfPort {
  readonly taste: () => Taste
  readonly progress: () => WizardProgress | null
  /** Doors as they were last seen, for reading without a network. */
  readonly doors: () => Promise<readonly (DoorFound & { readonly sighting: Sighting | null })[]>
  readonly saveDoors: (doors: readonly DoorFound[]) => Promise<void>
}

export function browserShelf(database: Database): Shelf {
  return {
    taste: () => tasteFrom(readJson(tasteKey)),
    progress: () => progressFrom(readJson(progressKey)),
    saveTaste: (taste) => writeJson(tasteKey, taste),
    saveProgress: (progress) => writeJson(progressKey, progress),
    saveSighting: (lockId, sighting) => {
      // Losing it costs a "last seen" after the next start without a network, and nothing else.
      database.put('sightings', lockId, sighting).catch(() => undefined)
    },
    doors: async () => {
      const doors = await database.get('doors', 'all')
      if (!Array.isArray(doors)) return []
      return Promise.all(doors.filter(isDoorFound).map((door) => withSighting(database, door)))
    },
    saveDoors: async (doors) => {
      await database.put('doors', 'all', doors)
      await keepOnly(
        database,
        doors.map(({ lockId }) => lockId),
      )
    },
    clear: () => {
      // It is tried again whenever the app finds itself signed out.
      Promise.all([database.keepOnly('doors', []), keepOnly(database, [])]).catch(() => undefined)
    },
  }
}

/** Drops what is kept of every other lock: whoever lost a door reads of it no more. */
async function keepOnly(database: Database, lockIds: readonly string[]): Promise<void> {
  const stores = ['sightings', 'reports', 'histories'] as const
  await Promise.all(stores.map((store) => database.keepOnly(store, lockIds)))
}

async function withSighting(database: Database, door: DoorFound) {
  const record = await database.get('sightings', door.lockId)
  // What was true when the app was closed is not a link, nor an error, of today.
  return {
    ...door,
    linked: false,
    trouble: null,
    sighting: isSighting(record) ? record : null,
  }
}

/** A record of an older version is dropped: the hub tells of the door again. */
function isDoorFound(record: unknown): record is DoorFound {
  const isRight = isRecord(record) && typeof record['lockId'] === 'string'
  return isRight && 'metBy' in record && 'ownUserId' in record
}

function isSighting(record: unknown): record is Sighting {
  return (
    isRecord(record) && isRecord(record['state']) && typeof record['confirmedAtMs'] === 'number'
  )
}

function tasteFrom(value: unknown): Taste {
  if (!isRecord(value)) return { theme: 'system', paints: {} }
  const { theme } = value
  const chosen = isRecord(value['paints']) ? Object.entries(value['paints']) : []
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    paints: Object.fromEntries(
      chosen.flatMap(([lockId, paint]) => (isPaint(paint) ? [[lockId, paint] as const] : [])),
    ),
  }
}

function progressFrom(value: unknown): WizardProgress | null {
  if (!isRecord(value)) return null
  const { step, lockId } = value
  if ((step !== 'name' && step !== 'test') || typeof lockId !== 'string') return null
  return { step, lockId }
}

function isPaint(value: unknown): value is Paint {
  return paints.some((paint) => paint === value)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function readJson(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null')
  } catch {
    return null
  }
}

/** A full or forbidden store costs a preference, never an action. */
function writeJson(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // Nothing depends on it.
  }
}
