import type { AskResult, HistoryReport } from '@mortise/keyholder'
import { adviceFor, ask, readHistory, readPolicy, safetyCode } from '@mortise/keyholder'
import type { Context } from '#cli/context.ts'
import type { Door, ListedLock } from '#cli/door.ts'
import { openDoor } from '#cli/door.ts'
import { exitCodes } from '#cli/exit-codes.ts'
import { reportLines } from '#cli/history-check.ts'
import { formatAge } from '#cli/texts/times.ts'
import type { Check, Finding } from './check.ts'
import { look } from './check.ts'

/** A phone's clock is within seconds; more than this makes the start and end of codes wrong. */
const clockSkewMaxMs = 60_000

/** Everything about one door, from its keys to its history. */
export async function checkDoor(context: Context, listed: ListedLock): Promise<readonly Check[]> {
  const door = listed.name ?? listed.lockId.slice(0, 8)
  const opened = await look({ name: 'lockKeys', door }, async () => {
    const value = await openDoor(context, listed)
    return { finding: keysFinding(context, value), value }
  })
  if (opened.value === undefined) return [opened.check]
  const { contact } = opened.value
  const asked = await look({ name: 'lockAnswers', door }, async () => {
    const value = await ask(contact)
    return { finding: answerFinding(value), value }
  })
  const checks = [opened.check, asked.check]
  if (asked.value !== undefined) checks.push(clockCheck(context, door, asked.value))
  if (listed.you?.role === 'guest') return checks
  const policy = await checkPolicy(opened.value, door, asked.value)
  const history = await checkHistory(opened.value, door)
  return [...checks, policy, history]
}

function keysFinding({ environment }: Context, { contact }: Door): Finding {
  const { metBy } = contact.known
  if (metBy !== 'firstUse') return { detail: 'known to this device, and unchanged' }
  const nextStep = `Compare the safety code with a device that knows it: ${safetyCode(environment.crypto, contact.known)}`
  return {
    status: 'warn',
    detail: 'unchanged since first use, but only the hub has vouched for them',
    nextStep,
  }
}

function answerFinding({ state, fault, noChallengeReason }: AskResult): Finding {
  if (fault !== undefined) {
    const detail = 'the lock contradicts what it signed before: it was reset, or tampered with'
    const nextStep = 'Look at the lock, and at the list of people: mortise people'
    return { status: 'fail', detail, nextStep, exitCode: exitCodes.unverified }
  }
  if (noChallengeReason !== undefined) {
    const { because, nextStep } = adviceFor(noChallengeReason)
    return {
      status: 'warn',
      detail: `answers, but this device may not operate it: ${because}`,
      nextStep,
    }
  }
  return { detail: `${state.lockState}, ${state.doorState}; software ${state.softwareVersion}` }
}

function clockCheck(context: Context, door: string, { state, confirmedAtMs }: AskResult): Check {
  const subject = { name: 'clock', door, exitCode: exitCodes.ok } as const
  const nowMs = context.environment.nowMs()
  // The lock signed between the question and now, so only what lies outside is a difference.
  const skewMs = Math.max(0, confirmedAtMs - state.timeMs, state.timeMs - nowMs)
  if (!state.timeCertain) {
    const detail = 'the lock is not sure of the time, and refuses timed codes'
    return { ...subject, status: 'warn', detail, nextStep: 'Lock or unlock once as an owner.' }
  }
  if (skewMs <= clockSkewMaxMs)
    return { ...subject, status: 'ok', detail: 'this device and the lock agree' }
  const detail = `this device and the lock differ by ${formatAge(skewMs)}`
  return {
    ...subject,
    status: 'warn',
    detail,
    nextStep: 'Set the clock of this machine by the network, and look at that of the lock.',
  }
}

async function checkPolicy(
  { contact }: Door,
  door: string,
  asked: AskResult | undefined,
): Promise<Check> {
  const { check } = await look({ name: 'policy', door }, async () => {
    const { policy, standing } = await readPolicy(contact, asked?.state)
    return { finding: standingFinding(policy.version, standing), value: policy.version }
  })
  return check
}

function standingFinding(
  version: number,
  standing: 'inForce' | 'unconfirmed' | 'outdated',
): Finding {
  if (standing === 'inForce') return { detail: `version ${version} is in force` }
  if (standing === 'unconfirmed') {
    const nextStep = 'Try again when the lock answers.'
    return {
      status: 'warn',
      detail: `version ${version}; the lock has not confirmed it now`,
      nextStep,
    }
  }
  const nextStep = 'Wait until the lock has sent it to the hub, then try again.'
  const detail = `the hub has version ${version}, the lock a newer one`
  return { status: 'fail', detail, nextStep, exitCode: exitCodes.unreachable }
}

async function checkHistory({ contact }: Door, door: string): Promise<Check> {
  const { check } = await look({ name: 'history', door }, async () => {
    const reader = readHistory(contact)
    let { report } = await reader.next()
    while (!reader.ended) report = (await reader.next()).report
    return { finding: historyFinding(report), value: report }
  })
  return check
}

function historyFinding(report: HistoryReport): Finding {
  const detail = reportLines(report, [])
    .map(({ text }) => text)
    .join(' ')
  if (report.fault !== undefined) {
    const nextStep = 'Look at the door and at the hub. See more: mortise history --verify'
    return { status: 'fail', detail, nextStep, exitCode: exitCodes.unverified }
  }
  // What the lock lost for want of room is nowhere, and no hub can bring it back.
  const lacking = report.gaps.some(({ removed }) => removed !== 'lost') || report.missingAtEnd > 0
  if (!lacking) return { detail }
  const nextStep =
    'The hub lost or lacks entries; wait until the lock has sent them, or restore its data.'
  return { status: 'warn', detail, nextStep }
}
