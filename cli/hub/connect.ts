import type { HubPort } from '@mortise/keyholder'
import { hubPortOver, signHubNonce, withKeyholderErrors } from '@mortise/keyholder'
import type { FetchLike, RestClient, RouteAnswer } from '@mortise/protocol/rest'
import { createRestClient, RestError } from '@mortise/protocol/rest'
import type { SealCrypto } from '@mortise/protocol/seal'
import { CliError } from '#cli/errors.ts'
import type { DeviceKey } from '#cli/storage/device-key.ts'
import type { Places } from '#cli/storage/places.ts'
import { loadSessionToken, saveSessionToken } from '#cli/storage/session.ts'

/** A signed-in connection to one hub. */
export interface HubConnection {
  readonly hub: string
  readonly client: RestClient
  readonly port: HubPort
  readonly account: RouteAnswer<'getSession'>['account']
}

export interface ConnectOptions {
  readonly crypto: SealCrypto
  readonly fetch: FetchLike
  readonly places: Places
  readonly hub: string
  readonly deviceKey: DeviceKey
}

/**
 * Signs in with the device key, unless the last session still stands.
 * @throws CliError `deviceUnknown`; KeyholderError `hubUnreachable`, `tooManyRequests`
 */
export async function connect(options: ConnectOptions): Promise<HubConnection> {
  const { fetch, places, hub } = options
  let token = await loadSessionToken(places, hub)
  const client = createRestClient(fetch, hub, { bearerToken: () => token })
  const port = hubPortOver(client)
  const account = token === undefined ? undefined : await currentAccount(client)
  if (account !== undefined) return { hub, client, port, account }
  token = undefined
  const signedIn = await signIn(options, client)
  token = signedIn.token
  await saveSessionToken(places, hub, token)
  return { hub, client, port, account: signedIn.account }
}

/** The account of the session, or undefined when the session has ended. */
async function currentAccount(client: RestClient) {
  return withKeyholderErrors(async () => {
    try {
      return (await client.getSession()).account
    } catch (error) {
      if (error instanceof RestError && error.code === 'notSignedIn') return undefined
      throw error
    }
  })
}

async function signIn({ crypto, deviceKey }: ConnectOptions, client: RestClient) {
  return withKeyholderErrors(async () => {
    const { nonce } = await client.beginSignIn()
    const { seed, publicKey } = deviceKey
    const signature = signHubNonce(crypto, seed, 'signIn', nonce)
    try {
      return await client.signInDevice({ nonce, publicKey, signature })
    } catch (cause) {
      if (!(cause instanceof RestError) || cause.code !== 'signInFailed') throw cause
      const nextStep =
        'On a new hub: mortise setup. With an invitation: mortise accept. Otherwise have an owner add this device: mortise key shows what they need.'
      throw new CliError('deviceUnknown', 'The hub does not know this device', nextStep, cause)
    }
  })
}

/**
 * Makes the first account of a hub with the device key, and keeps its session.
 * @throws CliError `setupRefused`; KeyholderError
 */
export async function setUpAccount(
  options: ConnectOptions,
  setupToken: Uint8Array,
  name: string,
): Promise<RouteAnswer<'setupDevice'>> {
  const { crypto, fetch, places, hub, deviceKey } = options
  const client = createRestClient(fetch, hub)
  const made = await withKeyholderErrors(async () => {
    try {
      const { nonce } = await client.beginSetup({ setupToken })
      const { seed, publicKey } = deviceKey
      const signature = signHubNonce(crypto, seed, 'registration', nonce)
      return await client.setupDevice({ setupToken, nonce, name, publicKey, signature })
    } catch (cause) {
      throw cause instanceof RestError ? (setupRefusal(cause) ?? cause) : cause
    }
  })
  await saveSessionToken(places, hub, made.token)
  return made
}

function setupRefusal(cause: RestError): CliError | undefined {
  const { code } = cause
  if (code === 'setupClosed') {
    const nextStep =
      'With an invitation: mortise accept. Otherwise have an owner add this device: mortise key shows what they need.'
    return new CliError('setupRefused', 'The hub has an account already', nextStep, cause)
  }
  if (code !== 'setupTokenUnusable' && code !== 'nonceUnusable') return undefined
  const nextStep = 'Make a new one on the machine of the hub: mortise setup-link'
  return new CliError('setupRefused', 'The setup link is wrong, used or too old', nextStep, cause)
}
