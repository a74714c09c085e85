import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { MortiseError } from '@mortise/protocol/errors'

/** The folders that our own programs make below the data folder; nothing else is ever deleted. */
const ownFolders = ['hub', 'lock'] as const

/** Forgets hub, lock and door. */
export function forget(data: string): void {
  for (const folder of ownFolders) rmSync(join(data, folder), { recursive: true, force: true })
}

/**
 * Refuses to start beside, or to delete below, a hub that is running.
 * @throws MortiseError `alreadyRunning`
 */
export async function assertNotRunning(hubPort: number): Promise<void> {
  const answers = await fetch(`http://127.0.0.1:${hubPort}/api/v1/health`).then(
    () => true,
    () => false,
  )
  if (!answers) return
  throw new MortiseError('caller', 'alreadyRunning', `something already serves port ${hubPort}`, {
    nextStep: 'End the other one first, or choose another port with --hub-port.',
  })
}
