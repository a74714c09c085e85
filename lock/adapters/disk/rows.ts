import type { SQLOutputValue } from 'node:sqlite'
import { storeError } from './database.ts'

export type Row = Readonly<Record<string, SQLOutputValue>>

/** Columns of strict tables; another type than declared means damage. */
export function integerOf(row: Row, column: string): number {
  const value = row[column]
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  throw storeError('storeCorrupt')
}

/** A column that may be empty. */
export function integerOrNothing(row: Row, column: string): number | undefined {
  return row[column] === null ? undefined : integerOf(row, column)
}

export function bytesOf(row: Row, column: string): Uint8Array {
  const value = row[column]
  if (value instanceof Uint8Array) return value
  throw storeError('storeCorrupt')
}
