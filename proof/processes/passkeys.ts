import type { BrowserContext, CDPSession, Page } from 'playwright-core'

/** The phone's own authenticator: keeps passkeys and asks for finger or face. */
export interface Passkeys {
  /** Whether the phone recognises the person who holds it. */
  readonly recognise: (person: boolean) => Promise<void>
  readonly count: () => Promise<number>
  /** As an account that keeps its phones in step: the other phone has these passkeys, too. */
  readonly shareWith: (other: Passkeys) => Promise<void>
  readonly add: (credential: Credential) => Promise<void>
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

type Credential = Awaited<ReturnType<typeof credentialsOf>>[number]

async function credentialsOf(session: CDPSession, authenticatorId: string) {
  const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId })
  return credentials
}

function passkeysOf(session: CDPSession, authenticatorId: string): Passkeys {
  const list = () => credentialsOf(session, authenticatorId)
  return {
    recognise: (person) =>
      session
        .send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: person })
        .then(ignore),
    count: async () => (await list()).length,
    async shareWith(other) {
      for (const credential of await list()) await other.add(credential)
    },
    add: (credential) =>
      session.send('WebAuthn.addCredential', { authenticatorId, credential }).then(ignore),
  }
}

function ignore(): void {}
