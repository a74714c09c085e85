import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { MortiseError } from '@mortise/protocol/errors'

/** A folder that one of our programs keeps below the data folder. */
interface OwnFolder {
  readonly name: string
  /** Its database, which is open as long as the program runs. */
  readonly database: string
  /** Everything that the program keeps there. */
  readonly files: RegExp
}

const ownFolders: readonly OwnFolder[] = [
  {
    name: 'hub',
    database: 'hub.sqlite',
    files: /^(hub\.sqlite(-wal|-shm|-journal)?|(identity\.json|link\.txt)(\.new)?|code-cache)$/,
  },
  {
    name: 'lock',
    database: 'lock.db',
    files: /^(lock\.db(-wal|-shm|-journal|-reserve)?|(secrets|door\.json)(\.new)?|code-cache)$/,
  },
]

/**
 * Forgets hub, lock and door: deletes the folders that our programs made below the data folder, and
 * nothing else. A folder that also holds anything else is somebody's own, such as a data folder that
 * was mistyped; then nothing at all is deleted.
 * @throws MortiseError `notOurFolder`
 */
export function forget(data: string): void {
  const found = ownFolders.filter(({ name }) => existsSync(join(data, name)))
  for (const folder of found) assertOurs(data, folder)
  for (const { name } of found) rmSync(join(data, name), { recursive: true, force: true })
}

function assertOurs(data: string, { name, files }: OwnFolder): void {
  const path = join(data, name)
  const [foreign] = readdirSync(path).filter((file) => !files.test(file))
  if (foreign === undefined) return
  throw new MortiseError(
    'caller',
    'notOurFolder',
    `${path} holds "${foreign}", which is not ours`,
    {
      nextStep:
        'Nothing was deleted. Choose another folder with --data, or clear this one yourself.',
    },
  )
}

/**
 * Refuses to start beside, or to delete below, programs that use the same data, whichever port they
 * serve and however they were started.
 * @throws MortiseError `alreadyRunning`
 */
export function assertNotInUse(data: string): void {
  for (const { name, database } of ownFolders) {
    const path = join(data, name, database)
    if (!existsSync(path) || !isOpenElsewhere(path)) continue
    throw new MortiseError('caller', 'alreadyRunning', `a ${name} is running on ${data}`, {
      nextStep: 'End the other one first, or choose another folder with --data.',
    })
  }
}

/** SQLite result codes SQLITE_BUSY and SQLITE_LOCKED. */
const inUseCodes: ReadonlySet<unknown> = new Set([5, 6])

/** An exclusive lock can be had of a WAL database only while no other connection is open. */
function isOpenElsewhere(path: string): boolean {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(path, { timeout: 0 })
    database.exec('pragma locking_mode = exclusive; begin exclusive; rollback')
    return false
  } catch (error) {
    // A damaged file is nobody's; the program that opens it says so.
    return error instanceof Error && 'errcode' in error && inUseCodes.has(error.errcode)
  } finally {
    database?.close()
  }
}

/**
 * Refuses to start where something else serves already.
 * @throws MortiseError `alreadyRunning`
 */
export async function assertNotRunning(hubPort: number): Promise<void> {
  const answers = await fetch(`http://127.0.0.1:${hubPort}/api/v1/health`).then(
    () => true,
    () => false,
  )
  if (!answers) return
  throw new MortiseError('caller', 'alreadyRunning', `something already serves port ${hubPort}`, {
    nextStep: 'End the other one first, or choose another port with --hub-port.',
  })
}
