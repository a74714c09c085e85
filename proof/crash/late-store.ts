import type { Store, StoreWrite } from '@mortise/lock'

/**
 * A deliberately weak store, for the positive control: it says that a commit is durable, and makes
 * it so with the next one.
 */
export function lateStore(store: Store): Store {
  let held: readonly StoreWrite[] = []
  return {
    ...store,
    commit(writes) {
      if (writes.length === 0) return
      store.commit(held)
      held = writes
    },
    close() {
      store.commit(held)
      store.close()
    },
  }
}
