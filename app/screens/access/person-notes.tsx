import type { PersonView } from '#app/state/model/access/access-view.ts'
import { offlineNote } from '#app/texts/person-rules-words.ts'
import { useWords } from '#app/texts/words-context.ts'

/** What holds for a person without anybody having said so: the hub's silence, and faces. */
export function PersonNotes({ person }: { person: PersonView }) {
  const words = useWords()
  const { personRules } = words.t.access
  const notes = [
    offlineNote(person.terms.rules, person.role, words),
    person.faceRule === null ? null : personRules.faces[person.faceRule],
    person.delegation === null ? null : personRules.limitNote(person.delegation),
  ]
  return (
    <>
      {notes.map(
        (note) =>
          note !== null && (
            <p class="quiet small" key={note}>
              {note}
            </p>
          ),
      )}
    </>
  )
}
