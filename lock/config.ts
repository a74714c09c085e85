import { readFileSync } from 'node:fs'
import { MortiseError } from '@mortise/protocol/errors'

/**
 * What a lock can be told. Each setting comes from a flag (`--door-port 9000`), else the
 * environment (`MORTISE_LOCK_DOOR_PORT`), else the JSON file named by `--config` or
 * `MORTISE_LOCK_CONFIG` (`"doorPort": 9000`), else the default.
 */
export interface LockConfig {
  /** Folder of everything that must survive; made, for its owner only, when it is not there. */
  readonly data: string
  /**
   * File with the text that the hub printed for its locks (`mortise-hub1...`), readable by its
   * owner only. A secret, so it is never an argument itself. Absent: the lock stays by itself.
   */
  readonly hubFile: string | undefined
  /** What the lock is built into. */
  readonly door: 'virtual'
  /** Port of the virtual door's page on 127.0.0.1; 0: any free one. */
  readonly doorPort: number
  /** How long the virtual bolt takes from end to end. */
  readonly doorTravelMs: number
  /** Sealed requests that are opened per second; what is more is told to come again. */
  readonly requestsPerSecondMax: number
  /**
   * How long a factory reset waits that was asked for on the inside. Absent: three days. Shorter is for
   * trying it out: on a real door it takes the time away in which an owner can stop it.
   */
  readonly factoryResetWaitSeconds: number | undefined
}

type SettingName = keyof LockConfig
type Parse<Value> = (text: string) => Value | undefined

interface Setting<Value> {
  readonly fallback: Value
  readonly parse: Parse<Value>
  /** Whole sentence for the error. */
  readonly expects: string
  readonly help: readonly [argument: string, meaning: string]
}

/**
 * The table that flags, environment, file and help come from. By hand and not by a schema library,
 * because loading one takes as long as half of the lock's start.
 */
const SETTINGS: { readonly [Name in SettingName]: Setting<LockConfig[Name]> } = {
  data: {
    fallback: './data/lock',
    parse: anyText,
    expects: 'It must be a folder.',
    help: ['DIR', 'folder of everything that must survive'],
  },
  hubFile: {
    fallback: undefined,
    parse: anyText,
    expects: 'It must be a file.',
    help: ['FILE', "file with the hub's text for locks, mode 600"],
  },
  door: {
    fallback: 'virtual',
    parse: (text) => (text === 'virtual' ? text : undefined),
    expects: 'The only door so far is "virtual".',
    help: ['KIND', 'what the lock is built into'],
  },
  doorPort: {
    fallback: 8091,
    parse: wholeNumber(0, 65_535),
    expects: 'It must be a whole number from 0 to 65535.',
    help: ['N', "port of the virtual door's page, on 127.0.0.1"],
  },
  doorTravelMs: {
    fallback: 650,
    parse: wholeNumber(0, 10_000),
    expects: 'It must be a whole number from 0 to 10000.',
    help: ['N', 'how long the virtual bolt takes'],
  },
  requestsPerSecondMax: {
    fallback: 200,
    parse: wholeNumber(1, 100_000),
    expects: 'It must be a whole number from 1 to 100000.',
    help: ['N', 'sealed requests that are opened per second'],
  },
  factoryResetWaitSeconds: {
    fallback: undefined,
    parse: wholeNumber(1, 604_800),
    expects: 'It must be a whole number from 1 to 604800.',
    help: ['N', 'how long a factory reset waits, to try it out (three days)'],
  },
}

const NAMES: readonly SettingName[] = [
  'data',
  'hubFile',
  'door',
  'doorPort',
  'doorTravelMs',
  'requestsPerSecondMax',
  'factoryResetWaitSeconds',
]

export type LockRequest =
  | { readonly type: 'help' }
  | { readonly type: 'run'; readonly config: LockConfig }

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads the settings, the nearer source first. An empty value counts as given, and is refused.
 * @throws MortiseError `badSettings` (caller), naming the setting and where it was given
 */
