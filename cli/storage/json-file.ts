import type { z } from 'zod'
import { CliError } from '#cli/errors.ts'
import { readPrivateFile, writePrivateFile } from './private-file.ts'

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
  await writePrivateFile(path, `${JSON.stringify(value, null, 2)}\n`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
