import { largeHouse } from '#proof/bench/large-policy.ts'
import { caseOf, ratio } from '#proof/bench/section.ts'
import type { Section } from '#proof/bench/section.ts'
import { bareNode, hubStart, lockStart } from '#proof/bench/start-up.ts'
import { alternate } from '#proof/bench/statistics.ts'

const settings = { rounds: 10, samplesPerRound: 2, users: 10_000 }

export async function measureStartUp(folder: string): Promise<Section> {
  const empty = lockStart(folder, 'start-up')
  const large = lockStart(folder, largeHouse(folder, 'start-up-large', settings.users))
  const hub = hubStart(folder)
  const cases = await alternate(
    { 'bare node': bareNode, lock: empty.case, 'lock, 10,000 users': large.case, hub: hub.case },
    settings.rounds,
    settings.samplesPerRound,
  )
  await Promise.all([empty, large, hub].map(({ ended }) => ended()))
  const p50 = (name: string): number => caseOf(cases, name).p50Ms
  const bare = p50('bare node')
  return {
    title: 'Power-on to answering: the keypad, the hub',
    settings,
    cases,
    findings: [
      ratio('lock against bare node', p50('lock'), bare, 2),
      ratio('lock with 10,000 users against bare node', p50('lock, 10,000 users'), bare),
      ratio('hub against bare node', p50('hub'), bare),
    ],
  }
}
