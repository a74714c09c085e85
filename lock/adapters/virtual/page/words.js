import { fill, texts } from './texts.js'

/** @import { DoorSnapshot } from '../door.ts' */

/**
 * The one word for how the door stands.
 * @param {DoorSnapshot} door
 * @returns {keyof typeof texts.status}
 */
export function statusOf({ bolt, leaf, forced, moving, latchPulled }) {
  if (forced) return 'forced'
  if (moving !== null) return moving === 'extend' ? 'extending' : 'retracting'
  if (bolt === 'between') return 'between'
  if (bolt === 'extended') return leaf === 'open' ? 'lockedOpen' : 'locked'
  if (leaf === 'open') return 'open'
  return latchPulled ? 'unlatched' : 'unlocked'
}

/**
 * What the touchpad's lights say, as one word for the styles.
 * @param {DoorSnapshot} door
 */
export function padStateOf({ powered, moment, resting, lockout, reader }) {
  if (!powered) return 'noPower'
  if (moment !== null) return moment.kind
  if (reader.learning !== null) return 'learning'
  if (resting.kind === 'lockedOut') return lockout === null ? 'ready' : 'lockedOut'
  return resting.kind
}

/**
 * The same for people.
 * @param {DoorSnapshot} door
 * @param {number} lockoutMs what is left of the lockout at this moment
 */
export function padWords(door, lockoutMs) {
  const { moment } = door
  const state = padStateOf(door)
  if (moment?.kind === 'accepted' && door.powered) return texts.accepted[moment.verb]
  if (moment?.kind === 'refused' && door.powered) return texts.refused[moment.reason]
  if (state === 'learning') return learningWords(door.reader.learning)
  if (state === 'lockedOut') return fill(texts.pad.lockedOut, { time: clockTime(lockoutMs) })
  if (state === 'accepted' || state === 'refused') return ''
  return texts.pad[state]
}

/** @param {DoorSnapshot['reader']['learning']} learning */
function learningWords(learning) {
  if (learning === null) return ''
  const { credentialType, captured, needed } = learning
  if (captured === 0) return texts.pad.learning[credentialType]
  return fill(texts.pad.learned, { captured, needed })
}

/**
 * How much of the ring is lit: what is left of a lockout, or what the reader has taken.
 * @param {DoorSnapshot} door
 * @param {number} lockoutMs what is left of the lockout at this moment
 * @param {number} lockoutTotalMs
 */
export function ringShare(door, lockoutMs, lockoutTotalMs) {
  if (lockoutMs > 0) return lockoutMs / Math.max(lockoutTotalMs, 1)
  const { learning } = door.reader
  if (padStateOf(door) !== 'learning' || learning === null) return 1
  return Math.max(learning.captured / learning.needed, 0.04)
}

/**
 * @param {string} code
 * @returns {string}
 */
export function refusalWords(code) {
  if (code === 'bolted' || code === 'boltInTheWay' || code === 'noPower')
    return texts.refusals[code]
  return texts.refusals.other
}

/**
 * Minutes and seconds, rounded up, so that zero means over.
 * @param {number} durationMs
 */
export function clockTime(durationMs) {
  const seconds = Math.max(0, Math.ceil(durationMs / 1_000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/**
 * The same for what takes hours or days: to the minute, rounded up.
 * @param {number} durationMs
 */
export function longTime(durationMs) {
  const minutes = Math.max(0, Math.ceil(durationMs / 60_000))
  if (minutes < 60) return clockTime(durationMs)
  const [days, hours] = [Math.floor(minutes / 1_440), Math.floor(minutes / 60) % 24]
  return days > 0 ? `${days} d ${hours} h` : `${hours} h ${minutes % 60} min`
}

/**
 * What the inside display says of a factory reset.
 * @param {NonNullable<DoorSnapshot['factoryReset']>} reset
 */
export function resetWords({ stage, remainingMs }) {
  if (stage === 'offered') {
    const detail = fill(texts.resetOfferedHint, { time: clockTime(remainingMs) })
    return { status: texts.resetOffered, detail }
  }
  const status = fill(texts.resetWaiting, { time: longTime(remainingMs) })
  return { status, detail: texts.resetWaitingHint }
}

/**
 * What the lock makes of its battery.
 * @param {DoorSnapshot['battery']} battery
 */
export function daysWords(battery) {
  if (battery?.daysLeft === undefined) return ''
  const template = battery.isSure === true ? texts.daysLeft : texts.daysGuess
  return fill(template, { days: battery.daysLeft })
}

/**
 * What a meter at the battery would say.
 * @param {DoorSnapshot['power']} power
 */
export function voltsWords({ mainsPresent, batteryMillivolts, loadMillivolts, battery }) {
  const rest = volts(batteryMillivolts)
  if (mainsPresent === true) return fill(texts.voltsMains, { rest })
  const least = volts(battery?.motorMillivoltsMin)
  return fill(texts.volts, { rest, load: volts(loadMillivolts), least })
}

/** @param {number | undefined} millivolts */
function volts(millivolts) {
  return millivolts === undefined ? '?' : (millivolts / 1000).toFixed(2)
}

/**
 * With a real minus sign.
 * @param {number} value
 */
export function signed(value) {
  return value < 0 ? `−${-value}` : String(value)
}
