import { existsSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { generateCases } from '#protocol/vectors/cases/index.ts'

/**
 * Writes the golden files that do not exist yet. A file that exists is never written again: from
 * then on it is the judge, and a difference is a change of the protocol.
 */
const golden = fileURLToPath(new URL('golden/', import.meta.url))

for (const [name, file] of Object.entries(generateCases())) {
  const path = `${golden}${name}.json`
  const fresh = !existsSync(path)
  if (fresh) writeFileSync(path, `${JSON.stringify(file, undefined, 1)}\n`)
  process.stdout.write(`${fresh ? 'wrote' : 'kept '} ${name}.json\n`)
}
