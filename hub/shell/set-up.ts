import { hubLimits, isSetupTokenGood } from '@mortise/hub-core'
import { registrationChallenge } from '@mortise/protocol/verify'
import { labelled, toBase64Url, toHex } from '@mortise/protocol/wire'
import type { NewPasskey } from '#hub/ports/passkeys.ts'
import type { Account, AccountCredential } from '#hub/ports/store.ts'
import type { HubDependencies } from '#hub/shell/dependencies.ts'
import type { Nonces } from '#hub/shell/nonces.ts'
import { refusal } from '#hub/shell/refusal.ts'

/** What making the first account takes besides the key itself. */
export interface SetupRequest {
  readonly setupToken: Uint8Array
  readonly nonce: Uint8Array
  readonly name: string
}

export interface SetUp {
  readonly isOpen: () => Promise<boolean>
  /**
   * Makes a new setup link, which voids the one before.
   * @returns undefined when an account exists.
   */
  readonly makeLink: () => Promise<string | undefined>
  readonly begin: (setupToken: Uint8Array) => Promise<{
    readonly nonce: Uint8Array
    readonly expiresAtMs: number
    readonly userHandle: Uint8Array
  }>
  readonly withPasskey: (request: SetupRequest, passkey: NewPasskey) => Promise<Account>
  readonly withDeviceKey: (
    request: SetupRequest,
    publicKey: Uint8Array,
    signature: Uint8Array,
  ) => Promise<Account>
}

const tokenBytes = 32
const idBytes = 16
/** Web Authentication Level 3 section 14.6.1 recommends 64 random bytes, so that handles tell nothing. */
const userHandleBytes = 64

/** The first run: locked by a token that only the console of the hub has shown. */
export function createSetUp(dependencies: HubDependencies, nonces: Nonces): SetUp {
  const { store, clock, random, crypto, passkeys, settings, log } = dependencies

  const checkToken = async (token: Uint8Array): Promise<Uint8Array> => {
    if (await store.hasAccounts()) throw refusal('setupClosed')
    const hash = crypto.sha256(token)
    const open = await store.findSetupToken()
    const equal = (left: Uint8Array, right: Uint8Array): boolean =>
      crypto.equalConstantTime(left, right)
    if (!isSetupTokenGood(equal, open, hash, clock.nowMs())) {
      log.write('warn', 'setupTokenRefused')
      throw refusal('setupTokenUnusable')
    }
    return hash
  }

  const makeAccount = async (
    name: string,
    credential: AccountCredential,
    tokenHash: Uint8Array,
  ): Promise<Account> => {
    const account = { id: toHex(random.bytes(idBytes)), name, createdAtMs: clock.nowMs() }
    // Of two that finish at the same time, the store lets one through.
    if (!(await store.createFirstAccount(account, credential, tokenHash))) {
      throw refusal('setupClosed')
    }
    log.write('info', 'firstAccountMade', { accountId: account.id.slice(0, 8) })
    return account
  }

  return {
    isOpen: async () => !(await store.hasAccounts()),

    makeLink: () => makeSetupLink(dependencies),

    begin: async (setupToken) => {
      await checkToken(setupToken)
      return { ...nonces.issue('registration'), userHandle: random.bytes(userHandleBytes) }
    },

    withPasskey: async ({ setupToken, nonce, name }, passkey) => {
      const tokenHash = await checkToken(setupToken)
      nonces.use('registration', nonce)
      const publicKey = await passkeys.verify(passkey, {
        challenge: registrationChallenge(crypto, nonce),
        relyingPartyId: settings.relyingPartyId,
        origins: [settings.origin, ...settings.appOrigins],
      })
      if (publicKey === undefined) throw refusal('registrationFailed')
      const { passkeyId } = passkey
      return makeAccount(name, { type: 'passkey', publicKey, passkeyId }, tokenHash)
    },

    withDeviceKey: async ({ setupToken, nonce, name }, publicKey, signature) => {
      const tokenHash = await checkToken(setupToken)
      nonces.use('registration', nonce)
      if (!crypto.verifyEd25519(publicKey, labelled('registration', nonce), signature)) {
        throw refusal('registrationFailed')
      }
      return makeAccount(name, { type: 'deviceKey', publicKey }, tokenHash)
    },
  }
}

/**
 * Makes a setup link without a running hub: for the console of a machine whose hub runs already.
 * @returns undefined when an account exists.
 */
export async function makeSetupLink({
  store,
  clock,
  random,
  crypto,
  settings,
}: Pick<HubDependencies, 'store' | 'clock' | 'random' | 'crypto'> & {
  readonly settings: Pick<HubDependencies['settings'], 'appUrl'>
}): Promise<string | undefined> {
  if (await store.hasAccounts()) return undefined
  const token = random.bytes(tokenBytes)
  const expiresAtMs = clock.nowMs() + hubLimits.setupTokenLifeMs
  await store.saveSetupToken({ hash: crypto.sha256(token), expiresAtMs })
  // In the fragment, which browsers send to no server and write into no log.
  return `${settings.appUrl}/setup#${toBase64Url(token)}`
}
