import { join, resolve } from 'node:path'

/** Where this device keeps things. */
export interface Places {
  /** For what a person may edit. */
  readonly configFolder: string
  /** For the device key and what is remembered about locks. */
  readonly dataFolder: string
}

/**
 * One folder with `--home` or MORTISE_HOME; otherwise the two of the XDG Base Directory
 * Specification 0.8, which ignores relative paths.
 */
export function placesOf(
  home: string | undefined,
  variables: Readonly<Record<string, string | undefined>>,
  homeFolder: string,
): Places {
  const single = home ?? nonEmpty(variables['MORTISE_HOME'])
  if (single !== undefined) {
    const folder = resolve(single)
    return { configFolder: folder, dataFolder: folder }
  }
  const configHome = absolute(variables['XDG_CONFIG_HOME']) ?? join(homeFolder, '.config')
  const dataHome = absolute(variables['XDG_DATA_HOME']) ?? join(homeFolder, '.local', 'share')
  return { configFolder: join(configHome, 'mortise'), dataFolder: join(dataHome, 'mortise') }
}

function nonEmpty(value: string | undefined): string | undefined {
  return value === '' ? undefined : value
}

function absolute(value: string | undefined): string | undefined {
  return value?.startsWith('/') === true ? value : undefined
}
