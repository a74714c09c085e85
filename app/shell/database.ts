import { MortiseError } from '@mortise/protocol/errors'

/** Stores of the app's database; each maps a key to one record. */
export const stores = ['locks', 'sightings', 'doors', 'passkeys', 'reports', 'histories'] as const
export type StoreName = (typeof stores)[number]

const databaseName = 'mortise'
const databaseVersion = 2

export interface Database {
  readonly get: (store: StoreName, key: string) => Promise<unknown>
  readonly all: (store: StoreName) => Promise<readonly unknown[]>
  readonly put: (store: StoreName, key: string, value: unknown) => Promise<void>
  /**
   * Replaces a record by `change(before)` within one transaction, which no other tab can come
   * between; resolves with the new record once it is durable. What `change` throws changes nothing.
   */
  readonly update: <Value>(
    store: StoreName,
    key: string,
    change: (before: unknown) => Value,
  ) => Promise<Value>
  /** Deletes every record of the store whose key is not in the list. */
  readonly keepOnly: (store: StoreName, keys: readonly string[]) => Promise<void>
}

/** @throws MortiseError `noStorage` (world) where the browser forbids it, as in some private windows. */
export async function openDatabase(): Promise<Database> {
  const database = await opened()
  const run = <Value>(
    store: StoreName,
    mode: IDBTransactionMode,
    work: (objects: IDBObjectStore) => () => Value,
  ): Promise<Value> => transaction(database, store, mode, work)
  return {
    get: (store, key) => run(store, 'readonly', (objects) => resultOf(objects.get(key))),
    all: (store) => run(store, 'readonly', (objects) => resultOf(objects.getAll())),
    put: (store, key, value) =>
      run(store, 'readwrite', (objects) => {
        objects.put(ownBytes(value), key)
        return () => undefined
      }),
    update: (store, key, change) => updated(database, store, key, change),
    keepOnly: (store, keys) =>
      run(store, 'readwrite', (objects) => {
        const found = objects.getAllKeys()
        found.addEventListener('success', () => {
          for (const key of found.result) {
            if (typeof key !== 'string' || !keys.includes(key)) objects.delete(key)
          }
        })
        return () => undefined
      }),
  }
}

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(databaseName, databaseVersion)
    request.addEventListener('upgradeneeded', () => {
      for (const store of stores) {
        if (!request.result.objectStoreNames.contains(store))
          request.result.createObjectStore(store)
      }
    })
    request.addEventListener('success', () => {
      // A newer version in another tab must not wait for this one.
      request.result.addEventListener('versionchange', () => request.result.close())
      resolve(request.result)
    })
    request.addEventListener('error', () => reject(noStorage(request.error)))
    request.addEventListener('blocked', () => reject(noStorage(undefined)))
  })
}

function transaction<Value>(
  database: IDBDatabase,
  store: StoreName,
  mode: IDBTransactionMode,
  work: (objects: IDBObjectStore) => () => Value,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const bracket = database.transaction(store, mode, { durability: 'strict' })
    const result = work(bracket.objectStore(store))
    bracket.addEventListener('complete', () => resolve(result()))
    bracket.addEventListener('abort', () => reject(noStorage(bracket.error)))
  })
}

function updated<Value>(
  database: IDBDatabase,
  store: StoreName,
  key: string,
  change: (before: unknown) => Value,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const bracket = database.transaction(store, 'readwrite', { durability: 'strict' })
    const objects = bracket.objectStore(store)
    const read = objects.get(key)
    let after: { readonly value: Value } | undefined
    let thrown: unknown
    read.addEventListener('success', () => {
      try {
        after = { value: change(read.result) }
        objects.put(ownBytes(after.value), key)
      } catch (error) {
        thrown = error
        bracket.abort()
      }
    })
    bracket.addEventListener('complete', () => {
      if (after !== undefined) resolve(after.value)
    })
    bracket.addEventListener('abort', () => reject(rejection(thrown, bracket.error)))
  })
}

/** What `change` threw is the caller's own and goes back to it. */
function rejection(thrown: unknown, fault: unknown): Error {
  return thrown instanceof Error ? thrown : noStorage(fault)
}

function resultOf<Value>(request: IDBRequest<Value>): () => Value {
  return () => request.result
}

/**
 * Copies byte arrays out of the messages that they were cut from: a structured clone would store
 * the whole message behind each of them.
 */
function ownBytes(value: unknown): unknown {
  if (value instanceof Uint8Array) return value.slice()
  if (Array.isArray(value)) return value.map(ownBytes)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, ownBytes(part)]))
}

function noStorage(cause: unknown): MortiseError {
  return new MortiseError('world', 'noStorage', 'this browser does not store anything', { cause })
}
