/** Did-you-mean: the known name that a mistyped one most likely stands for. */

/** Number of single-character edits that turn `a` into `b`, swaps of neighbours counted as one. */
export const editDistance = (a: string, b: string): number => {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      row[j] = Math.min(change, last[j]! + 1, row[j - 1]! + 1)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j]!, before[j - 2]! + 1)
    }
    before = last
    last = row
  }
  return last[b.length]!
}

/** The closest of `known`, letter case aside, or undefined when none is close enough to be meant. */
export const nearest = (word: string, known: Iterable<string>): string | undefined => {
  if (word.length > 100) return undefined
  const limit = Math.max(2, Math.floor(word.length / 4))
  let best: string | undefined
  let distance = limit + 1
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) > limit) continue
    const edits = editDistance(word.toLowerCase(), candidate.toLowerCase())
    if (edits < distance) {
      best = candidate
      distance = edits
    }
  }
  return best
}
