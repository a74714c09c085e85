import type { PolicyView } from '@mortise/access'
import { toHex } from '@mortise/protocol/wire'
import { forgetRefusals } from '#core/journal/refusals.ts'
import type { Turn } from '#core/turn/turn.ts'
import { keepPresented } from './presented.ts'
import { forgetUsages } from './usage.ts'

/**
 * Forgets what was counted of people and credentials that are gone, in the write that removes them:
 * whoever manages people could otherwise fill memory and disk with those who were there for a minute.
 */
export function forgetGone(turn: Turn, { users, holders }: PolicyView): void {
  forgetUsages(turn, (userId) => users.has(userId))
  keepPresented(turn, ({ credentialId }) => holders.has(toHex(credentialId)))
  forgetRefusals(turn, users, holders)
}
