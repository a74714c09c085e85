import { appConfig } from '@mortise/protocol/rest'
import type { AppConfig } from '@mortise/protocol/rest'
import { MortiseError } from '@mortise/protocol/errors'

/**
 * Reads from the app's own origin which hub it belongs to.
 * @throws MortiseError `configUnreachable`, `configWrong` (world)
 */
export async function readConfig(): Promise<AppConfig> {
  const answer = await fetchConfig()
  const parsed = appConfig.safeParse(answer)
  if (parsed.success) return parsed.data
  throw new MortiseError('world', 'configWrong', 'config.json is not what this app expects')
}

async function fetchConfig(): Promise<unknown> {
  try {
    const answer = await fetch('/config.json')
    if (answer.ok) return await answer.json()
  } catch (cause) {
    throw new MortiseError('world', 'configUnreachable', 'config.json cannot be read', { cause })
  }
  throw new MortiseError('world', 'configUnreachable', 'config.json is not there')
}
