import './button.css'
import type { ComponentChildren } from 'preact'
import { classNames } from '#app/design/class-names.ts'
import { Icon } from '#app/design/icon.tsx'
import type { IconName } from '#app/design/icon.tsx'

interface ButtonProps {
  readonly children: ComponentChildren
  readonly onClick?: (() => void) | undefined
  readonly kind?: 'primary' | 'normal' | 'plain' | 'danger' | 'danger-strong'
  readonly icon?: IconName | undefined
  readonly wide?: boolean
  /** Shows that something is under way; the button keeps its width and takes no second press. */
  readonly working?: boolean
  readonly disabled?: boolean
  readonly submit?: boolean
}

export function Button(props: ButtonProps) {
  const { kind = 'normal', working = false } = props
  return (
    <button
      type={props.submit === true ? 'submit' : 'button'}
      class={classNames(
        'button',
        `button-${kind}`,
        props.wide === true && 'button-wide',
        working && 'button-working',
      )}
      disabled={props.disabled === true}
      aria-busy={working}
      onClick={working ? (event) => event.preventDefault() : props.onClick}
    >
      {working ? <span class="turning" /> : props.icon && <Icon name={props.icon} small />}
      <span>{props.children}</span>
    </button>
  )
}

/** @param label what the button does, for people who do not see the icon. */
export function IconButton(props: { icon: IconName; label: string; onClick: () => void }) {
  return (
    <button
      type="button"
      class="button-icon"
      aria-label={props.label}
      title={props.label}
      onClick={props.onClick}
    >
      <Icon name={props.icon} />
    </button>
  )
}
