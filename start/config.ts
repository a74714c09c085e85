import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { MortiseError } from '@mortise/protocol/errors'
import { z } from 'zod'

/** A number in the file; its digits in flags and environment. */
const port = z
  .union(
    [
      z.number(),
      z
        .string()
        .regex(/^\d{1,5}$/)
        .transform(Number),
    ],
    {
      error: 'a port is a number from 1 to 65535',
    },
  )
  .pipe(z.number().int().min(1).max(65_535))

/** Without path or slash, as browsers name it. */
const origin = z.url().refine((text) => URL.parse(text)?.origin === text, {
  error: 'an origin is written as https://door.example, without a path',
})

/**
 * What `npm start` can be told. Each setting comes from a flag (`--hub-port 9000`), else the
 * environment (`MORTISE_HUB_PORT`), else `mortise.json` (`"hubPort"`), else the default.
 */
const startConfigSchema = z.strictObject({
  /** Folder of everything that must survive: hub, lock, door. */
  data: z.string().min(1).default('./data'),
  /** Port of hub and app. */
  hubPort: port.default(8080),
  /** Port of the virtual door's page. */
  doorPort: port.default(8091),
  /**
   * The name in the addresses that are printed; passkeys belong to it. `localhost` needs no
   * certificate. Any other name needs https in front: see docs/guides/real-door.md.
   */
  hostName: z.string().min(1).default('localhost'),
  /** The whole origin of the app, when it is not `http://<hostName>:<hubPort>`. */
  origin: origin.optional(),
})

export type StartConfig = z.infer<typeof startConfigSchema> & { readonly fresh: boolean }

const flags = {
  data: { type: 'string' },
  'hub-port': { type: 'string' },
  'door-port': { type: 'string' },
  'host-name': { type: 'string' },
  origin: { type: 'string' },
  config: { type: 'string' },
  fresh: { type: 'boolean' },
  help: { type: 'boolean' },
} as const

export const help = `npm start -- [settings]

  --data DIR         folder of everything that must survive   ./data
  --hub-port N       port of hub and app                      8080
  --door-port N      port of the virtual door's page          8091
  --host-name NAME   the name that passkeys belong to         localhost
  --origin URL       the app's origin, behind a proxy         http://NAME:PORT
  --config FILE      settings as JSON                         mortise.json, if it is there
  --fresh            forget the hub, the lock and the door, and start over

Environment: MORTISE_DATA, MORTISE_HUB_PORT, MORTISE_DOOR_PORT, MORTISE_HOST_NAME, MORTISE_ORIGIN.`

export type StartRequest =
  | { readonly type: 'help' }
  | { readonly type: 'start'; readonly config: StartConfig }

/**
 * Reads the settings, the nearer source first.
 * @throws MortiseError `badSettings` naming the setting and the way out.
 */
export function readStartRequest(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): StartRequest {
  const given = parseFlags(args)
  if (given.help === true) return { type: 'help' }
  const file = readFile(given.config)
  const merged: Record<string, unknown> = { ...file }
  for (const name of Object.keys(startConfigSchema.shape)) {
    const value =
      given[kebab(name)] ?? environment[`MORTISE_${kebab(name).replaceAll('-', '_').toUpperCase()}`]
    if (value !== undefined) merged[name] = value
  }
  const parsed = startConfigSchema.safeParse(merged)
  if (!parsed.success) throw badSettings(z.prettifyError(parsed.error))
  const { hubPort, doorPort } = parsed.data
  if (hubPort === doorPort) throw badSettings(`hub and door cannot both serve port ${hubPort}`)
  return { type: 'start', config: { ...parsed.data, fresh: given.fresh === true } }
}

type GivenFlags = Readonly<Record<string, string | boolean | undefined>> & {
  readonly config?: string
}

function parseFlags(args: readonly string[]): GivenFlags {
  try {
    return parseArgs({ args: [...args], options: flags, strict: true }).values
  } catch (cause) {
    throw badSettings(cause instanceof Error ? cause.message : 'unreadable flags')
  }
}

function readFile(given: string | undefined): Record<string, unknown> {
  const path = given ?? 'mortise.json'
  if (given === undefined && !existsSync(path)) return {}
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (cause) {
    throw badSettings(`${path} cannot be read as a JSON object`, cause)
  }
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function badSettings(message: string, cause?: unknown): MortiseError {
  return new MortiseError('caller', 'badSettings', message, {
    nextStep: 'Run "npm start -- --help" to see every setting.',
    cause,
  })
}
