import { readFileSync } from 'node:fs'

export interface PageFile {
  readonly contentType: string
  readonly bytes: Uint8Array
}

const TYPES = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
} as const

/** The whole page, by name: what is not listed here cannot be asked for. */
const FILES: readonly (readonly [name: string, kind: keyof typeof TYPES])[] = [
  ['index', 'html'],
  ['icon', 'svg'],
  ['tokens', 'css'],
  ['scene', 'css'],
  ['leaf', 'css'],
  ['touchpad', 'css'],
  ['inside', 'css'],
  ['panel', 'css'],
  ['main', 'js'],
  ['texts', 'js'],
  ['hands', 'js'],
  ['view', 'js'],
  ['words', 'js'],
  ['reader', 'js'],
]

/** Reads the page's files once. */
export function loadPageFiles(): ReadonlyMap<string, PageFile> {
  const files = new Map<string, PageFile>()
  for (const [name, kind] of FILES) {
    const url = new URL(`../page/${name}.${kind}`, import.meta.url)
    const file = { contentType: TYPES[kind], bytes: readFileSync(url) }
    files.set(`/${name}.${kind}`, file)
    if (name === 'index') files.set('/', file)
  }
  return files
}
