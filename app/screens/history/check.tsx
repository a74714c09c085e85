import type { ComponentChildren } from 'preact'
import { Button } from '#app/design/button.tsx'
import { classNames } from '#app/design/class-names.ts'
import type { IconName } from '#app/design/icon.tsx'
import { Icon } from '#app/design/icon.tsx'
import { Sheet } from '#app/design/sheet.tsx'
import type { HistoryCallbacks, HistoryCheck } from '#app/state/model/history/history-view.ts'
import type { Words } from '#app/texts/words-context.ts'
import { useWords } from '#app/texts/words-context.ts'

/** The mark at the history's head: a button that says in full what was checked. */
export function CheckChip({ check, onOpen }: { check: HistoryCheck; onOpen: () => void }) {
  const words = useWords()
  if (check.kind === 'none') return null
  const icon = chipIcon(check)
  // The live region stands around the button: inside, it would take the button's name away.
  return (
    <div role="status">
      <button
        type="button"
        class={classNames('check', `check-${check.kind}`)}
        aria-haspopup="dialog"
        onClick={onOpen}
      >
        {icon === null ? <span class="turning" /> : <Icon name={icon} small />}
        <span>{chipText(check, words)}</span>
      </button>
    </div>
  )
}

function chipIcon(check: HistoryCheck): IconName | null {
  switch (check.kind) {
    case 'verified':
      return 'seal'
    case 'gap':
      return 'warning'
    case 'broken':
      return 'sealBroken'
    case 'checking':
      return null
    case 'none':
    case 'offline':
      return 'offline'
  }
}

function chipText(check: HistoryCheck, { t }: Words): string {
  switch (check.kind) {
    case 'verified':
      return t.history.verified
    case 'gap':
      return t.history.gapMark
    case 'broken':
      return t.history.brokenMark
    case 'checking':
      return t.history.checking
    case 'none':
    case 'offline':
      return t.history.unchecked
  }
}

export function CheckSheet({ check, on }: { check: HistoryCheck; on: HistoryCallbacks }) {
  const { t } = useWords()
  return (
    <Sheet title={t.history.checkTitle} onClose={on.onCloseCheck}>
      <div class="check-list">
        <CheckLines check={check} />
      </div>
      <Button icon="refresh" wide working={check.kind === 'checking'} onClick={on.onCheckAgain}>
        {t.history.checkAgain}
      </Button>
    </Sheet>
  )
}

function CheckLines({ check }: { check: HistoryCheck }) {
  const { t, f } = useWords()
  switch (check.kind) {
    case 'none':
    case 'offline':
      return (
        <Line icon="offline" tone="open">
          {t.history.offlineCheck}
        </Line>
      )
    case 'checking':
      return (
        <>
          <p>{t.history.checkingProgress(f.number(check.done), f.number(check.total))}</p>
          <progress class="progress" value={check.done} max={Math.max(1, check.total)} />
        </>
      )
    case 'broken':
      return (
        <Line icon="sealBroken" tone="bad">
          {t.history.brokenWhy[check.why]}
        </Line>
      )
    case 'gap':
      return (
        <>
          <Line icon="check">{t.history.checkSignature}</Line>
          <Line icon="warning" tone="open">
            {(check.proven ? t.history.checkGapProven : t.history.checkGap)(
              f.plural(check.missing, t.history.missing),
            )}
          </Line>
        </>
      )
    case 'verified':
      return (
        <>
          <Line icon="check">
            {t.history.checkChain(f.number(check.fromSequence), f.number(check.toSequence))}
          </Line>
          <Line icon="check">{t.history.checkSignature}</Line>
          <Line icon={check.continuity.kind === 'continues' ? 'check' : 'history'}>
            {check.continuity.kind === 'continues'
              ? t.history.checkContinues(f.number(check.continuity.sequence))
              : t.history.checkFirst}
          </Line>
        </>
      )
  }
}

function Line(props: { icon: IconName; tone?: 'open' | 'bad'; children: ComponentChildren }) {
  return (
    <div class={classNames('check-line', props.tone !== undefined && `check-line-${props.tone}`)}>
      <Icon name={props.icon} />
      <p>{props.children}</p>
    </div>
  )
}
