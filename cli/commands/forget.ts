import { toHex } from '@mortise/protocol/wire'
import type { Command } from '#cli/command.ts'
import { CliError } from '#cli/errors.ts'
import type { Result } from '#cli/output/result.ts'
import { line } from '#cli/output/result.ts'

const idPrefixMin = 4

/** Removes a lock from this device's memory; nothing changes at the lock. */
export const forget: Command = {
  words: ['forget'],
  summary: 'forget a lock that is gone: its keys, and what was seen of its history',
  operands: [{ name: 'ID' }],
  options: {},
  details: [
    'ID is the beginning of its id. Works without the hub; without ID: see mortise status.',
  ],
  run: async (context): Promise<Result> => {
    const [wanted = ''] = context.given.operands
    const memory = context.memory()
    const ids = (await memory.list()).map(({ lockId }) => toHex(lockId))
    const found = ids.filter((id) => wanted.length >= idPrefixMin && id.startsWith(wanted))
    const [only] = found
    if (only === undefined || found.length > 1) {
      const nextStep = `Known here: ${ids.map((id) => id.slice(0, 8)).join(', ') || 'none'}.`
      throw new CliError('lockNotFound', `"${wanted}" names no single lock`, nextStep)
    }
    memory.forget(only)
    return { data: { lockId: only }, lines: [line(`Forgot the lock ${only.slice(0, 8)}.`)] }
  },
}
