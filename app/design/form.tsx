import type { ComponentChildren, Ref } from 'preact'

interface FormProps {
  /** How it is laid out. */
  readonly class?: 'stack' | 'welcome-step'
  readonly formRef?: Ref<HTMLFormElement>
  readonly onSubmit: () => void
  readonly children: ComponentChildren
}

/** What the program does with what was filled in; the browser itself sends nothing anywhere. */
export function Form({ class: layout = 'stack', formRef = null, onSubmit, children }: FormProps) {
  return (
    <form
      ref={formRef}
      class={layout}
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {children}
    </form>
  )
}
