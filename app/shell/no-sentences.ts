/**
 * In the place of the keyholder's English sentences: the app names every code in the person's
 * language (`app/texts`), and fetches those words later, so in the messages of errors they would be
 * weight that nobody reads.
 */
export function sentenceFor(code: string): readonly [sentence: string, nextStep: string] {
  return [code, '']
}

export function adviceFor(reason: string): { readonly because: string; readonly nextStep: string } {
  return { because: reason, nextStep: '' }
}
