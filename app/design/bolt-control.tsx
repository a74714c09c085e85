import './bolt-control.css'
import type { Verb } from '@mortise/protocol/words'
import type { ComponentChildren, TargetedPointerEvent } from 'preact'
import { useRef } from 'preact/hooks'
import type { BoltPicture } from '#app/state/model/door/bolt-picture.ts'
import { Bolt } from '#app/design/bolt.tsx'
import { classNames } from '#app/design/class-names.ts'

interface BoltControlProps {
  readonly picture: BoltPicture
  /** What may be asked: one verb makes the whole plate its button, two stand side by side, none rests. */
  readonly verbs: readonly Verb[]
  readonly busy: boolean
  readonly onVerb: (verb: Verb) => void
  readonly verbWord: (verb: Verb) => string
  readonly verbLabel: (verb: Verb) => string
  /** What the strip says while nothing can be asked. */
  readonly restingText: string
}

/**
 * The bolt that one touches. A tap is enough, because the phone asks for finger or face next and a
 * pocket has neither; who likes to slide the bolt itself may. Keyboards and screen readers meet a button.
 */
export function BoltControl(props: BoltControlProps) {
  const { picture, verbs, busy } = props
  const [first, second] = verbs
  if (first === undefined || busy) {
    return (
      <div class="plate" role="group" aria-busy={busy}>
        <Bolt {...picture} />
        <div class={classNames('plate-strip', busy && 'plate-working')}>{props.restingText}</div>
      </div>
    )
  }
  if (second === undefined) return <Plate {...props} verb={first} />
  return (
    <div class="plate">
      <Bolt {...picture} />
      <div class="plate-pair">
        {verbs.map((verb) => (
          <button
            key={verb}
            type="button"
            aria-label={props.verbLabel(verb)}
            onClick={() => props.onVerb(verb)}
          >
            <Strip verb={verb}>{props.verbWord(verb)}</Strip>
          </button>
        ))}
      </div>
    </div>
  )
}

function Plate(props: BoltControlProps & { readonly verb: Verb }) {
  const { verb } = props
  const act = (): void => props.onVerb(verb)
  const slide = useSlide(verb, act)
  return (
    <button type="button" class="plate" aria-label={props.verbLabel(verb)} {...slide}>
      <Bolt {...props.picture} />
      <Strip verb={verb}>{props.verbWord(verb)}</Strip>
    </button>
  )
}

function Strip({ verb, children }: { verb: Verb; children: ComponentChildren }) {
  const way = (
    <svg class="plate-way" viewBox="0 0 34 20" aria-hidden="true">
      {[0, 1, 2].map((step) => (
        <path
          key={step}
          class={`plate-way-${step}`}
          d={verb === 'unlock' ? `M${27 - step * 9} 4l-6 6 6 6` : `M${7 + step * 9} 4l6 6-6 6`}
        />
      ))}
    </svg>
  )
  return (
    <div
      class={classNames(
        'plate-strip',
        verb === 'unlock' ? 'plate-strip-touch' : 'plate-strip-secure',
      )}
    >
      {verb === 'unlock' && way}
      <span>{children}</span>
      {verb === 'lock' && way}
    </div>
  )
}

/** Units of the drawing, see bolt.css. */
const boltWay = 74
const drawingWidth = 328
/** Less than this is a tap with an unsteady thumb. */
const slideStartPx = 8

interface Slide {
  readonly startX: number
  readonly pointerId: number
  moved: boolean
  at: number
}

/** Lets the thumb take the bolt along. Past half of its way, letting go is the same as a tap. */
function useSlide(verb: Verb, act: () => void) {
  const slide = useRef<Slide | null>(null)
  const swallowClick = useRef(false)
  const start = verb === 'unlock' ? boltWay : 0

  const onPointerDown = (event: TargetedPointerEvent<HTMLButtonElement>): void => {
    swallowClick.current = false
    slide.current = { startX: event.clientX, pointerId: event.pointerId, moved: false, at: start }
  }
  const onPointerMove = (event: TargetedPointerEvent<HTMLButtonElement>): void => {
    const current = slide.current
    if (current === null || event.pointerId !== current.pointerId) return
    const distancePx = event.clientX - current.startX
    if (!current.moved && Math.abs(distancePx) < slideStartPx) return
    if (!current.moved) event.currentTarget.setPointerCapture(event.pointerId)
    current.moved = true
    const units = (distancePx * drawingWidth) / event.currentTarget.clientWidth
    current.at = Math.min(boltWay, Math.max(0, start + units))
    holdBolt(event.currentTarget, current.at)
  }
  const end = (event: TargetedPointerEvent<HTMLButtonElement>): void => {
    const current = slide.current
    slide.current = null
    holdBolt(event.currentTarget, null)
    if (current === null || !current.moved) return
    swallowClick.current = true
    if (event.type === 'pointerup' && Math.abs(current.at - start) > boltWay / 2) act()
  }
  const onClick = (): void => {
    if (!swallowClick.current) act()
    swallowClick.current = false
  }
  return { onPointerDown, onPointerMove, onPointerUp: end, onPointerCancel: end, onClick }
}

function holdBolt(plate: HTMLElement, at: number | null): void {
  const drawing = plate.querySelector<SVGElement>('.bolt-drawing')
  if (drawing === null) return
  if (at === null) {
    delete drawing.dataset['held']
    return
  }
  drawing.dataset['held'] = 'true'
  drawing.style.setProperty('--bolt-at', `${at}px`)
}
