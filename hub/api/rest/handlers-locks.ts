import { eventPageMax, lockPageMax } from '@mortise/protocol/rest'
import type { Hub } from '#hub/shell/hub.ts'
import { refusal } from '#hub/shell/refusal.ts'
import type { AnswerName, Handlers } from '#hub/api/rest/call.ts'
import { eventPageView, lockView, presenceOf } from '#hub/api/rest/views.ts'

type LockName = Extract<
  AnswerName,
  'listLocks' | 'getLock' | 'getPolicy' | 'getState' | 'relay' | 'listEvents'
>

/** How many come when the caller does not say. */
const pageDefault = 50

/** Locks as the account sees them. Each handler names what it wants to do, and is refused there. */
export function lockHandlers(hub: Hub): Handlers<LockName> {
  const { access, store } = hub
  return {
    listLocks: async ({ after, limit }, call) => {
      const { id } = call.who().account
      const page = await access.list(id, after, limit ?? lockPageMax)
      return { ...page, locks: page.locks.map((seen) => lockView(hub, seen)) }
    },
    getLock: async ({ lockId }, call) =>
      lockView(hub, await access.reach(call.who().account.id, lockId, 'see')),
    getPolicy: async ({ lockId }, call) => {
      await access.reach(call.who().account.id, lockId, 'readPolicy')
      const report = await store.findReport(lockId)
      if (report === undefined) throw refusal('notFound')
      return report
    },
    getState: async ({ lockId }, call) => {
      const { lock } = await access.reach(call.who().account.id, lockId, 'readState')
      const { state } = lock
      return { ...presenceOf(hub, lock), ...(state === undefined ? {} : { state }) }
    },
    relay: async ({ lockId, sealed }, call) => {
      const { id } = call.who().account
      await access.reach(id, lockId, 'relay')
      return { sealed: await hub.relay.ask(lockId, id, sealed) }
    },
    listEvents: async ({ lockId, before, limit }, call) => {
      const { lock } = await access.reach(call.who().account.id, lockId, 'readJournal')
      const wanted = Math.min(limit ?? pageDefault, eventPageMax)
      // One more than asked for tells whether there is an end, a gap or a further page below.
      const found = await store.listEntries(lockId, before, wanted + 1)
      return eventPageView(lock, before, wanted, found)
    },
  }
}
