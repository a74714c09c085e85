import { connect } from './hands.js'
import { showParts } from './reader.js'
import { texts } from './texts.js'
import { announceAnswer, part, showDoor, showLost, showTexts, showTime } from './view.js'
import { refusalWords } from './words.js'

/** @import { DoorSnapshot } from '../door.ts' */

const TICK_MS = 250
const LIT_MS = 420
const RATTLE_MS = 420
const SAID_MS = 6_000
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#']
const VIEWS = /** @type {const} */ (['outside', 'inside'])

/** @type {DoorSnapshot | undefined} */
let door
let arrivedMs = 0
let lockoutTotalMs = 0
let saidTimer = 0
/** An entry was begun on the keyboard and not confirmed yet. */
let isTyping = false

const hands = connect({ door: takeDoor, refused: takeRefusal, lost: loseDoor })

/** @param {DoorSnapshot} next */
function takeDoor(next) {
  const remainingMs = next.lockout?.remainingMs ?? 0
  lockoutTotalMs = remainingMs === 0 ? 0 : Math.max(lockoutTotalMs, remainingMs)
  const isNewAnswer = next.lastAnswer?.number !== door?.lastAnswer?.number
  if (door !== undefined && isNewAnswer) announceAnswer(next)
  door = next
  arrivedMs = performance.now()
  showDoor(next)
  showParts(part('parts', HTMLElement), next.reader, (shown) => hands.send('/reader', shown))
  showTime(next, 0, lockoutTotalMs)
}

function loseDoor() {
  door = undefined
  showLost()
}

/** @param {string} code */
function takeRefusal(code) {
  say(refusalWords(code))
  if (code !== 'bolted' && code !== 'boltInTheWay') return
  part('force', HTMLButtonElement).hidden = code !== 'bolted'
  document.body.dataset['rattle'] = 'true'
  setTimeout(() => delete document.body.dataset['rattle'], RATTLE_MS)
}

/** @param {string} text */
function say(text) {
  clearTimeout(saidTimer)
  part('said', HTMLElement).textContent = text
  saidTimer = window.setTimeout(() => {
    part('said', HTMLElement).textContent = ''
  }, SAID_MS)
}

/**
 * @param {string} id
 * @param {() => void} act
 */
function onClick(id, act) {
  part(id, HTMLButtonElement).addEventListener('click', act)
}

/**
 * The inside button goes down and comes up with the finger or the key on it. A click that neither has
 * made, as from a screen reader, is a press.
 * @param {string} id
 */
function onHold(id) {
  const button = part(id, HTMLButtonElement)
  let isDown = false
  /** @param {boolean} held */
  const hold = (held) => {
    if (held === isDown) return
    isDown = held
    hands.send('/inside-button', { held })
  }
  const letGo = () => hold(false)
  button.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return
    button.setPointerCapture(event.pointerId)
    hold(true)
  })
  for (const end of ['pointerup', 'pointercancel', 'blur']) button.addEventListener(end, letGo)
  button.addEventListener('contextmenu', (event) => event.preventDefault())
  for (const type of /** @type {const} */ (['keydown', 'keyup'])) {
    button.addEventListener(type, (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return
      event.preventDefault()
      hold(type === 'keydown')
    })
  }
  button.addEventListener('click', (event) => {
    if (event.detail === 0) hands.send('/inside-button')
  })
}

/**
 * @param {string} id
 * @param {string} field of the body of `/power`
 */
function onSlide(id, field) {
  const slider = part(id, HTMLInputElement)
  slider.addEventListener('change', () => hands.send('/power', { [field]: Number(slider.value) }))
}

/** @param {string} key */
function press(key) {
  const button = document.querySelector(`[data-key="${CSS.escape(key)}"]`)
  button?.classList.add('lit')
  setTimeout(() => button?.classList.remove('lit'), LIT_MS)
  hands.send('/keypad/press', { key })
}

function makeKeys() {
  for (const key of KEYS) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'key'
    button.dataset['key'] = key
    button.textContent = key === '*' ? '✱' : key === '#' ? '✓' : key
    if (key === '*') button.setAttribute('aria-label', texts.keyStar)
    if (key === '#') button.setAttribute('aria-label', texts.keyConfirm)
    // A finger leaves no focus ring behind on the glass.
    button.addEventListener('pointerdown', (event) => event.preventDefault())
    button.addEventListener('click', () => press(key))
    part('keys', HTMLElement).append(button)
  }
}

