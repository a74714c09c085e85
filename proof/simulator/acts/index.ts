import { chanceFrom } from '@mortise/access/testing'
import type { ActName, Happening } from '../plan.ts'
import { answerMs, rest } from '../world.ts'
import type { Act, World } from '../world.ts'
import { doorstep } from './doorstep.ts'
import { invitations } from './invitations.ts'
import { matter } from './matter.ts'
import { owners } from './owners.ts'
import { phones } from './phones.ts'
import { resets } from './resets.ts'
import { voice } from './voice.ts'
import { weather } from './weather.ts'

const acts: Readonly<Record<ActName, Act>> = {
  ...doorstep,
  ...phones,
  ...owners,
  ...invitations,
  ...matter,
  ...voice,
  ...resets,
  ...weather,
}

/** Lets something happen, and the world come to rest after it. */
export async function perform(world: World, happening: Happening): Promise<void> {
  const { site, auditor } = world
  await acts[happening.act](world, chanceFrom(happening.seed), happening)
  await rest(world, answerMs)
  if (site.isDead()) await site.restart()
  if (!site.isDead()) auditor.looks()
}
