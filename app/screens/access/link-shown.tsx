import { Button } from '#app/design/button.tsx'
import { Icon } from '#app/design/icon.tsx'
import { Notice } from '#app/design/notice.tsx'
import type { AccessCallbacks, AccessSheet } from '#app/state/model/access/access-view.ts'
import { useWords } from '#app/texts/words-context.ts'

interface LinkShownProps {
  readonly sheet: Extract<AccessSheet, { readonly kind: 'link' }>
  readonly nowMs: number
  readonly on: AccessCallbacks
}

/** The link, once. Nothing but this sheet has it: closing it forgets it. */
export function LinkShown({ sheet, nowMs, on }: LinkShownProps) {
  const { t, f } = useWords()
  const { url, who, doorName } = sheet
  return (
    <>
      <p class="quiet">{t.invitation.linkNote(who)}</p>
      <input
        class="field-input link-shown"
        readOnly
        aria-label={t.invitation.linkLabel}
        value={url}
        onFocus={(event) => event.currentTarget.select()}
      />
      <p class="window-line">
        <Icon name="history" small />
        {t.invitation.linkUntil(f.moment(sheet.notAfterMs, nowMs))}
      </p>
      <div class={sheet.canShare ? 'pair' : 'stack-tight'}>
        <Button icon={sheet.copied ? 'check' : 'copy'} wide onClick={on.onCopyLink}>
          {sheet.copied ? t.invitation.copied : t.invitation.copyLink}
        </Button>
        {sheet.canShare && (
          <Button
            icon="share"
            wide
            onClick={() => on.onShareLink(t.invitation.shareText(doorName, url))}
          >
            {t.invitation.share}
          </Button>
        )}
      </div>
      <Notice
        tone="good"
        icon="seal"
        title={t.invitation.linkInForce}
        note={t.invitation.linkOnce}
      />
      <Button kind="primary" wide onClick={on.onCloseSheet}>
        {t.invitation.done}
      </Button>
    </>
  )
}
