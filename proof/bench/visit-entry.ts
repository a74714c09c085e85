import type { ChainHead, NewEntry } from '@mortise/protocol/chain'

/** Who came, and when. */
export type Visit = Required<
  Pick<NewEntry, 'boot' | 'timeMs' | 'userId' | 'userName' | 'credentialId' | 'credentialType'>
>

/** Intent and result in turns, as each opening leaves them. @param head what the entry follows */
export function visitEntry({ sequence }: ChainHead, { boot, timeMs, ...visitor }: Visit): NewEntry {
  const common = { boot, timeMs, verb: 'unlock' } as const
  return sequence % 2 === 0
    ? { ...common, ...visitor, type: 'operationIntent', source: 'remote', reason: 'granted' }
    : {
        ...common,
        type: 'operationResult',
        intent: sequence,
        outcome: 'done',
        lockState: 'unlocked',
      }
}
