import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { BiometricType } from '@mortise/protocol/words'
import type { Biometric, BiometricShown, EnrolmentNews } from './biometric.ts'

export interface BiometricSubject {
  readonly biometric: Biometric
  /** Somebody shows this part of them; absent: that of a stranger. */
  readonly show: (credentialType: BiometricType, whose?: string) => void
  readonly settle: () => void | Promise<void>
  /** Cuts the power, kills the process and opens the same hardware again. */
  readonly restart: () => BiometricSubject | Promise<BiometricSubject>
}

type MakeSubject = () => BiometricSubject | Promise<BiometricSubject>

const thumbId = new Uint8Array(16).fill(7)
const faceId = new Uint8Array(16).fill(8)
const thumb = { credentialType: 'fingerprint', credentialId: thumbId } as const
const face = { credentialType: 'face', credentialId: faceId } as const
/** More than any module takes. */
const touchesMax = 40

/** The contract of `Biometric`; see the comment on the interface. */
export function biometricContract(name: string, makeSubject: MakeSubject): void {
  describe(`${name} keeps the contract of biometric readers`, () => {
    describeShowing(makeSubject)
    describeLearning(makeSubject)
    describeForgetting(makeSubject)
  })
}

/** Whoever stands there shows the same until the reader has enough. */
async function enrol(
  { biometric, show, settle }: BiometricSubject,
  order: typeof thumb | typeof face,
  whose = 'Anna',
): Promise<readonly EnrolmentNews[]> {
  const news: EnrolmentNews[] = []
  const stop = biometric.onEnrolment((one) => news.push(one))
  biometric.enrol(order)
  for (let touch = 0; touch < touchesMax && isGoingOn(news); touch += 1) {
    show(order.credentialType, whose)
    await settle()
  }
  stop()
  return news
}

function isGoingOn(news: readonly EnrolmentNews[]): boolean {
  return news.every(({ step }) => step === 'captured')
}

async function seenAfter(
  { biometric, settle }: BiometricSubject,
  act: () => void,
): Promise<readonly BiometricShown[]> {
  const seen: BiometricShown[] = []
  const stop = biometric.onShown((shown) => seen.push(shown))
  act()
  await settle()
  stop()
  return seen
}

function describeShowing(makeSubject: MakeSubject): void {
  test('one call for each that is shown while somebody listens, none before or after', async () => {
    const subject = await makeSubject()
    const { show } = subject
    await enrol(subject, thumb)
    show('fingerprint', 'Anna')
    assert.deepEqual(await seenAfter(subject, () => {}), [])
    const shown = await seenAfter(subject, () => {
      show('fingerprint', 'Anna')
      show('face')
      show('fingerprint', 'Anna')
    })
    assert.deepEqual(shown, [thumb, { credentialType: 'face' }, thumb])
  })

  test('a restart shows nothing, and knows what it knew', async () => {
    const first = await makeSubject()
    await enrol(first, thumb)
    first.show('fingerprint', 'Anna')
    const second = await first.restart()
    assert.deepEqual(await seenAfter(second, () => {}), [])
    assert.deepEqual(await seenAfter(second, () => second.show('fingerprint', 'Anna')), [thumb])
  })

  test('a face is no finger, and nobody is somebody else', async () => {
    const subject = await makeSubject()
    await enrol(subject, thumb)
    const seen = await seenAfter(subject, () => {
      subject.show('face', 'Anna')
      subject.show('fingerprint', 'Ben')
      subject.show('fingerprint')
    })
    assert.ok(seen.every(({ credentialId }) => credentialId === undefined))
    assert.equal(seen.length, 3)
  })
}

