import { fill, texts } from './texts.js'
import {
  clockTime,
  daysWords,
  padStateOf,
  padWords,
  resetWords,
  ringShare,
  signed,
  statusOf,
  voltsWords,
} from './words.js'

/** @import { DoorSnapshot } from '../door.ts' */

/**
 * @template {Element} Kind
 * @param {string} id
 * @param {new () => Kind} kind
 * @returns {Kind}
 */
export function part(id, kind) {
  const element = document.getElementById(id)
  if (!(element instanceof kind)) throw new TypeError(`no ${kind.name} #${id}`)
  return element
}

/**
 * @param {string} id
 * @param {string} text
 */
function say(id, text) {
  const element = part(id, HTMLElement)
  if (element.textContent !== text) element.textContent = text
}

/** Fills in every fixed text of the page. */
export function showTexts() {
  /** @type {Readonly<Record<string, unknown>>} */
  const words = texts
  const put = (
    /** @type {string} */ from,
    /** @type {(at: HTMLElement, t: string) => void} */ to,
  ) => {
    for (const element of document.querySelectorAll(`[data-${from}]`)) {
      if (element instanceof HTMLElement) to(element, String(words[element.dataset[from] ?? '']))
    }
  }
  put('text', (element, text) => {
    element.textContent = text
  })
  put('label', (element, text) => element.setAttribute('aria-label', text))
  put('alt', (element, text) => element.setAttribute('alt', text))
}

/**
 * Puts the door on the page.
 * @param {DoorSnapshot} door
 */
export function showDoor(door) {
  const { dataset } = document.body
  const status = statusOf(door)
  dataset['connection'] = 'up'
  dataset['status'] = status
  dataset['bolt'] = shownBolt(door)
  dataset['moving'] = door.moving ?? 'none'
  dataset['leaf'] = door.leaf
  dataset['forced'] = String(door.forced)
  dataset['pad'] = padStateOf(door)
  dataset['escutcheon'] = door.escutcheon
  dataset['mains'] = String(door.power.mainsPresent)
  dataset['powered'] = String(door.powered)
  dataset['frost'] = String((door.power.temperatureCelsius ?? 20) <= 0)
  dataset['alarm'] = String(door.alarms.length > 0)
  dataset['mode'] = door.powered ? door.mode : 'normal'
  say('mode-lamp', door.powered ? texts.modes[door.mode] : '')
  say('status', texts.status[status])
  say('status-detail', texts.statusDetail[status])
  showActions(door)
  showFacts(door)
  showInside(door, status)
}

/**
 * While the motor runs the page already shows where it is going, so that it arrives in time.
 * @param {DoorSnapshot} door
 */
function shownBolt({ bolt, moving, faults }) {
  if (moving === null || faults.jam === moving || faults.jam === 'both') return bolt
  return moving === 'extend' ? 'extended' : 'retracted'
}

/** @param {DoorSnapshot} door */
function showActions({ leaf, escutcheon, power, forced }) {
  const open = leaf === 'open'
  say('leaf', open ? texts.closeDoor : texts.openDoor)
  for (const id of ['pull', 'pull-inside']) {
    part(id, HTMLButtonElement).setAttribute('aria-label', open ? texts.push : texts.pull)
  }
  if (open || forced) part('force', HTMLButtonElement).hidden = true
  say('cover', escutcheon === 'removed' ? texts.putCover : texts.takeCover)
  const plug = power.mainsPresent === true ? texts.unplug : texts.plugIn
  say('plug', plug)
  part('cable', HTMLButtonElement).setAttribute('aria-label', plug)
}

/** @param {DoorSnapshot} door */
function showFacts({ counts, boltMovements, boltSensor, doorSensor, power, faults }) {
  const motor = counts.motorExtensions + counts.motorRetractions
  const hand = counts.handExtensions + counts.handRetractions
  say('counts', fill(texts.countsValue, { total: boltMovements, motor, hand }))
  const bolt = texts.bolt[boltSensor]
  say('sensors', fill(texts.sensorsValue, { bolt, door: texts.leaf[doorSensor] }))
  const percent = power.batteryPercent ?? 0
  const mains = power.mainsPresent === true ? texts.mains.present : texts.mains.absent
  say('supply', fill(texts.supplyValue, { mains, percent }))
  say('battery-value', `${percent} %`)
  showSlider('battery', percent)
  const celsius = power.temperatureCelsius ?? 0
  say('weather-value', fill(texts.weatherValue, { celsius: signed(celsius) }))
  showSlider('weather', celsius)
  part('chemistry', HTMLSelectElement).value = power.battery?.chemistry ?? ''
  say('volts', voltsWords(power))
  for (const select of part('faults', HTMLElement).querySelectorAll('select')) {
    for (const [name, value] of Object.entries(faults))
      if (select.name === name) select.value = value
  }
}

/**
 * A slider under a finger stays where the finger is.
 * @param {string} id
 * @param {number} value
 */
function showSlider(id, value) {
  const slider = part(id, HTMLInputElement)
  if (document.activeElement !== slider) slider.value = String(value)
}

