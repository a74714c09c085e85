import type { DriveDirection } from '@mortise/lock'
import type { DoorSnapshot, VirtualDoor } from '@mortise/lock/testing'
import type { Entry, State } from '@mortise/protocol/words'
import { isCertain } from './court.ts'
import type { Court } from './court.ts'
import { isHeldOpen } from './reading.ts'

/** Judges motor, sensors, what is said of them, and what the lock does by itself. */
export interface DoorJudge {
  readonly opens: (door: VirtualDoor) => void
  readonly intended: (entry: Entry) => void
  readonly concluded: (entry: Entry) => void
  readonly drives: (direction: DriveDirection) => void
  /** Anything after which the lock may count anew. */
  readonly touched: () => void
  /** At rest, with the lock's program running. */
  readonly looks: (state: State) => void
}

const secondMs = 1_000
/** The lock looks once a minute whether hours that hold the door open are over. */
const lookAgainMs = 60_000
const slackMs = 10_000

export function createDoorJudge(court: Court): DoorJudge {
  const undriven = new Map<number, Entry>()
  const driven = new Set<number>()
  const concluded = new Set<number>()
  /** Intents that no other one may repeat. */
  const tried = new Set<number>()
  let seen = ''
  /** Since when bolt, door and their sensors are as they are. */
  let quietSinceMs = 0
  /** Since when nothing at all has happened. */
  let restSinceMs = 0
  let openSinceMs: number | undefined
  /** The door was forced, and no sensor has lied since. */
  let forcedInSight = false
  const { nowMs } = court

  const watch = (): void => {
    const snapshot = court.door()
    const { forced, faults } = snapshot ?? { forced: false, faults: undefined }
    const isHonest = faults?.doorSensor === 'honest' && faults.boltSensor === 'honest'
    const isBegun = !wasForced && snapshot?.boltSensor === 'extended'
    forcedInSight = forced && isHonest && (forcedInSight || isBegun)
    wasForced = forced
    const next = `${snapshot?.boltSensor} ${snapshot?.doorSensor}`
    if (next !== seen) quietSinceMs = nowMs()
    seen = next
    restSinceMs = nowMs()
    if (snapshot?.boltSensor === 'extended' && snapshot.moving === null) court.relockSeconds = []
    if ((snapshot?.insideButtonPresses ?? 0) > presses) court.insideMs = nowMs()
    presses = snapshot?.insideButtonPresses ?? 0
    openSinceMs = snapshot?.doorSensor === 'open' ? (openSinceMs ?? nowMs()) : undefined
  }
  let presses = 0
  let wasForced = false
  let forcedTold = false
  const heldAt = (agoMs: number, timeMs: number): boolean => {
    const at = { timeMs: timeMs - agoMs, certain: isCertain(court), mode: court.mode.name }
    return court.policy !== undefined && isHeldOpen(court.policy, at)
  }
  const judgeAutoRelock = ({ verb, timeMs }: Entry): void => {
    const snapshot = court.door()
    const quietMs = nowMs() - quietSinceMs
    // 0 is never.
    const counts = secondsPossible(court).filter((seconds) => seconds > 0)
    const fullMs = Math.min(...counts) * secondMs
    // Behind a contact that lies the lock cannot know better.
    const isShut = snapshot?.leaf !== 'open' || snapshot.faults.doorSensor !== 'honest'
    const isDue = quietMs >= fullMs && verb === 'lock'
    court.holds('autoRelock', isShut && isDue, () => `${snapshot?.leaf}, after ${quietMs} ms`)
    court.holds('autoRelock', !heldAt(0, timeMs), () => 'at a time that holds the door open')
  }
  /** What failed a moment ago may be tried once more, for the same deed. */
  const judgeSecondTry = ({ sequence }: Entry, failed: number): void => {
    const isSecond = concluded.has(failed) && !tried.has(failed)
    court.holds('freshDeed', isSecond, () => `${sequence} tries ${failed} again`)
    tried.add(failed).add(sequence)
  }
  const judgeLeftOpen = (snapshot: DoorSnapshot, { timeMs, alarms }: State): void => {
    const fullMs = Math.max(...secondsPossible(court)) * secondMs
    const restMs = nowMs() - restSinceMs
    const waitMs = fullMs + lookAgainMs + slackMs
    const isDue = Math.min(...secondsPossible(court)) > 0 && restMs > waitMs
    if (!isDue || !isSteady(snapshot) || alarms.some((alarm) => excuses.has(alarm))) return
    if (heldAt(0, timeMs) || heldAt(waitMs, timeMs)) return
    const isLeft = snapshot.leaf === 'closed' && snapshot.bolt === 'retracted'
    court.holds('relocks', !isLeft, () => `closed and unlocked for ${restMs} ms`)
  }

  return {
    opens(door) {
      // What was allowed before the power went must not move anything now.
      undriven.clear()
      court.insideMs = undefined
      court.relockSeconds = []
      presses = 0
      openSinceMs = undefined
      // What nobody could write down before the power went is not known after it.
      forcedInSight &&= forcedTold
      wasForced ||= door.snapshot().forced
      watch()
      quietSinceMs = nowMs()
      door.onChange(watch)
    },
    intended(entry) {
      undriven.set(entry.sequence, entry)
      if (entry.intent !== undefined) judgeSecondTry(entry, entry.intent)
      else if (entry.source === 'auto') judgeAutoRelock(entry)
    },
    concluded({ outcome, verb, intent, sequence }) {
      const target = verb === 'lock' ? 'extended' : 'retracted'
      const sensor = court.door()?.boltSensor
      court.holds('trueResult', outcome !== 'done' || sensor === target, () => `${verb}: ${sensor}`)
      if (intent === undefined) return
      const isFirst = intent < sequence && !concluded.has(intent)
      court.holds('oneResult', isFirst, () => `intent ${intent}`)
      concluded.add(intent)
      undriven.delete(intent)
    },
    drives(direction) {
      const wanted = Array.from(undriven.values()).findLast(
        ({ verb }) => (verb === 'lock') === (direction === 'extend'),
      )
      court.holds('intentFirst', wanted !== undefined, () => `${direction} without an intent`)
      if (wanted === undefined) return
      const { sequence } = wanted
      court.holds('oneDrive', !driven.has(sequence), () => `intent ${sequence} again`)
      driven.add(sequence)
    },
    touched() {
      restSinceMs = nowMs()
    },
    looks(state) {
      const snapshot = court.door()
      if (snapshot === undefined || snapshot.moving !== null) return
      judgeTruth(court, snapshot, state)
      judgeAlarms(court, snapshot, state)
      const isForced = forcedInSight && snapshot.boltSensor === 'extended'
      forcedTold = state.alarms.includes('doorForcedOpen')
      court.holds('alarm', !isForced || forcedTold, () => 'forced open in silence')
      const seconds = court.policy?.settings.doorAjarSeconds ?? 0
      const openMs = openSinceMs === undefined ? 0 : nowMs() - Math.max(openSinceMs, restSinceMs)
      const isAjar = seconds > 0 && openMs > seconds * secondMs + slackMs
      const isTold = state.alarms.includes('doorAjar')
      court.holds('alarm', !isAjar || isTold, () => `open for ${openMs} ms in silence`)
      court.holds('alarm', !isTold || snapshot.doorSensor !== 'closed', () => 'ajar, and closed')
      judgeLeftOpen(snapshot, state)
    },
  }
}

