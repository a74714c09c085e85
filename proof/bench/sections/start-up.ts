import { largeHouse } from '#proof/bench/large-policy.ts'
import { caseOf, ratio } from '#proof/bench/section.ts'
import type { Section } from '#proof/bench/section.ts'
import { bareNode, hubStart, lockStart } from '#proof/bench/start-up.ts'
import { alternate } from '#proof/bench/statistics.ts'

const settings = { rounds: 6, samplesPerRound: 1, users: 10_000 }

export async function measureStartUp(folder: string): Promise<Section> {
  const alone = lockStart(folder, 'start-up-alone', 'alone')
  const empty = lockStart(folder, 'start-up', 'asNpmStart')
  const house = largeHouse(folder, 'start-up-large', settings.users)
  const large = lockStart(folder, house, 'asNpmStart')
  const hub = hubStart(folder)
  const cases = await alternate(
    {
      'bare node': bareNode,
      'lock, node lock/main.ts': alone.case,
      'lock, npm start': empty.case,
      'lock, 10,000 users': large.case,
      'hub, npm start': hub.case,
    },
    settings.rounds,
    settings.samplesPerRound,
  )
  await Promise.all([alone, empty, large, hub].map(({ ended }) => ended()))
  const p50 = (name: string): number => caseOf(cases, name).p50Ms
  const bare = p50('bare node')
  return {
    title: 'Power-on to answering: the keypad, the hub',
    settings,
    cases,
    findings: [
      ratio('lock as npm start starts it, against bare node', p50('lock, npm start'), bare, 2),
      ratio('lock by itself', p50('lock, node lock/main.ts'), bare, 2),
      ratio('lock with 10,000 users', p50('lock, 10,000 users'), bare),
      ratio('hub', p50('hub, npm start'), bare),
    ],
  }
}
