import type { DatabaseSync } from 'node:sqlite'
import { MortiseError } from '@mortise/protocol/errors'

/** The value of a pragma that is a number. */
export function pragma(database: DatabaseSync, name: string): number {
  const value = database.prepare(`pragma ${name}`).get()?.[name]
  if (typeof value === 'number') return value
  throw new MortiseError('bug', 'storePragma', `pragma ${name} gave no number`)
}
