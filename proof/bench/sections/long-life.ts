import { join } from 'node:path'
import { openHousehold } from '#proof/bench/household.ts'
import type { Household } from '#proof/bench/household.ts'
import { measurePruning } from '#proof/bench/long-life.ts'
import { caseOf, ratio } from '#proof/bench/section.ts'
import type { Finding, Section } from '#proof/bench/section.ts'
import { bareNode, lockStart } from '#proof/bench/start-up.ts'
import { alternate, rounded } from '#proof/bench/statistics.ts'
import type { Summary } from '#proof/bench/statistics.ts'

const settings = {
  users: 10_000,
  entries: 100_000,
  usersOfSmall: 10,
  entriesOfSmall: 100,
  rounds: 6,
  samplesPerRound: 5,
  changes: 5,
  starts: 5,
  prunings: 20,
}

type Cases = Readonly<Record<string, Summary>>
const uses = ['tap', 'code', 'historyPage'] as const

/** The lock as shipped with the largest house after years, beside the same with a family after a week. */
export async function measureLongLife(folder: string): Promise<Section> {
  const { users, entries, usersOfSmall, entriesOfSmall } = settings
  const small = await openHousehold(join(folder, 'family'), {
    users: usersOfSmall,
    entries: entriesOfSmall,
  })
  const large = await openHousehold(join(folder, 'tower'), { users, entries })
  const used = await useBoth(small, large)
  const memory = memoryFindings(small, large)
  await small.close()
  await large.close()
  const starts = await startBoth(small.lockData, large.lockData)
  const pruning = await measurePruning(large.lockData, settings.prunings)
  const cases = { ...used, ...starts, ...pruning }
  const p50 = (name: string): number => caseOf(cases, name).p50Ms
  const against = (what: string): Finding =>
    ratio(`${what}, large against small`, p50(`${what}, large`), p50(`${what}, small`))
  return {
    title: 'One lock as shipped: 10,000 users and 100,000 entries beside 10 and 100',
    settings,
    cases,
    findings: [
      ...[...uses, 'changeOne', 'start'].map(against),
      ratio('start, large against bare node', p50('start, large'), p50('bare node')),
      ratio('a commit that prunes 1,000 entries', p50('one entry, 1,000 pruned'), p50('one entry')),
      ...memory,
      seconds('setting up, large', large.setUpMs),
      seconds('handing over the journal to the hub, large', large.handOverMs),
    ],
  }
}

async function useBoth(small: Household, large: Household): Promise<Cases> {
  const { rounds, samplesPerRound, changes } = settings
  const both = uses.flatMap((use) => [
    [`${use}, small`, small[use]] as const,
    [`${use}, large`, large[use]] as const,
  ])
  const used = await alternate(Object.fromEntries(both), rounds, samplesPerRound)
  const changed = await alternate(
    { 'changeOne, small': small.changeOne, 'changeOne, large': large.changeOne },
    changes,
    1,
  )
  return { ...used, ...changed }
}

async function startBoth(smallData: string, largeData: string): Promise<Cases> {
  const small = lockStart('', smallData, 'asNpmStart')
  const large = lockStart('', largeData, 'asNpmStart')
  const cases = await alternate(
    { 'bare node': bareNode, 'start, small': small.case, 'start, large': large.case },
    settings.starts,
    1,
  )
  await Promise.all([small.ended(), large.ended()])
  return cases
}

/** Nobody asked for a collection: this is what the machine has to have. */
function memoryFindings(small: Household, large: Household): readonly Finding[] {
  const [after, ofSmall] = [large.memory(), small.memory()]
  return [
    { what: 'MiB resident at start, small', value: small.memoryAtStart.now },
    { what: 'MiB resident at start, large', value: large.memoryAtStart.now },
    { what: 'MiB resident after use, small', value: ofSmall.now },
    { what: 'MiB resident after use, large', value: after.now },
    { what: 'MiB resident at most, small', value: ofSmall.most },
    { what: 'MiB resident at most, large', value: after.most },
    ratio('resident after use, large against small', after.now, ofSmall.now),
  ]
}

function seconds(what: string, ms: number): Finding {
  return { what: `seconds of ${what}`, value: rounded(ms / 1_000) }
}
