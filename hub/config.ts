import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { MortiseError } from '@mortise/protocol/errors'
import * as z from 'zod'

/** How the hub runs. */
export interface HubConfig {
  readonly command: 'run' | 'setup-link'
  /** Everything the hub keeps is in the folder `hub` below it. */
  readonly data: string
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  /** Absent: `http://localhost:<port>`. */
  readonly origin?: string
  /** Absent: the host of the origin. */
  readonly relyingParty?: string
  readonly appOrigins: readonly string[]
  /** Absent: the hub serves no app. */
  readonly appFolder?: string
  readonly trustedProxies: number
  readonly logLevel: LogLevel
}

const logLevels = ['debug', 'info', 'warn', 'error'] as const
type LogLevel = (typeof logLevels)[number]

/** Every setting, as a flag `--x-y`, a variable `MORTISE_HUB_X_Y` or a member `xY` of the file. */
const settings = {
  data: { key: 'data', sentence: 'folder that everything is kept in (./data)' },
  host: { key: 'host', sentence: 'address to listen on (127.0.0.1)' },
  port: { key: 'port', sentence: 'port to listen on (8080)' },
  origin: {
    key: 'origin',
    sentence: 'origin that browsers reach the hub at, as https://hub.example',
  },
  'relying-party': {
    key: 'relyingParty',
    sentence: 'domain that passkeys are made for (host of the origin)',
  },
  'app-origin': {
    key: 'appOrigin',
    sentence: 'origin of an app that lives elsewhere; may be repeated',
  },
  'app-dir': { key: 'appDir', sentence: 'folder of the built app to serve, or none' },
  'trusted-proxy': {
    key: 'trustedProxy',
    sentence: 'how many own proxies write X-Forwarded-For (0)',
  },
  'log-level': { key: 'logLevel', sentence: 'debug, info, warn or error (info)' },
} as const
type Flag = keyof typeof settings

const flags: readonly Flag[] = Object.keys(settings).filter(isFlag)

function isFlag(name: string): name is Flag {
  return Object.hasOwn(settings, name)
}

/** What a layer may say; numbers arrive as text from flags and environment. */
const layerSchema = z.strictObject({
  data: z.string().min(1).optional(),
  host: z.string().min(1).optional(),
  port: z.coerce.number().int().min(0).max(65_535).optional(),
  origin: z.string().optional(),
  relyingParty: z.string().optional(),
  appOrigin: z.array(z.string()).optional(),
  appDir: z.string().optional(),
  trustedProxy: z.coerce.number().int().min(0).max(10).optional(),
  logLevel: z.enum(logLevels).optional(),
})
type Layer = z.infer<typeof layerSchema>

const variablePrefix = 'MORTISE_HUB_'

/**
 * Reads the configuration: flags before environment before file before defaults.
 * @throws MortiseError `badConfiguration` (caller) for everything unknown or senseless.
 */
export function readConfig(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  folders: { readonly current: string; readonly builtApp: string },
): HubConfig {
  const { command, layer: fromFlags, file } = readFlags(args)
  const fromEnvironment = readEnvironment(environment)
  const path = file ?? environment[`${variablePrefix}CONFIG`]
  const layer: Layer = {
    ...(path === undefined ? {} : readFile(join(folders.current, path), path)),
    ...fromEnvironment,
    ...fromFlags,
  }
  const appDir = layer.appDir ?? folders.builtApp
  const config: HubConfig = {
    command,
    data: layer.data ?? join(folders.current, 'data'),
    host: layer.host ?? '127.0.0.1',
    port: layer.port ?? 8_080,
    ...(layer.origin === undefined ? {} : { origin: layer.origin }),
    ...(layer.relyingParty === undefined ? {} : { relyingParty: layer.relyingParty }),
    appOrigins: layer.appOrigin ?? [],
    ...(appDir === 'none' ? {} : { appFolder: appDir }),
    trustedProxies: layer.trustedProxy ?? 0,
    logLevel: layer.logLevel ?? 'info',
  }
  checkOrigins(config)
  return config
}

