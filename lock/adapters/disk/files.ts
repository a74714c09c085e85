import {
  chmodSync,
  closeSync,
  existsSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs'
import type { Stats } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { MortiseError } from '@mortise/protocol/errors'

const OWNER_ONLY_FILE = 0o600
const OWNER_ONLY_FOLDER = 0o700
const READABLE_BY_OTHERS = 0o077
const WRITABLE_BY_OTHERS = 0o022

/**
 * Makes the folder, for its owner only, and makes its name durable.
 * @throws MortiseError `folderOpenToOthers` (world): somebody else could replace the files in it.
 * @throws MortiseError `folderUnwritable` (world)
 */
export function ensureFolder(folder: string): void {
  const path = resolve(folder)
  const firstMade = asFolderError(path, () =>
    mkdirSync(path, { recursive: true, mode: OWNER_ONLY_FOLDER }),
  )
  if (firstMade !== undefined) {
    for (let made = path; made.length >= firstMade.length; made = dirname(made)) {
      syncFolder(dirname(made))
    }
  }
  const stats = statSync(path)
  if (!isOpenFor(stats, WRITABLE_BY_OTHERS)) return
  throw new MortiseError('world', 'folderOpenToOthers', `${path} can be written by other users`, {
    nextStep: `Run: chmod go-w ${path}`,
  })
}

function asFolderError<Result>(path: string, work: () => Result): Result {
  try {
    return work()
  } catch (cause) {
    throw new MortiseError('world', 'folderUnwritable', `${path} cannot be made or written`, {
      nextStep: 'Check the owner of the folder and whether the disk is mounted and has room.',
      cause,
    })
  }
}

function isOpenFor(stats: Stats, mask: number): boolean {
  // Windows has no such bits and reports all of them; its access lists are not ours to judge.
  return process.platform !== 'win32' && (stats.mode & mask) !== 0
}

/** Makes the names in a folder durable. */
export function syncFolder(folder: string): void {
  // A folder cannot be opened on Windows, where a rename is durable without it.
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Makes an empty file that only its owner can open, durably; returns false when it is there. */
export function makePrivateFile(path: string): boolean {
  if (existsSync(path)) return false
  asFolderError(dirname(path), () => closeSync(openSync(path, 'ax', OWNER_ONLY_FILE)))
  syncFolder(dirname(path))
  return true
}

/** Takes a file of the lock back from other users; one that is missing stays so. */
export function keepPrivate(path: string): void {
  if (!existsSync(path)) return
  asFolderError(dirname(path), () => chmodSync(path, OWNER_ONLY_FILE))
}

/**
 * Replaces a private file as a whole: written, synced, renamed, folder synced. A crash leaves the
 * old file or the new one.
 */
export function replacePrivateFile(
  path: string,
  content: Uint8Array,
  reached: (step: 'written' | 'synced' | 'renamed' | 'durable') => void,
): void {
  const temporary = `${path}.new`
  asFolderError(dirname(path), () => {
    const handle = openSync(temporary, 'w', OWNER_ONLY_FILE)
    try {
      // The file may be left over from a crash, with the mode that it was made with.
      fchmodSync(handle, OWNER_ONLY_FILE)
      writeAll(handle, content)
      reached('written')
      fsyncSync(handle)
      reached('synced')
    } finally {
      closeSync(handle)
    }
    renameSync(temporary, path)
    reached('renamed')
    syncFolder(dirname(path))
    reached('durable')
  })
}

function writeAll(handle: number, content: Uint8Array): void {
  let offset = 0
  while (offset < content.length) offset += writeSync(handle, content, offset)
}

/**
 * Reads a file that holds secrets.
 * @returns undefined when it is not there
 * @throws MortiseError `secretReadableByOthers` or `secretUnreadable` (world)
 */
export function readPrivateFile(path: string): Uint8Array | undefined {
  if (!existsSync(path)) return undefined
  const handle = asSecretError(path, () => openSync(path, 'r'))
  try {
    if (!isOpenFor(fstatSync(handle), READABLE_BY_OTHERS))
      return new Uint8Array(asSecretError(path, () => readFileSync(handle)))
  } finally {
    closeSync(handle)
  }
  const message = `${path} holds secrets and can be read or written by other users`
  throw new MortiseError('world', 'secretReadableByOthers', message, {
    nextStep: `If nobody else has read it, run: chmod 600 ${path}`,
  })
}

function asSecretError<Result>(path: string, work: () => Result): Result {
  try {
    return work()
  } catch (cause) {
    throw new MortiseError('world', 'secretUnreadable', `${path} cannot be read`, {
      nextStep: 'Check that it is a file, and run the lock as the user who owns it.',
      cause,
    })
  }
}
