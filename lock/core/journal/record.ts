import { appendEntry } from '@mortise/protocol/chain'
import type { NewEntry } from '@mortise/protocol/chain'
import type { Entry } from '@mortise/protocol/words'
import type { Actor } from '#core/turn/state.ts'
import { momentNow, update } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/** Appends an entry in this boot at this moment. Returns its sequence. */
export function record(turn: Turn, fields: Omit<NewEntry, 'boot' | 'timeMs'>): number {
  const entry = { ...fields, boot: turn.state.registers.boots, timeMs: momentNow(turn).ms }
  const { bytes, head } = appendEntry(turn.context.crypto, turn.state.chain, entry)
  turn.writes.push({ type: 'entry', sequence: head.sequence, bytes })
  update(turn, { chain: head })
  return head.sequence
}

type ActorFields = Pick<
  Entry,
  'source' | 'userId' | 'userName' | 'credentialId' | 'credentialType' | 'duress'
>

/** Who it was, as an entry tells it. */
export function actorFields({ source, user, credential, duress }: Actor): ActorFields {
  return {
    source,
    ...(user === undefined ? {} : { userId: user.id, userName: user.name }),
    ...(credential === undefined
      ? {}
      : { credentialId: credential.id, credentialType: credential.type }),
    ...(duress === true ? { duress } : {}),
  }
}
