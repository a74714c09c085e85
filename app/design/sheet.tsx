import './sheet.css'
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { IconButton } from '#app/design/button.tsx'
import { useWords } from '#app/texts/words-context.ts'

interface SheetProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ComponentChildren
  /** False while a signature is on its way: what is under way cannot be waved away. */
  readonly mayClose?: boolean
}

/**
 * A dialog that rises from the thumb's end of the screen. It is the browser's own modal dialog, so
 * focus stays inside, everything behind is inert, Escape closes it and focus returns by itself.
 */
export function Sheet({ title, onClose, children, mayClose = true }: SheetProps) {
  const { t } = useWords()
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const element = dialog.current
    if (element !== null && !element.open) element.showModal()
    return () => element?.close()
  }, [])
  const close = (): void => {
    if (mayClose) onClose()
  }
  return (
    <dialog
      ref={dialog}
      class="sheet"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        close()
      }}
      onClick={(event) => {
        if (event.target === dialog.current) close()
      }}
    >
      <div class="sheet-head">
        <h2 id={titleId} class="sheet-title" tabIndex={-1} autoFocus>
          {title}
        </h2>
        {mayClose ? <IconButton icon="close" label={t.close} onClick={close} /> : <span />}
      </div>
      <div class="sheet-body">{children}</div>
    </dialog>
  )
}
