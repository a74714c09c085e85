import { assertInvariant } from '@mortise/protocol/errors'
import type { AlarmCode } from '@mortise/protocol/words'
import { appTroubles } from '#app/state/model/trouble.ts'
import type { AppTrouble, Trouble } from '#app/state/model/trouble.ts'
import type { english } from '#app/texts/en.ts'
import type { TroubleText } from '#app/texts/en/troubles.ts'

type English = typeof english
export type SectionName = keyof English['sections']
export const sectionNames: readonly SectionName[] = [
  'refusals',
  'alarmAdvice',
  'access',
  'history',
  'settings',
  'mode',
  'wizard',
  'invitation',
]

type SectionOf<Name extends SectionName> = Widened<Awaited<ReturnType<English['sections'][Name]>>>
type Sections = { readonly [Name in SectionName]: SectionOf<Name> }

/** All words of a language. A section may be read once it is loaded. */
export type Texts = Widened<English['core']> &
  Sections & {
    /** What happened and what to do next; a stand-in while the lock's reasons are not loaded. */
    readonly troubleText: (trouble: Trouble) => TroubleText
    /** What to do about an alarm, once those words are loaded. */
    readonly alarmNote: (alarm: AlarmCode) => string | undefined
  }

/** What a second language provides: the same words as English, of any wording. */
export interface Language {
  readonly core: Widened<English['core']>
  readonly sections: { readonly [Name in SectionName]: () => Promise<SectionOf<Name>> }
}

/** English words widened to strings. */
type Widened<T> = T extends string
  ? string
  : T extends (...args: never[]) => unknown
    ? T
    : { readonly [Key in keyof T]: Widened<T[Key]> }

export interface OpenTexts {
  readonly texts: Texts
  readonly load: (...names: readonly SectionName[]) => Promise<void>
}

/** Opens a language with its sections still to be loaded. */
export function openTexts(language: Language): OpenTexts {
  const loaded: { -readonly [Name in SectionName]?: Sections[Name] } = {}
  const section = <Name extends SectionName>(name: Name): Sections[Name] => {
    const words = loaded[name]
    assertInvariant(words !== undefined, `the words of ${name} are loaded before they are read`)
    return words
  }
  const loaders = {
    refusals: async () => void (loaded.refusals ??= await language.sections.refusals()),
    alarmAdvice: async () => void (loaded.alarmAdvice ??= await language.sections.alarmAdvice()),
    access: async () => void (loaded.access ??= await language.sections.access()),
    history: async () => void (loaded.history ??= await language.sections.history()),
    settings: async () => void (loaded.settings ??= await language.sections.settings()),
    mode: async () => void (loaded.mode ??= await language.sections.mode()),
    wizard: async () => void (loaded.wizard ??= await language.sections.wizard()),
    invitation: async () => void (loaded.invitation ??= await language.sections.invitation()),
  } satisfies Record<SectionName, () => Promise<void>>
  const texts: Texts = {
    ...language.core,
    troubleText: (trouble) =>
      isOwn(trouble)
        ? language.core.troubles[trouble]
        : (loaded.refusals?.(trouble) ?? language.core.refused),
    alarmNote: (alarm) => loaded.alarmAdvice?.[alarm],
    get alarmAdvice() {
      return section('alarmAdvice')
    },
    get refusals() {
      return section('refusals')
    },
    get access() {
      return section('access')
    },
    get history() {
      return section('history')
    },
    get settings() {
      return section('settings')
    },
    get mode() {
      return section('mode')
    },
    get wizard() {
      return section('wizard')
    },
    get invitation() {
      return section('invitation')
    },
  }
  return {
    texts,
    load: async (...names) => {
      await Promise.all(names.map((name) => loaders[name]()))
    },
  }
}

function isOwn(trouble: Trouble): trouble is AppTrouble {
  return appTroubles.some((own) => own === trouble)
}
