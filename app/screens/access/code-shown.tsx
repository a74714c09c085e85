import { Button } from '#app/design/button.tsx'
import { Icon } from '#app/design/icon.tsx'
import { Notice } from '#app/design/notice.tsx'
import { TermsWords } from '#app/screens/access/access-time.tsx'
import type { AccessCallbacks, AccessSheet } from '#app/state/model/access/access-view.ts'
import { useWords } from '#app/texts/words-context.ts'

interface CodeShownProps {
  readonly sheet: Extract<AccessSheet, { readonly kind: 'code' }>
  readonly nowMs: number
  readonly on: AccessCallbacks
}

/** The code, once. Nothing but this sheet has it: closing it forgets it. */
export function CodeShown({ sheet, nowMs, on }: CodeShownProps) {
  const { t } = useWords()
  const digits = sheet.code.split('')
  return (
    <>
      <div class="code-plate" role="img" aria-label={t.access.codeSpoken(digits.join(' '))}>
        {digits.map((digit, index) => (
          <span key={index} class="code-digit">
            {digit}
          </span>
        ))}
      </div>
      <p class="window-line">
        <Icon name="history" small />
        <TermsWords terms={sheet.terms} nowMs={nowMs} />
      </p>
      <div class="pair">
        <Button icon={sheet.copied ? 'check' : 'copy'} onClick={on.onCopyCode}>
          {sheet.copied ? t.access.copied : t.access.copy}
        </Button>
        {sheet.canShare && (
          <Button icon="share" onClick={on.onShareCode}>
            {t.access.share}
          </Button>
        )}
      </div>
      <Notice tone="good" icon="seal" title={t.access.codeInForce} note={t.access.codeOnce} />
      <p class="quiet small">{sheet.duress ? t.access.duressMeaning : t.access.codeHow}</p>
      <Button kind="primary" wide onClick={on.onCloseSheet}>
        {t.access.codeDone}
      </Button>
    </>
  )
}
