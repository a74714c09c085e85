import type { PageProps } from '#app/pages/page-props.ts'
import { InvitationScreen } from '#app/screens/invitation/invitation.tsx'

/** What somebody sees who opens the link of an invitation. */
export function InvitationPage({ state, dispatch }: PageProps) {
  const { invitation, nowMs, place } = state
  if (invitation === null) return null
  return (
    <InvitationScreen
      view={{ ...invitation, nowMs, hubHost: place?.hubHost ?? '' }}
      on={{
        onAccept: (freshPasskey) => dispatch({ type: 'invitationAcceptPressed', freshPasskey }),
        onLookAgain: () => dispatch({ type: 'invitationLookPressed' }),
        onEnter: () => dispatch({ type: 'invitationEnterPressed' }),
        onLeave: () => dispatch({ type: 'invitationLeft' }),
      }}
    />
  )
}
