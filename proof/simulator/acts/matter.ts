import { pick } from '@mortise/access/testing'
import type { OpenLock } from '@mortise/lock'
import { utf8 } from '@mortise/protocol/wire'
import { settled } from '../network.ts'
import { answerMs, rest } from '../world.ts'
import type { Act, World } from '../world.ts'

type Command = Parameters<OpenLock['matter']['command']>[1]

const fabricIndex = 1
/** Codes that a controller gives its people: two digits longer than those that keyholders draw, so that nobody has them by chance. */
const pins = ['48291375', '90371264', '61504829'] as const
const wrongPin = '77712358'

async function ask({ site }: World, command: Command): Promise<boolean> {
  const { value } = await settled(site, site.lock().matter.command(fabricIndex, command))
  return value?.status === 'success'
}

function addUser(number: number, disposable: boolean): Command {
  return {
    type: 'setCredential',
    operationType: 'add',
    credential: { credentialType: 'pin', credentialIndex: number + 1 },
    credentialData: utf8(pins[number] ?? wrongPin),
    userIndex: undefined,
    userStatus: undefined,
    userType: disposable ? 'disposableUser' : undefined,
  }
}

export const matter = {
  async matterUser(world, chance) {
    const number = Math.floor(chance() * pins.length)
    if (chance() < 0.7) await ask(world, addUser(number, chance() < 0.3))
    else await ask(world, { type: 'clearUser', userIndex: number + 1 })
  },
  async matterController(world, chance) {
    const type = pick(chance, ['lockDoor', 'unlockDoor', 'unlockDoor', 'unboltDoor'] as const)
    const pin = pick(chance, [undefined, undefined, ...pins, wrongPin])
    world.auditor.deeds.did('matter', 'matter')
    await ask(world, { type, pinCode: pin === undefined ? undefined : utf8(pin) })
  },
  async matterOpensFor(world, chance) {
    const timeout = pick(chance, [5, 60, 600])
    world.auditor.deeds.did('matter', 'matter', timeout)
    const pinCode = chance() < 0.5 ? undefined : utf8(pins[0])
    await ask(world, { type: 'unlockWithTimeout', timeout, pinCode })
  },
  async matterCode(world, chance) {
    world.auditor.deeds.did('matter', 'keypad')
    world.site.press(`*${pick(chance, pins)}#`)
    await rest(world, answerMs)
  },
} satisfies Readonly<Record<string, Act>>
