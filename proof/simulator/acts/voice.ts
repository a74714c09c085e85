import { pick } from '@mortise/access/testing'
import { answerMs, rest } from '../world.ts'
import type { Act, World } from '../world.ts'
import { comeIn } from './doorstep.ts'

/** A digit longer than any PIN of this household. */
function wrongPin(chance: () => number): string {
  return String(Math.floor(1_000_000 + chance() * 8_999_999))
}

async function say(world: World, pin: string | undefined): Promise<void> {
  await world.people.say(pin)
  await rest(world, answerMs)
}

export const voice = {
  /** Somebody wants the door open, and tells the assistant its PIN, or forgets to. */
  async assistant(world, chance) {
    const {
      assistant: { pin, duressPin },
      codes,
    } = world.people
    // Who has mistaken the PIN for the code of the keypad.
    const code = pick(chance, [codes.owner.pin, codes.resident.pin])
    if (chance() < 0.7) world.site.door().hands.turnBolt('extended')
    await say(world, pick(chance, [pin, pin, pin, duressPin, undefined, code, wrongPin(chance)]))
    if (chance() < 0.5) await comeIn(world)
  },
  /** Somebody shouts through the letter box, with luck across a restart, and somebody else has the PIN. */
  async shouting(world, chance) {
    const { people, site } = world
    for (let guess = Math.floor(chance() * 16); guess > 0; guess -= 1) {
      await say(world, wrongPin(chance))
      if (chance() < 0.2) await site.restart()
    }
    if (chance() < 0.5) await say(world, people.assistant.pin)
    if (chance() < 0.5) await people.operate(people.assistant.phone, 'lock')
  },
  /** Somebody has heard the PIN, and types it. */
  async overheard(world, chance) {
    const { pin, duressPin } = world.people.assistant
    world.site.press(`*${pick(chance, [pin, duressPin])}#`)
    await rest(world, answerMs)
  },
} satisfies Readonly<Record<string, Act>>
