import './field.css'
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { classNames } from '#app/design/class-names.ts'
import { Icon } from '#app/design/icon.tsx'

type FieldType = 'text' | 'number' | 'datetime-local' | 'date' | 'time'

interface FieldProps {
  readonly label: string
  readonly value: string
  readonly onInput: (value: string) => void
  readonly hint?: string | undefined
  readonly problem?: string | undefined
  readonly placeholder?: string
  readonly type?: FieldType
  readonly rows?: boolean
  readonly autoComplete?: string
  readonly maxLength?: number
  /** Offered while somebody types. */
  readonly suggestions?: readonly string[]
}

/** One labelled input; its hint and its problem are read out with it. */
export function Field(props: FieldProps) {
  const id = useId()
  const shared = {
    id,
    class: 'field-input',
    value: props.value,
    placeholder: props.placeholder ?? '',
    'aria-invalid': props.problem !== undefined,
    'aria-describedby': `${id}-hint ${id}-problem`,
    autoComplete: props.autoComplete ?? 'off',
    spellcheck: false,
    ...(props.maxLength === undefined ? {} : { maxLength: props.maxLength }),
    ...(props.suggestions === undefined ? {} : { list: `${id}-list` }),
  }
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {props.label}
      </label>
      {props.rows === true ? (
        <textarea {...shared} onInput={(event) => props.onInput(event.currentTarget.value)} />
      ) : (
        <Input {...shared} type={props.type ?? 'text'} onInput={props.onInput} />
      )}
      {props.suggestions !== undefined && (
        <datalist id={`${id}-list`}>
          {props.suggestions.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
      {props.hint !== undefined && (
        <p class="field-hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      )}
      <Problem id={`${id}-problem`} text={props.problem} />
    </div>
  )
}

interface InputProps {
  readonly id: string
  readonly value: string
  readonly type: FieldType
  readonly onInput: (value: string) => void
}

/** Preact types each kind of input by its literal, so each is written out. */
function Input({ type, onInput, ...shared }: InputProps) {
  const tell = (event: { readonly currentTarget: HTMLInputElement }): void =>
    onInput(event.currentTarget.value)
  switch (type) {
    case 'datetime-local':
      return <input {...shared} type="datetime-local" onInput={tell} />
    case 'date':
      return <input {...shared} type="date" onInput={tell} />
    case 'time':
      return <input {...shared} type="time" onInput={tell} />
    case 'number':
      // A text with a keypad of digits: what is no number stays where the person can mend it.
      return <input {...shared} type="text" inputMode="numeric" onInput={tell} />
    case 'text':
      return <input {...shared} type="text" onInput={tell} />
  }
}

export function Problem({ id, text }: { id?: string; text: string | undefined }) {
  return (
    <p class="field-problem" role="status" {...(id === undefined ? {} : { id })}>
      {text !== undefined && <Icon name="warning" small />}
      {text}
    </p>
  )
}

interface ChoiceOption<Value extends string> {
  readonly value: Value
  readonly label: ComponentChildren
  readonly disabled?: boolean
}

interface ChoicesProps<Value extends string> {
  readonly label: string
  readonly hideLabel?: boolean
  readonly value: Value
  readonly options: readonly ChoiceOption<Value>[]
  readonly onChoose: (value: Value) => void
  /** What the choice means, or why some of it cannot be made; read out with the group. */
  readonly hint?: ComponentChildren
  readonly problem?: string | undefined
  readonly layout?: 'wrap' | 'scroll' | 'even' | 'grid'
}

/** One of a few: radio buttons, so arrows move and the group is named. */
export function Choices<Value extends string>(props: ChoicesProps<Value>) {
  const name = useId()
  const layout = props.layout ?? 'wrap'
  return (
    <fieldset class="choices" aria-describedby={`${name}-hint ${name}-problem`}>
      <legend class={props.hideLabel === true ? 'unseen' : 'field-label'}>{props.label}</legend>
      <div class={classNames('choices-row', `choices-${layout}`)}>
        {props.options.map((option) => (
          <label key={option.value} class="choice">
            <input
              class="choice-input"
              type="radio"
              name={name}
              checked={option.value === props.value}
              disabled={option.disabled === true}
              onChange={() => props.onChoose(option.value)}
            />
            <span class="choice-face" aria-disabled={option.disabled === true}>
              {option.label}
            </span>
          </label>
        ))}
      </div>
      {props.hint !== undefined && (
        <p class="field-hint" id={`${name}-hint`}>
          {props.hint}
        </p>
      )}
      {props.problem !== undefined && <Problem id={`${name}-problem`} text={props.problem} />}
    </fieldset>
  )
}

interface ManyChoicesProps<Value extends string> {
  readonly label: string
  readonly values: readonly Value[]
  readonly options: readonly { readonly value: Value; readonly label: ComponentChildren }[]
  readonly onChoose: (values: readonly Value[]) => void
}

/** Some of a few: check boxes, each reached and pressed by itself. */
export function ManyChoices<Value extends string>(props: ManyChoicesProps<Value>) {
  const name = useId()
  const all = props.options.map(({ value }) => value)
  const toggled = (value: Value): readonly Value[] =>
    all.filter((each) => (each === value) !== props.values.includes(each))
  return (
    <fieldset class="choices">
      <legend class="field-label">{props.label}</legend>
      <div class="choices-row choices-wrap">
        {props.options.map(({ value, label }) => (
          <label key={value} class="choice">
            <input
              class="choice-input"
              type="checkbox"
              name={name}
              checked={props.values.includes(value)}
              onChange={() => props.onChoose(toggled(value))}
            />
            <span class="choice-face">{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
