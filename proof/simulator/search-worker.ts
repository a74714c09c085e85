import { registerHooks } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import type { SearchOrder, Sighted } from './search.ts'
import { sourceFaults, spoil, urlOf } from './planted/in-source.ts'

/** A thread in which the product has a fault. Everything of the product is loaded after the hook. */
async function search({ fault, worlds, days }: SearchOrder): Promise<Sighted> {
  const planted = sourceFaults.find(({ name }) => name === fault)
  if (planted !== undefined) plant(planted)
  const { runWorld } = await import('./run.ts')
  const { planOf } = await import('./plan.ts')
  let lived = 0
  for (let seed = 1; seed <= worlds; seed += 1) {
    const plan = planOf(seed, planted?.days ?? days, planted?.favours)
    const { finding, happened } = await runWorld({ seed, plan, store: planted?.store ?? 'memory' })
    lived += happened
    if (finding === undefined) continue
    return { seed, claim: finding.claim, detail: finding.detail, happened: lived }
  }
  return { happened: lived }
}

function plant(fault: (typeof sourceFaults)[number]): void {
  const url = urlOf(fault)
  registerHooks({
    load(wanted, context, nextLoad) {
      const loaded = nextLoad(wanted, context)
      if (wanted !== url || loaded.source === undefined || loaded.source === null) return loaded
      const text =
        typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source)
      return { ...loaded, source: spoil(fault, text) }
    },
  })
}

const order: SearchOrder = workerData
parentPort?.postMessage(await search(order), [])
