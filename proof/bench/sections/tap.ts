import { setTimeout as wait } from 'node:timers/promises'
import { openFloor } from '#proof/bench/floor/floor.ts'
import { caseOf, ratio } from '#proof/bench/section.ts'
import type { Section } from '#proof/bench/section.ts'
import { alternate } from '#proof/bench/statistics.ts'
import { openTapHouse } from '#proof/bench/tap.ts'

const settings = { rounds: 12, samplesPerRound: 20, pauseMs: 150 }

/**
 * The budget stands against the floor with one sync. The same floor with two is measured beside it,
 * because a lock that makes its intent durable before the bolt and its result before the receipt
 * cannot do with fewer.
 */
export async function measureTap(folder: string): Promise<Section> {
  const floor = await openFloor(folder, 1)
  const floorOfTwo = await openFloor(folder, 2)
  const house = await openTapHouse(folder)
  // A thumb comes alone: what the tap before left to do (uploads, acknowledgements) is done by then.
  const before = (): Promise<void> => wait(settings.pauseMs)
  const cases = await alternate(
    {
      floor: { ...floor.roundTrip, before },
      'floor, 2 syncs': { ...floorOfTwo.roundTrip, before },
      tap: { ...house.tap, before },
    },
    settings.rounds,
    settings.samplesPerRound,
  )
  await house.close()
  await floor.close()
  await floorOfTwo.close()
  const [bare, two, tap] = ['floor', 'floor, 2 syncs', 'tap'].map((name) => caseOf(cases, name))
  if (bare === undefined || two === undefined || tap === undefined) throw new RangeError('no case')
  return {
    title: 'Tap to signed receipt: phone, hub and lock as processes',
    settings,
    cases,
    findings: [
      ratio('p50 against the floor', tap.p50Ms, bare.p50Ms, 1.5),
      ratio('p99 against the floor', tap.p99Ms, bare.p99Ms, 3),
      ratio('p50 against the floor with two syncs', tap.p50Ms, two.p50Ms),
      ratio('p99 against the floor with two syncs', tap.p99Ms, two.p99Ms),
    ],
  }
}
