import type { AskResult, OwnKnowledge } from '@mortise/keyholder'
import { ask } from '@mortise/keyholder'
import { MortiseError } from '@mortise/protocol/errors'
import type { Command } from '#cli/command.ts'
import { lockOption } from '#cli/command.ts'
import type { Context } from '#cli/context.ts'
import type { Door, ListedLock } from '#cli/door.ts'
import { allDoors, chosenDoor, openDoor } from '#cli/door.ts'
import { exitCodeOf, exitCodes } from '#cli/exit-codes.ts'
import type { Json, Line, Result } from '#cli/output/result.ts'
import { line, present } from '#cli/output/result.ts'
import { ownAccessJson, ownAccessLines } from '#cli/texts/own-access.ts'
import { stateJson, stateLines } from '#cli/texts/state.ts'
import { isoInstant } from '#cli/texts/times.ts'

/** How one door is, or why that is not known. */
interface DoorStatus {
  readonly json: Json
  readonly lines: readonly Line[]
  readonly exitCode: number
}

/** How every door is, asked now; or the one that is named. */
export const status: Command = {
  words: ['status'],
  summary: 'how the doors are, asked of the locks now',
  operands: [],
  options: lockOption,
  run: async (context): Promise<Result> => {
    const named = context.given.text('lock') !== undefined
    const all = named ? [await ofChosen(context)] : await ofAll(context)
    const lines = all.flatMap((one) => one.lines)
    return {
      data: { locks: all.map(({ json }) => json) },
      lines:
        lines.length === 0 ? [line('This account has no lock. Claim one: mortise claim')] : lines,
      exitCode: all.find(({ exitCode }) => exitCode !== exitCodes.ok)?.exitCode ?? exitCodes.ok,
    }
  },
}

async function ofChosen(context: Context): Promise<DoorStatus> {
  const door = await chosenDoor(context)
  return statusOf(context, door.listed, () => Promise.resolve(door))
}

async function ofAll(context: Context): Promise<readonly DoorStatus[]> {
  const listed = await allDoors(context)
  const all: DoorStatus[] = []
  for (const one of listed) all.push(await statusOf(context, one, () => openDoor(context, one)))
  return all
}

async function statusOf(
  context: Context,
  listed: ListedLock,
  open: () => Promise<Door>,
): Promise<DoorStatus> {
  try {
    const door = await open()
    return answered(context, door, await ask(door.contact))
  } catch (error) {
    if (!(error instanceof MortiseError) || error.blame === 'bug') throw error
    return unanswered(listed, error)
  }
}

function answered(context: Context, door: Door, sighting: AskResult): DoorStatus {
  const { state, confirmedAtMs, fault, noChallengeReason } = sighting
  const nowMs = context.environment.nowMs()
  const own = ownOf(door)
  const timeZone = own?.access.timeZone ?? door.timeZone
  const json = present({
    lockId: door.lockId,
    name: door.name,
    timeZone,
    confirmedAt: isoInstant(confirmedAtMs),
    state: stateJson(state),
    fault,
    refusedBecause: noChallengeReason,
    access: own && ownAccessJson(own, state),
  })
  const title = line(`${door.name}  ${door.lockId.slice(0, 8)}`, 'strong')
  const lines = [
    title,
    ...stateLines(sighting, nowMs, timeZone),
    ...(own === undefined ? [] : ownAccessLines(own, state)),
  ]
  return { json, lines, exitCode: fault === undefined ? exitCodes.ok : exitCodes.unverified }
}

/** What the lock has just said of this device's person. */
function ownOf({ contact }: Door): OwnKnowledge | undefined {
  const { access, credential } = contact.known
  return access === undefined || credential === undefined ? undefined : { access, credential }
}

/** The state is not shown from the hub's shelf: what the lock does not say now is unknown. */
function unanswered(listed: ListedLock, error: MortiseError): DoorStatus {
  const { code, message, nextStep } = error
  const name = listed.name ?? 'unnamed'
  const json = present({
    lockId: listed.lockId,
    name,
    error: present({ code, message, nextStep }),
  })
  const title = line(`${name}  ${listed.lockId.slice(0, 8)}`, 'strong')
  const why = line(`unknown: ${message}. ${nextStep ?? ''} (${code})`, 'bad')
  return { json, lines: [title, why], exitCode: exitCodeOf(error) }
}
