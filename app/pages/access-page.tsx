import { useState } from 'preact/hooks'
import type { PageProps } from '#app/pages/page-props.ts'
import type { Dispatch } from '#app/state/app/action.ts'
import { AccessScreen } from '#app/screens/access/access.tsx'
import type { AccessCallbacks } from '#app/state/model/access/access-view.ts'
import { selectAccess } from '#app/state/select/select-access.ts'
import { formHandlers } from '#app/state/update/form-handlers.ts'

function accessCallbacks(dispatch: Dispatch): AccessCallbacks {
  return {
    onOpenPerson: (userId) => dispatch({ type: 'personOpened', userId }),
    onAddVisitor: () => dispatch({ type: 'addVisitorPressed' }),
    onInvite: () => dispatch({ type: 'invitePressed' }),
    onInviteForm: (change) => dispatch({ type: 'inviteFormChanged', change }),
    onReviewInvite: () => dispatch({ type: 'inviteReviewPressed' }),
    onInviteAgain: (userId) => dispatch({ type: 'inviteAgainPressed', userId }),
    onWithdraw: (invitationId, userId) =>
      dispatch({ type: 'withdrawPressed', invitationId, userId }),
    onAddCode: (userId, duress) => dispatch({ type: 'addCodePressed', userId, duress }),
    onEdit: (userId) => dispatch({ type: 'editPressed', userId }),
    onEditForm: (change) => dispatch({ type: 'editFormChanged', change }),
    onReviewEdit: () => dispatch({ type: 'editReviewPressed' }),
    onBackToForm: () => dispatch({ type: 'backToFormPressed' }),
    onCopyLink: () => dispatch({ type: 'copyLinkPressed' }),
    onShareLink: (text) => dispatch({ type: 'shareLinkPressed', text }),
    onCloseSheet: () => dispatch({ type: 'accessSheetClosed' }),
    onVisitForm: (change) => dispatch({ type: 'visitFormChanged', change }),
    onReviewVisit: () => dispatch({ type: 'reviewPressed' }),
    onRemovePerson: (userId) => dispatch({ type: 'removePersonPressed', userId }),
    onRemoveCredential: (userId, credentialId) =>
      dispatch({ type: 'removeCredentialPressed', userId, credentialId }),
    onRename: (userId, credentialId) => dispatch({ type: 'renamePressed', userId, credentialId }),
    onRenameForm: (name) => dispatch({ type: 'renameFormChanged', name }),
    onReviewRename: () => dispatch({ type: 'renameReviewPressed' }),
    onSign: () => dispatch({ type: 'signPressed' }),
    onRebase: () => dispatch({ type: 'rebasePressed' }),
    onCopyCode: () => dispatch({ type: 'copyPressed' }),
    onShareCode: () => dispatch({ type: 'sharePressed' }),
    onEnrol: (userId, credentialType) => dispatch({ type: 'enrolPressed', userId, credentialType }),
    onEnrolForm: (change) => dispatch({ type: 'enrolFormChanged', change }),
    onReviewEnrol: () => dispatch({ type: 'enrolReviewPressed' }),
    onEnrolAgain: () => dispatch({ type: 'enrolAgainPressed' }),
    onEnrolStop: () => dispatch({ type: 'enrolStopPressed' }),
    onEnrolResume: () => dispatch({ type: 'enrolResumePressed' }),
    onOpenRules: () => dispatch({ type: 'rulesOpened' }),
    onOpenRule: (setting) => dispatch({ type: 'ruleOpened', setting }),
    onRuleForm: (change) => dispatch({ type: 'ruleFormChanged', change }),
    onReviewRule: () => dispatch({ type: 'ruleReviewPressed' }),
    onOpenHolidays: () => dispatch({ type: 'holidaysOpened' }),
    onAddHoliday: () => dispatch({ type: 'addHolidayPressed' }),
    onHolidayForm: (change) => dispatch({ type: 'holidayFormChanged', change }),
    onReviewHoliday: () => dispatch({ type: 'holidayReviewPressed' }),
    onRemoveHoliday: (holiday) => dispatch({ type: 'removeHolidayPressed', holiday }),
    onReadAgain: () => dispatch({ type: 'readPeoplePressed' }),
  }
}

export function AccessPage({ state, dispatch, phoneZone, learn }: PageProps) {
  useState(() => learn(formHandlers))
  const view = selectAccess(state, phoneZone)
  return view === null ? null : <AccessScreen view={view} on={accessCallbacks(dispatch)} />
}
