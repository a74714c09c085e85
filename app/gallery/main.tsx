import '#app/design/tokens.css'
import '#app/design/base.css'
import '#app/gallery/gallery.css'
import { render } from 'preact'
import { classNames } from '#app/design/class-names.ts'
import { TabBar } from '#app/design/page.tsx'
import { accessScenes } from '#app/gallery/access-scenes.tsx'
import { enrolScenes } from '#app/gallery/enrol-scenes.tsx'
import { formScenes } from '#app/gallery/form-scenes.tsx'
import { ruleScenes } from '#app/gallery/rule-scenes.tsx'
import { doorScenes } from '#app/gallery/door-scenes.tsx'
import { historyScenes } from '#app/gallery/history-scenes.tsx'
import { invitationScenes } from '#app/gallery/invitation-scenes.tsx'
import { modeScenes } from '#app/gallery/mode-scenes.tsx'
import { otherScenes } from '#app/gallery/other-scenes.tsx'
import { timeZone } from '#app/gallery/sample.ts'
import type { Scene, Scenes } from '#app/gallery/scenes.ts'
import { tabs } from '#app/state/app/app-state.ts'
import { textsFor } from '#app/texts/language.ts'
import { sectionNames } from '#app/texts/texts.ts'
import { createFormats } from '#app/texts/formats.ts'
import { WordsContext } from '#app/texts/words-context.ts'

const scenes: Scenes = {
  ...doorScenes,
  ...accessScenes,
  ...enrolScenes,
  ...formScenes,
  ...ruleScenes,
  ...historyScenes,
  ...invitationScenes,
  ...modeScenes,
  ...otherScenes,
}

const { texts, load } = textsFor(['en'])

const wanted = new URLSearchParams(location.search)
document.documentElement.dataset['theme'] = wanted.get('theme') ?? 'dark'

function Gallery() {
  const scene = scenes[wanted.get('scene') ?? '']
  return (
    <WordsContext.Provider value={{ t: texts, f: createFormats('en-GB', timeZone) }}>
      {scene === undefined ? <Index /> : <Shown scene={scene} />}
    </WordsContext.Provider>
  )
}

function Shown({ scene }: { scene: Scene }) {
  return (
    <div class={classNames('app', scene.tab === null && 'app-plain')}>
      {scene.draw()}
      {scene.tab !== null && <TabBar tab={scene.tab} tabs={scene.tabs ?? tabs} />}
    </div>
  )
}

function Index() {
  return (
    <ul class="gallery-index">
      {Object.keys(scenes).map((name) => (
        <li key={name}>
          <a href={`?scene=${name}`}>{name}</a> <a href={`?scene=${name}&theme=light`}>day</a>
        </li>
      ))}
    </ul>
  )
}

await load(...sectionNames)
const place = document.querySelector('#app')
if (place !== null) render(<Gallery />, place)
