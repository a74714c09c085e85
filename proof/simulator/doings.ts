import {
  addCredential,
  beginEnrolment,
  commitChange,
  LockRefusal,
  operate,
  operateByVoice,
  orderFactoryReset,
  proposeChange,
  setOperatingMode,
  stopFactoryReset,
  unlockFor,
} from '@mortise/keyholder'
import type { Contact, PolicyEdit } from '@mortise/keyholder'
import type { Receipt } from '@mortise/protocol/wire'
import { policyMessage } from '@mortise/protocol/wire'
import type { Policy } from '@mortise/protocol/words'
import type { Auditor } from './auditor/auditor.ts'
import type { Assistant, Household, Phone, Pins } from './household.ts'
import { settled } from './network.ts'
import type { Site } from './site.ts'

/** What people do by phone; the auditor is told of each deed before, and of the lock's answer. */
export type Doings = Pick<
  Household,
  'policy' | 'change' | 'enrol' | 'operate' | 'orderReset' | 'stopReset' | 'say' | 'setMode'
>

interface DoingParts {
  readonly site: Site
  readonly auditor: Auditor
  readonly assistant: Assistant
  /** As the claim has left it. */
  readonly first: Policy
}

/** As often as the reader takes a finger. */
const touches = 3

export function doingsOf({ site, auditor, assistant, first }: DoingParts): Doings {
  let policy = first
  /** @returns why the lock has refused */
  const heard = async (deed: Promise<Receipt>): Promise<string | undefined> => {
    const { value, error } = await settled(site, deed)
    if (value !== undefined) auditor.received(value)
    return error instanceof LockRefusal ? error.reason : undefined
  }
  const change = async (by: Phone, edit: PolicyEdit, pins: Pins = []): Promise<boolean> => {
    const { value } = await settled(site, changeBy(by.contact, auditor, edit, pins))
    if (value !== undefined) policy = value
    return value !== undefined
  }
  return {
    policy: () => policy,
    change,
    async enrol(by, userId, credential) {
      const { id: credentialId, type: credentialType } = credential
      const order = { credentialId, credentialType, userId }
      const { value } = await settled(site, beginEnrolment(by.contact, order))
      if (value === undefined) return false
      auditor.received(value)
      for (let touch = 0; touch < touches; touch += 1) site.show(order)
      return change(by, addCredential(userId, credential))
    },
    async operate({ contact, credentialId }, verb, timeoutSeconds) {
      const isTimed = verb === 'unlock' && timeoutSeconds !== undefined
      auditor.deeds.did(credentialId, 'remote', timeoutSeconds)
      await heard(isTimed ? unlockFor(contact, timeoutSeconds) : operate(contact, verb))
    },
    async orderReset({ contact, credentialId }) {
      auditor.deeds.did(credentialId, 'reset')
      await heard(orderFactoryReset(contact))
    },
    async stopReset({ contact, credentialId }) {
      const wasWaiting = auditor.isResetWaiting()
      const reason = await heard(stopFactoryReset(contact))
      if (!wasWaiting || reason === undefined || !refusals.has(reason)) return
      auditor.resetNotStopped(credentialId, reason)
    },
    async say(pin) {
      const { phone, pin: right, duressPin } = assistant
      const { contact, credentialId } = phone
      // Only a right PIN is a deed that may move the bolt.
      if (pin === right) auditor.deeds.did(credentialId, 'voice')
      if (pin === duressPin) auditor.deeds.did(credentialId, 'voice, forced')
      if (pin === undefined) auditor.deeds.did(credentialId, 'remote')
      else site.hears(pin)
      await heard(
        pin === undefined ? operate(contact, 'unlock') : operateByVoice(contact, 'unlock', pin),
      )
    },
    async setMode({ contact, credentialId }, mode, untilMs) {
      auditor.deeds.did(credentialId, 'mode')
      // Who locks down wants the door locked as well.
      if (mode === 'lockdown') auditor.deeds.did(credentialId, 'remote')
      await heard(setOperatingMode(contact, mode, untilMs))
    },
  }
}

/** By these a lock says that there is nothing to stop, or that it is not theirs to do. */
const refusals: ReadonlySet<string> = new Set(['noFactoryReset', 'notAuthorized', 'userDisabled'])

async function changeBy(
  contact: Contact,
  auditor: Auditor,
  edit: PolicyEdit,
  pins: Pins,
): Promise<Policy> {
  const proposal = await proposeChange(contact, { edit, pins })
  auditor.signed(proposal.encoded)
  const { receipt } = await commitChange(contact, proposal)
  if (receipt !== undefined) auditor.received(receipt)
  return policyMessage.decode(proposal.encoded)
}
