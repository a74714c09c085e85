import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { STORE_FILE } from '@mortise/lock/testing'

/** The files of a store as they lie on the disk; undefined: no such file. */
export interface Image {
  readonly database: Uint8Array | undefined
  /** SQLite's write-ahead log. */
  readonly log: Uint8Array | undefined
}

const databaseIn = (folder: string): string => join(folder, 'lock', STORE_FILE)
const logIn = (folder: string): string => `${databaseIn(folder)}-wal`

/** Reads what a lock in this folder has on its disk, also while it is running. */
export function readImage(folder: string): Image {
  const read = (path: string) => (existsSync(path) ? readFileSync(path) : undefined)
  return { database: read(databaseIn(folder)), log: read(logIn(folder)) }
}

/** Makes a folder like another one, but for its store, which is this one. */
export function writeImage(folder: string, image: Image, template: string): void {
  rmSync(folder, { recursive: true, force: true })
  cpSync(template, folder, { recursive: true })
  putImage(folder, image)
}

/** Puts this store where a folder has another one, which nobody has open. */
export function putImage(folder: string, { database, log }: Image): void {
  mkdirSync(join(folder, 'lock'), { recursive: true, mode: 0o700 })
  const write = (path: string, bytes: Uint8Array | undefined): void => {
    rmSync(path, { force: true })
    if (bytes !== undefined) writeFileSync(path, bytes, { mode: 0o600 })
  }
  write(databaseIn(folder), database)
  write(logIn(folder), log)
}
