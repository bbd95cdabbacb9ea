/** Which topics changed lately, so that a registration need not tell ten thousand of them because of one. */
import type { Topics } from './topics.ts'

/** Changes that are remembered; who is further behind is told everything. */
const changesMax = 256

interface Change {
  /** The table's version after it. */
  readonly counter: number
  readonly topics: readonly string[]
}

export class TopicChanges {
  readonly #topics: Pick<Topics, 'dataVersion' | 'onChange'>
  readonly #changes: Change[] = []

  constructor(topics: Pick<Topics, 'dataVersion' | 'onChange'>) {
    this.#topics = topics
    topics.onChange(names => {
      this.#changes.push({ counter: topics.dataVersion.counter, topics: names })
      if (this.#changes.length > changesMax) this.#changes.shift()
    })
  }

  /** The topics that changed after a version; undefined when that is not known, or when all of them did. */
  since(counter: number | undefined): ReadonlySet<string> | undefined {
    const now = this.#topics.dataVersion.counter
    if (counter === undefined || counter > now) return undefined
    if (counter === now) return new Set()
    const changes = this.#changes.filter(change => change.counter > counter)
    const complete = changes.length === now - counter && changes.every(({ topics }) => topics.length > 0)
    return complete ? new Set(changes.flatMap(({ topics }) => topics)) : undefined
  }
}
