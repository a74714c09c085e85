import type { HistoryEntry, HistoryReader, HistoryReport } from '@mortise/keyholder'
import { ask, readHistory } from '@mortise/keyholder'
import type { Command } from '#cli/command.ts'
import { lockOption } from '#cli/command.ts'
import type { Context } from '#cli/context.ts'
import { chosenDoor } from '#cli/door.ts'
import { CliError } from '#cli/errors.ts'
import { exitCodes } from '#cli/exit-codes.ts'
import { reportJson, reportLines } from '#cli/history-check.ts'
import type { Result } from '#cli/output/result.ts'
import { entryJson, entryLine } from '#cli/texts/entries.ts'

/** What happened; every entry that is shown was checked. */
export const history: Command = {
  words: ['history'],
  summary: 'what happened, checked against what the lock signed',
  operands: [],
  options: {
    ...lockOption,
    limit: { type: 'text', value: 'N', help: 'how many entries, newest first (20)' },
    verify: { type: 'flag', help: 'check everything, down to the first entry' },
  },
  details: [
    'Entries marked ? are below a gap: nothing shows that the lock wrote them. Ends with 4 when',
    'the history is not the one that the lock signed, or not the one that this device had seen.',
  ],
  run: async (context): Promise<Result> => {
    const limit = limitOf(context)
    const verifyAll = context.given.flag('verify')
    const door = await chosenDoor(context)
    // Without the lock's own word on how much there is, a hub could hide the newest entries.
    const asked = await ask(door.contact).then(
      () => true,
      () => false,
    )
    const { entries, report } = await readUntil(readHistory(door.contact), limit, verifyAll)
    const shown = entries.slice(0, limit)
    if (!asked) {
      const message = 'The lock does not answer, so newer entries may be missing.'
      context.note({ code: 'lockNotAsked', message })
    }
    return {
      data: {
        lockId: door.lockId,
        door: door.name,
        timeZone: door.timeZone,
        entries: shown.map(entryJson),
        check: reportJson(report),
      },
      lines: [
        ...shown.map((one) => entryLine(one, door.timeZone)).toReversed(),
        ...reportLines(report, shown),
      ],
      exitCode: report.fault === undefined ? exitCodes.ok : exitCodes.unverified,
    }
  },
}

interface Read {
  readonly entries: readonly HistoryEntry[]
  readonly report: HistoryReport
}

/**
 * Reads until there is enough to show and the walk has come down to what this device had seen; or to
 * the end. Of entries that are only checked, nothing is kept.
 */
export async function readUntil(
  reader: HistoryReader,
  limit: number,
  verifyAll: boolean,
): Promise<Read> {
  const wantsMore = ({ entries, report }: Read) =>
    !reader.ended && (verifyAll || entries.length < limit || !hasSettled(report))
  let read: Read = await reader.next()
  while (wantsMore(read)) {
    const { entries, report } = await reader.next()
    const kept = read.entries.length < limit ? [...read.entries, ...entries] : read.entries
    read = { entries: kept, report }
  }
  return read
}

/** Whether this device's own memory has had its say. */
function hasSettled({ firstLook, continuesFrom }: HistoryReport): boolean {
  return firstLook || continuesFrom !== undefined
}

function limitOf({ given }: Context): number {
  const text = given.text('limit') ?? '20'
  if (/^[1-9][0-9]{0,5}$/.test(text)) return Number(text)
  throw new CliError('usage', `"${text}" is no number of entries`, 'Use a number from 1.')
}
