import type { HubPort } from '@mortise/keyholder'
import type { Keep } from '#app/shell/kept/keep.ts'

/** The hub, with what it hands over put on the shelf besides. Reading never waits for the shelf. */
export function keepingHub(hub: HubPort, load: () => Promise<Keep>): HubPort {
  const beside = (work: (keep: Keep) => Promise<void>): void => {
    // Losing it costs reading without a network, and nothing else.
    load()
      .then(work)
      .catch(() => undefined)
  }
  return {
    relay: (lockId, sealed) => hub.relay(lockId, sealed),
    policyReport: async (lockId) => {
      const signed = await hub.policyReport(lockId)
      beside((keep) => keep.report(lockId, signed))
      return signed
    },
    historyPage: async (lockId, beforeSequence) => {
      const page = await hub.historyPage(lockId, beforeSequence)
      beside((keep) => keep.page(lockId, beforeSequence, page))
      return page
    },
  }
}
