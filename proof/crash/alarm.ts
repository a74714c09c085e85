import type { AlarmCode } from '@mortise/protocol/words'
import assert from 'node:assert/strict'
import type { DiskLock } from '#proof/testing/disk-lock.ts'
import type { Say } from './acts.ts'

/** The cover outside is taken off and put back; whoever is inside looks at it and presses the button. */
export async function raiseTheAlarm({ door, lock }: DiskLock, say: Say): Promise<void> {
  const expect = async (...alarms: readonly AlarmCode[]): Promise<void> => {
    assert.deepEqual(lock.state().alarms, alarms)
    for (const alarmCode of alarms) say({ saw: 'alarm', alarmCode })
    await new Promise(setImmediate)
  }
  door.hands.setEscutcheon('removed')
  await expect('frontEscutcheonRemoved')
  door.hands.setEscutcheon('inPlace')
  await expect('tamper')
  door.hands.pressInsideButton()
  await expect()
}
