import { matterChannelOf, viewPolicy } from '@mortise/access'
import { assertInvariant } from '@mortise/protocol/errors'
import { toHex } from '@mortise/protocol/wire'
import type { Policy, User } from '@mortise/protocol/words'
import { changePinTags } from '#core/access/pin-tags.ts'
import type { PinTag } from '#core/access/pin-tags.ts'
import { record } from '#core/journal/record.ts'
import { matterUsers } from '#core/matter/as-users.ts'
import { credentialIds, hasAnything } from '#core/matter/database.ts'
import type { MatterDatabase } from '#core/matter/database.ts'
import { encodeMatterDatabase } from '#core/matter/encode.ts'
import type { MatterOutcome } from '#core/matter/outcome.ts'
import { forgetFabric } from '#core/matter/users.ts'
import { act, update } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'
import { forgetGone } from '#core/visits/gone.ts'

/**
 * Puts a changed database in force: codes of those who are gone go in the same write. Nothing
 * happens when a command changed nothing.
 */
export function installMatter(
  turn: Turn,
  { database, changes }: MatterOutcome,
  fabricIndex: number,
  tags: readonly PinTag[] = [],
): void {
  if (database === turn.state.matter) return
  const kept = new Set(credentialIds(database).map(toHex))
  const removed = credentialIds(turn.state.matter).filter((id) => !kept.has(toHex(id)))
  writeMatter(turn, database, removed, tags)
  for (const change of changes) {
    record(turn, {
      type: 'lockUserChanged',
      source: 'matter',
      matterFabricIndex: fabricIndex,
      ...(change.userIndex === undefined ? {} : { matterUserIndex: change.userIndex }),
    })
    act(turn, { type: 'matterUserChanged', change, fabricIndex })
  }
}

/** A fabric was removed from the node: what it made stays, and belongs to no later fabric. */
export function forgetMatterFabric(turn: Turn, fabricIndex: number): void {
  const { matter } = turn.state
  if (!hasAnything(matter)) return
  writeMatter(turn, forgetFabric(matter, fabricIndex), [], [])
}

function writeMatter(
  turn: Turn,
  database: MatterDatabase,
  removed: readonly Uint8Array[],
  tags: readonly PinTag[],
): void {
  writeMatterDatabase(turn, database)
  for (const credentialId of removed) turn.writes.push({ type: 'pinTagRemoved', credentialId })
  for (const tag of tags) turn.writes.push({ type: 'pinTag', ...tag })
  update(turn, {
    matter: database,
    pinTags: changePinTags(turn.state.pinTags, removed, tags),
  })
  renewView(turn)
}

/** Makes the database durable. */
export function writeMatterDatabase(turn: Turn, database: MatterDatabase): void {
  turn.writes.push({ type: 'matter', database: encodeMatterDatabase(database) })
}

/** The people of both sources, as the next decision sees them; nothing stays of those who are gone. */
function renewView(turn: Turn): void {
  const { policy, bindings, matter } = turn.state
  assertInvariant(policy !== undefined, 'a Matter database stands beside a policy')
  const { policy: document } = policy.view
  const view = viewPolicy(document, bindings, othersOf(document, matter))
  update(turn, { policy: { ...policy, view } })
  forgetGone(turn, view)
}

/** The users of a policy's Matter channel, for `viewPolicy`. */
export function othersOf(policy: Policy, database: MatterDatabase): readonly User[] {
  return matterUsers(database, matterChannelOf(policy))
}
