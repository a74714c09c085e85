import { limits } from '@mortise/protocol/limits'

/**
 * Where alarms begin and where they end: apart, so that what wavers around an edge does not fill the
 * journal and teach people to look away.
 */
export const alarmEdges = {
  /** Days count only once they are more than a guess. */
  batteryLow: { percent: [20, 25], days: [30, 38] },
  batteryCritical: { percent: [5, 8], days: [7, 10] },
  /** A router that restarts takes some minutes. */
  linkLostMs: 300_000,
  /** With signs that somebody is at work, nobody waits for the router. */
  linkJammedMs: 60_000,
  /** So long it must hold before it counts as back. */
  linkSteadyMs: 60_000,
  /** A contact that bounces is silent for less. */
  boltSensorSilentMs: 5_000,
  /** Without a further refusal; also what a restart, which forgets the count, waits for. */
  credentialQuietMs: 3_600_000,
  storageNearlyFull: {
    freeBytes: [16 * 1024 * 1024, 32 * 1024 * 1024],
    entries: [limits.journalEntriesMax * 0.9, limits.journalEntriesMax * 0.8],
  },
} as const
