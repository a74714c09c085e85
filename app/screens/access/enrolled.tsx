import { Button } from '#app/design/button.tsx'
import { Notice } from '#app/design/notice.tsx'
import { iconOf } from '#app/screens/access/enrol-form.tsx'
import type { AccessCallbacks, AccessSheet } from '#app/state/model/access/access-view.ts'
import { useWords } from '#app/texts/words-context.ts'

interface EnrolledProps {
  readonly sheet: Extract<AccessSheet, { readonly kind: 'enrolled' }>
  readonly on: AccessCallbacks
}

/** In force: what opens from now on, and for whom. */
export function Enrolled({ sheet: { reader, userId }, on }: EnrolledProps) {
  const { t } = useWords()
  const { enrol } = t.access
  const { type } = reader
  return (
    <>
      <Notice
        tone="good"
        icon="seal"
        title={enrol.done(reader.who, reader.name, reader.doorName)}
        note={enrol.doneNote}
      />
      {reader.duress && <p class="quiet">{enrol.doneDuress}</p>}
      <div class="stack-tight">
        <Button kind="primary" wide onClick={on.onCloseSheet}>
          {enrol.close}
        </Button>
        <Button icon={iconOf(type)} wide onClick={() => on.onEnrol(userId, type)}>
          {enrol.another[type]}
        </Button>
      </div>
    </>
  )
}
