import { createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { MortiseError } from '@mortise/protocol/errors'

/** One line for the person at the terminal. */
export function say(line = ''): void {
  process.stdout.write(`${line}\n`)
}

/** A step that is done, and how long it took. */
export function sayDone(what: string, startedMs: number): void {
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
  say(`  ✓ ${what.padEnd(58)} ${seconds} s`)
}

/** What went wrong and what to do next. */
export function sayTrouble(error: MortiseError): void {
  process.stderr.write(`\n  ✗ ${error.message} (${error.code})\n`)
  if (error.nextStep !== undefined) process.stderr.write(`    ${error.nextStep}\n`)
}

/** Opens the file that the programs' logs go to; they hold no secrets. */
export function openLog(data: string): {
  readonly path: string
  readonly write: (line: string) => void
} {
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const path = join(data, 'mortise.log')
  const stream = createWriteStream(path, { flags: 'a', mode: 0o600 })
  return { path, write: (line) => void stream.write(`${line}\n`) }
}
