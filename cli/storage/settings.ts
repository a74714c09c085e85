import { join } from 'node:path'
import { z } from 'zod'
import { readJsonFile, writeJsonFile } from './json-file.ts'
import type { Places } from './places.ts'

const schema = z.strictObject({ v: z.literal(1), hub: z.string().optional() })
type Settings = z.infer<typeof schema>

function settingsPath({ configFolder }: Places): string {
  return join(configFolder, 'settings.json')
}

export async function loadSettings(places: Places): Promise<Settings> {
  return (await readJsonFile(settingsPath(places), schema)) ?? { v: 1 }
}

/** Remembers the hub that was used last. */
export async function saveHub(places: Places, hub: string): Promise<void> {
  const before = await loadSettings(places)
  if (before.hub !== hub) await writeJsonFile(settingsPath(places), { ...before, hub })
}