function describeLearning(makeSubject: MakeSubject): void {
  for (const order of [thumb, face]) {
    test(`a ${order.credentialType} is taken step by step, and known after`, async () => {
      const subject = await makeSubject()
      assert.ok(subject.biometric.types.includes(order.credentialType))
      const news = await enrol(subject, order)
      assert.deepEqual(news.at(-1), { credentialId: order.credentialId, step: 'enrolled' })
      const captures = news.flatMap((one) => (one.step === 'captured' ? [one] : []))
      assert.deepEqual(
        captures.map(({ captured }) => captured),
        captures.map((_, index) => index + 1),
      )
      assert.equal(captures.at(-1)?.captured, captures.at(-1)?.needed)
      const seen = await seenAfter(subject, () => subject.show(order.credentialType, 'Anna'))
      assert.deepEqual(seen, [order])
    })
  }

  test('what is shown while it learns is matched with nothing', async () => {
    const subject = await makeSubject()
    await enrol(subject, thumb)
    subject.biometric.enrol(face)
    const seen = await seenAfter(subject, () => {
      subject.show('fingerprint', 'Anna')
      subject.show('face', 'Anna')
      subject.show('face')
    })
    assert.deepEqual(seen, [])
  })

  test('one that it knows already is refused, and stays what it was', async () => {
    const subject = await makeSubject()
    await enrol(subject, thumb)
    const again = { ...thumb, credentialId: faceId } as const
    const news = await enrol(subject, { ...face, credentialType: 'face' }, 'Ben')
    assert.equal(news.at(-1)?.step, 'enrolled')
    subject.biometric.keepOnly([thumbId])
    const seconds: EnrolmentNews[] = []
    subject.biometric.onEnrolment((one) => seconds.push(one))
    subject.biometric.enrol(again)
    subject.show('fingerprint', 'Anna')
    await subject.settle()
    assert.deepEqual(seconds, [{ credentialId: faceId, step: 'failed', reason: 'alreadyEnrolled' }])
    const seen = await seenAfter(subject, () => subject.show('fingerprint', 'Anna'))
    assert.deepEqual(seen, [thumb])
  })

  test('two people are no finger', async () => {
    const subject = await makeSubject()
    const news: EnrolmentNews[] = []
    subject.biometric.onEnrolment((one) => news.push(one))
    subject.biometric.enrol(thumb)
    subject.show('fingerprint', 'Anna')
    subject.show('fingerprint', 'Ben')
    await subject.settle()
    assert.deepEqual(news.at(-1), {
      credentialId: thumbId,
      step: 'failed',
      reason: 'captureFailed',
    })
    for (const whose of ['Anna', 'Ben']) {
      const [seen] = await seenAfter(subject, () => subject.show('fingerprint', whose))
      assert.equal(seen?.credentialId, undefined)
    }
  })

  test('a restart ends it, and so does another order', async () => {
    const first = await makeSubject()
    first.biometric.enrol(thumb)
    first.show('fingerprint', 'Anna')
    await first.settle()
    const second = await first.restart()
    const seen = await seenAfter(second, () => second.show('fingerprint', 'Anna'))
    assert.deepEqual(seen, [{ credentialType: 'fingerprint' }])
    second.biometric.enrol(thumb)
    const news = await enrol(second, face)
    assert.ok(news.every(({ credentialId }) => credentialId === faceId))
  })
}

function describeForgetting(makeSubject: MakeSubject): void {
  test('what need not be kept is forgotten, also after a restart', async () => {
    const first = await makeSubject()
    await enrol(first, thumb)
    await enrol(first, face)
    first.biometric.keepOnly([faceId, new Uint8Array(16).fill(99)])
    const second = await first.restart()
    for (const subject of [second]) {
      const seen = await seenAfter(subject, () => {
        subject.show('fingerprint', 'Anna')
        subject.show('face', 'Anna')
      })
      assert.deepEqual(seen, [{ credentialType: 'fingerprint' }, face])
    }
  })

  test('ends the learning of an id that need not be kept, and of no other', async () => {
    const { biometric, show, settle } = await makeSubject()
    const news: EnrolmentNews[] = []
    biometric.onEnrolment((one) => news.push(one))
    biometric.enrol(thumb)
    biometric.keepOnly([thumbId])
    show('fingerprint', 'Anna')
    await settle()
    assert.equal(news.length, 1)
    biometric.keepOnly([])
    for (let touch = 0; touch < touchesMax; touch += 1) show('fingerprint', 'Anna')
    await settle()
    assert.equal(news.length, 1)
  })
}
