import type { HubDependencies } from '#hub/shell/dependencies.ts'
import { createHandshakes } from '#hub/shell/handshake.ts'
import type { Handshakes } from '#hub/shell/handshake.ts'
import { createIntake } from '#hub/shell/intake.ts'
import type { Intake } from '#hub/shell/intake.ts'
import { createLimiter } from '#hub/shell/limiter.ts'
import type { Limiter } from '#hub/shell/limiter.ts'
import { createLive } from '#hub/shell/live.ts'
import type { Live } from '#hub/shell/live.ts'
import { createLockAccess } from '#hub/shell/lock-access.ts'
import type { LockAccess } from '#hub/shell/lock-access.ts'
import { createLockLinks } from '#hub/shell/lock-links.ts'
import type { LockLinks } from '#hub/shell/lock-links.ts'
import { createNonces } from '#hub/shell/nonces.ts'
import { createRelay } from '#hub/shell/relay.ts'
import type { Relay } from '#hub/shell/relay.ts'
import { createSessions } from '#hub/shell/sessions.ts'
import type { Sessions } from '#hub/shell/sessions.ts'
import { createSetUp } from '#hub/shell/set-up.ts'
import type { SetUp } from '#hub/shell/set-up.ts'
import { createTickets } from '#hub/shell/tickets.ts'
import type { Tickets } from '#hub/shell/tickets.ts'
import { createSignIn } from '#hub/shell/sign-in.ts'
import type { SignIn } from '#hub/shell/sign-in.ts'

/** Everything that the ways in call. */
export interface Hub extends HubDependencies {
  readonly limiter: Limiter
  readonly live: Live
  readonly access: LockAccess
  readonly links: LockLinks
  readonly relay: Relay
  readonly intake: Intake
  readonly handshakes: Handshakes
  readonly sessions: Sessions
  readonly setUp: SetUp
  readonly signIn: SignIn
  readonly tickets: Tickets
}

/** Puts the services together, and settles what the last run left open. */
export async function createHub(dependencies: HubDependencies): Promise<Hub> {
  const { store, clock, log } = dependencies
  const access = createLockAccess(dependencies)
  const live = createLive(access.mayLearn, log)
  const links = createLockLinks(dependencies, live)
  const nonces = createNonces(dependencies)
  const sessions = createSessions(dependencies, live)
  await store.markAllOffline(clock.nowMs())
  await sessions.forgetEnded()
  return {
    ...dependencies,
    limiter: createLimiter(clock),
    live,
    access,
    links,
    relay: createRelay(dependencies, links),
    intake: createIntake(dependencies, live),
    handshakes: createHandshakes(dependencies),
    sessions,
    setUp: createSetUp(dependencies, nonces),
    signIn: createSignIn(dependencies, nonces),
    tickets: createTickets(dependencies, nonces),
  }
}
