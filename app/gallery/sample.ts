/** A fixed afternoon, so that screenshots compare: Thursday 6 November 2025, 18:42 in Berlin. */
export const nowMs = Date.parse('2025-11-06T17:42:10Z')
export const timeZone = 'Europe/Berlin'
export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** Callbacks that do nothing, whatever their names: a scene does not change. */
export function silent(): never {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- stands for every set of callbacks; in the gallery nothing they do is looked at.
  return new Proxy({}, { get: () => () => undefined }) as never
}
