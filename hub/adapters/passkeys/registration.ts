import type { PasskeyRegistration } from '#hub/ports/passkeys.ts'

/**
 * The library behind it reads every attestation format that there is. Loading that is a third of
 * what a hub needs to start, and most days nobody makes a passkey.
 */
export const passkeyRegistration: PasskeyRegistration = {
  verify: async (passkey, expected) => {
    const { verifyRegistration } = await import('#hub/adapters/passkeys/verify.ts')
    return verifyRegistration(passkey, expected)
  },
}