/**
 * Digits go to the touchpad wherever the focus is. Enter confirms what was typed; without an entry
 * it presses the button that has the focus, as everywhere.
 * @param {KeyboardEvent} event
 */
function typeKey(event) {
  const { target } = event
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return
  if (document.body.dataset['view'] !== 'outside') return
  if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) return
  if (event.key === 'Tab') isTyping = false
  const isConfirm = event.key === 'Enter' && isTyping
  const key = isConfirm ? '#' : event.key === 'Escape' ? '*' : event.key
  if (!KEYS.includes(key)) return
  if (isConfirm) event.preventDefault()
  isTyping = key !== '#'
  press(key)
}

function makeFaults() {
  for (const [name, { label, ...choices }] of Object.entries(texts.faults)) {
    const field = document.createElement('label')
    field.className = 'fault'
    const caption = document.createElement('span')
    caption.textContent = label
    const select = document.createElement('select')
    select.name = name
    for (const [value, text] of Object.entries(choices)) select.add(new Option(text, value))
    select.addEventListener('change', () => hands.send('/fault', { [name]: select.value }))
    field.append(caption, select)
    part('faults', HTMLElement).append(field)
  }
}

function repair() {
  hands.send('/fault', {
    jam: 'none',
    motor: 'working',
    boltSensor: 'honest',
    doorSensor: 'honest',
  })
  hands.send('/tamper', { escutcheon: 'inPlace' })
  hands.send('/power', { mainsPresent: true, batteryPercent: 100, celsius: 20 })
}

function moveLeaf() {
  hands.send('/leaf', { open: door?.leaf !== 'open' })
}

function movePlug() {
  hands.send('/power', { mainsPresent: door?.power.mainsPresent !== true })
}

async function copyCode() {
  const field = part('setup-text', HTMLInputElement)
  field.select()
  try {
    await navigator.clipboard.writeText(field.value)
    part('setup-copy', HTMLButtonElement).textContent = texts.copied
  } catch {
    say(texts.copyFailed)
  }
}

function showView() {
  const view = location.hash === '#inside' ? 'inside' : 'outside'
  document.body.dataset['view'] = view
  for (const each of VIEWS) {
    part(`show-${each}`, HTMLButtonElement).setAttribute('aria-pressed', String(each === view))
    part(`side-${each}`, HTMLElement).inert = each !== view
  }
}

function wireHands() {
  for (const view of VIEWS) onClick(`show-${view}`, () => location.replace(`#${view}`))
  for (const id of ['leaf', 'pull', 'pull-inside']) onClick(id, moveLeaf)
  onClick('force', () => hands.send('/leaf', { open: true, force: true }))
  onClick('key', () => hands.send('/key'))
  onClick('finger', () => hands.send('/reader', { credentialType: 'fingerprint' }))
  onClick('face', () => hands.send('/reader', { credentialType: 'face' }))
  onClick('cover', () =>
    hands.send('/tamper', { escutcheon: door?.escutcheon === 'removed' ? 'inPlace' : 'removed' }),
  )
  for (const id of ['turn', 'thumbturn']) onClick(id, () => hands.send('/thumbturn'))
  for (const id of ['press', 'inside-button']) onHold(id)
  for (const id of ['plug', 'cable']) onClick(id, movePlug)
  onClick('repair', repair)
  onClick('setup-copy', () => void copyCode())
  onClick('display', () => {
    if (door?.setupCode) part('big-code', HTMLDialogElement).showModal()
  })
  part('big-code', HTMLDialogElement).addEventListener('click', () =>
    part('big-code', HTMLDialogElement).close(),
  )
  onSlide('battery', 'batteryPercent')
  onSlide('weather', 'celsius')
  const chemistry = part('chemistry', HTMLSelectElement)
  for (const [value, text] of Object.entries(texts.chemistries)) {
    chemistry.add(new Option(text, value))
  }
  chemistry.addEventListener('change', () => hands.send('/power', { chemistry: chemistry.value }))
}

showTexts()
makeKeys()
makeFaults()
wireHands()
showView()
window.addEventListener('hashchange', showView)
document.addEventListener('keydown', typeKey)
setInterval(() => {
  if (door !== undefined) showTime(door, performance.now() - arrivedMs, lockoutTotalMs)
}, TICK_MS)
