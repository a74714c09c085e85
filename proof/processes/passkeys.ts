import type { BrowserContext, CDPSession, Page } from 'playwright-core'

/** The phone's own authenticator: keeps passkeys and asks for finger or face. */
export interface Passkeys {
  /** Whether the phone recognises the person who holds it. */
  readonly recognise: (person: boolean) => Promise<void>
  readonly count: () => Promise<number>
  /** Takes this phone's passkeys along to another tab or browser of the same person. */
  readonly copyTo: (page: Page, context: BrowserContext) => Promise<Passkeys>
}

const options = {
  protocol: 'ctap2',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const

/**
 * Plugs a virtual authenticator into a page (Chrome DevTools Protocol, domain WebAuthn): internal,
 * with resident keys and user verification, and a person who touches it at once.
 */
export async function givePasskeys(context: BrowserContext, page: Page): Promise<Passkeys> {
  const session = await context.newCDPSession(page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', { options })
  return passkeysOf(session, authenticatorId)
}

function passkeysOf(session: CDPSession, authenticatorId: string): Passkeys {
  const list = async () => {
    const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId })
    return credentials
  }
  return {
    recognise: (person) =>
      session
        .send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: person })
        .then(ignore),
    count: async () => (await list()).length,
    async copyTo(page, context) {
      const other = await context.newCDPSession(page)
      await other.send('WebAuthn.enable')
      const added = await other.send('WebAuthn.addVirtualAuthenticator', { options })
      for (const credential of await list()) {
        await other.send('WebAuthn.addCredential', {
          authenticatorId: added.authenticatorId,
          credential,
        })
      }
      return passkeysOf(other, added.authenticatorId)
    },
  }
}

function ignore(): void {}
