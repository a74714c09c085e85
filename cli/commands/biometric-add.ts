import type { BiometricWish } from '@mortise/keyholder'
import { changePolicy, draftBiometric, proposeChange } from '@mortise/keyholder'
import { toHex } from '@mortise/protocol/wire'
import type { Command } from '#cli/command.ts'
import { lockOption } from '#cli/command.ts'
import type { Context } from '#cli/context.ts'
import { chosenDoor } from '#cli/door.ts'
import { learnAtDoor } from '#cli/enrolment.ts'
import type { Result } from '#cli/output/result.ts'
import { line, present } from '#cli/output/result.ts'
import { findPerson, policyInForce } from '#cli/policy.ts'
import { credentialJson, termsJson, termsText, waysText } from '#cli/texts/people.ts'

const howItGoes = [
  'Somebody of the list shows it at the door, several times within two minutes; it opens once the',
  'reader has it and this device has signed for it. Who is not in the list yet comes in by',
  '"mortise code add" or "mortise invite" first.',
]

const which = { type: 'text', value: 'TEXT' } as const

/** Has the reader learn somebody's finger, and lists it. */
export const fingerAdd: Command = {
  words: ['finger', 'add'],
  summary: "have the reader at the door learn somebody's finger",
  operands: [{ name: 'NAME' }],
  options: {
    ...lockOption,
    which: { ...which, help: 'which finger, as people shall read it: "right thumb"' },
    duress: { type: 'flag', help: 'opens as if nothing were wrong, and tells the owners silently' },
  },
  details: howItGoes,
  run: (context) =>
    addBiometric(context, {
      type: 'fingerprint',
      name: context.given.text('which') ?? 'finger',
      ...(context.given.flag('duress') ? { duress: true } : {}),
    }),
}

/** The same with a face. */
export const faceAdd: Command = {
  words: ['face', 'add'],
  summary: "have the reader at the door learn somebody's face",
  operands: [{ name: 'NAME' }],
  options: {
    ...lockOption,
    which: { ...which, help: 'what people shall read: "with glasses"' },
  },
  details: [
    ...howItGoes,
    'When a face opens by itself, the rules of the door say: mortise settings',
  ],
  run: (context) =>
    addBiometric(context, { type: 'face', name: context.given.text('which') ?? 'face' }),
}

async function addBiometric(context: Context, wish: BiometricWish): Promise<Result> {
  const [wanted = ''] = context.given.operands
  const door = await chosenDoor(context)
  const { contact, lockId, name: doorName, timeZone } = door
  const { id } = findPerson(await policyInForce(door), wanted)
  const draft = draftBiometric(contact.device, id, wish)
  // What no lock would accept is told before anybody walks to the door.
  await proposeChange(contact, draft)
  await learnAtDoor(context, door, draft)
  const { version } = await changePolicy(contact, draft)
  const user = findPerson(await policyInForce(door), toHex(id))
  const added = user.credentials.filter((one) => toHex(one.id) === toHex(draft.credentialId))
  const ways = waysText(user, added)
  return {
    data: present({
      lockId,
      door: doorName,
      person: { id: toHex(id), name: user.name },
      credentials: added.map(credentialJson),
      ...termsJson(user),
      timeZone,
      policyVersion: version,
    }),
    lines: [
      line(`In force at ${doorName}: ${user.name}, ${ways}; ${termsText(user, timeZone)}`, 'good'),
    ],
  }
}
