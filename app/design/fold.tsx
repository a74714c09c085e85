import './fold.css'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Icon } from '#app/design/icon.tsx'

interface FoldProps {
  readonly title: string
  /** What is inside, in short, for those who leave it closed. */
  readonly note: string
  /** Held open while something inside has to be seen. */
  readonly held?: boolean
  readonly children: ComponentChildren
}

/** What few people need: closed at first, and the browser's own `<details>`. */
export function Fold({ title, note, held = false, children }: FoldProps) {
  const [open, setOpen] = useState(false)
  return (
    <details
      class="fold"
      open={open || held}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary class="fold-head">
        <span class="fold-text">
          <span class="fold-title">{title}</span>
          <span class="fold-note">{note}</span>
        </span>
        <Icon name="down" small />
      </summary>
      <div class="fold-body">{children}</div>
    </details>
  )
}
