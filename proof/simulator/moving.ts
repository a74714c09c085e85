import { weather } from './acts/weather.ts'
import type { Household } from './household.ts'
import { answerMs, dayMs, rest } from './world.ts'
import type { World } from './world.ts'

/** In which those who lived there try on at a lock that nobody owns. */
const emptyMs = 2 * dayMs

/**
 * A house whose lock nobody owns stands empty for two days; then others claim it.
 * @param found has a household with new people claim the lock, as of the life with this number
 */
export function moveIn(
  found: (life: number) => Promise<Household>,
): (world: World) => Promise<void> {
  let life = 0
  let emptySinceMs: number | undefined
  return async (world) => {
    const { site, auditor } = world
    const nowMs = site.time.clock.monotonicMs()
    if (site.isDead() || site.lock().state().claimed) return
    emptySinceMs ??= nowMs
    if (nowMs - emptySinceMs < emptyMs || auditor.findings.length > 0) return
    emptySinceMs = undefined
    life += 1
    await calm(world)
    world.former = world.people
    world.people = await found(life)
  }
}

/** Whoever moves in does so with mended steel, a clock that is right and a network that works. */
async function calm(world: World): Promise<void> {
  const { site, network, auditor } = world
  network.setAway(false)
  network.setTrouble(0)
  network.setTampering(0)
  site.trouble.calm()
  site.time.setWall(site.trueMs())
  await weather.repair(world)
  await site.restart()
  await rest(world, answerMs)
  auditor.clockMended()
}
