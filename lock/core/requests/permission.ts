import { decide } from '@mortise/access'
import type { Action, Decision } from '@mortise/access'
import { assertInvariant } from '@mortise/protocol/errors'
import type { PolicyInForce, Signatory } from '#core/turn/state.ts'
import type { Turn } from '#core/turn/turn.ts'
import { situationNow } from '#core/visits/situation.ts'

/** The policy that somebody who has signed stands in. */
export function policyInForce({ state: { policy } }: Turn): PolicyInForce {
  assertInvariant(policy !== undefined, 'whoever signs is somebody of the policy in force')
  return policy
}

/** What that policy says to them, from afar. */
export function decideRemotely(turn: Turn, { credential }: Signatory, action: Action): Decision {
  const request = { credentialId: credential.id, action, channel: 'remote' } as const
  return decide(policyInForce(turn).view, request, situationNow(turn))
}
