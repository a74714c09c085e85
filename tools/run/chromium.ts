import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from '#tools/run/child.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Either where Chromium is, or what is missing and how to get it. */
export type Chromium = { readonly path: string } | { readonly missing: string }

/** Finds Chromium for the end-to-end tests; on a Debian that we may change, installs it. */
export async function ensureChromium(): Promise<Chromium> {
  const wanted = process.env.CHROMIUM_PATH
  if (wanted !== undefined && wanted !== '') {
    return isProgram(wanted)
      ? { path: wanted }
      : { missing: `CHROMIUM_PATH names ${wanted}, which is no program.` }
  }
  const found = findChromium()
  if (found !== undefined) return { path: found }
  if (!mayInstall()) return { missing: HOW_TO_INSTALL }
  process.stdout.write('Chromium is missing; installing it with apt-get\n')
  const environment = { DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update'], { environment })
  await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { environment })
  const installed = findChromium()
  return installed === undefined
    ? { missing: `apt-get could not install it. ${HOW_TO_INSTALL}` }
    : { path: installed }
}

const HOW_TO_INSTALL =
  'The end-to-end tests need Chromium. Install it (Debian, Ubuntu: `sudo apt-get install chromium`), ' +
  'or set CHROMIUM_PATH to a Chromium or Chrome that you have. ' +
  'Everything else runs without it: `npm test -- --only types,lint,format,unit`.'

function findChromium(): string | undefined {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)]
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram)
}

function mayInstall(): boolean {
  return (
    process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get')
  )
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
