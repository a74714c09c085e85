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

/** A weekday morning in the schedule of everybody in the house. */
const time = { ms: Date.UTC(2026, 10, 24, 10), certain: true }

function decisions(users: number): Case {
  const policy = scheduledHouse(new Uint8Array(32), users)
  const view = viewPolicy(policy, [])
  const situation = plainSituation(time, temporalWallClock(policy.timeZone))
  const ids = policy.users.flatMap(({ credentials }) => credentials.map(({ id }) => id))
  let next = 0
  return {
    run() {
      for (let index = 0; index < settings.decisionsPerSample; index += 1) {
        // A step that has no divisor in common with the counts visits everybody.
        next = (next + 7_919) % ids.length
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
  const entries = userCounts.map((count) => [`${count} users`, decisions(count)] as const)
  const cases = await alternate(
    { 'P-256 verify': verification(), ...Object.fromEntries(entries) },
    settings.rounds,
    settings.samplesPerRound,
  )
  const [few, many] = userCounts.map((count) => caseOf(cases, `${count} users`).p50Ms)
  const verifies = caseOf(cases, 'P-256 verify').p50Ms
  if (few === undefined || many === undefined) throw new RangeError('no case')
  return {
    title: 'A thousand decisions',
    settings,
    cases,
    findings: [
      ratio('10,000 users against 10', many, few, 1.5),
      ratio(
        'microseconds of one decision, 10,000 users',
        many * 1_000,
        settings.decisionsPerSample,
        50,
      ),
      ratio('10,000 users against one P-256 verification', many, verifies),
    ],
  }
}
