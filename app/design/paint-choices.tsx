import './field.css'
import { useId } from 'preact/hooks'
import { paints } from '#app/state/model/door/paint.ts'
import type { Paint } from '#app/state/model/door/paint.ts'

interface PaintChoicesProps {
  readonly label: string
  readonly names: Readonly<Record<Paint, string>>
  readonly value: Paint
  readonly onChoose: (paint: Paint) => void
}

/** Little doors to choose a colour from. */
export function PaintChoices(props: PaintChoicesProps) {
  const name = useId()
  return (
    <fieldset class="choices">
      <legend class="field-label">{props.label}</legend>
      <div class="choices-row">
        {paints.map((paint) => (
          <label key={paint} class="choice" data-paint={paint}>
            <input
              class="choice-input"
              type="radio"
              name={name}
              aria-label={props.names[paint]}
              checked={paint === props.value}
              onChange={() => props.onChoose(paint)}
            />
            <span class="swatch" />
          </label>
        ))}
      </div>
    </fieldset>
  )
}
