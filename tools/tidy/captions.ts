import { posix } from 'node:path'
import type { Problem } from '#tools/source/problem.ts'
import type { Tree } from '#tools/source/tree.ts'
import { linesOf } from '#tools/tidy/file-length.ts'

const CAPTION_LINES_MOST = 10

/**
 * Every folder that holds source has a README.md that says what the folder is for: the first line
 * is `# name: one sentence`, and the whole is short enough to be read on the way past.
 */
export function checkCaptions(tree: Tree): readonly Problem[] {
  const folders = new Set(tree.sources.map(({ path }) => posix.dirname(path)))
  // The root has the README of the whole project.
  folders.delete('.')
  return [...folders].toSorted().flatMap((folder) => checkCaption(tree, folder))
}

function checkCaption(tree: Tree, folder: string): readonly Problem[] {
  const file = `${folder}/README.md`
  const caption = tree.find(file)
  if (!caption) {
    const form = `# ${posix.basename(folder)}: one sentence`
    return [
      {
        file: folder,
        line: 1,
        text: `this folder has no caption; use a README.md whose first line is "${form}"`,
      },
    ]
  }
  const problems: Problem[] = []
  const [first = ''] = caption.text.split('\n')
  const name = /^# (\S+): \S+ .*\S$/.exec(first)?.[1]
  if (name === undefined || !(folder === name || folder.endsWith(`/${name}`))) {
    const text = `the first line of a caption is "# ${posix.basename(folder)}: one sentence"`
    problems.push({ file, line: 1, text })
  }
  const lines = linesOf(caption.text)
  if (lines > CAPTION_LINES_MOST) {
    const text = `a caption has at most ${CAPTION_LINES_MOST} lines, and this one ${lines}; use docs/ for more`
    problems.push({ file, line: CAPTION_LINES_MOST + 1, text })
  }
  return problems
}