/** For how long the lock may leave a closed door unlocked; 0 is for ever. */
export function secondsPossible({ policy, relockSeconds }: Court): readonly number[] {
  const usual = policy?.settings.autoRelockTime ?? 0
  return relockSeconds.length > 0 ? relockSeconds.map((one) => one ?? usual) : [usual]
}

/** With these the motor has tried, or may not. */
const excuses: ReadonlySet<string> = new Set(['lockJammed', 'boltSensorFault', 'batteryCritical'])

/** Nothing is wrong with the door, and nothing holds it. */
function isSteady({ faults, powered, latchPulled }: DoorSnapshot): boolean {
  const { jam, motor, boltSensor, doorSensor } = faults
  const isSound = jam === 'none' && motor === 'working'
  return isSound && boltSensor === 'honest' && doorSensor === 'honest' && powered && !latchPulled
}

function judgeTruth(court: Court, snapshot: DoorSnapshot, { lockState, alarms }: State): void {
  const { boltSensor, doorSensor } = snapshot
  const isTrue =
    (lockState !== 'locked' || (boltSensor === 'extended' && doorSensor !== 'open')) &&
    (lockState !== 'unlocked' || boltSensor === 'retracted')
  court.holds('trueState', isTrue, () => `${lockState}, but ${boltSensor} and ${doorSensor}`)
  court.holds('duress', !alarms.includes('forcedUser'), () => 'the state tells of it')
}

function judgeAlarms(court: Court, snapshot: DoorSnapshot, { alarms, timeCertain }: State): void {
  const { escutcheon, power } = snapshot
  const told = (code: State['alarms'][number], isDue: boolean): void =>
    court.holds('alarm', alarms.includes(code) === isDue, () => `${code} is due: ${isDue}`)
  told('frontEscutcheonRemoved', escutcheon === 'removed')
  told('mainsLost', power.mainsPresent === false)
  const isVain = timeCertain && alarms.includes('clockUncertain')
  court.holds('alarm', !isVain, () => 'clockUncertain with a clock that is certain')
  const { batteryPercent = 100 } = power
  const isLow = alarms.includes('batteryLow')
  court.holds('alarm', batteryPercent > 20 || isLow, () => `${batteryPercent} % in silence`)
}
