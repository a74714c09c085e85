import { readFile } from 'node:fs/promises'
import type { Environment } from '#cli/environment.ts'
import { CliError } from '#cli/errors.ts'

export interface SecretInput {
  /** Shown on a terminal. */
  readonly prompt: string
  /** A file in place of standard input. */
  readonly file: string | undefined
}

/**
 * A secret, from a file, a pipe or the keyboard; never from the arguments, which every user of the
 * machine can list.
 * @throws CliError `noInput`
 */
export async function readSecret(
  { stdin }: Pick<Environment, 'stdin'>,
  { prompt, file }: SecretInput,
): Promise<string> {
  const secret = (await readFrom(stdin, prompt, file)).trim()
  if (secret !== '') return secret
  throw new CliError('noInput', 'Nothing was given', 'Give it through a pipe, --file, or type it.')
}

async function readFrom(
  stdin: Environment['stdin'],
  prompt: string,
  file: string | undefined,
): Promise<string> {
  if (file === undefined) return stdin.isTerminal ? stdin.readHidden(prompt) : stdin.readAll()
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new CliError('noInput', `${file} cannot be read`, 'Check the path.', cause)
  }
}
