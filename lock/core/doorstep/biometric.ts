import { admit, countTry } from '#core/doorstep/admit.ts'
import { holderOf } from '@mortise/access'
import type { Input } from '#core/inputs.ts'
import { endLockoutIfOver } from '#core/lockout/lockout.ts'
import { act } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

type Biometric = Extract<Input, { type: 'biometric' }>

/**
 * The module at the door has looked at a finger or a face. What it does not know counts as a wrong
 * code, and a lockout covers all that can be tried at the door.
 */
export function biometricShown(turn: Turn, { credentialType, credentialId }: Biometric): void {
  endLockoutIfOver(turn)
  const { lockedUntilMonotonicMs } = turn.state.keypad
  if (turn.state.policy === undefined) {
    act(turn, { type: 'signal', signal: { type: 'refused', reason: 'notClaimed' } })
  } else if (lockedUntilMonotonicMs !== undefined) {
    const remainingMs = Math.ceil(lockedUntilMonotonicMs - turn.now.monotonicMs)
    act(turn, { type: 'signal', signal: { type: 'lockedOut', remainingMs } })
  } else {
    countTry(turn)
    admit(turn, knownAs(turn, credentialType, credentialId), {
      source: 'biometric',
      attempt: credentialType,
    })
  }
}

/** A module that takes a finger for a code, or for a passkey, is not believed. */
function knownAs(
  turn: Turn,
  credentialType: Biometric['credentialType'],
  credentialId: Uint8Array | undefined,
): Uint8Array | undefined {
  const view = turn.state.policy?.view
  if (view === undefined || credentialId === undefined) return undefined
  return holderOf(view, credentialId)?.credential.type === credentialType ? credentialId : undefined
}
