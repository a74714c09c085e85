import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Seen } from './acts.ts'

const child = fileURLToPath(new URL('child.ts', import.meta.url))
/** Against a hang only; a life takes half a second. */
const hangMs = 60_000

/** One run of the child, and what somebody outside saw of it. */
export interface Life {
  readonly killed: boolean
  readonly seen: readonly Seen[]
  /** Write points that were reached; known when it was not killed. */
  readonly reached: number
}

export interface LifeOptions {
  /** Number of the write point to die at. */
  readonly crashAt?: number
  /** A folder in which Node keeps compiled source. */
  readonly compileCache?: string
  /** The store lies about what is durable. */
  readonly lateStore?: boolean
}

export function live(
  what: 'prepare' | 'deed',
  scenario: string,
  folder: string,
  options: LifeOptions = {},
): Life {
  const { crashAt, compileCache, lateStore = false } = options
  const environment = {
    ...process.env,
    ...(crashAt !== undefined && { MORTISE_CRASH_AT: String(crashAt) }),
    MORTISE_LATE_STORE: lateStore ? 'yes' : 'no',
    ...(compileCache !== undefined && { NODE_COMPILE_CACHE: compileCache }),
  }
  const { signal, status, stdout, stderr } = spawnSync(
    process.execPath,
    [child, what, scenario, folder],
    { encoding: 'utf8', env: environment, timeout: hangMs },
  )
  assert.ok(signal === 'SIGKILL' || status === 0, stderr)
  const lines = stdout.split('\n').filter((line) => line !== '')
  const told = lines.map((line): unknown => JSON.parse(line))
  return {
    killed: signal === 'SIGKILL',
    seen: told.filter(isSeen),
    reached: told.find(isCount)?.reached ?? 0,
  }
}

function isSeen(told: unknown): told is Seen {
  return typeof told === 'object' && told !== null && 'saw' in told
}

function isCount(told: unknown): told is { readonly reached: number } {
  return typeof told === 'object' && told !== null && 'reached' in told
}
