import type { SharedCode } from '#app/state/app/ports.ts'
import type { Formats } from '#app/texts/formats.ts'
import type { Texts } from '#app/texts/texts.ts'

/** What goes into the message to a visitor: the code, the door, and when it works. */
export function shareWords(code: SharedCode, t: Texts, f: Formats, nowMs: number): string {
  const { window } = code
  const span = window === null ? t.access.always : f.span(window.fromMs, window.untilMs, nowMs)
  return t.access.shareText(code.code, code.doorName, span)
}
