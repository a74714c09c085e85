import { randomUUID } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { link, mkdir, open, rename, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { CliError } from '#cli/errors.ts'

/** Nobody but the owner: a file that others may read or write is as good as public. */
const othersMask = 0o077
const fileMode = 0o600
const folderMode = 0o700
/** More than anything that is kept here; a larger file is somebody else's. */
const bytesMax = 64 * 1024

/**
 * Reads a private file.
 * @returns undefined when there is none.
 * @throws CliError `looseFileMode` when others may read or write it; `unreadableFile`
 */
export async function readPrivateFile(path: string): Promise<string | undefined> {
  const file = await openExisting(path)
  if (file === undefined) return undefined
  try {
    // Looked at through the open file, so that nobody can swap the file in between.
    const { mode, size } = await file.stat()
    if ((mode & othersMask) !== 0) throw looseMode(path, mode)
    if (size > bytesMax) throw unreadable(path)
    return await file.readFile('utf8')
  } finally {
    await file.close()
  }
}

async function openExisting(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r')
  } catch (cause) {
    if (hasCode(cause, 'ENOENT')) return undefined
    throw unreadable(path, cause)
  }
}

/**
 * Replaces a private file as a whole: after a power cut there is the old one or the new one.
 * @throws CliError `unreadableFile`
 */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  const temporary = await writeAside(path, text)
  await rename(temporary, path).catch(async (cause: unknown) => {
    await unlink(temporary)
    throw unreadable(path, cause)
  })
  await syncFolder(dirname(path))
}

/**
 * Makes a private file where there is none, as a whole.
 * @returns false when there is one already, which is left as it is.
 * @throws CliError `unreadableFile`
 */
export async function makePrivateFile(path: string, text: string): Promise<boolean> {
  const temporary = await writeAside(path, text)
  try {
    // Unlike a rename, a second name never takes the place of a file that is there.
    await link(temporary, path)
  } catch (cause) {
    if (hasCode(cause, 'EEXIST')) return false
    throw unreadable(path, cause)
  } finally {
    await unlink(temporary)
  }
  await syncFolder(dirname(path))
  return true
}

async function writeAside(path: string, text: string): Promise<string> {
  const folder = dirname(path)
  const temporary = join(folder, `.${randomUUID()}.new`)
  try {
    await mkdir(folder, { recursive: true, mode: folderMode })
    const file = await open(temporary, 'wx', fileMode)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    return temporary
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

/** A rename is durable only when the folder that holds the name is (POSIX fsync rationale). */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function hasCode(cause: unknown, code: string): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === code
}

function looseMode(path: string, mode: number): CliError {
  const octal = (mode & 0o777).toString(8).padStart(4, '0')
  return new CliError(
    'looseFileMode',
    `Others on this machine may read or write ${path} (mode ${octal})`,
    `If nobody has used it: chmod 600 ${path}. Otherwise have the device removed and make a new key.`,
  )
}

function unreadable(path: string, cause?: unknown): CliError {
  const nextStep = 'Check that the folder belongs to you and that the disk is not full.'
  return new CliError('unreadableFile', `${path} cannot be used`, nextStep, cause)
}
