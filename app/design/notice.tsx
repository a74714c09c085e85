import { useTroubleText } from '#app/texts/trouble-text.ts'
import './notice.css'
import type { ComponentChildren } from 'preact'
import { IconButton } from '#app/design/button.tsx'
import { classNames } from '#app/design/class-names.ts'
import { Icon } from '#app/design/icon.tsx'
import type { IconName } from '#app/design/icon.tsx'
import type { Trouble } from '#app/state/model/trouble.ts'
import { useWords } from '#app/texts/words-context.ts'

export interface NoticeProps {
  readonly tone: 'calm' | 'good' | 'warm' | 'bad' | 'fog' | 'loud'
  readonly icon: IconName
  readonly title: string
  readonly note?: string | undefined
  readonly children?: ComponentChildren
  readonly onDismiss?: (() => void) | undefined
  /** Read out as soon as it appears. */
  readonly urgent?: boolean
}

export function Notice(props: NoticeProps) {
  const { t } = useWords()
  return (
    <div
      class={classNames('notice', `notice-${props.tone}`)}
      {...(props.urgent === true ? { role: 'alert' } : {})}
    >
      <Icon name={props.icon} />
      <div>
        <p class="notice-title">{props.title}</p>
        {props.note !== undefined && props.note !== '' && <p class="notice-note">{props.note}</p>}
      </div>
      {props.onDismiss && (
        <div class="notice-close">
          <IconButton icon="close" label={t.door.dismiss} onClick={props.onDismiss} />
        </div>
      )}
      {props.children !== undefined && <div class="notice-action">{props.children}</div>}
    </div>
  )
}

/** What may mean that somebody is lying. */
const loudTroubles: readonly Trouble[] = ['notTheLock', 'lockContradicts']

/** What went wrong and what to do next, in the words of `troubles`. */
export function TroubleNotice(props: {
  trouble: Trouble
  title?: string
  onDismiss?: () => void
  children?: ComponentChildren
}) {
  const text = useTroubleText(props.trouble)
  const named = props.title !== undefined
  return (
    <Notice
      tone={loudTroubles.includes(props.trouble) ? 'loud' : 'bad'}
      icon={props.trouble === 'gestureCancelled' ? 'passkey' : 'refused'}
      title={props.title ?? text.title}
      note={named ? `${text.title} ${text.next}` : text.next}
      onDismiss={props.onDismiss}
      urgent
    >
      {props.children}
    </Notice>
  )
}
