import { changedSettings, doorSettings, doorSettingsOf } from '@mortise/access'
import type { DoorSetting, DoorSettings } from '@mortise/access'
import { changePolicy, changeSettings } from '@mortise/keyholder'
import type { Role } from '@mortise/protocol/words'
import type { Command } from '#cli/command.ts'
import { lockOption } from '#cli/command.ts'
import type { Context } from '#cli/context.ts'
import { findSetting, settingTable } from '#cli/door-settings/table.ts'
import { readRoles } from '#cli/door-settings/values.ts'
import { chosenDoor } from '#cli/door.ts'
import { CliError } from '#cli/errors.ts'
import type { Result } from '#cli/output/result.ts'
import { line } from '#cli/output/result.ts'
import { policyInForce } from '#cli/policy.ts'

const nameWidth = Math.max(...doorSettings.map((setting) => settingTable[setting].name.length))

/** Changes one rule for the door itself; said as done only once the lock has said so. */
export const settingsSet: Command = {
  words: ['settings', 'set'],
  summary: 'change a rule for the door itself',
  operands: [{ name: 'NAME' }, { name: 'VALUE' }],
  options: {
    ...lockOption,
    roles: {
      type: 'text',
      value: 'ROLES',
      help: 'of quiet-hours: guest, resident, manager, agent, auditor (guest)',
    },
  },
  details: [
    ...doorSettings.map((setting) => {
      const { name, meaning, values } = settingTable[setting]
      return `${name.padEnd(nameWidth)}  ${meaning}: ${values}`
    }),
    'HOURS are those at the door: "mon-fri 08:00-18:00, sat 22:00-06:00"; LENGTH is 30s, 2m or 1h.',
    'To give Matter more, somebody must have pressed the button on the inside.',
  ],
  run: async (context): Promise<Result> => {
    const [name = '', value = ''] = context.given.operands
    const setting = findSetting(name)
    const roles = rolesGiven(context, setting)
    // What cannot be read is found out before anybody is asked.
    settingTable[setting].read(value, roles ?? usualRoles)
    const door = await chosenDoor(context)
    const { policy } = await policyInForce(door)
    const before = doorSettingsOf(policy)
    const kept = roles ?? before.quietHours?.roles ?? usualRoles
    const changes = settingTable[setting].read(value, kept)
    const after = { ...before, ...changes }
    const isSame = changedSettings(before, after).length === 0
    // A signature is not asked for nothing.
    const { version } = isSame
      ? policy
      : await changePolicy(door.contact, { edit: changeSettings(changes), pins: [] })
    const shown = settingTable[setting].text
    return {
      data: {
        lockId: door.lockId,
        door: door.name,
        setting,
        before: shown(before),
        after: shown(after),
        policyVersion: version,
      },
      lines: [line(changeText(door.name, setting, { before, after }), isSame ? 'plain' : 'good')],
    }
  },
}

const usualRoles: readonly Role[] = ['guest']

/** @throws CliError `usage`, `badValue` */
function rolesGiven({ given }: Context, setting: DoorSetting): readonly Role[] | undefined {
  const roles = given.text('roles')
  if (roles === undefined) return undefined
  if (setting === 'quietHours') return readRoles(roles)
  throw new CliError('usage', '--roles is of quiet-hours alone', 'Leave it out.')
}

function changeText(
  door: string,
  setting: DoorSetting,
  { before, after }: { readonly before: DoorSettings; readonly after: DoorSettings },
): string {
  const { name, text } = settingTable[setting]
  const [old, wanted] = [text(before), text(after)]
  return old === wanted
    ? `Unchanged at ${door}: ${name} is ${wanted} already.`
    : `In force at ${door}: ${name} is ${wanted} (was ${old})`
}
