import './list.css'
import type { ComponentChildren } from 'preact'
import { classNames } from '#app/design/class-names.ts'
import { Icon } from '#app/design/icon.tsx'
import type { IconName } from '#app/design/icon.tsx'
import type { Paint } from '#app/state/model/door/paint.ts'

export type MarkTone = 'plain' | 'good' | 'warm' | 'bad' | 'brass' | 'dim'

export function Section({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="section">
      <h2 class="section-head">{title}</h2>
      {children}
    </section>
  )
}

export function Card({ children }: { children: ComponentChildren }) {
  return <div class="card">{children}</div>
}

export function Mark({ icon, tone = 'plain' }: { icon: IconName; tone?: MarkTone }) {
  return (
    <span class={classNames('mark', tone !== 'plain' && `mark-${tone}`)}>
      <Icon name={icon} />
    </span>
  )
}

export function DoorMark({ paint }: { paint: Paint }) {
  return (
    <span class="mark mark-door" data-paint={paint}>
      <Icon name="door" />
    </span>
  )
}

/** First letters of the first and last word of a name. */
export function Initials({ name, tone = 'plain' }: { name: string; tone?: MarkTone }) {
  const words = name.trim().split(/\s+/u)
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => /^\p{L}\p{M}*/u.exec(word ?? '')?.[0] ?? '')
    .join('')
  return (
    <span class={classNames('mark', tone !== 'plain' && `mark-${tone}`)} aria-hidden="true">
      {letters.toLocaleUpperCase()}
    </span>
  )
}

interface RowProps {
  readonly mark?: ComponentChildren
  readonly title: ComponentChildren
  readonly note?: ComponentChildren
  readonly end?: ComponentChildren
  readonly onClick?: (() => void) | undefined
}

/** A line of a list; with `onClick` it is a button that opens more. */
export function Row({ mark, title, note, end, onClick }: RowProps) {
  const inside = (
    <>
      {mark}
      <span class="row-text">
        <span class="row-title">{title}</span>
        {note !== undefined && note !== '' && <span class="row-note">{note}</span>}
      </span>
      {end !== undefined && <span class="row-end">{end}</span>}
    </>
  )
  if (onClick === undefined) return <div class="row">{inside}</div>
  return (
    <button type="button" class="row" onClick={onClick}>
      {inside}
    </button>
  )
}

export function Empty(props: {
  icon: IconName
  title: string
  note: string
  children?: ComponentChildren
}) {
  return (
    <div class="empty">
      <Mark icon={props.icon} />
      <h2>{props.title}</h2>
      <p class="quiet">{props.note}</p>
      {props.children}
    </div>
  )
}
