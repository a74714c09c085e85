import { IconButton } from '#app/design/button.tsx'
import { Card, Mark, Row, Section } from '#app/design/list.tsx'
import type { AccessCallbacks, AccessView } from '#app/state/model/access/access-view.ts'
import { useWords } from '#app/texts/words-context.ts'

/** Links that nobody has used yet: each is a way in, so each can be taken back with one tap. */
export function Invitations({ view, on }: { view: AccessView; on: AccessCallbacks }) {
  const { t, f } = useWords()
  return (
    <Section title={t.invitation.openTitle}>
      <Card>
        <ul>
          {view.invitations.map(({ id, userId, who, role, notAfterMs, over, mayWithdraw }) => {
            const moment = f.moment(notAfterMs, view.nowMs)
            const note = over ? t.invitation.overNote : t.invitation.openNote
            return (
              <li key={id}>
                <Row
                  mark={<Mark icon="share" tone={over ? 'dim' : 'warm'} />}
                  title={who}
                  note={note(t.access.roles[role], moment)}
                  end={
                    mayWithdraw && view.mayAdd ? (
                      <IconButton
                        icon="trash"
                        label={t.invitation.withdraw(who)}
                        onClick={() => on.onWithdraw(id, userId)}
                      />
                    ) : undefined
                  }
                />
              </li>
            )
          })}
        </ul>
      </Card>
    </Section>
  )
}
