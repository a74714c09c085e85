import type { Problem } from '#tools/source/problem.ts'
import type { Tree } from '#tools/source/tree.ts'
import { excepted, THE_RULES, type Exception } from '#tools/tidy/exceptions.ts'
import { problemsByLine } from '#tools/tidy/lines.ts'

interface Ban {
  readonly words: RegExp
  readonly why: string
  readonly instead: string
}

const UNFINISHED: Ban = {
  words: /\b(TODO|FIXME|XXX|HACK)\b/,
  why: 'notes in the code are forgotten there',
  instead: 'an issue, or do it',
}
const BELITTLING: Ban = {
  words: /\b(simply|just works)\b/i,
  why: 'it helps nobody for whom it is not simple',
  instead: 'the sentence without it',
}
const BOASTING: Ban = {
  words:
    /\b(bank-grade|military-grade|unhackable|unbreakable|hack-?proof|100 ?% secure|blazing(ly)? fast|world-class)\b/i,
  why: 'it claims what nobody can show',
  instead: 'a guarantee with its threat level, or a number with its machine',
}
const AUTHORS: Ban = {
  words:
    /\b(Claude|Anthropic|ChatGPT|OpenAI|Copilot|LLMs?|language model|AI[- ](agent|assistant|session|generated)|sub-?agents?|helper agents?|as an AI)\b/i,
  why: 'the repository speaks about locks, and not about how it was written',
  instead: 'the sentence without it',
}
const SECRETS: Ban = {
  words:
    /-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{20,}|\bnpm_\w{30,}|\bsk_live_\w+|\bxox[abprs]-\w{10,}/,
  why: 'it looks like a secret, and a published secret is none',
  instead: 'a key made at run time',
}

const bans: readonly Ban[] = [UNFINISHED, BELITTLING, BOASTING, AUTHORS, SECRETS]

const EXCEPTIONS: readonly Exception[] = [
  THE_RULES,
  { files: /^package-lock\.json$/, why: 'the names in it are not ours' },
  { files: /^LICENSE$/, why: 'the text is not ours' },
]

/** Words that do not belong into this repository, in any text file. */
export function checkWords(tree: Tree): readonly Problem[] {
  return tree.files
    .filter(({ path }) => !excepted(EXCEPTIONS, path))
    .flatMap((file) =>
      problemsByLine(file, (line) =>
        bans.flatMap(({ words, why, instead }) => {
          const word = words.exec(line)?.[0]
          return word === undefined
            ? []
            : [`"${word}" is banned here, because ${why}; use ${instead}`]
        }),
      ),
    )
}
