import { utf8 } from '@mortise/protocol/wire'
import type { SetCredential, SetOperation, SetUser } from '#core/matter/commands.ts'
import type { Sender } from '#core/matter/outcome.ts'

/** A sender of a fabric. `draw` makes its random ids differ from those of other draws. */
export function bearer(fabricIndex: number, draw = 99): Sender {
  return { fabricIndex, nowMs: 1000 + draw, random: new Uint8Array(32).fill(draw) }
}

/** SetUser with nulls where nothing is given. */
export function setUserOf(
  operationType: SetOperation,
  userIndex: number,
  fields: Partial<SetUser> = {},
): SetUser {
  return {
    type: 'setUser',
    operationType,
    userIndex,
    userName: undefined,
    userUniqueId: undefined,
    userStatus: undefined,
    userType: undefined,
    credentialRule: undefined,
    ...fields,
  }
}

/** SetCredential for a PIN, with nulls where nothing is given. */
export function setPinOf(
  operationType: SetOperation,
  credentialIndex: number,
  pin: string,
  fields: Partial<SetCredential> = {},
): SetCredential {
  return {
    type: 'setCredential',
    operationType,
    credential: { credentialType: 'pin', credentialIndex },
    credentialData: utf8(pin),
    userIndex: undefined,
    userStatus: undefined,
    userType: undefined,
    ...fields,
  }
}
