import type { SourceFile } from '#tools/source/tree.ts'
import { oneLine, type Mutant } from '#tools/mutate/mutant.ts'
import { placesOf, type Place } from '#tools/mutate/operators.ts'

/** A file with all its mutants inside, each behind `isMutant(id)`. */
export interface Schemata {
  readonly file: string
  readonly text: string
  readonly mutants: readonly Mutant[]
}

interface Host {
  readonly start: number
  readonly end: number
  readonly kind: Place['kind']
  readonly choices: { readonly id: number; readonly text: string }[]
}

/** The switch, by the name that it has in a broken file. On the first line, so that no line moves. */
const preamble = 'const isMutant = globalThis.isMutant;'

/**
 * Mutant schemata (Untch, Offutt and Harrold, 1993): one text that behaves as the original, or as
 * any one of its mutants.
 * @param firstId the number of its first mutant
 */
export function schemataOf(source: SourceFile, firstId: number): Schemata {
  const places = placesOf(source)
  const mutants = places.map(({ edit, within, isStatic }, index) => ({
    id: firstId + index,
    file: source.path,
    line: source.lineAt(firstDifference(source, edit)),
    within,
    operator: edit.operator,
    original: oneLine(source.text.slice(edit.start, edit.end)),
    replacement: oneLine(edit.text),
    isStatic,
  }))
  const text = preamble + render(source.text, hostsOf(places, firstId))
  return { file: source.path, text, mutants }
}

/** A mutant of a condition over many lines is found where it differs. */
function firstDifference({ text }: SourceFile, edit: Place['edit']): number {
  let offset = edit.start
  while (offset < edit.end && text[offset] === edit.text[offset - edit.start]) offset += 1
  return offset
}

/** One host per stretch and kind, outer before inner. */
function hostsOf(places: readonly Place[], firstId: number): readonly Host[] {
  const hosts = new Map<string, Host>()
  for (const [index, { start, end, kind, edit }] of places.entries()) {
    const key = `${start} ${end} ${kind}`
    const host = hosts.get(key) ?? { start, end, kind, choices: [] }
    host.choices.push({ id: firstId + index, text: edit.text })
    hosts.set(key, host)
  }
  return [...hosts.values()].toSorted(
    (a, b) => a.start - b.start || b.end - a.end || kindOrder(a) - kindOrder(b),
  )
}

/** Without semicolons an expression can end where its statement does. */
function kindOrder({ kind }: Host): number {
  return kind === 'statement' ? 0 : 1
}

function render(text: string, hosts: readonly Host[]): string {
  let next = 0
  const stretch = (start: number, end: number): string => {
    let result = ''
    let offset = start
    for (let host = hosts[next]; host !== undefined && host.end <= end; host = hosts[next]) {
      next += 1
      result += text.slice(offset, host.start) + wrap(host, stretch(host.start, host.end))
      offset = host.end
    }
    return result + text.slice(offset, end)
  }
  return stretch(0, text.length)
}

function wrap({ kind, choices }: Host, inner: string): string {
  if (kind === 'statement') {
    return choices.reduceRight((rest, { id }) => `{if(!isMutant(${id})){${rest}}}`, inner)
  }
  const alternatives = choices.map(({ id, text }) => `isMutant(${id})?(${text}):`)
  return `(${alternatives.join('')}(${inner}))`
}
