/** One question to many brokers: a few at a time, and a broker that does not answer costs its part, not the whole. */
import { mapBounded } from '../kit/bounded.ts'
import { errorText, MqError } from '../kit/errors.ts'
import type { Master } from './targets.ts'

export interface FromEach<Answer, Asked extends Master> {
  readonly answers: readonly { readonly master: Asked; readonly answer: Answer }[]
  /** One sentence for each broker that did not answer. */
  readonly warnings: readonly string[]
}

/** `missing` says what is lacking without the broker. Rejects with the first failure when no broker answers at all. */
export const fromEach = async <Answer, Asked extends Master>(
  masters: readonly Asked[],
  missing: string,
  ask: (master: Asked) => Promise<Answer>
): Promise<FromEach<Answer, Asked>> => {
  const answers: { readonly master: Asked; readonly answer: Answer }[] = []
  const failures: { readonly text: string; readonly error: MqError }[] = []
  await mapBounded(masters, async master => {
    try {
      answers.push({ master, answer: await ask(master) })
    } catch (error) {
      if (!(error instanceof MqError)) throw error
      failures.push({ text: `${master.brokerName}: ${missing}: ${errorText(error)}`, error })
    }
  })
  if (answers.length === 0 && failures.length > 0) throw failures[0]!.error
  const order = (left: { master: Master }, right: { master: Master }): number =>
    left.master.brokerName < right.master.brokerName ? -1 : 1
  return { answers: answers.sort(order), warnings: failures.map(failure => failure.text).sort() }
}
