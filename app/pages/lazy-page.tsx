import type { ComponentType } from 'preact'
import { useContext, useEffect, useState } from 'preact/hooks'
import { StartScreen } from '#app/screens/start/start.tsx'
import type { SectionName } from '#app/texts/texts.ts'
import { LoadTextsContext } from '#app/texts/words-context.ts'
import type { LoadTexts } from '#app/texts/words-context.ts'

interface Loaded<Props> {
  readonly Page: ComponentType<Props> | undefined
  readonly failed: boolean
}

/**
 * A page that the door's first second does not need: its code comes when it is opened, or before,
 * in the idle time after the start.
 * @param meanwhile what is shown until then: a sheet over a page needs nothing in its place
 */
export function lazyPage<Props extends object>(
  sections: readonly SectionName[],
  load: () => Promise<ComponentType<Props>>,
  meanwhile: 'start' | 'nothing' = 'start',
): ComponentType<Props> & { readonly preload: (loadTexts: LoadTexts) => void } {
  let ready: ComponentType<Props> | undefined
  const fetchOnce = async (loadTexts: LoadTexts): Promise<ComponentType<Props>> => {
    const [screen] = await Promise.all([ready ?? load(), loadTexts(...sections)])
    ready = screen
    return screen
  }
  function LazyPage(props: Props) {
    const loadTexts = useContext(LoadTextsContext)
    const [{ Page, failed }, setLoaded] = useState<Loaded<Props>>({
      Page: ready,
      failed: false,
    })
    useEffect(() => {
      if (Page !== undefined) return
      fetchOnce(loadTexts)
        .then((loaded) => setLoaded({ Page: loaded, failed: false }))
        .catch(() => setLoaded({ Page: undefined, failed: true }))
    }, [])
    if (Page !== undefined) return <Page {...props} />
    if (meanwhile === 'nothing' && !failed) return null
    // A file of this version that is gone means that a newer one is served.
    const trouble = failed ? 'hubAway' : null
    return <StartScreen trouble={trouble} onRetry={() => location.reload()} />
  }
  LazyPage.preload = (loadTexts: LoadTexts): void => {
    fetchOnce(loadTexts).catch(() => undefined)
  }
  return LazyPage
}
