import { MortiseError } from '@mortise/protocol/errors'
import { caseOf, share } from '#proof/bench/section.ts'
import type { Section } from '#proof/bench/section.ts'
import { alternate } from '#proof/bench/statistics.ts'
import { planOf } from '#proof/simulator/plan.ts'
import { runWorld } from '#proof/simulator/run.ts'

const settings = { rounds: 3, samplesPerRound: 1, days: 60, firstSeed: 1 }
const daysPerYear = 365
const msPerMinute = 60_000

/** One core, cheap cryptography, faults and the auditor included. */
export async function measureSimulator(): Promise<Section> {
  let seed = settings.firstSeed
  const run = async (): Promise<void> => {
    const { finding } = await runWorld({ seed, plan: planOf(seed, settings.days) })
    if (finding !== undefined) {
      throw new MortiseError('bug', 'benchWrong', `seed ${seed} breaks ${finding.claim}`)
    }
    seed += 1
  }
  const cases = await alternate({ world: { run } }, settings.rounds, settings.samplesPerRound)
  const years = settings.days / daysPerYear
  const minutes = caseOf(cases, 'world').p50Ms / msPerMinute
  return {
    title: 'Simulated time',
    settings,
    cases,
    findings: [share('simulated years per minute of one core', years, minutes, 1)],
  }
}