/** What `--help` prints. */
export function helpText(): string {
  const lines = flags.map((flag) => `  --${flag.padEnd(16)} ${settings[flag].sentence}`)
  return [
    'npm run hub -- [flags]             run the hub',
    'npm run hub -- setup-link [flags]  print a new link for the first account',
    '',
    ...lines,
    '  --config           JSON file with the same settings in camelCase',
    '',
    `Each flag is also a variable: --app-origin is ${variablePrefix}APP_ORIGIN (several with commas between).`,
    '',
  ].join('\n')
}

function readFlags(args: readonly string[]) {
  const { values, positionals } = parseFlags(args)
  const [command = 'run', ...more] = positionals
  if ((command !== 'run' && command !== 'setup-link') || more.length > 0) {
    throw bad(`"${positionals.join(' ')}" is no command`, 'Use no command, or setup-link.')
  }
  const { config, ...rest } = values
  return { command, layer: parseLayer(byKey(rest), 'the flags'), file: config } as const
}

function parseFlags(args: readonly string[]) {
  const one = { type: 'string' } as const
  try {
    return parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: true,
      options: {
        config: one,
        data: one,
        host: one,
        port: one,
        origin: one,
        'relying-party': one,
        'app-origin': { type: 'string', multiple: true },
        'app-dir': one,
        'trusted-proxy': one,
        'log-level': one,
      },
    })
  } catch (error) {
    throw bad(error instanceof Error ? error.message : 'wrong flags', 'See --help.')
  }
}

function byKey(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    flags
      .filter((flag) => values[flag] !== undefined)
      .map((flag) => [settings[flag].key, values[flag]]),
  )
}

function readEnvironment(environment: Readonly<Record<string, string | undefined>>): Layer {
  const known = new Map(
    flags.map((flag) => [variablePrefix + flag.toUpperCase().replaceAll('-', '_'), flag] as const),
  )
  const values: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(environment)) {
    if (!name.startsWith(variablePrefix) || name === `${variablePrefix}CONFIG`) continue
    const flag = known.get(name)
    if (flag === undefined)
      throw bad(`the variable ${name} is unknown`, 'Remove it, or see --help.')
    values[flag] = flag === 'app-origin' ? (value ?? '').split(',') : value
  }
  return parseLayer(byKey(values), 'the environment')
}

function readFile(path: string, shown: string): Layer {
  try {
    return parseLayer(JSON.parse(readFileSync(path, 'utf8')), shown)
  } catch (error) {
    if (error instanceof MortiseError) throw error
    throw bad(`cannot read ${shown} as JSON`, 'Check the file that --config names.')
  }
}

function parseLayer(value: unknown, where: string): Layer {
  const parsed = layerSchema.safeParse(value)
  if (parsed.success) return parsed.data
  throw bad(`${where}: ${z.prettifyError(parsed.error)}`, 'See --help.')
}

function checkOrigins({ origin, appOrigins, relyingParty }: HubConfig): void {
  const all = [...(origin === undefined ? [] : [origin]), ...appOrigins]
  for (const each of all) checkOrigin(each)
  if (relyingParty === undefined) return
  if (isIP(relyingParty) !== 0) throw bad('a relying party is a domain, not an address', advice)
  for (const each of all) {
    const { hostname } = new URL(each)
    if (hostname !== relyingParty && !hostname.endsWith(`.${relyingParty}`)) {
      throw bad(`${each} is not within the relying party ${relyingParty}`, advice)
    }
  }
}

const advice = 'Passkeys work on a domain and the names below it; see --origin and --relying-party.'

/** Web Authentication Level 3 section 5.1.3: secure contexts and domains only. */
function checkOrigin(origin: string): void {
  const url = URL.canParse(origin) ? new URL(origin) : undefined
  if (url?.origin !== origin) {
    throw bad(`"${origin}" is no origin`, 'Write it as https://hub.example, without a path.')
  }
  const isLocal = url.hostname === 'localhost' || url.hostname.endsWith('.localhost')
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocal)) {
    throw bad(
      `${origin} is neither https nor localhost`,
      'Browsers make passkeys over https or on localhost only: put a proxy with a certificate in front.',
    )
  }
}

function bad(message: string, nextStep: string): MortiseError {
  return new MortiseError('caller', 'badConfiguration', message, { nextStep })
}
