import type { InvitationDraft, PolicyReading } from '@mortise/keyholder'
import {
  changePolicy,
  draftInvitation,
  draftInvitedPerson,
  findOwnCredential,
} from '@mortise/keyholder'
import { bytesEqual, toHex } from '@mortise/protocol/wire'
import type { Command } from '#cli/command.ts'
import { lockOption } from '#cli/command.ts'
import type { Context } from '#cli/context.ts'
import type { Door } from '#cli/door.ts'
import { chosenDoor } from '#cli/door.ts'
import { CliError } from '#cli/errors.ts'
import type { Result } from '#cli/output/result.ts'
import { line, present } from '#cli/output/result.ts'
import { findPerson, policyInForce, requireNewName } from '#cli/policy.ts'
import { readRole, roleOption } from '#cli/roles.ts'
import { givesTerms, termsOf, termsOptions } from '#cli/terms.ts'
import { termsJson, termsText } from '#cli/texts/people.ts'
import { formatInstant, isoInstant, parseDurationMs } from '#cli/texts/times.ts'

/** A message is read within days; a link that lies about for longer is a key under the mat. */
const linkLife = '3d'

/** Makes a link by which somebody attaches a phone of their own. */
export const invite: Command = {
  words: ['invite'],
  summary: 'make a link by which somebody comes in with their own phone',
  operands: [{ name: 'NAME' }],
  options: {
    ...lockOption,
    ...roleOption,
    ...termsOptions,
    'link-for': { type: 'text', value: 'LENGTH', help: `how long the link works (${linkLife})` },
    existing: { type: 'flag', help: 'a further phone of somebody who is in the list' },
  },
  details: [
    'The link is shown once. Whoever opens it first becomes that person at this door: send it to',
    'nobody else. For an owner the lock needs the button on its inside, pressed within ten minutes.',
  ],
  run: async (context): Promise<Result> => {
    const [name = ''] = context.given.operands
    const door = await chosenDoor(context)
    const draft = await draftFor(context, door, name)
    const { version } = await changePolicy(door.contact, draft)
    const reading = await policyInForce(door)
    const user = findPerson(reading, toHex(draft.userId))
    const invitation = reading.policy.invitations.find(({ id }) =>
      bytesEqual(id, draft.invitationId),
    )
    const notAfterMs = invitation?.notAfterMs ?? context.environment.nowMs()
    const link = `${await appOrigin(context, reading)}/#${draft.text}`
    return {
      data: present({
        lockId: door.lockId,
        door: door.name,
        person: { id: toHex(user.id), name: user.name, role: user.role },
        ...termsJson(user),
        invitationId: toHex(draft.invitationId),
        link,
        linkUntil: isoInstant(notAfterMs),
        policyVersion: version,
      }),
      lines: [
        line(link, 'strong'),
        line(
          `Works once, until ${formatInstant(notAfterMs, door.timeZone)}. Send it to ${user.name} only.`,
        ),
        line(`In force at ${door.name}: ${user.role}, ${termsText(user, door.timeZone)}`, 'good'),
      ],
    }
  },
}

async function draftFor(context: Context, door: Door, name: string): Promise<InvitationDraft> {
  const { given, environment } = context
  const { contact } = door
  const { device, known } = contact
  const reading = await policyInForce(door)
  const you = findOwnCredential(reading, ({ id }) => toHex(id) === ownId(door))?.user
  const lifeMs = parseDurationMs(given.text('link-for') ?? linkLife)
  const terms = (endMs: number | undefined) => {
    const notAfterMs = Math.min(environment.nowMs() + lifeMs, endMs ?? Infinity)
    return you === undefined ? { notAfterMs } : { notAfterMs, inviterName: you.name }
  }
  if (given.flag('existing')) {
    if (givesTerms(context) || given.text('role') !== undefined) {
      const nextStep = 'Leave out --role and the times: the person keeps theirs.'
      throw new CliError('usage', '--existing changes nothing of the person', nextStep)
    }
    const user = findPerson(reading, name)
    return draftInvitation(device, known, user.id, terms(user.validity?.notAfterMs))
  }
  const person = { name, role: readRole(context), ...termsOf(context, door) }
  requireNewName(reading, name)
  return draftInvitedPerson(device, known, person, terms(person.validity?.notAfterMs))
}

function ownId({ contact }: Door): string {
  const { credential } = contact.known
  return credential === undefined ? '' : toHex(credential.id)
}

/** Where the app lives by the lock's own list; a hub that serves it itself is in there as well. */
async function appOrigin(context: Context, { policy }: PolicyReading): Promise<string> {
  return policy.relyingParties[0]?.origins[0] ?? (await context.hubAddress())
}
