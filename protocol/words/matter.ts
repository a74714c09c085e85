/**
 * Words of the Matter Door Lock cluster (Matter 1.4.2, Door Lock revision 8 and later), spelled in
 * camelCase, plus `unknown` where Matter says null. Only the words that Mortise uses today.
 */

/** Matter 1.4.2 Application Clusters section 5.2.6.19, LockState. `unlatched`: the latch is pulled as well. */
export const lockStates = ['unknown', 'notFullyLocked', 'locked', 'unlocked', 'unlatched'] as const
export type LockState = (typeof lockStates)[number]

/** DoorState, of the door-position sensor. `doorAjar`: open for longer than it should be. */
export const doorStates = [
  'unknown',
  'doorOpen',
  'doorClosed',
  'doorForcedOpen',
  'doorAjar',
] as const
export type DoorState = (typeof doorStates)[number]

/**
 * OperationSource: through what an operation came. Two are not Matter's words: `matter` tells a Matter
 * controller from the owners' own phones, which are `remote`; `voice` is an assistant that was told
 * its PIN.
 */
export const operationSources = [
  'manual',
  'keypad',
  'auto',
  'remote',
  'button',
  'biometric',
  'rfid',
  'matter',
  'voice',
] as const
export type OperationSource = (typeof operationSources)[number]

/** Ways in at which codes, fingers or faces can be tried; each counts, and locks itself alone. */
export const lockoutSources = [
  'keypad',
  'biometric',
  'matter',
  'voice',
] as const satisfies readonly OperationSource[]
export type LockoutSource = (typeof lockoutSources)[number]

/** What a person may do with the bolt: three rights, none of which brings another. */
export const verbs = ['lock', 'unlock', 'unlatch'] as const
export type Verb = (typeof verbs)[number]

/** CredentialType; `passkey` and `deviceKey` are Mortise's own. */
export const credentialTypes = [
  'pin',
  'passkey',
  'deviceKey',
  'fingerprint',
  'face',
  'rfid',
] as const
export type CredentialType = (typeof credentialTypes)[number]

/** Credentials that a reader at the door knows by a template of its own. */
export const biometricTypes = ['fingerprint', 'face'] as const satisfies readonly CredentialType[]
export type BiometricType = (typeof biometricTypes)[number]

/** UserStatus. */
export const userStatuses = ['occupiedEnabled', 'occupiedDisabled'] as const
export type UserStatus = (typeof userStatuses)[number]

/** UserType: Matter 1.4.2 Application Clusters section 5.2.6.18. */
export const userTypes = [
  'unrestrictedUser',
  'yearDayScheduleUser',
  'weekDayScheduleUser',
  'programmingUser',
  'nonAccessUser',
  'forcedUser',
  'disposableUser',
  'expiringUser',
  'scheduleRestrictedUser',
  'remoteOnlyUser',
] as const
export type UserType = (typeof userTypes)[number]

/** CredentialRule: how many credentials of one user it takes to open. */
export const credentialRules = ['single', 'dual', 'tri'] as const
export type CredentialRule = (typeof credentialRules)[number]

/** OperatingMode; `lockdown` is Mortise's own: nobody but an owner opens, by phone. */
export const operatingModes = [
  'normal',
  'vacation',
  'privacy',
  'noRemoteLockUnlock',
  'passage',
  'lockdown',
] as const
export type OperatingMode = (typeof operatingModes)[number]

/** AlarmCode, and Mortise's own where Matter has no word. */
export const alarmCodes = [
  'lockJammed',
  'wrongCodeEntryLimit',
  'frontEscutcheonRemoved',
  'doorForcedOpen',
  'batteryLow',
  'mainsLost',
  'doorAjar',
  /** Somebody opened under duress. Stands in the journal and never in the state, which an attacker may be watching. */
  'forcedUser',
  'lockFactoryReset',
  /** Somebody works at the case; the escutcheon has a word of its own. */
  'tamper',
  'batteryCritical',
  'clockUncertain',
  'linkLost',
  /** The link was lost together with signs that somebody wants it so. */
  'linkJammed',
  'storageNearlyFull',
  /** One credential was refused too often to be a mistake. */
  'credentialRefusals',
  /** The bolt sensor contradicts what was done or itself. */
  'boltSensorFault',
] as const
export type AlarmCode = (typeof alarmCodes)[number]

/** From worst to mildest: go and look at once; do something soon; good to know. */
export const alarmSeverities = ['urgent', 'warning', 'notice'] as const
export type AlarmSeverity = (typeof alarmSeverities)[number]

/**
 * How much it matters. `urgent` is what burglars and broken bolts cause; what the weather, a hub or
 * an old battery cause is not, or people stop looking.
 */
export const alarmSeverity: Readonly<Record<AlarmCode, AlarmSeverity>> = {
  forcedUser: 'urgent',
  doorForcedOpen: 'urgent',
  frontEscutcheonRemoved: 'urgent',
  tamper: 'urgent',
  linkJammed: 'urgent',
  lockFactoryReset: 'urgent',
  lockJammed: 'urgent',
  boltSensorFault: 'urgent',
  batteryCritical: 'urgent',
  wrongCodeEntryLimit: 'warning',
  credentialRefusals: 'warning',
  doorAjar: 'warning',
  batteryLow: 'warning',
  clockUncertain: 'warning',
  storageNearlyFull: 'warning',
  linkLost: 'notice',
  mainsLost: 'notice',
}

/** Roles of a policy, from most to least. An agent is an assistant or automation; an auditor only reads. */
export const roles = ['owner', 'manager', 'resident', 'guest', 'agent', 'auditor'] as const
export type Role = (typeof roles)[number]
