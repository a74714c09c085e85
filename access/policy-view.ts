import { toHex } from '@mortise/protocol/wire'
import type { Binding, Credential, Policy, User } from '@mortise/protocol/words'

/** A credential and whom it proves. */
export interface Holder {
  readonly user: User
  readonly credential: Credential
}

/**
 * The policy in force with what the lock bound to it, indexed once when it is loaded, so that a
 * decision takes the same time with ten users and with ten thousand.
 */
export interface PolicyView {
  readonly policy: Policy
  /** By user id in hexadecimal. */
  readonly users: ReadonlyMap<string, User>
  /** By credential id in hexadecimal; bindings included. */
  readonly holders: ReadonlyMap<string, Holder>
}

/**
 * Indexes a policy. A binding whose user is gone is left out.
 * @param others people of another source, evaluated as those of the policy are; on a clash of ids the policy wins
 */
export function viewPolicy(
  policy: Policy,
  bindings: readonly Binding[],
  others: readonly User[] = [],
): PolicyView {
  const users = new Map<string, User>()
  const holders = new Map<string, Holder>()
  for (const user of [...others, ...policy.users]) {
    users.set(toHex(user.id), user)
    for (const credential of user.credentials)
      holders.set(toHex(credential.id), { user, credential })
  }
  for (const { userId, credential } of bindings) {
    const user = users.get(toHex(userId))
    if (user !== undefined) holders.set(toHex(credential.id), { user, credential })
  }
  return { policy, users, holders }
}

/** Whom a credential proves, or undefined when nobody has it. */
export function holderOf(view: PolicyView, credentialId: Uint8Array): Holder | undefined {
  return view.holders.get(toHex(credentialId))
}
