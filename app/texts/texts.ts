import { en } from '#app/texts/en.ts'

/** English words widened to strings: what a language provides. */
export type Texts = Widened<typeof en>

type Widened<T> = T extends string
  ? string
  : T extends (...args: never[]) => unknown
    ? T
    : { readonly [Key in keyof T]: Widened<T[Key]> }

/** @param wanted the browser's languages, most wanted first. English is the only one so far. */
export function textsFor(_wanted: readonly string[]): Texts {
  return en
}
