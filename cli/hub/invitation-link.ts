import { KeyholderError } from '@mortise/keyholder'
import type { FetchLike } from '@mortise/protocol/rest'
import { appConfig } from '@mortise/protocol/rest'
import { CliError } from '#cli/errors.ts'
import { hubOrigin } from './address.ts'

/** The text of an invitation, alone or in the fragment of its link. */
export function invitationTextIn(link: string): string {
  return link.slice(link.indexOf('#') + 1)
}

/**
 * The hub to which the app at a link's address belongs. The fragment with the secret stays here.
 * @returns undefined for the text alone, which has no address
 * @throws CliError `badHubAddress`; KeyholderError `hubUnreachable`
 */
export async function hubOfLink(
  fetch: FetchLike,
  link: string,
  plainHttp: boolean,
): Promise<string | undefined> {
  const [address = ''] = link.split('#')
  if (address === link) return undefined
  const app = hubOrigin(address, plainHttp)
  return hubOrigin(await readHubOrigin(fetch, app), plainHttp)
}

async function readHubOrigin(fetch: FetchLike, app: string): Promise<string> {
  const parsed = appConfig.safeParse(parseJson(await readText(fetch, `${app}/config.json`)))
  if (parsed.success) return parsed.data.hubOrigin
  const nextStep = 'Check the link, or say which hub it is: --hub URL.'
  throw new CliError('badHubAddress', `${app} does not say where its hub is`, nextStep)
}

async function readText(fetch: FetchLike, url: string): Promise<string> {
  try {
    const answer = await fetch(url, {
      method: 'GET',
      headers: { accept: 'application/json' },
      credentials: 'include',
      redirect: 'error',
      cache: 'no-store',
    })
    return await answer.text()
  } catch (cause) {
    throw new KeyholderError('hubUnreachable', { cause })
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
