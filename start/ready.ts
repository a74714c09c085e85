import { z } from 'zod'

/** What the hub says once it serves. */
export const hubReady = z.object({
  origin: z.string(),
  port: z.number(),
  /** File with the text that connects a lock; a secret, so only its path travels. */
  hubTextFile: z.string(),
  /** While nobody is set up. */
  setupLink: z.string().optional(),
})

/** What the lock says once it serves. */
export const lockReady = z.object({ doorUrl: z.string() })
