import { generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto'
import { decide, plainSituation, temporalWallClock, viewPolicy } from '@mortise/access'
import { MortiseError } from '@mortise/protocol/errors'
import { scheduledHouse } from '#proof/bench/large-policy.ts'
import { caseOf, ratio } from '#proof/bench/section.ts'
import type { Section } from '#proof/bench/section.ts'
import { alternate } from '#proof/bench/statistics.ts'
import type { Case } from '#proof/bench/statistics.ts'

const settings = { rounds: 20, samplesPerRound: 5, decisionsPerSample: 1_000 }
const userCounts = [10, 10_000] as const
/** A prime that divides neither count visits everybody. */
const everybodyStep = 7_919

/** A weekday morning in the schedule of everybody in the house. */
const time = { ms: Date.UTC(2026, 10, 24, 10), certain: true }

/** @param step from one person to the next: 0 for the same one every time */
function decisions(users: number, step: number): Case {
  const policy = scheduledHouse(new Uint8Array(32), users)
  const view = viewPolicy(policy, [])
  const situation = plainSituation(time, temporalWallClock(policy.timeZone))
  const ids = policy.users.flatMap(({ credentials }) => credentials.map(({ id }) => id))
  let next = 0
  return {
    run() {
      for (let index = 0; index < settings.decisionsPerSample; index += 1) {
        next = (next + step) % ids.length
        const credentialId = ids[next] ?? new Uint8Array()
        const { verdict } = decide(
          view,
          { credentialId, action: 'unlock', channel: 'keypad' },
          situation,
        )
        if (verdict !== 'allowed') throw new MortiseError('bug', 'benchWrong', 'refused')
      }
      return Promise.resolve()
    },
  }
}

/** The proof that comes before a decision: P-256, as a passkey signs. */
function verification(): Case {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const message = randomBytes(100)
  const signature = sign('sha256', message, privateKey)
  return {
    run() {
      for (let index = 0; index < settings.decisionsPerSample; index += 1) {
        if (!verify('sha256', message, publicKey, signature)) throw new RangeError('bad signature')
      }
      return Promise.resolve()
    },
  }
}

/** Who may, with a week's schedule in a time zone with daylight saving, which costs most. */
export async function measureDecide(): Promise<Section> {
  const entries = userCounts.flatMap((count) => [
    [`${count} users`, decisions(count, everybodyStep)] as const,
    [`${count} users, one comes`, decisions(count, 0)] as const,
  ])
  const cases = await alternate(
    { 'P-256 verify': verification(), ...Object.fromEntries(entries) },
    settings.rounds,
    settings.samplesPerRound,
  )
  const p50 = (name: string): number => caseOf(cases, name).p50Ms
  const many = p50('10000 users')
  return {
    title: 'A thousand decisions',
    settings,
    cases,
    findings: [
      ratio(
        '10,000 users against 10, the same one comes',
        p50('10000 users, one comes'),
        p50('10 users, one comes'),
        1.5,
      ),
      ratio('10,000 users against 10, everybody comes in turns', many, p50('10 users')),
      ratio(
        'microseconds of one decision, 10,000 users',
        many * 1_000,
        settings.decisionsPerSample,
        50,
      ),
      ratio('10,000 users against one P-256 verification', many, p50('P-256 verify')),
    ],
  }
}
