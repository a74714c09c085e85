/** The named time zones that this phone knows, to choose from. */
export function timeZones(): readonly string[] {
  return Intl.supportedValuesOf('timeZone')
}
