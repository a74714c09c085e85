/**
 * Words of the Matter Door Lock cluster (Matter 1.4.2, Door Lock revision 8 and later), spelled in
 * camelCase, plus `unknown` where Matter says null. Only the words that Mortise uses today.
 */

/** Matter 1.4.2 Application Clusters section 5.2.6.1, LockState. */
export const lockStates = ['unknown', 'notFullyLocked', 'locked', 'unlocked'] as const
export type LockState = (typeof lockStates)[number]

/** DoorState, of the door-position sensor. */
export const doorStates = ['unknown', 'doorOpen', 'doorClosed', 'doorForcedOpen'] as const
export type DoorState = (typeof doorStates)[number]

/** OperationSource: through what an operation came. `keypad`, `remote` and `auto` are Matter's words. */
export const operationSources = ['manual', 'keypad', 'auto', 'remote', 'button'] as const
export type OperationSource = (typeof operationSources)[number]

/** What a person may do with the bolt. Unlatch joins with the hardware that can. */
export const verbs = ['lock', 'unlock'] as const
export type Verb = (typeof verbs)[number]

/** CredentialType; `passkey` and `deviceKey` are Mortise's own. */
export const credentialTypes = ['pin', 'passkey', 'deviceKey'] as const
export type CredentialType = (typeof credentialTypes)[number]

/** UserStatus. */
export const userStatuses = ['occupiedEnabled', 'occupiedDisabled'] as const
export type UserStatus = (typeof userStatuses)[number]

/** AlarmCode, and Mortise's own where Matter has no word. */
export const alarmCodes = [
  'lockJammed',
  'wrongCodeEntryLimit',
  'frontEscutcheonRemoved',
  'doorForcedOpen',
  'batteryLow',
  'mainsLost',
] as const
export type AlarmCode = (typeof alarmCodes)[number]

/** Roles of a policy, from most to least. */
export const roles = ['owner', 'manager', 'resident', 'guest'] as const
export type Role = (typeof roles)[number]
