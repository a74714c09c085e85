import type { AlarmCode, Entry } from '@mortise/protocol/words'
import { alarmTable } from '#core/alarm/table.ts'
import type { AlarmFacts } from '#core/alarm/table.ts'
import { record } from '#core/journal/record.ts'
import { alarmsOf } from '#core/turn/truth.ts'
import { cancelTimer, setTimer, update, updateRegisters } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/** Begins an alarm, which must not stand already. For those whose row cannot see how they begin. */
export function beginAlarm(turn: Turn, alarmCode: AlarmCode, names: Partial<Entry> = {}): void {
  updateRegisters(turn, { standingAlarms: [...alarmsOf(turn.state), alarmCode] })
  record(turn, { ...names, type: 'alarmBegan', alarmCode })
}

/** Ends an alarm that stands. `names`: who ended it, where somebody did. */
export function endAlarm(turn: Turn, alarmCode: AlarmCode, names: Partial<Entry> = {}): void {
  const alarms = alarmsOf(turn.state)
  if (!alarms.includes(alarmCode)) return
  updateRegisters(turn, { standingAlarms: alarms.filter((code) => code !== alarmCode) })
  record(turn, { ...names, type: 'alarmEnded', alarmCode })
}

/** At the end of every turn: each alarm stands exactly while its row says so. */
export function tendAlarms(turn: Turn): void {
  for (const row of alarmTable) {
    const facts = factsOf(turn, row.code)
    if (row.stands(facts) === facts.standing) continue
    if (facts.standing) endAlarm(turn, row.code)
    else beginAlarm(turn, row.code, row.names?.(turn.state))
  }
  awaitChange(turn)
}

function factsOf({ state, now }: Turn, code: AlarmCode): AlarmFacts {
  return { state, monotonicMs: now.monotonicMs, standing: alarmsOf(state).includes(code) }
}

/** One timer for all, at the first instant at which time alone may change something. */
function awaitChange(turn: Turn): void {
  const { monotonicMs } = turn.now
  const instants = alarmTable
    .map((row) => row.lookAt?.(factsOf(turn, row.code)) ?? 0)
    .filter((ms) => ms > monotonicMs)
  const next = instants.length === 0 ? undefined : Math.min(...instants)
  const before = turn.state.alarmLookMonotonicMs
  if (next === before) return
  update(turn, { alarmLookMonotonicMs: next })
  if (next === undefined) cancelTimer(turn, 'alarms')
  else setTimer(turn, 'alarms', next)
}
