import { join } from 'node:path'
import { z } from 'zod'
import { readJsonFile, writeJsonFile } from './json-file.ts'
import type { Places } from './places.ts'

/** A session at one hub. The token is good for whoever has it. */
const schema = z.strictObject({
  v: z.literal(1),
  /** The token is never sent to another hub. */
  hub: z.string(),
  token: z.string().min(1),
})

function sessionPath({ dataFolder }: Places): string {
  return join(dataFolder, 'session.json')
}

export async function loadSessionToken(places: Places, hub: string): Promise<string | undefined> {
  const stored = await readJsonFile(sessionPath(places), schema)
  return stored?.hub === hub ? stored.token : undefined
}

export async function saveSessionToken(places: Places, hub: string, token: string): Promise<void> {
  await writeJsonFile(sessionPath(places), { v: 1, hub, token })
}
