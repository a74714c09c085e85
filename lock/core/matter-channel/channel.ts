import { matterChannelOf } from '@mortise/access'
import type { MatterChannel } from '@mortise/protocol/words'
import type { CoreState } from '#core/turn/state.ts'

/** How far the owners have opened the channel. Nobody's lock has it closed. */
export function channelOf({ policy }: Pick<CoreState, 'policy'>): MatterChannel {
  return policy === undefined ? 'closed' : matterChannelOf(policy.view.policy)
}
