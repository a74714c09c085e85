import type { ReadStream, WriteStream } from 'node:tty'
import { text } from 'node:stream/consumers'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { CliError } from '#cli/errors.ts'
import type { Input, Sink } from '#cli/environment.ts'

/** More than any text that people carry. */
const inputCharactersMax = 64 * 1024

/** Where a reader leaves early (`mortise history | head`), what is left is not said to anybody. */
export function sinkOf(stream: WriteStream): Sink {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
  return { write: (written) => void stream.write(written), isTerminal: stream.isTTY }
}

/** Standard input; prompts go to standard error, so that standard output holds results only. */
export function inputOf(stdin: ReadStream, prompts: WriteStream): Input {
  return {
    isTerminal: stdin.isTTY,
    readAll: async () => {
      const read = await text(stdin)
      if (read.length <= inputCharactersMax) return read
      throw new CliError(
        'noInput',
        'The input is too long',
        'Give only the text that is asked for.',
      )
    },
    readHidden: (prompt) => readHidden(stdin, prompts, prompt),
  }
}

/** Reads a line while readline, which edits and echoes it, writes into nothing. */
async function readHidden(
  stdin: ReadStream,
  prompts: WriteStream,
  prompt: string,
): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: stdin, output: nowhere, terminal: true })
  prompts.write(prompt)
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve)
      lines.once('close', () => reject(cancelled()))
      lines.once('SIGINT', () => lines.close())
    })
  } finally {
    prompts.write('\n')
    lines.close()
  }
}

function cancelled(): CliError {
  return new CliError('noInput', 'Nothing was typed', 'Start again when you have it at hand.')
}
