import type { z } from 'zod'
import { CliError } from '#cli/errors.ts'
import { makePrivateFile, readPrivateFile, writePrivateFile } from './private-file.ts'

/**
 * Reads a private JSON file of a known shape.
 * @throws CliError `looseFileMode`, `unreadableFile`
 */
export async function readJsonFile<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<z.output<Schema> | undefined> {
  const text = await readPrivateFile(path)
  if (text === undefined) return undefined
  const parsed = schema.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  const nextStep = 'Put back a copy of it, or move it away to start anew.'
  throw new CliError('unreadableFile', `${path} is damaged`, nextStep)
}

export async function writeJsonFile(path: string, value: unknown): Promise<void> {
  await writePrivateFile(path, textOf(value))
}

/** @returns false when there is a file already, which is left as it is. */
export async function makeJsonFile(path: string, value: unknown): Promise<boolean> {
  return makePrivateFile(path, textOf(value))
}

function textOf(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
