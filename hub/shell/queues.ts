/** Runs work of the same key one after another, and of different keys at the same time. */
export interface Queues {
  readonly run: <Value>(key: string, work: () => Promise<Value>) => Promise<Value>
}

export function createQueues(): Queues {
  const ends = new Map<string, Promise<void>>()
  return {
    run: async (key, work) => {
      const before = ends.get(key) ?? Promise.resolve()
      const result = before.then(work)
      const end = result.then(nothing, nothing)
      ends.set(key, end)
      try {
        return await result
      } finally {
        if (ends.get(key) === end) ends.delete(key)
      }
    },
  }
}

function nothing(): void {}
