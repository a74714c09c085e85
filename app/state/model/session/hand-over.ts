import type { Trouble } from '#app/state/model/trouble.ts'

/** A lock that changes hands is set back. */
export interface HandOver {
  readonly kind: 'handOver'
  readonly lockId: string
  /** The name of the door as it was written out, so that no slip does this. */
  readonly name: string
  readonly phase: 'writing' | 'proving' | 'sent' | 'done'
  readonly trouble: Trouble | null
}

/** The name of the door is written out. */
export function isMeant({ name }: Pick<HandOver, 'name'>, doorName: string): boolean {
  return name.trim() === doorName
}
