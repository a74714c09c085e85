import type { AlarmCode } from '@mortise/protocol/words'

/** What to do about each alarm; its name stands with the door's words. */
export const alarmAdvice: Readonly<Record<AlarmCode, string>> = {
  lockJammed: 'Push or pull the door, then try again.',
  wrongCodeEntryLimit:
    'Somebody tried wrong codes or fingers. Phones, keys and the other ways in still work.',
  frontEscutcheonRemoved: 'Somebody took off the keypad’s cover. Go and look.',
  doorForcedOpen: 'It opened while the bolt was out. Go and look.',
  batteryLow: 'Charge or change it soon.',
  mainsLost: 'The lock runs on its battery.',
  doorAjar: 'It has been open for longer than you allow. Close it.',
  forcedUser: 'Do not call the door. Get help for the person first.',
  lockFactoryReset: 'If it was none of you, stop it, and ask who was inside.',
  tamper: 'Look for anything that does not belong there, then press the button inside.',
  batteryCritical: 'Change it now. Take the key with you when you go out.',
  clockUncertain: 'Timed access waits until you lock or unlock once with your phone.',
  linkLost: 'Codes, phones nearby and keys still work. Look at the hub and the network.',
  linkJammed: 'It went away in a suspicious way. Go and look.',
  storageNearlyFull: 'Connect the lock to its hub, so that it can hand over its history.',
  credentialRefusals: 'See the history for whose it is. Remove it if it is lost.',
  boltSensorFault: 'What is shown of the bolt may be wrong. Look at the door itself.',
}
