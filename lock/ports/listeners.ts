/** Ends a registration; calling it again does nothing. */
export type Unsubscribe = () => void

/** Must not throw: a throw out of a listener is a bug and ends the process. */
export type Listener<Event> = (event: Event) => void

export interface Listeners<Event> {
  readonly add: (listener: Listener<Event>) => Unsubscribe
  readonly tell: (event: Event) => void
}

/**
 * The list of listeners behind every port. Told in the order of registration. A listener that is
 * added while an event is being told hears the next one; one that is removed hears nothing more,
 * not even the event that is being told.
 */
export function createListeners<Event>(): Listeners<Event> {
  const registered = new Set<{ readonly listener: Listener<Event> }>()
  return {
    add(listener) {
      const entry = { listener }
      registered.add(entry)
      return () => {
        registered.delete(entry)
      }
    },
    tell(event) {
      for (const entry of Array.from(registered)) if (registered.has(entry)) entry.listener(event)
    },
  }
}
