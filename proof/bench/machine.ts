import { execFileSync } from 'node:child_process'
import { cpus, loadavg, release, totalmem, type } from 'node:os'

/** Where and of what the numbers are. */
export interface Machine {
  readonly processor: string
  readonly cores: number
  readonly memoryGib: number
  readonly system: string
  readonly node: string
  readonly commit: string
  /** False when the tree differs from the commit. */
  readonly clean: boolean
  /** Average of the minute before: what else ran here. */
  readonly load: number
  readonly measuredAt: string
}

export function describeMachine(): Machine {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGib: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version,
    commit: git('rev-parse', 'HEAD'),
    clean: git('status', '--porcelain') === '',
    load: Math.round(loadavg()[0] ?? 0),
    measuredAt: new Date().toISOString(),
  }
}

function git(...args: readonly string[]): string {
  try {
    return execFileSync('git', args, { cwd: import.meta.dirname, encoding: 'utf8' }).trim()
  } catch {
    return 'unknown'
  }
}
