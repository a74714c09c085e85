import { admit } from '#core/doorstep/admit.ts'
import { holderOf } from '@mortise/access'
import type { Input } from '#core/inputs.ts'
import { isLockedOut } from '#core/lockout/lockout.ts'
import type { SignalReason } from '#core/outputs.ts'
import { act } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

type Biometric = Extract<Input, { type: 'biometric' }>

/**
 * The module at the door has looked at a finger or a face. What it does not know is counted, for the
 * readers alone: they lock themselves, and a keypad that is locked locks nobody's finger out.
 */
export function biometricShown(turn: Turn, { credentialType, credentialId }: Biometric): void {
  if (turn.state.policy === undefined) refuse(turn, 'notClaimed')
  else if (isLockedOut(turn.state, 'biometric')) refuse(turn, 'notNow')
  else {
    admit(turn, knownAs(turn, credentialType, credentialId), {
      source: 'biometric',
      attempt: credentialType,
    })
  }
}

function refuse(turn: Turn, reason: SignalReason): void {
  act(turn, { type: 'signal', signal: { type: 'refused', reason } })
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
