import { openIntakeHouse } from '#proof/bench/intake.ts'
import { caseOf, ratio, share } from '#proof/bench/section.ts'
import type { Section } from '#proof/bench/section.ts'
import { alternate } from '#proof/bench/statistics.ts'

const settings = { rounds: 20, samplesPerRound: 3, locks: 8, entriesPerUpload: 512 }

export async function measureIntake(folder: string): Promise<Section> {
  const house = await openIntakeHouse(folder, settings.locks)
  const many = settings.entriesPerUpload
  const cases = await alternate(
    {
      'raw SQLite, 8 × 512': house.raw(many),
      'hub, 8 × 512': house.uploads(many),
      'raw SQLite, a tap': house.rawTap,
      'hub, a tap': house.tap,
    },
    settings.rounds,
    settings.samplesPerRound,
  )
  await house.close()
  const p50 = (name: string): number => caseOf(cases, name).p50Ms
  return {
    title: 'Events taken in by the hub: verified and durable',
    settings,
    cases,
    findings: [
      share(
        'throughput against raw SQLite, 8 locks at once',
        p50('raw SQLite, 8 × 512'),
        p50('hub, 8 × 512'),
        0.5,
      ),
      ratio('what a tap leaves, against raw SQLite', p50('hub, a tap'), p50('raw SQLite, a tap')),
    ],
  }
}
