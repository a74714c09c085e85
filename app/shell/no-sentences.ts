/**
 * In the place of the keyholder's English sentences: the app names every code in words of its own
 * (`app/texts`), in the person's language, so these would be weight that nobody reads.
 */
export function sentenceFor(code: string): readonly [sentence: string, nextStep: string] {
  return [code, '']
}

export function adviceFor(reason: string): { readonly because: string; readonly nextStep: string } {
  return { because: reason, nextStep: '' }
}