/**
 * @param {DoorSnapshot} door
 * @param {keyof typeof texts.status} status
 */
function showInside({ power, powered, battery, factoryReset }, status) {
  const percent = battery?.percent
  const resting = powered && factoryReset === null
  if (resting || !powered) {
    say('display-status', resting ? texts.status[status] : '')
    say('display-detail', resting && power.mainsPresent !== true ? texts.mains.absent : '')
  }
  say('display-percent', powered && percent !== undefined ? `${percent} %` : '')
  say('display-days', powered ? daysWords(battery) : '')
  const level = part('display-battery-level', HTMLElement)
  level.style.setProperty('--level', String((percent ?? 0) / 100))
  level.dataset['low'] = String((percent ?? 100) <= 20)
}

/**
 * What changes as time goes by.
 * @param {DoorSnapshot} door
 * @param {number} ageMs since the snapshot arrived
 * @param {number} lockoutTotalMs the longest remaining time that was seen of this lockout
 */
export function showTime(door, ageMs, lockoutTotalMs) {
  const lockoutMs = Math.max(0, (door.lockout?.remainingMs ?? 0) - ageMs)
  const current = lockoutMs > 0 ? door : { ...door, lockout: null }
  document.body.dataset['pad'] = padStateOf(current)
  say('pad-words', padWords(current, lockoutMs))
  say('ring-time', lockoutMs > 0 ? clockTime(lockoutMs) : '')
  const share = ringShare(current, lockoutMs, lockoutTotalMs)
  part('ring-light', SVGElement).style.setProperty('--share', String(share))
  showNotices(current, lockoutMs)
  showSetupCode(door, ageMs)
  showReset(door, ageMs)
}

/**
 * @param {DoorSnapshot} door
 * @param {number} lockoutMs
 */
function showNotices({ alarms, saved, powered }, lockoutMs) {
  const lines = [
    ...alarms
      .filter((alarm) => alarm !== 'wrongCodeEntryLimit' || lockoutMs === 0)
      .map((alarm) => texts.alarms[alarm]),
    ...(lockoutMs > 0 && powered ? [texts.pad.lockout] : []),
    ...(powered ? [] : [texts.refusals.noPower]),
    ...(saved ? [] : [texts.unsaved]),
  ]
  setNotices(lines)
}

/**
 * Says to a screen reader what the lights say to the eye.
 * @param {DoorSnapshot} door
 */
export function announceAnswer(door) {
  say('announced', door.lastAnswer === null ? '' : padWords(door, 0))
}

/** The door does not answer: nothing is known, and nothing is shown as if it were. */
export function showLost() {
  const { dataset } = document.body
  dataset['connection'] = 'lost'
  dataset['pad'] = 'off'
  dataset['mode'] = 'normal'
  say('status', texts.lost)
  say('status-detail', texts.lostHint)
  say('pad-words', '')
  say('mode-lamp', '')
  say('ring-time', '')
  say('said', '')
  part('setup', HTMLElement).hidden = true
  part('display-code', HTMLImageElement).hidden = true
  part('big-code', HTMLDialogElement).close()
  setNotices([])
}

/** @param {readonly string[]} lines */
function setNotices(lines) {
  const notices = part('notices', HTMLElement)
  while (notices.children.length > lines.length) notices.lastElementChild?.remove()
  for (const [index, line] of lines.entries()) {
    const paragraph = notices.children[index] ?? notices.appendChild(document.createElement('p'))
    if (paragraph.textContent !== line) paragraph.textContent = line
  }
}

/**
 * @param {DoorSnapshot} door
 * @param {number} ageMs
 */
function showReset({ factoryReset, powered }, ageMs) {
  if (factoryReset === null || !powered) return
  const { status, detail } = resetWords({
    ...factoryReset,
    remainingMs: factoryReset.remainingMs - ageMs,
  })
  say('display-status', status)
  say('display-detail', detail)
}

let shownCode = ''
let codeNumber = 0

/**
 * @param {DoorSnapshot} door
 * @param {number} ageMs
 */
function showSetupCode({ setupCode, powered }, ageMs) {
  const leftMs = (setupCode?.remainingMs ?? 0) - ageMs
  const text = powered && leftMs > 0 ? (setupCode?.text ?? '') : ''
  const images = ['display-code', 'setup-image', 'big-image'].map((id) =>
    part(id, HTMLImageElement),
  )
  if (text !== shownCode) {
    shownCode = text
    codeNumber += 1
    part('setup-text', HTMLInputElement).value = text
    say('setup-copy', texts.copy)
    // The number makes the browser ask again; the code itself never stands in an address.
    for (const image of images) {
      if (text === '') image.removeAttribute('src')
      else image.src = `/setup-code.svg?number=${codeNumber}`
    }
    if (text === '') part('big-code', HTMLDialogElement).close()
  }
  part('setup', HTMLElement).hidden = text === ''
  part('display-code', HTMLImageElement).hidden = text === ''
  say('setup-left', text === '' ? '' : fill(texts.setupCodeLeft, { time: clockTime(leftMs) }))
}
