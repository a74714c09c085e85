import { biometricTypes } from '@mortise/protocol/words'
import { z } from 'zod'
import type { KeypadKey } from '#lock/ports/index.ts'
import { BATTERY_CHEMISTRIES, KEYPAD_KEYS } from '#lock/ports/index.ts'
import { COLDEST, HOTTEST } from '../battery.ts'
import type { HandOutcome, Hands } from '../door.ts'
import { Refusal } from './refusal.ts'

/** Longer than any code with its decoys. */
const KEYS_MAX = 64
/** A name and a finger. */
const WHOSE_MAX = 64

const key = z.enum(KEYPAD_KEYS)
const boltEnd = z.enum(['extended', 'retracted'])
const jam = z.enum(['none', 'extend', 'retract', 'both'])
const motor = z.enum(['working', 'dead'])
const boltSensor = z.enum(['honest', 'extended', 'retracted', 'between', 'unknown'])
const doorSensor = z.enum(['honest', 'open', 'closed', 'unknown'])
const turn = z.strictObject({ to: boltEnd.exactOptional() })

type Act = (hands: Hands, body: unknown) => HandOutcome

/** What hands can do, by path. Every body is strict: an unknown field is a mistake. */
export const HAND_ROUTES: Readonly<Record<string, Act>> = {
  /** A whole entry; `#` is pressed at the end unless it is there. */
  '/keypad': route(
    z.strictObject({
      keys: z
        .string()
        .min(1)
        .max(KEYS_MAX)
        .regex(/^[0-9*#]+$/),
    }),
    (hands, { keys }) => pressAll(hands, keys.endsWith('#') ? keys : `${keys}#`),
  ),
  /** One key, as a finger does. */
  '/keypad/press': route(z.strictObject({ key }), (hands, body) => hands.pressKey(body.key)),
  '/leaf': route(
    z.strictObject({ open: z.boolean(), force: z.boolean().exactOptional() }),
    (hands, move) => hands.moveLeaf(move),
  ),
  '/thumbturn': route(turn, (hands, { to }) => hands.turnBolt(to)),
  /** The key in the cylinder outside. */
  '/key': route(turn, (hands, { to }) => hands.turnBolt(to)),
  /** A finger or a face at the reader, `whose` it is; without that, a stranger's. */
  '/reader': route(
    z.strictObject({
      credentialType: z.enum(biometricTypes),
      whose: z.string().trim().min(1).max(WHOSE_MAX).exactOptional(),
    }),
    (hands, shown) => hands.showBiometric(shown),
  ),
  /** Without a body it is pressed and let go. */
  '/inside-button': route(
    z.strictObject({ held: z.boolean().exactOptional() }),
    (hands, { held }) =>
      held === undefined ? hands.pressInsideButton() : hands.holdInsideButton(held),
  ),
  '/tamper': route(
    z.strictObject({ escutcheon: z.enum(['inPlace', 'removed']) }),
    (hands, { escutcheon }) => hands.setEscutcheon(escutcheon),
  ),
  '/power': route(
    z.strictObject({
      mainsPresent: z.boolean().exactOptional(),
      batteryPercent: z.int().min(0).max(100).exactOptional(),
      batteryMillivolts: z.int().min(0).max(100_000).exactOptional(),
      chemistry: z.enum(BATTERY_CHEMISTRIES).exactOptional(),
      celsius: z.int().min(COLDEST).max(HOTTEST).exactOptional(),
    }),
    (hands, change) => hands.setPower(change),
  ),
  '/fault': route(
    z.strictObject({
      jam: jam.exactOptional(),
      motor: motor.exactOptional(),
      boltSensor: boltSensor.exactOptional(),
      doorSensor: doorSensor.exactOptional(),
    }),
    (hands, faults) => hands.setFaults(faults),
  ),
}

function route<Body>(schema: z.ZodType<Body>, act: (hands: Hands, body: Body) => HandOutcome): Act {
  return (hands, body) => {
    const parsed = schema.safeParse(body)
    if (!parsed.success) throw new Refusal('badBody', describe(parsed.error))
    return act(hands, parsed.data)
  }
}

/** Names the fields, never their values: a value may be somebody's code. */
function describe(error: z.ZodError): string {
  return error.issues
    .map((issue) => {
      const where = issue.path.join('.') || 'the body'
      return issue.code === 'unrecognized_keys'
        ? `Unknown: ${issue.keys.join(', ')}.`
        : `Wrong: ${where}.`
    })
    .join(' ')
}

function pressAll(hands: Hands, keys: string): HandOutcome {
  let outcome: HandOutcome = { done: true }
  for (const pressed of keys) {
    if (isKey(pressed)) outcome = hands.pressKey(pressed)
    if (!outcome.done) return outcome
  }
  return outcome
}

function isKey(text: string): text is KeypadKey {
  return key.safeParse(text).success
}
