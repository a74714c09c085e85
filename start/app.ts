import { spawn } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { MortiseError } from '@mortise/protocol/errors'

const root = join(import.meta.dirname, '..')
/** What the bundle is made of. */
const sources = ['app', 'keyholder', 'protocol', 'crypto'] as const
const notSources: ReadonlySet<string> = new Set(['dist', 'node_modules'])

/** Builds the app when there is no bundle or a source is newer. Says whether it did. */
export async function buildApp(): Promise<boolean> {
  const bundle = join(root, 'app', 'dist', 'index.html')
  const builtMs = statSync(bundle, { throwIfNoEntry: false })?.mtimeMs ?? 0
  if (sources.every((folder) => newestMs(join(root, folder)) < builtMs)) return false
  const vite = join(
    dirname(createRequire(import.meta.url).resolve('vite/package.json')),
    'bin/vite.js',
  )
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'error'], {
    cwd: join(root, 'app'),
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const code = await new Promise<number>((resolve) => {
    child.once('exit', (status) => resolve(status ?? 1))
  })
  if (code === 0) return true
  throw new MortiseError('bug', 'appBuildFailed', `the app could not be built (${code})`, {
    nextStep: 'Run "npm ci" again; if it stays, please report what stands above.',
  })
}

function newestMs(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((newest, entry) => {
    if (notSources.has(entry.name)) return newest
    const path = join(folder, entry.name)
    return Math.max(newest, entry.isDirectory() ? newestMs(path) : statSync(path).mtimeMs)
  }, 0)
}
