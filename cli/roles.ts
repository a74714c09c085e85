import type { Role } from '@mortise/protocol/words'
import { roles } from '@mortise/protocol/words'
import type { Context } from './context.ts'
import { CliError } from './errors.ts'

export const roleOption = {
  role: {
    type: 'text',
    value: 'ROLE',
    help: 'owner, manager, resident, guest or agent (resident)',
  },
} as const

/** @throws CliError `usage` */
export function readRole({ given }: Context): Role {
  const wanted = given.text('role') ?? 'resident'
  const role = roles.find((one) => one === wanted)
  if (role !== undefined) return role
  throw new CliError('usage', `"${wanted}" is no role`, `Use one of: ${roles.join(', ')}.`)
}