export function readLockRequest(args: readonly string[], environment: Environment): LockRequest {
  const flags = readFlags(args)
  if (flags.has('help')) return { type: 'help' }
  const file = readFile(flags.get('config') ?? environment['MORTISE_LOCK_CONFIG'])
  const value = <Name extends SettingName>(name: Name): LockConfig[Name] => {
    const { fallback, parse, expects } = SETTINGS[name]
    const [text, origin] = find(name, flags, environment, file) ?? []
    if (text === undefined || origin === undefined) return fallback
    const parsed = parse(text)
    if (parsed === undefined) throw badSettings(`${origin} is not usable. ${expects}`)
    return parsed
  }
  const config = {
    data: value('data'),
    hubFile: value('hubFile'),
    door: value('door'),
    doorPort: value('doorPort'),
    doorTravelMs: value('doorTravelMs'),
    requestsPerSecondMax: value('requestsPerSecondMax'),
    factoryResetWaitSeconds: value('factoryResetWaitSeconds'),
  }
  return { type: 'run', config }
}

/** What `--help` prints. */
export function lockHelp(): string {
  const lines = NAMES.map((name) => {
    const { fallback, help } = SETTINGS[name]
    const [argument, meaning] = help
    const flag = `--${kebab(name)} ${argument}`
    return `  ${flag.padEnd(30)} ${meaning}${fallback === undefined ? '' : ` (${fallback})`}`
  })
  return [
    'npm run lock -- [settings]',
    '',
    ...lines,
    `  ${'--config FILE'.padEnd(30)} settings as JSON, named as in {"doorPort": 8091}`,
    '',
    `Environment: ${[...NAMES, 'config'].map(environmentName).join(', ')}.`,
  ].join('\n')
}

type Flags = ReadonlyMap<string, string>
type Found = readonly [text: string, origin: string]

function find(
  name: SettingName,
  flags: Flags,
  environment: Environment,
  file: ReadonlyMap<string, string>,
): Found | undefined {
  const flag = flags.get(kebab(name))
  if (flag !== undefined) return [flag, `--${kebab(name)}`]
  const variable = environment[environmentName(name)]
  if (variable !== undefined) return [variable, environmentName(name)]
  const setting = file.get(name)
  return setting === undefined ? undefined : [setting, `"${name}" in the settings file`]
}

/** `--name value` or `--name=value`; every name once. */
function readFlags(args: readonly string[]): Flags {
  const known = new Set([...NAMES.map(kebab), 'config'])
  const flags = new Map<string, string>()
  for (let index = 0; index < args.length; index += 1) {
    const [, name = '', inline] = /^--([a-z-]+)(?:=(.*))?$/s.exec(args[index] ?? '') ?? []
    if (name === 'help') return new Map([['help', '']])
    // The argument itself is not repeated: it may be a secret that was pasted by mistake.
    if (!known.has(name)) throw badSettings(`argument ${index + 1} is no setting of the lock`)
    if (flags.has(name)) throw badSettings(`--${name} is given twice`)
    if (inline === undefined) index += 1
    const value = inline ?? args[index]
    if (value === undefined) throw badSettings(`--${name} needs a value`)
    flags.set(name, value)
  }
  return flags
}

function readFile(path: string | undefined): ReadonlyMap<string, string> {
  if (path === undefined) return new Map()
  const parsed = parseFile(path)
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw badSettings(`${path} is no JSON object`)
  }
  const settings = new Map<string, string>()
  for (const [name, value] of Object.entries(parsed)) {
    if (!NAMES.some((known) => known === name)) {
      throw badSettings(`${path} has the unknown setting ${JSON.stringify(name)}`)
    }
    if (typeof value !== 'string' && typeof value !== 'number') {
      throw badSettings(`"${name}" in ${path} is neither a text nor a number`)
    }
    settings.set(name, String(value))
  }
  return settings
}

function parseFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw badSettings(`${path} cannot be read as JSON`, cause)
  }
}

function anyText(text: string): string | undefined {
  return text === '' ? undefined : text
}

function wholeNumber(min: number, max: number): Parse<number> {
  return (text) => {
    if (!/^[0-9]{1,6}$/.test(text)) return undefined
    const value = Number(text)
    return value >= min && value <= max ? value : undefined
  }
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function environmentName(name: string): string {
  return `MORTISE_LOCK_${kebab(name).replaceAll('-', '_').toUpperCase()}`
}

function badSettings(message: string, cause?: unknown): MortiseError {
  return new MortiseError('caller', 'badSettings', message, {
    nextStep: 'Run "npm run lock -- --help" to see every setting.',
    cause,
  })
}
