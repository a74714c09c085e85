import { chanceFrom } from '@mortise/access/testing'
import { createManualTime } from '@mortise/lock/testing'
import { toHex } from '@mortise/protocol/wire'
import { startMs } from '#proof/testing/test-lock.ts'
import { perform } from './acts/index.ts'
import { comeToTheEnd } from './acts/resets.ts'
import { vouch } from './acts/weather.ts'
import { Auditor } from './auditor/auditor.ts'
import type { Finding } from './auditor/claims.ts'
import { foundHousehold } from './founding.ts'
import type { Household } from './household.ts'
import { worldCrypto, worldPasskey } from './cheap-crypto.ts'
import type { CryptoKind } from './cheap-crypto.ts'
import { createNetwork } from './network.ts'
import type { Happening } from './plan.ts'
import type { PlantedFault } from './planted/around-ports.ts'
import { moveIn } from './moving.ts'
import { openSite } from './site.ts'
import type { StoreKind } from './storage.ts'
import type { World } from './world.ts'
import { zoneOf } from './zones.ts'

export interface RunOptions {
  readonly seed: number
  readonly plan: readonly Happening[]
  readonly fault?: PlantedFault
  readonly crypto?: CryptoKind
  readonly store?: StoreKind
}

export interface RunResult {
  /** The first broken promise; undefined: all were kept. */
  readonly finding: Finding | undefined
  /** How many happenings there were until then. */
  readonly happened: number
  readonly entries: number
  /** How often the journal tells of what. */
  readonly tally: ReadonlyMap<string, number>
  readonly movements: number
  /** The end of the hash chain: the same seed, the same journal, the same digest. */
  readonly digest: string
}

/** A hub that is there says so anew. */
const vouchEveryMs = 4 * 3_600_000
/** Between the seeds of two households that live in one house. */
const lifeSeeds = 1_000_003

/** Lets a world happen, until it is over or a promise is broken. */
export async function runWorld(options: RunOptions): Promise<RunResult> {
  const { seed, plan, fault, crypto: kind = 'cheap' } = options
  const { store = fault?.isDiskLate === true ? 'disk' : 'memory' } = options
  const timeZone = zoneOf(seed)
  const crypto = worldCrypto(kind, chanceFrom(seed))
  const time = createManualTime({ wallMs: startMs })
  const auditor = new Auditor({ nowMs: time.clock.monotonicMs, startMs, crypto })
  const site = openSite({ seed, time, witness: auditor, fault, crypto, storeKind: store })
  const network = createNetwork(site, chanceFrom(seed + 2))
  const found = (life: number): Promise<Household> =>
    foundHousehold({
      site,
      network,
      auditor,
      seed: seed + life * lifeSeeds,
      crypto: worldCrypto(kind, chanceFrom(seed + 1 + life * lifeSeeds)),
      passkey: (secret) => worldPasskey(kind, secret),
      timeZone,
    })
  const people = await found(0)
  const world: World = { site, network, auditor, people, former: undefined, timeZone }
  const newcomers = moveIn(found)
  let vouchedMs = 0
  let happened = 0
  for (const happening of plan) {
    if (auditor.findings.length > 0) break
    await comeToTheEnd(world, chanceFrom(happening.seed + 1), happening.atMs)
    site.time.advance(Math.max(0, happening.atMs - site.time.clock.monotonicMs()))
    // Time alone makes the lock write, and the power may go at that as well.
    if (site.isDead()) await site.restart()
    auditor.looks()
    await newcomers(world)
    if (happening.atMs - vouchedMs > vouchEveryMs) {
      vouchedMs = happening.atMs
      vouch(world)
    }
    await perform(world, happening)
    happened += 1
  }
  const { boltMovements } = site.door().snapshot()
  await site.close()
  return {
    finding: auditor.findings[0],
    happened,
    entries: auditor.newestSequence(),
    tally: auditor.tally,
    movements: boltMovements,
    digest: toHex(auditor.headHash()),
  }
}
