import { bytesEqual, toHex } from '@mortise/protocol/wire'
import type { BiometricType } from '@mortise/protocol/words'
import type { Biometric, BiometricShown, EnrolmentNews, EnrolmentOrder } from '#lock/ports/index.ts'
import { createListeners } from '#lock/ports/index.ts'

/** A finger or a face that somebody holds to the reader. */
export interface ShownPart {
  readonly credentialType: BiometricType
  /** Whose and which, as people say it: it stands for what a sensor would see. Absent: a stranger's. */
  readonly whose?: string
}

/** What the module keeps of one. */
export interface Template {
  readonly credentialType: BiometricType
  /** In hexadecimal. */
  readonly credentialId: string
  readonly whose: string
}

export interface ReaderView {
  readonly templates: readonly Template[]
  /** What it waits for at this moment. */
  readonly learning: Learning | null
}

interface Learning {
  readonly credentialType: BiometricType
  readonly captured: number
  readonly needed: number
}

export interface VirtualReader {
  readonly biometric: Biometric
  readonly show: (shown: ShownPart) => void
  readonly view: () => ReaderView
}

interface Parts {
  readonly read: () => readonly Template[]
  /** @returns whether it is kept for good */
  readonly write: (templates: readonly Template[]) => boolean
  readonly changed: () => void
}

/** As often as a finger module wants to see one, from a little to the left and to the right. */
export const CAPTURES = 3
/** As small modules have it. */
export const TEMPLATES_MAX = 100

interface Job {
  readonly order: EnrolmentOrder
  readonly captured: number
  /** Absent before the first capture. */
  readonly whose?: string
}

/** A module with its own memory: it matches what it is shown and gives away nothing but ids. */
export function createReader({ read, write, changed }: Parts): VirtualReader {
  const shows = createListeners<BiometricShown>()
  const news = createListeners<EnrolmentNews>()
  let job: Job | undefined
  const put = (next: Job | undefined): void => {
    job = next
    changed()
  }
  const learn = (current: Job, shown: ShownPart): void => {
    const { credentialId } = current.order
    const failure = failureOf(current, shown, read())
    if (failure !== undefined || shown.whose === undefined) {
      put(undefined)
      return news.tell({ credentialId, step: 'failed', reason: failure ?? 'captureFailed' })
    }
    const captured = current.captured + 1
    put({ order: current.order, captured, whose: shown.whose })
    news.tell({ credentialId, step: 'captured', captured, needed: CAPTURES })
    if (captured < CAPTURES) return
    put(undefined)
    const template = templateOf(current.order, shown.whose)
    const isKept = write([...read(), template])
    news.tell(
      isKept
        ? { credentialId, step: 'enrolled' }
        : { credentialId, step: 'failed', reason: 'readerFull' },
    )
  }
  return {
    biometric: {
      types: ['fingerprint', 'face'],
      onShown: shows.add,
      onEnrolment: news.add,
      enrol: (order) => put({ order, captured: 0 }),
      keepOnly(credentialIds) {
        if (job !== undefined && !includes(credentialIds, job.order.credentialId)) put(undefined)
        const ids = new Set(credentialIds.map(toHex))
        const kept = read().filter(({ credentialId }) => ids.has(credentialId))
        if (kept.length < read().length) write(kept)
      },
    },
    show(shown) {
      if (job === undefined) shows.tell(matchOf(shown, read()))
      else if (job.order.credentialType === shown.credentialType) learn(job, shown)
    },
    view: () => ({
      templates: read(),
      learning:
        job === undefined
          ? null
          : {
              credentialType: job.order.credentialType,
              captured: job.captured,
              needed: CAPTURES,
            },
    }),
  }
}

function failureOf(job: Job, shown: ShownPart, templates: readonly Template[]) {
  if (templates.length >= TEMPLATES_MAX) return 'readerFull'
  if (matchOf(shown, templates).credentialId !== undefined) return 'alreadyEnrolled'
  const isOther = job.whose !== undefined && job.whose !== shown.whose
  return isOther ? 'captureFailed' : undefined
}

function matchOf(
  { credentialType, whose }: ShownPart,
  templates: readonly Template[],
): BiometricShown {
  const match = templates.find(
    (template) => template.credentialType === credentialType && template.whose === whose,
  )
  if (match === undefined) return { credentialType }
  return { credentialType, credentialId: Uint8Array.fromHex(match.credentialId) }
}

function templateOf({ credentialType, credentialId }: EnrolmentOrder, whose: string): Template {
  return { credentialType, credentialId: toHex(credentialId), whose }
}

function includes(ids: readonly Uint8Array[], wanted: Uint8Array): boolean {
  return ids.some((id) => bytesEqual(id, wanted))
}
