import { Sheet } from '#app/design/sheet.tsx'
import { CodeShown } from '#app/screens/access/code-shown.tsx'
import { EnrolForm } from '#app/screens/access/enrol-form.tsx'
import { EnrolReader } from '#app/screens/access/enrol-reader.tsx'
import { Enrolled } from '#app/screens/access/enrolled.tsx'
import { EditForm } from '#app/screens/access/edit-form.tsx'
import { InviteForm } from '#app/screens/access/invite-form.tsx'
import { LinkShown } from '#app/screens/access/link-shown.tsx'
import { PersonDetails } from '#app/screens/access/person-details.tsx'
import { RenameForm } from '#app/screens/access/rename-form.tsx'
import { Review } from '#app/screens/access/review.tsx'
import { RulesSheets } from '#app/screens/access/rules-sheets.tsx'
import { VisitForm } from '#app/screens/access/visit-form.tsx'
import type { AccessCallbacks, AccessSheet } from '#app/state/model/access/access-view.ts'
import { useWords } from '#app/texts/words-context.ts'

interface AccessSheetsProps {
  readonly sheet: AccessSheet
  readonly nowMs: number
  readonly on: AccessCallbacks
}

/** The one sheet that is open over the list. */
export function AccessSheets({ sheet, nowMs, on }: AccessSheetsProps) {
  const { t } = useWords()
  switch (sheet.kind) {
    case 'person':
      return (
        <Sheet title={sheet.person.name} onClose={on.onCloseSheet}>
          <PersonDetails
            person={sheet.person}
            zoneDiffers={sheet.zoneDiffers}
            nowMs={nowMs}
            on={on}
          />
        </Sheet>
      )
    case 'rules':
    case 'rule':
    case 'holidays':
    case 'holiday':
      return <RulesSheets sheet={sheet} on={on} />
    case 'enrol':
    case 'reader':
    case 'enrolled':
    case 'rename':
      return <WayInSheet sheet={sheet} on={on} />
    case 'visit':
      return (
        <Sheet title={t.access.formTitle} onClose={on.onCloseSheet}>
          <VisitForm form={sheet.form} nowMs={nowMs} on={on} />
        </Sheet>
      )
    case 'invite':
      return (
        <Sheet title={t.invitation.formTitle} onClose={on.onCloseSheet}>
          <InviteForm form={sheet.form} nowMs={nowMs} on={on} />
        </Sheet>
      )
    case 'edit':
      return (
        <Sheet title={t.access.editTitle(sheet.who)} onClose={on.onCloseSheet}>
          <EditForm form={sheet.form} nowMs={nowMs} on={on} />
        </Sheet>
      )
    case 'link':
      return (
        <Sheet title={t.invitation.linkTitle(sheet.who)} onClose={on.onCloseSheet}>
          <LinkShown sheet={sheet} nowMs={nowMs} on={on} />
        </Sheet>
      )
    case 'review': {
      const { phase } = sheet.review
      const { reviewAddTitle, reviewRemoveTitle, conflictTitle } = t.access
      const plain = sheet.purpose === 'add' ? reviewAddTitle : reviewRemoveTitle
      const title = phase.kind === 'conflict' ? conflictTitle : plain
      const underWay = phase.kind === 'proving' || phase.kind === 'waiting'
      return (
        <Sheet title={title} onClose={on.onCloseSheet} mayClose={!underWay}>
          <Review review={sheet.review} purpose={sheet.purpose} nowMs={nowMs} on={on} />
        </Sheet>
      )
    }
    case 'code':
      return (
        <Sheet title={t.access.codeTitle(sheet.who)} onClose={on.onCloseSheet}>
          <CodeShown sheet={sheet} nowMs={nowMs} on={on} />
        </Sheet>
      )
  }
}

interface WayInSheetProps {
  readonly sheet: Extract<
    AccessSheet,
    { readonly kind: 'enrol' | 'reader' | 'enrolled' | 'rename' }
  >
  readonly on: AccessCallbacks
}

/** One way in: a finger or a face from its name to the day that it opens, and another name. */
function WayInSheet({ sheet, on }: WayInSheetProps) {
  const { t } = useWords()
  const { enrol } = t.access
  switch (sheet.kind) {
    case 'enrol': {
      const { type, who } = sheet.form
      return (
        <Sheet title={enrol.formTitles[type](who)} onClose={on.onCloseSheet}>
          <EnrolForm form={sheet.form} on={on} />
        </Sheet>
      )
    }
    case 'reader': {
      const { type, who, signing } = sheet.reader
      return (
        <Sheet
          title={enrol.readerTitles[type](who)}
          onClose={on.onCloseSheet}
          mayClose={signing === 'no'}
        >
          <EnrolReader reader={sheet.reader} on={on} />
        </Sheet>
      )
    }
    case 'enrolled':
      return (
        <Sheet title={enrol.doneTitle} onClose={on.onCloseSheet}>
          <Enrolled sheet={sheet} on={on} />
        </Sheet>
      )
    case 'rename': {
      const { who, type } = sheet.form
      return (
        <Sheet title={t.access.renameTitle(who, type)} onClose={on.onCloseSheet}>
          <RenameForm form={sheet.form} on={on} />
        </Sheet>
      )
    }
  }
}
