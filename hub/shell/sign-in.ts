import { hubLimits, standingOf } from '@mortise/hub-core'
import { signInChallenge, verifyAssertion } from '@mortise/protocol/verify'
import type { Assertion } from '@mortise/protocol/wire'
import { fromHex, labelled, toHex } from '@mortise/protocol/wire'
import type { Account, AccountCredential, PasskeyCandidate } from '#hub/ports/store.ts'
import type { HubDependencies } from '#hub/shell/dependencies.ts'
import type { Nonces } from '#hub/shell/nonces.ts'
import { refusal } from '#hub/shell/refusal.ts'

export interface SignIn {
  readonly begin: () => { readonly nonce: Uint8Array; readonly expiresAtMs: number }
  /** @throws RestError `nonceUnusable` or, for every other reason alike, `signInFailed`. */
  readonly withPasskey: (
    nonce: Uint8Array,
    passkeyId: Uint8Array,
    assertion: Assertion,
  ) => Promise<Account>
  readonly withDeviceKey: (
    nonce: Uint8Array,
    publicKey: Uint8Array,
    signature: Uint8Array,
  ) => Promise<Account>
}

const idBytes = 16

/**
 * The base point of P-256 (FIPS 186-5): checked against when nobody is known, so that an unknown
 * passkey takes as long as a known one.
 */
const nobody: readonly PasskeyCandidate[] = [
  {
    publicKey:
      fromHex(
        '046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
      ) ?? new Uint8Array(),
  },
]

/**
 * Signing in with a key that an account holds, or that stands in the signed policy report of a
 * lock: so a hub that lost its accounts lets people back in. An account belongs to the keys that it
 * has proved, never to a name or user id that a lock's owner wrote: else the owner of one lock
 * could write himself into the account of another person.
 */
export function createSignIn(dependencies: HubDependencies, nonces: Nonces): SignIn {
  const { store, clock, random, crypto, settings, log } = dependencies
  const relyingParty = {
    id: settings.relyingPartyId,
    origins: [settings.origin, ...settings.appOrigins],
  }

  const fail = (): never => {
    log.write('warn', 'signInRefused')
    throw refusal('signInFailed')
  }

  const accountFor = async (credential: AccountCredential): Promise<Account> => {
    const { publicKey } = credential
    const known = await store.findAccountByKey(publicKey)
    if (known !== undefined) return known
    const nowMs = clock.nowMs()
    const [member] = await store.findMembersByKey(publicKey, nowMs, 1)
    if (member === undefined || standingOf(member, nowMs) === 'none') return fail()
    const id = toHex(random.bytes(idBytes))
    const account = { id, name: member.userName, createdAtMs: nowMs }
    return store.createAccount(account, credential)
  }

  return {
    begin: () => nonces.issue('signIn'),

    withPasskey: async (nonce, passkeyId, assertion) => {
      nonces.use('signIn', nonce)
      const challenge = signInChallenge(crypto, nonce)
      const found = await store.findPasskeys(passkeyId, hubLimits.signInKeys)
      const proved = (found.length === 0 ? nobody : found).find(
        ({ publicKey }) =>
          verifyAssertion(crypto, assertion, { publicKey, challenge, relyingParty }) === undefined,
      )
      if (proved === undefined || found.length === 0) return fail()
      const { publicKey } = proved
      return proved.account ?? accountFor({ type: 'passkey', publicKey, passkeyId })
    },

    withDeviceKey: async (nonce, publicKey, signature) => {
      nonces.use('signIn', nonce)
      if (!crypto.verifyEd25519(publicKey, labelled('signIn', nonce), signature)) return fail()
      return accountFor({ type: 'deviceKey', publicKey })
    },
  }
}
