import { doorSettings, doorSettingsOf } from '@mortise/access'
import type { Command } from '#cli/command.ts'
import { lockOption } from '#cli/command.ts'
import { settingsJson, settingTable } from '#cli/door-settings/table.ts'
import { chosenDoor } from '#cli/door.ts'
import type { Result } from '#cli/output/result.ts'
import { line } from '#cli/output/result.ts'
import { policyInForce } from '#cli/policy.ts'

const nameWidth = Math.max(...doorSettings.map((setting) => settingTable[setting].name.length))

/** Every rule for the door itself, with what holds where nobody has said anything. */
export const settings: Command = {
  words: ['settings'],
  summary: 'the rules for the door itself, as the lock has them in force',
  operands: [],
  options: lockOption,
  details: ['Change one: mortise settings set NAME VALUE. Holidays: mortise holiday list.'],
  run: async (context): Promise<Result> => {
    const door = await chosenDoor(context)
    const { policy } = await policyInForce(door)
    const inForce = doorSettingsOf(policy)
    return {
      data: {
        lockId: door.lockId,
        door: door.name,
        policyVersion: policy.version,
        settings: settingsJson(inForce),
      },
      lines: doorSettings.map((setting) => {
        const { name, text } = settingTable[setting]
        return line(`${name.padEnd(nameWidth)}  ${text(inForce)}`)
      }),
    }
  },
}
